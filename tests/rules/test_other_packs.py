"""The packs of Kuwait and Kansas City come out as their own worked cases say, and say it all in two languages."""

from dataclasses import replace
from functools import cache

import msgspec
import pytest

from sanad.domain.assessment import Outcome
from sanad.domain.case import Case
from sanad.domain.errors import Refused
from sanad.domain.facts import FactKind
from sanad.domain.household import Household, Income, IncomeKind, Member, Relation, Sex
from sanad.domain.limits import Limits
from sanad.domain.money import Money
from sanad.rules.assess import assess
from sanad.rules.policy import Policy
from sanad.rules.proof import Proof, WorkedCase, differences
from tests.builders import TODAY
from tests.rules.packs import policy_of, proof_of, read_tree

NAMES = ("balad-alkhair-2021", "kcmuslims")
policy = cache(policy_of)
PROOFS = {name: proof_of(name) for name in NAMES}
CASES = [(name, worked) for name, proof in PROOFS.items() for worked in proof.case]


def told(name: str, worked: WorkedCase) -> list[tuple[str, str]]:
    """What is said of a worked case that differs: of what, and what came out."""
    proof = PROOFS[name]
    alone = Proof(on=proof.on, case=(worked,), file=proof.file, household=proof.household)
    problems = differences(alone, policy(name), lambda tree: read_tree(policy(name), tree))
    return [(str(problem.values.get("what", problem.code)), str(problem.values.get("found"))) for problem in problems]


@pytest.mark.parametrize(("name", "worked"), CASES, ids=lambda value: getattr(value, "name", value))
def test_a_worked_case_comes_out_as_it_says(name: str, worked: WorkedCase) -> None:
    """Outcome, amount, fund, what is missing, figures, findings and counted members, all exact."""
    assert told(name, worked) == []


@pytest.mark.parametrize("name", NAMES)
def test_every_aid_and_category_has_a_worked_case(name: str) -> None:
    """What has none would be adopted unproved."""
    cases = PROOFS[name].case
    own = {worked.file.get("category", PROOFS[name].file["category"]) for worked in cases}
    assert {worked.aid for worked in cases} == set(policy(name).aids)
    assert own == set(policy(name).categories)


def test_a_lie_about_fund_or_finding_is_noticed() -> None:
    """Had a case another fund or finding than it says, the pack would not be adopted."""
    worked = next(
        worked for worked in PROOFS["balad-alkhair-2021"].case if worked.findings.get("remarried") == "waived"
    )
    lie = msgspec.structs.replace(worked, fund="zakat", findings={"remarried": "met"})
    assert told("balad-alkhair-2021", lie) == [("fund", "khayrat"), ("findings", "remarried waived")]


@pytest.mark.parametrize("name", NAMES)
def test_everything_is_said_in_both_languages(name: str) -> None:
    """No label, note, place or wording of a pack is empty in one language only."""
    pack = policy(name)
    texts = [
        *pack.aids.values(),
        *pack.documents.values(),
        *pack.fact_labels.values(),
        *(clause.place for clause in pack.clauses.values()),
        *(clause.wording for clause in pack.clauses.values()),
        *(wording.label for wording in pack.wordings.values()),
        *(category.label for category in pack.categories.values()),
        *(grade.label for grade in pack.grades.values()),
        *(reading.label for reading in pack.readings.values()),
        *(aid.papers.payee for aid in pack.aids_offered.values() if aid.papers and aid.papers.payee),
        *(word for words in pack.choices.values() for word in words.values()),
    ]
    assert [text for text in texts if not (text.ar.strip() and text.en.strip())] == []
    assert [wording for wording in pack.wordings.values() if bool(wording.note.ar) != bool(wording.note.en)] == []


def test_papers_and_payees_are_those_of_the_table() -> None:
    """Rent goes to the landlord, appliances to the supplier; a widow brings four papers beside the general nine."""
    pack = policy("balad-alkhair-2021")
    rent, basket = pack.aids_offered["rent"].papers, pack.aids_offered["food_basket"].papers
    assert rent is not None
    assert rent.payee is not None
    assert (rent.clause, rent.payee.en, rent.documents) == (
        "B-P-10",
        "The landlord or his agent",
        ("landlord_proof", "rent_contract", "civil_id"),
    )
    assert basket is None
    widow = pack.categories["widow"].papers
    assert widow is not None
    assert (widow.clause, len(widow.documents), widow.payee) == ("B-DOC-WIDOW", 4, None)
    assert pack.papers is not None
    assert len(pack.papers.documents) == 9
    assert pack.categories["orphan"].papers is None


