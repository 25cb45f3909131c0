"""A pack that lacks something, contradicts itself or means another unit is not taken; a taken one never breaks."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from sanad.domain.case import Case
from sanad.domain.errors import Refused
from sanad.domain.household import Household, Income, IncomeKind, Member, Relation, Sex
from sanad.domain.money import LARGEST, Money
from sanad.rules import reader
from sanad.rules.assess import FORMULAS, assess
from sanad.rules.policy import Policy
from sanad.rules.proof import differences
from sanad.rules.reader import read_policy
from tests.rules.packs import policy_of, proof_of, read_tree, text_of

PACKS = ("karzakan-2020", "balad-alkhair-2021", "kcmuslims")
ON = date(2026, 11, 22)
Path = tuple[str, ...]

FIGURE = re.compile(r"^\[(amounts|counts|shares)\.(\w+)\]\n(?:[^\[\n].*\n)*?from\.[\d-]+ = (.+)$", re.MULTILINE)
BOUND = re.compile(r'(need_up_to|pay) = "([\d.]+)"')


def places(text: str) -> list[str]:
    """Where something is wrong with the text of a pack."""
    try:
        read_policy(text, "policy.toml", FORMULAS)
    except Refused as refused:
        return [problem.where for problem in refused.problems]
    return []


def unproved(pack: str, text: str) -> bool:
    """Whether a pack that can be read does not come out as its own worked cases say."""
    policy = read_policy(text, "policy.toml", FORMULAS)
    return bool(list(differences(proof_of(pack), policy, lambda tree: read_tree(policy, tree))))


def parameters(tree: dict[str, Any]) -> Iterator[Path]:
    """Every figure, scale and reading by which a pack counts; and, of the first of each kind, every key within."""
    needed = FORMULAS[tree["formulas"]]
    for kind in ("amounts", "counts", "shares", "scales", "readings"):
        tables = {name: table for name, table in tree.get(kind, {}).items() if kind == "scales" or name in needed}
        for place, (name, table) in enumerate(tables.items()):
            yield kind, name
            if place == 0:
                yield from ((kind, name, key) for key in table if key != "reading")
                yield from ((kind, name, "label", language) for language in ("ar", "en") if "label" in table)


def without(tree: dict[str, Any], path: Path) -> dict[str, Any]:
    """The pack without what stands at the path."""
    key, *rest = path
    return {
        name: without(value, tuple(rest)) if name == key else value
        for name, value in tree.items()
        if rest or name != key
    }


@pytest.mark.parametrize("pack", PACKS)
def test_g1_a_pack_that_lacks_a_parameter_is_refused_with_its_name(pack: str) -> None:
    """Each of them in turn; the figure, or the place in it, is told."""
    tree = tomllib.loads(text_of(pack))
    assert reader._Pack(tree).policy("", FORMULAS) is not None
    for path in parameters(tree):
        lacking = reader._Pack(without(tree, path))
        assert lacking.policy("", FORMULAS) is None, path
        assert any(path[1] in f"{problem.where} {problem.values}" for problem in lacking.problems), path


def test_g2_a_bound_that_moves_out_of_its_place_is_refused() -> None:
    """Each bound of each bracket to its neighbour's, and each payment above everything: told at the scale."""
    text = text_of("karzakan-2020")
    for name in ("by_need", "by_size"):
        start = text.index(f"[scales.{name}]")
        bounds = list(BOUND.finditer(text, start, text.index("\n\n", start)))
        limits = [bound for bound in bounds if bound[1] == "need_up_to"]
        pays = [(bound, "61.000") for bound in bounds if bound[1] == "pay"]
        overlaps = [(bound, before[2]) for before, bound in pairwise(limits)]
        assert len(pays) >= 2
        for bound, wrong in (*pays, *overlaps):
            told = places(text[: bound.start(2)] + wrong + text[bound.end(2) :])
            assert any(place.startswith(f"scales.{name}.from") for place in told), bound


