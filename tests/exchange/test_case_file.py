"""Case files are read strictly: every mistake at its place, all at once, and never a traceback."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanad.domain.errors import Refused
from sanad.domain.household import Income, IncomeKind, Relation, Sex
from sanad.domain.money import BHD, Money
from sanad.exchange.case_text import write_case
from tests.exchange.files import POLICIES, SAMPLES, a_tree, read, told


def with_member(**changes: Any) -> dict[str, Any]:
    """The sound file with keys of its second member changed."""
    tree = a_tree()
    tree["household"]["members"][1] |= changes
    return tree


def with_household(**changes: Any) -> dict[str, Any]:
    """The sound file with keys of its household changed."""
    tree = a_tree()
    tree["household"] |= changes
    return tree


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    """Known facts as they stand, all others not known."""
    case = read(a_tree(), tmp_path)
    assert (case.policy, case.aid, case.on) == ("karzakan-2020", "monthly", date(2026, 11, 22))
    head, son = case.household.members
    assert (head.relation, head.sex, head.name, head.poor) == (Relation.HEAD, Sex.MALE, "", None)
    assert son.birth_date == date(2015, 1, 1)
    assert case.household.incomes == (Income(IncomeKind.SALARY, Money(310_000), 1),)
    assert case.household.obligations == ()
    assert case.registered is None


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_family_is_written_as_it_was_read(path: Path) -> None:
    """Byte for byte: the samples are what the program writes itself."""
    case = POLICIES.read_case(path)
    assert write_case(case, BHD) == path.read_bytes()


@pytest.mark.parametrize(
    ("written", "minor"),
    [
        ('"310.5"', 310_500),
        ("310.5", 310_500),
        ("0.1", 100),
        ("310", 310_000),
        ('"٣١٠٫٥"', 310_500),
        ('"1,310.0"', 1_310_000),
    ],
)
def test_money_is_text_or_number_and_never_a_float(written: str, minor: int, tmp_path: Path) -> None:
    """0.1 is a hundred fils, exactly."""
    text = json.dumps(a_tree()).replace('"310.000"', written)
    assert read(text.encode(), tmp_path).household.incomes == (Income(IncomeKind.SALARY, Money(minor), 1),)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ('"310.0001"', "money.places"),
        ("310.0001", "money.places"),
        ("-5", "money.negative"),
        ("NaN", "money.unreadable"),
        ("Infinity", "money.unreadable"),
        ("1e3", "money.unreadable"),
        ("1e999999999", "money.unreadable"),
        ("9" * 5000, "money.too_large"),
        ('"3,5"', "money.comma"),
        ('"1,310"', "money.comma"),
        ("true", "money.unreadable"),
        ("[]", "money.unreadable"),
        ("{}", "money.unreadable"),
        ('""', None),
    ],
)
def test_an_amount_that_is_none_is_told(written: str, code: str | None, tmp_path: Path) -> None:
    """At its line; an empty text is an amount that is not known."""
    text = json.dumps(a_tree(asked="0")).replace('"asked": "0"', f'"asked": {written}').encode()
    if code is None:
        assert read(text, tmp_path).asked is None
    else:
        assert told(text, tmp_path) == [("asked", code)]


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (a_tree(colour="red"), [("colour", "case.unknown_key")]),
        (with_household(cat=1), [("household.cat", "case.unknown_key")]),
        (with_member(age=3), [("household.members[1].age", "case.unknown_key")]),
        (a_tree(facts={"moon": True}), [("facts.moon", "case.unknown_key")]),
        (a_tree(office={"moon": True}), [("office.moon", "case.unknown_key")]),
        (a_tree(policy="none-2020"), [("policy", "case.not_one_of")]),
        (a_tree(policy=None), [("policy", "case.missing_key")]),
        (a_tree(aid="lottery"), [("aid", "case.unknown_aid")]),
        (a_tree(on="2019-07-01"), [("on", "case.before_policy")]),
        (a_tree(on="22/11/2026"), [("on", "case.not_a_date")]),
        (a_tree(on="2026-02-30"), [("on", "case.not_a_date")]),
        (a_tree(on=20261122), [("on", "case.not_a_date")]),
        (a_tree(on=None), [("on", "case.missing_key")]),
        (a_tree(household=None), [("household", "case.missing_key")]),
        (a_tree(household=[]), [("household", "case.not_an_object")]),
        (a_tree(registered="yes"), [("registered", "case.not_yes_no")]),
        (a_tree(registered=False, monthly_registered=True), [
            ("monthly_registered", "case.monthly_but_not_registered")
        ]),
        (with_household(members={}), [("household.members", "case.not_a_list")]),
        (with_household(members=[], incomes=[]), [("household.members", "household.no_head")]),
        (with_household(incomes=[3]), [
            ("household.incomes[0]", "case.not_an_object"),
            ("household.incomes[0].kind", "case.missing_key"),
            ("household.incomes[0].monthly", "case.missing_key"),
        ]),
        (with_household(incomes=[{"kind": "salary", "monthly": "1", "member": 9}]), [
            ("household.incomes[0].member", "line.unknown_member")
        ]),
        (with_household(incomes=[{"kind": "gold", "monthly": "1"}]), [
            ("household.incomes[0].kind", "case.not_one_of")
        ]),
        (with_household(obligations=[{"kind": "", "monthly": "1"}]), [
            ("household.obligations[0].kind", "case.not_one_of")
        ]),
        (with_household(phone=33124455), [("household.phone", "case.not_a_text")]),
        (with_household(dwelling={"kind": "tent"}), [("household.dwelling.kind", "case.not_one_of")]),
        (with_household(dwelling={"rooms": 2.5}), [("household.dwelling.rooms", "case.not_whole")]),
        (with_household(dwelling={"rooms": -1}), [("household.dwelling.rooms", "case.out_of_range")]),
        (with_household(family_state="x" * 4001), [("household.family_state", "case.text_too_long")]),
        (with_member(id=1), [
            ("household.members[0].id", "household.same_id"),
            ("household.members[1].id", "household.same_id"),
        ]),
        (with_member(id=None), [("household.members[1].id", "case.missing_key")]),
        (with_member(id="2"), [("household.members[1].id", "case.not_whole")]),
        (with_member(id=True), [("household.members[1].id", "case.not_whole")]),
        (with_member(relation="head"), [("household.members[1].relation", "household.second_head")]),
        (with_member(relation="cousin"), [("household.members[1].relation", "case.not_one_of")]),
        (with_member(sex=None), [("household.members[1].sex", "case.missing_key")]),
        (with_member(birth_date="2026-11-23"), [("household.members[1].birth_date", "member.born_in_future")]),
        (with_member(birth_date="1850-01-01"), [("household.members[1].birth_date", "member.too_old")]),
        (with_member(name="ا" * 201), [("household.members[1].name", "name.too_long")]),
        (with_member(name="ا" + "\u0651" * 9), [("household.members[1].name", "name.too_many_marks")]),
        (with_member(occupation="x" * 201), [("household.members[1].occupation", "name.too_long")]),
        (with_member(include=True), [("household.members[1].include_reason", "member.include_without_reason")]),
        (a_tree(documents=[{"kind": "poem", "state": "lost"}]), [
            ("documents[0].kind", "case.not_one_of"),
            ("documents[0].state", "case.not_one_of"),
        ]),
        (a_tree(paper={"months": ["2026-13", "2026-1", "2026-11"]}), [
            ("paper.months[0]", "case.not_a_month"),
            ("paper.months[1]", "case.not_a_month"),
        ]),
        (a_tree(research={"date": "yesterday"}), [("research.date", "case.not_a_date")]),
        (a_tree(facts={"unaccepted_travel_on": "soon"}), [("facts.unaccepted_travel_on", "case.not_a_date")]),
        (a_tree(facts=[]), [("facts", "case.not_an_object")]),
    ],
)  # fmt: skip
def test_a_mistake_is_told_at_its_place(tree: dict[str, Any], expected: list[tuple[str, str]], tmp_path: Path) -> None:
    """Unknown keys, impossible dates, two heads, strangers in a line, and what is of the wrong kind."""
    assert told(tree, tmp_path) == expected


def test_every_mistake_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    """Of the top, of the members, of the money."""
    tree = with_member(relation="head", birth_date="2099-01-01", sex="robot")
    tree["household"]["incomes"][0] |= {"monthly": "1.0005", "member": 7}
    tree["extra"] = 1
    assert sorted(told(tree, tmp_path)) == [
        ("extra", "case.unknown_key"),
        ("household.incomes[0].member", "line.unknown_member"),
        ("household.incomes[0].monthly", "money.places"),
        ("household.members[1].birth_date", "member.born_in_future"),
        ("household.members[1].relation", "household.second_head"),
        ("household.members[1].sex", "case.not_one_of"),
    ]


def test_an_unreadable_head_is_not_told_as_a_missing_one(tmp_path: Path) -> None:
    """One slip of the keyboard is one problem."""
    tree = a_tree()
    tree["household"]["members"][0]["relation"] = "haed"
    assert told(tree, tmp_path) == [("household.members[0].relation", "case.not_one_of")]


def test_a_key_that_stands_twice_is_told(tmp_path: Path) -> None:
    """Nobody can know which of the two was meant."""
    text = json.dumps(a_tree()).replace(
        '"sex": "male", "birth_date": "2015', '"sex": "male", "sex": "female", "birth_date": "2015'
    )
    assert told(text.encode(), tmp_path) == [("household.members[1].sex", "case.key_twice")]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "case.not_json"),
        (b"not json", "case.not_json"),
        (b'{"policy": ', "case.not_json"),
        (b'{"policy": 01}', "case.not_json"),
        (b"\xff\xfe{}", "case.not_utf8"),
        (b"[" * 100_000, "case.too_deep"),
        (b'{"a":' * 5000, "case.too_deep"),
        (b" " * (10 * 2**20 + 1), "case.file_too_large"),
    ],
)
def test_a_file_that_is_no_case_file_is_told(data: bytes, code: str, tmp_path: Path) -> None:
    """One line says why; nothing of it is read."""
    assert told(data, tmp_path) == [("", code)]


@pytest.mark.parametrize("data", [b"[]", b"3", b'"text"', b"null"])
def test_a_file_that_holds_no_object_is_told(data: bytes, tmp_path: Path) -> None:
    """Whatever else it holds."""
    assert ("", "case.not_an_object") in told(data, tmp_path)


def test_ten_megabytes_of_nonsense_are_told(tmp_path: Path) -> None:
    """The largest file that is still looked at, full of keys that nobody knows."""
    nonsense = json.dumps({f"key{number}": 1 for number in range(500_000)}).encode()[: 10 * 2**20 - 20]
    assert told(nonsense[: nonsense.rindex(b",")] + b"}", tmp_path)[-1][1] == "case.unknown_key"


def test_brackets_within_a_text_do_not_nest(tmp_path: Path) -> None:
    """A researcher may type what comes to mind."""
    state = "[" * 50 + '"\\' + "{" * 50
    assert read(with_household(family_state=state), tmp_path).household.family_state == state


def test_a_byte_order_mark_is_passed_over(tmp_path: Path) -> None:
    """Notepad puts one in front."""
    assert read(b"\xef\xbb\xbf" + json.dumps(a_tree()).encode(), tmp_path).aid == "monthly"


def test_what_nobody_sees_is_cleaned_away(tmp_path: Path) -> None:
    """Direction marks, control characters, doubled spaces, and the line breaks of a name."""
    tree = with_member(name="\u202eعلي \u0000 حسن\n أحمد\u200f", notes="سطر\nآخر")
    son = read(tree, tmp_path).household.members[1]
    assert (son.name, son.notes) == ("علي حسن أحمد", "سطر\nآخر")


def test_the_facts_of_an_unknown_aid_are_not_judged(tmp_path: Path) -> None:
    """It is not known whose list they belong to."""
    assert told(a_tree(aid="lottery", facts={"moon": 1}), tmp_path) == [("aid", "case.unknown_aid")]


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """And so is a folder in its place."""
    for path, code in [(tmp_path / "no.json", "file.missing"), (tmp_path, "file.unreadable")]:
        with pytest.raises(Refused) as refused:
            POLICIES.read_case(path)
        assert [problem.code for problem in refused.value.problems] == [code]


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from([*a_tree(), "facts", "documents", "paper", "research", "registered", "asked", "grade"])


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(KEYS, TREES, max_size=3))
def test_whatever_stands_in_a_file_is_read_or_refused(tmp_path: Path, changes: dict[str, Any]) -> None:
    """Never a traceback; a refusal names at least one problem with its code."""
    try:
        read(a_tree(**changes), tmp_path)
    except Refused as refused:
        codes = [problem.code for problem in refused.problems]
    else:
        codes = ["read"]
    assert all(codes)
    assert codes


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_whatever_bytes_come_are_refused(tmp_path: Path, data: bytes) -> None:
    """No short string of bytes is a family."""
    assert told(data, tmp_path)


def test_a_case_with_everything_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Also what only other packs and papers use."""
    tree = a_tree(
        asked="12.5", applicant=2, grade=3, category="orphan", fund="zakat", registered=True, monthly_registered=False,
        request_date="2026-11-20", facts={"documents": True, "unaccepted_travel_on": "2020-01-01"},
        waivers=[{"clause": "K-MONTH-5", "by": "اللجنة", "reason": "ظرف طارئ"}],
        follow_ups=[{"date": "2026-11-21", "employee": "زهراء", "notes": "زيارة"}],
        documents=[{"kind": "id_card", "state": "waived", "waived_by": "اللجنة", "reason": "",
                    "expires": "2030-01-01"}],
        paper={"number": "2026-000391", "amount": 30, "months": ["2026-11"], "method": "cash", "date": "2026-11-22",
               "reason": "بقرار المجلس"},
    )  # fmt: skip
    case = read(tree, tmp_path)
    assert read(write_case(case, BHD), tmp_path) == case
    assert case.paper.amount == Money(30_000)
    assert case.paper.reason == "بقرار المجلس"
    assert case.facts == {"documents": True, "unaccepted_travel_on": date(2020, 1, 1)}


def test_an_unasked_list_stays_unasked(tmp_path: Path) -> None:
    """None and empty are told apart, there and back."""
    case = read(with_household(incomes=None), tmp_path)
    assert case.household.incomes is None
    assert read(write_case(case, BHD), tmp_path).household.incomes is None
