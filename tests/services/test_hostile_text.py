"""Whatever is typed is only text: for the file, for the search, for the paper."""

import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.domain.case import Case, Paper
from sanad.domain.errors import Refused
from sanad.domain.money import Money
from sanad.domain.spelling import LONGEST_NAME, MOST_MARKS
from sanad.services import Services
from tests.builders import TODAY, a_family, a_household, a_member, a_study
from tests.paper.printing import read_back

HOSTILE = [
    "'); DROP TABLE households; --",
    '" OR 1=1 --',
    "x' UNION SELECT sealed FROM office_key --",
    "حسن NEAR(علي)",
    'name: "*" ^ - AND OR NOT',
    "%_\\",
    "${HOME} %s {0} \\N{SNOWMAN}",
]
_opened: list[str] = []
_watching: list[bool] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and event == "open":
        _opened.append(str(arguments[0]))


@contextmanager
def watched() -> Iterator[list[str]]:
    """The files that are opened while the block runs."""
    if not hasattr(sys, "_sanad_watched"):
        sys.addaudithook(_watch)  # never to be taken away again, so once
        sys._sanad_watched = True  # type: ignore[attr-defined]  # remembered where the hook is
    _opened.clear()
    _watching.append(True)
    try:
        yield _opened
    finally:
        _watching.pop()


def named(name: str) -> Case:
    """A case whose head, payee and notes are called so."""
    study = a_study(a_household(head=name, resident_of=name, family_state=name))
    paper = Paper(number="2026-000001", date=TODAY, amount=Money(30_000), months=("2026-11",), payee=name, to=name)
    return replace(study.case(policy="karzakan-2020", aid="monthly", on=TODAY), paper=paper)


@pytest.mark.parametrize("text", HOSTILE)
def test_e15_a_name_that_looks_like_a_command_is_a_name(services: Services, text: str) -> None:
    """Kept as it was typed, found by what is in it, and nothing else in the file has moved."""
    other = a_family(services)
    family = a_family(services, a_study(a_household(head=text, phone=text)))
    assert services.households.open(family.id).study.household.members[0].name == text
    assert services.households.open(other.id) == other
    for typed in (text, text[:5], text.split(maxsplit=1)[0]):
        services.households.search(typed)
    assert all(line.ok for line in services.health.checks())


def test_e11_characters_that_break_programs_break_nothing(services: Services) -> None:
    """Every control character and half of a pair, in names, notes and the search: the family is found by its name."""
    broken = [*map(chr, range(0x20)), "\x7f", *map(chr, range(0xD800, 0xE000, 17)), "\udfff", "\ufeff", "\ufffe"]
    name = "سلمان" + "".join(broken) + " داود"
    members = (a_member(name=name[:LONGEST_NAME], notes=name, workplace=name),)
    family = a_family(services, a_study(a_household(members=members)))
    kept = services.households.open(family.id).study.household.members[0]
    assert not [letter for letter in kept.name if letter != "\n" and unicodedata.category(letter) in ("Cc", "Cs")]
    for typed in ("سلمان", "\x00سلمان\ud800", "\ud83d"):
        services.households.search(typed)
    assert [row.id for row in services.households.search("سلم\x00ان")] == [family.id]
    services.drafts.keep("new", "".join(broken).encode("utf-8", "replace").decode())
    assert all(line.ok for line in services.health.checks())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("م" * 10_000, "name.too_long"),
        ("م" * (LONGEST_NAME + 1), "name.too_long"),
        ("م" + "\u0651" * (LONGEST_NAME - 1), "name.too_many_marks"),
        ("م" + "\u0651" * (MOST_MARKS + 1), "name.too_many_marks"),
    ],
)
def test_e12_a_name_that_no_paper_can_hold_is_refused(services: Services, name: str, code: str) -> None:
    """Beyond two hundred letters, or eight marks on one of them."""
    with pytest.raises(Refused) as refused:
        a_family(services, a_study(a_household(head=name, children=0)))
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [
        (code, "household.members[0].name")
    ]


@pytest.mark.parametrize("typed", ["٨٠٠٥١٢٣٤٥", "۸۰۰۵۱۲۳۴۵", "8005 12345 ", "\u200f800512345", "8005\u00a012345\u202c"])
def test_e7_one_civil_id_is_one_family(services: Services, typed: str) -> None:
    """In other digits, with spaces, with marks nobody sees: the family that has it is named, none is made."""
    known = a_family(services, a_study(a_household(members=(a_member(name="حسن", civil_id="800512345"),))))
    with pytest.raises(Refused) as refused:
        a_family(services, a_study(a_household(members=(a_member(name="محسن", civil_id=typed),))))
    (problem,) = refused.value.problems
    assert problem.code == "household.civil_id_known"
    assert known.id in problem.values.values()
    assert services.households.count() == 1


@pytest.mark.parametrize("form", ["case-study", "receipt", "apology", "payment-voucher"])
def test_e13_markup_in_a_name_is_printed_as_it_was_typed(tmp_path: Path, form: str) -> None:
    """No tag is obeyed, and no file that one names is opened."""
    bait = tmp_path / "bait.png"
    bait.write_bytes(b"\x89PNG")
    papers = build(None).papers
    for name in (
        "<b>x",
        "a & b &amp; c",
        f'<img src="{bait}"/>',
        f'<img src="file://{bait}">',
        "<para><a href=x>y</a>",
    ):
        with watched() as opened:
            papers.print_case(form, named(name), on=TODAY, language="ar")
            pdf = papers.print_case(form, named(name), on=TODAY, language="en")
        assert [path for path in opened if "bait" in path] == []
        text = "".join("".join(read_back(pdf)).split())
        assert "".join(name.split()) in text
