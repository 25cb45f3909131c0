"""What is asked of a request: all that its assessment hangs on, and nothing that the rules never look at."""

from dataclasses import replace

import pytest

from sanad.domain.assessment import Finding
from sanad.domain.case import Case, Waiver
from sanad.domain.facts import FactKind
from sanad.domain.questions import FACTS, Part
from sanad.rules.asking import _Noted, ask
from sanad.rules.assess import assess
from sanad.rules.policy import Policy
from sanad.rules.proof import tree_of
from tests.rules.packs import policy_of, proof_of, read_tree


def cases_of(pack: str) -> tuple[Policy, list[Case]]:
    """A shipped pack, and its own worked cases."""
    policy, proof = policy_of(pack), proof_of(pack)
    return policy, [read_tree(policy, tree_of(worked, proof, policy)) for worked in proof.case]


@pytest.mark.parametrize("pack", ["karzakan-2020", "balad-alkhair-2021", "kcmuslims"])
def test_every_missing_fact_of_a_request_is_asked_and_needed(pack: str) -> None:
    """Of each worked case: looking on changes nothing, and what is missing has its question, in words."""
    policy, cases = cases_of(pack)
    for case in cases:
        asked = ask(case, policy)
        assert asked.found == assess(case, policy)
        needed = {question.where.removeprefix(FACTS) for question in asked.asked if question.needed}
        facts = policy.aids_offered[case.aid].facts
        assert {fact for fact in asked.found.missing if fact in facts or fact in tuple(Part)} <= needed
        assert all(question.label for question in asked.asked if question.needed)
        assert set(case.facts) <= {question.where.removeprefix(FACTS) for question in asked.asked}


@pytest.mark.parametrize("pack", ["karzakan-2020", "balad-alkhair-2021", "kcmuslims"])
def test_whatever_is_left_out_makes_no_difference(pack: str) -> None:
    """A fact that has no question may be anything: the assessment stays what it is."""
    policy, cases = cases_of(pack)
    for case in cases[::4]:
        asked = {question.where for question in ask(case, policy).asked}
        kinds = policy.aids_offered[case.aid].facts
        others = {name: True for name, kind in kinds.items() if kind is FactKind.YES_NO and FACTS + name not in asked}
        said = replace(case, facts={**case.facts, **others})
        assert assess(said, policy).outcome is assess(case, policy).outcome


def test_a_guide_without_categories_asks_for_facts_alone() -> None:
    """Karzakan knows neither category nor grade, member or fund."""
    policy, cases = cases_of("karzakan-2020")
    assert {question.where for case in cases for question in ask(case, policy).asked} & set(Part) == set()


def test_only_what_a_waiver_changes_can_be_waived() -> None:
    """Of every worked case: a clause that may be let pass is one whose check then says so."""
    policy, cases = cases_of("balad-alkhair-2021")
    found = 0
    for case in cases:
        for clause in ask(case, policy).may_waive:
            waivers = case.waivers or (Waiver(clause, "اللجنة", "ضرورة"),)
            checks = assess(replace(case, waivers=waivers), policy).checks
            if not case.waivers:
                assert Finding.WAIVED in {check.result for check in checks if check.clause == clause}
                found += 1
    assert found


def test_facts_that_are_looked_on_are_the_same_facts() -> None:
    """All of them, with what they say; who asks for one that is not told is noted too."""
    facts = _Noted({"muslim": True})
    assert dict(facts) == {"muslim": True}
    assert facts.get("enrolled") is None
    assert facts.names == {"muslim", "enrolled"}