UNITS: list[tuple[str, Callable[[str], str]]] = [
    ("amounts", lambda value: value.replace(".", "")),  # fils for dinars
    ("amounts", lambda value: value.partition(".")[0] + '"'),  # dinars that do not say so
    ("amounts", lambda value: value[:-1] + '0"'),  # a tenth of a fils
    ("amounts", lambda value: value.strip('"')),  # a float
    ("counts", lambda value: str(int(value) * 365)),  # days for years
    ("counts", lambda value: f"{value}.5"),
    ("counts", lambda value: f'"{value}"'),
    ("shares", lambda value: f'"{Fraction(value.strip(chr(34))) * 100}"'),  # percent for a part
    ("shares", lambda value: value.strip('"')),
    ("shares", lambda _value: '"1e-999999999"'),  # a number that takes all memory there is
]


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize(("kind", "other"), UNITS)
def test_g3_a_figure_in_another_unit_is_refused(pack: str, kind: str, other: Callable[[str], str]) -> None:
    """Every figure of the kind is told, each at its place."""
    names = []

    def turned(figure: re.Match[str]) -> str:
        if figure[1] != kind:
            return figure[0]
        names.append(f"{kind}.{figure[2]}.from")
        return figure[0][: figure.start(3) - figure.start()] + other(figure[3])

    text = FIGURE.sub(turned, text_of(pack))
    told = places(text)
    assert [name for name in names if not any(place.startswith(name) for place in told)] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [("monthly_floor", '"0.020"'), ("monthly_cap", '"60000.000"'), ("child_age_limit", "30"), ("freeze_years", "12")],
)
def test_g3_a_figure_of_another_size_does_not_prove_itself(name: str, value: str) -> None:
    """What reads like a figure of the right unit is found by the reader's bounds or by the pack's own worked cases."""
    text = text_of("karzakan-2020")
    figure = next(found for found in FIGURE.finditer(text) if found[2] == name)
    other = text[: figure.start(3)] + value + text[figure.end(3) :]
    assert places(other) or unproved("karzakan-2020", other)


def a_crowd(size: int) -> Household:
    """A head and as many others as are asked for, each with an income."""
    members = tuple(
        Member(
            id=number,
            relation=Relation.HEAD if number == 1 else Relation.SON,
            sex=Sex.MALE,
            birth_date=date(1980 + number % 40, 2, 28),
        )
        for number in range(1, size + 1)
    )
    return Household(members=members, incomes=tuple(Income(IncomeKind.SALARY, Money(7), each.id) for each in members))


def edges() -> Iterator[tuple[str, Callable[[Case], Case]]]:
    """Households as they hardly ever are."""
    yield "nobody", lambda case: replace(case, household=Household())
    yield "nobody, and nothing", lambda case: replace(case, household=Household(incomes=(), obligations=()))
    yield "sixty", lambda case: replace(case, household=a_crowd(60))
    yield "no income", lambda case: replace(case, household=replace(a_crowd(4), incomes=()))
    yield (
        "rich",
        lambda case: replace(
            case,
            household=replace(
                a_crowd(1), incomes=(Income(IncomeKind.OTHER, Money(LARGEST - 1), 1),), wealth=Money(LARGEST - 1)
            ),
        ),
    )
    yield "born today", lambda case: replace(case, on=date(2022, 2, 28), household=a_crowd(43))


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize(("edge", "turned"), list(edges()), ids=lambda edge: edge if isinstance(edge, str) else "")
def test_g6_no_household_breaks_a_pack(pack: str, edge: str, turned: Callable[[Case], Case]) -> None:
    """Every aid answers every one of them with an outcome that says why, whatever there is to divide by."""
    policy: Policy = policy_of(pack)
    for aid in policy.aids:
        found = assess(turned(Case(policy=policy.id, aid=aid, on=ON, household=Household())), policy)
        assert found.outcome, edge
        assert found.amount is None or 0 <= found.amount.minor < LARGEST
