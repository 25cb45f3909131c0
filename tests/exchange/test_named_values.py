"""What a case says under the names of its pack: words of a list, yes with a kind or an amount, bans, limits."""

import json
from typing import Any

import pytest

from sanad.domain.errors import Refused
from sanad.domain.limits import Limits
from sanad.domain.money import KWD, Money
from sanad.exchange.case_text import write_case
from tests.rules.packs import policy_of, read_tree

POLICY = policy_of("balad-alkhair-2021")
MEMBER = {"id": 1, "relation": "head", "sex": "female"}


def tree(**said: Any) -> dict[str, Any]:
    """A case file of the Kuwait pack."""
    file = {"policy": POLICY.id, "aid": "monthly", "on": "2026-11-22", "household": {"members": [MEMBER]}}
    return {**file, **said}


def told(**said: Any) -> list[tuple[str, str]]:
    """What is wrong with a case file: where, and the code."""
    with pytest.raises(Refused) as refused:
        read_tree(POLICY, tree(**said))
    return [(problem.where, problem.code) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("fact", "written", "read"),
    [
        ("stage", "primary", "primary"),
        ("stage", "", None),
        ("university_field", "هندسة", "هندسة"),
        ("university_field", False, False),
        ("zakat_work", "guard", "guard"),
        ("zakat_work", True, True),
        ("ransom", "5000.000", Money(5_000_000)),
        ("ransom", True, True),
        ("barred_until", "for_good", "for_good"),
        ("barred_until", "", None),
    ],
)
def test_a_fact_is_read_by_its_kind(fact: str, written: object, read: object) -> None:
    """Yes or no, a word, an amount, or a last day, as the pack lets it be."""
    assert read_tree(POLICY, tree(facts={fact: written})).facts.get(fact) == read


def test_a_ban_ends_on_a_day() -> None:
    """Where it is not for good."""
    assert str(read_tree(POLICY, tree(facts={"barred_until": "2027-01-31"})).facts["barred_until"]) == "2027-01-31"


def test_what_is_no_word_of_the_list_is_refused() -> None:
    """All at once, each by its place: facts, category, fund, grade, applicant, waivers."""
    assert told(
        facts={
            "stage": "kindergarten",
            "zakat_work": "cook",
            "barred_until": "some day",
            "ransom": "much",
            "kin": True,
        },
        category="hermit",
        fund="general",
        grade=5,
        applicant=9,
        waivers=[{"clause": "B-99", "by": "", "reason": ""}],
    ) == [
        ("category", "case.not_one_of"),
        ("grade", "case.out_of_range"),
        ("fund", "case.not_one_of"),
        ("waivers[0].by", "case.missing_key"),
        ("waivers[0].reason", "case.missing_key"),
        ("waivers[0].clause", "policy.unknown_clause"),
        ("facts.barred_until", "case.not_a_date"),
        ("facts.stage", "case.not_one_of"),
        ("facts.zakat_work", "case.not_one_of"),
        ("facts.ransom", "money.unreadable"),
        ("facts.kin", "case.unknown_key"),
        ("applicant", "line.unknown_member"),
    ]


def test_the_limits_of_the_office_are_read_and_written_again() -> None:
    """Sizes left empty stay so; the same figures come back."""
    table = {"pension": {"1": "250.000", "2": None, "10": "700.000"}, "wealth_limit": "3000.000"}
    case = read_tree(POLICY, tree(office={"appendix_1": table}))
    assert case.office["appendix_1"] == Limits({1: Money(250_000), 10: Money(700_000)}, Money(3_000_000))
    assert read_tree(POLICY, json.loads(write_case(case, KWD))) == case


def test_limits_are_read_strictly() -> None:
    """A size that does not exist, a key that is not known, an amount that is none; an empty table is one."""
    table = {"pension": {"0": "1.000", "11": "1.000"}, "wealth_limit": "a lot", "minimum": "1.000"}
    assert told(office={"appendix_1": table}) == [
        ("office.appendix_1.pension.0", "case.unknown_key"),
        ("office.appendix_1.pension.11", "case.unknown_key"),
        ("office.appendix_1.wealth_limit", "money.unreadable"),
        ("office.appendix_1.minimum", "case.unknown_key"),
    ]
    assert read_tree(POLICY, tree(office={"appendix_1": {}})).office["appendix_1"] == Limits()
    assert dict(read_tree(POLICY, tree(office={"appendix_1": None})).office) == {}


def test_a_household_of_any_size_has_a_row() -> None:
    """The last one holds for ten and more."""
    limits = Limits({10: Money(1)})
    assert [limits.pension_of(size) for size in (9, 10, 11)] == [None, Money(1), Money(1)]