def test_the_office_figure_is_not_shipped() -> None:
    """Appendix 1 is named, with no figure of ours."""
    pack = policy("balad-alkhair-2021")
    assert dict(pack.office_figures) == {"appendix_1": FactKind.LIMITS}
    assert not any(name.startswith(("pension", "wealth")) for name in pack.revisions[0].figures)


@pytest.mark.parametrize(("name", "worked"), CASES, ids=lambda value: getattr(value, "name", value))
def test_whatever_is_missing_has_a_name(name: str, worked: WorkedCase) -> None:
    """A clerk reads what to ask for in words; only the boxes of the form are named by the form."""
    labels = policy(name).fact_labels
    assert [place for place in worked.missing if place not in labels and not place.startswith("household.")] == []


@pytest.mark.parametrize(
    ("said", "where"),
    [({"aid": "marriage"}, "aid"), ({"category": "hermit"}, "category"), ({"grade": 5}, "grade")],
)
def test_what_the_pack_does_not_have_is_refused(said: dict[str, object], where: str) -> None:
    """A case that names an unknown aid, category or grade is bad input, not a bug."""
    case = replace(case_of("food_basket"), **said)  # type: ignore[arg-type]  # the fields are named above
    with pytest.raises(Refused) as refused:
        assess(case, policy("balad-alkhair-2021"))
    assert [problem.where for problem in refused.value.problems] == [where]


def test_an_aid_or_category_of_the_office_is_left_to_people() -> None:
    """A pack that adds an aid or a category without a formula gets the board, not a guess."""
    pack = policy("balad-alkhair-2021")
    kin = replace(pack, categories={**pack.categories, "neighbour": pack.categories["widow"]})
    assert (
        assess(replace(case_of("food_basket"), category="neighbour", fund="khayrat"), kin).outcome
        is Outcome.NEEDS_BOARD
    )
    other = Policy(**{slot: getattr(pack, slot) for slot in pack.__dataclass_fields__} | {"formulas": "karzakan"})
    assert assess(case_of("food_basket"), other).outcome is Outcome.NEEDS_BOARD


def test_a_refusal_tells_how_far_it_is_from_the_limit() -> None:
    """Income, wealth, both together, and fees: by how much each lies above what is allowed."""
    pack = policy("balad-alkhair-2021")
    limits = Limits({1: Money(250_000)}, Money(1_000_000), Money(1_200_000))
    head = Member(1, Relation.HEAD, Sex.FEMALE, lives_with_family=True)
    lines = (Income(IncomeKind.SALARY, Money(250_001), 1),)
    family = Household(members=(head,), incomes=lines, obligations=(), wealth=Money(1_000_002))
    poor = replace(case_of("monthly"), category="widow", household=family, office={"appendix_1": limits})
    steps = {step.name: step.exact for step in assess(poor, pack).steps}
    above = {name: value * 1000 for name, value in steps.items() if name.endswith("_above")}
    assert above == {"income_above": 1, "wealth_above": 2, "combined_above": 50_003}
    fees = replace(case_of("tuition"), facts={"stage": "primary", "fees": Money(353_200)})
    told = {step.name: step.note.en for step in assess(fees, pack).steps}
    assert told["fees_above"] == "The fees are 3.200 above the usual average."


def test_an_unset_appendix_says_where_it_is_set() -> None:
    """The assessment itself tells the office where its own figures go."""
    case = replace(case_of("monthly"), category="widow")
    found = assess(case, policy("balad-alkhair-2021"))
    assert "appendix_1" in found.missing
    assert any("office's settings" in assumption.label.en for assumption in found.assumptions)
    labels = policy("balad-alkhair-2021").fact_labels
    for place in ("appendix_1", "appendix_1.wealth_limit", "appendix_1.pension.1", "appendix_1.pension.10"):
        assert "office's settings" in labels[place].en


def case_of(aid: str) -> Case:
    """A case of which little is known."""
    return Case(policy="balad-alkhair-2021", aid=aid, on=TODAY, household=Household(), grade=1)
