"""The pack's own worked cases: each comes out as it says, and a lie among them is noticed."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from sanad.domain.case import Case
from sanad.domain.errors import Refused
from sanad.exchange.case_file import Pack, read_case
from sanad.rules.proof import Proof, WorkedCase, differences, read_proof
from tests.rules.families import PACKS, POLICY

PROOF = read_proof((PACKS / "karzakan-2020/cases.toml").read_text("utf-8"), "cases.toml")
PACK = Pack(
    currency=POLICY.currency,
    first_day=POLICY.first_day,
    aids={slug: aid.facts for slug, aid in POLICY.aids_offered.items()},
    documents=frozenset(POLICY.documents),
    office=POLICY.office_figures,
)


def read(tree: Mapping[str, object]) -> Case:
    """A case from the tree of its file, as strictly as from outside."""
    return read_case(json.dumps(tree).encode(), {POLICY.id: PACK})


def told(worked: WorkedCase) -> list[tuple[str, str]]:
    """What is said of a worked case that differs: of what, and what came out."""
    problems = differences(Proof(on=PROOF.on, case=(worked,)), POLICY, read)
    return [(str(problem.values.get("what", problem.code)), str(problem.values.get("found"))) for problem in problems]


@pytest.mark.parametrize("worked", PROOF.case, ids=lambda worked: worked.name)
def test_a_worked_case_comes_out_as_it_says(worked: WorkedCase) -> None:
    """Outcome, amount, redirect, what is missing, figures and counted members, all exact."""
    assert told(worked) == []


def test_the_whole_printed_table_is_there() -> None:
    """Rows 1 to 9 agree with the print; row 10 stands with the reason why it does not."""
    rows = [worked for worked in PROOF.case if "table, row" in worked.name]
    assert [sum(f"row {number}" in worked.name for worked in rows) for number in range(2, 10)] == [1] * 8
    assert [worked.outcome for worked in rows if worked.slip] == ["not_eligible"]


def test_every_clause_that_is_proved_is_a_clause_of_the_pack() -> None:
    """No worked case names a clause that nobody can look up."""
    assert {clause for worked in PROOF.case for clause in worked.clauses} <= POLICY.clauses.keys()


def test_every_aid_has_a_worked_case() -> None:
    """An aid without one would be adopted unproved."""
    assert {worked.aid for worked in PROOF.case} == set(POLICY.aids)


ROW = next(worked for worked in PROOF.case if worked.name.endswith("row 1"))


@pytest.mark.parametrize(
    ("lie", "what", "came"),
    [
        ({"outcome": "needs_board"}, "outcome", "eligible"),
        ({"amount": "30.001"}, "amount", "30.000"),
        ({"redirect": "seasonal"}, "redirect", "None"),
        ({"missing": ("documents",)}, "missing", ""),
        ({"figures": {"per_capita": "61"}}, "figures", "per_capita 62"),
        ({"figures": {"nothing": "1"}}, "figures", ""),
        ({"counted": (1, 2)}, "counted", "1, 2, 3, 4, 5"),
        ({"household": {"members": []}}, "policy.case_refused", "None"),
    ],
)
def test_a_case_that_lies_is_told(lie: dict[str, object], what: str, came: str) -> None:
    """One thing said wrong is one difference, with what came out."""
    worked = WorkedCase(**{name: getattr(ROW, name) for name in ROW.__struct_fields__} | lie)
    assert told(worked) == [(what, came)]


def test_a_proof_with_an_unknown_key_is_refused() -> None:
    """A worked case that is misspelt would prove nothing."""
    text = 'on = "2026-11-22"\n[[case]]\nname = "x"\nclauses = []\naid = "monthly"\noutcome = "eligible"\nincom = "1"\n'
    with pytest.raises(Refused) as refused:
        read_proof(text, "cases.toml")
    assert [problem.code for problem in refused.value.problems] == ["policy.unknown_key"]
    assert refused.value.problems[0].where == "case[0].incom"


def test_a_proof_that_is_no_toml_is_refused() -> None:
    """The line is told."""
    with pytest.raises(Refused) as refused:
        read_proof("[[case", "cases.toml")
    assert refused.value.problems[0].code == "policy.not_toml"


def test_a_pack_with_another_figure_fails_its_proof() -> None:
    """A cap of 55 does not prove itself by the guide's table."""
    first = POLICY.revisions[0]
    scale = first.scales["by_need"]
    brackets = tuple(replace(bracket, pay=bracket.pay and bracket.pay / 2) for bracket in scale.brackets)
    cheaper = replace(first, scales={**first.scales, "by_need": replace(scale, brackets=brackets)})
    assert differences(PROOF, replace(POLICY, revisions=(cheaper,)), read)
