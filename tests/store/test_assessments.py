"""An assessment explains itself in ten years: it is read back exactly as it was made."""

from contextlib import closing
from datetime import date
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanad.domain.assessment import Assessment, Assumption, Check, Finding, Outcome, Step
from sanad.domain.money import Money
from sanad.domain.request import StoredAssessment
from sanad.domain.text import Text
from sanad.services import Services
from sanad.store.assessments import Assessments
from tests.builders import TODAY, a_family, a_household, a_key, a_member, a_request, a_study
from tests.drivers import tool_on

WORDS = st.text(max_size=12).filter(lambda text: not any("\ud800" <= letter <= "\udfff" for letter in text))
TEXTS = st.builds(Text, WORDS, WORDS)
FRACTIONS = st.fractions()
MADE = st.builds(
    Assessment,
    policy=WORDS,
    revision=WORDS,
    digest=WORDS,
    aid=WORDS,
    on=WORDS,
    currency=WORDS,
    outcome=st.sampled_from(Outcome),
    amount=st.none() | st.builds(Money, st.integers(0, 10**9)),
    period_months=st.none() | st.integers(0, 99),
    fund=st.none() | WORDS,
    redirect=st.none() | WORDS,
    figures=st.dictionaries(WORDS, FRACTIONS | st.integers(), max_size=4).map(MappingProxyType),
    steps=st.lists(st.builds(Step, WORDS, WORDS, TEXTS, TEXTS, FRACTIONS, st.booleans()), max_size=3).map(tuple),
    checks=st.lists(st.builds(Check, WORDS, WORDS, st.sampled_from(Finding), TEXTS), max_size=3).map(tuple),
    missing=st.lists(WORDS, max_size=3).map(tuple),
    assumptions=st.lists(st.builds(Assumption, WORDS, TEXTS), max_size=3).map(tuple),
    counted=st.lists(st.integers(1, 30), max_size=5).map(tuple),
    excluded=st.dictionaries(st.integers(1, 30), WORDS, max_size=3).map(MappingProxyType),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MADE, WORDS)
def test_an_assessment_is_read_back_as_it_was_made(services: Services, made: Assessment, facts: str) -> None:
    """Steps, exact fractions, texts, the order of the figures, and the facts word for word."""
    store = services.health._store
    request = services.today.lines(TODAY).to_assess.lines
    wanted = request[0].id if request else a_request(services).id
    with store._database.writing() as connection:
        kept = Assessments(connection)
        stored = StoredAssessment(a_key(), wanted, made, facts)
        kept.add(stored, 1)
        read = kept.get(stored.id)
        assert read == stored
        assert list(read.assessment.figures) == list(made.figures)
        assert kept.broken() == ()
        connection.rollback()


def test_the_rules_own_assessment_is_read_back(services: Services) -> None:
    """What the guide finds for a family is the same in its request as when it was made."""
    request = a_request(services)
    stored = services.assessments.assess(request.id, TODAY, key=a_key()).value
    view = services.requests.open(request.id)
    assert view.assessed == stored
    assert stored.assessment.outcome is Outcome.ELIGIBLE
    assert stored.assessment.steps
    assert '"household"' in stored.facts


def test_the_facts_alone_give_the_assessment_again(services: Services, tmp_path: Path) -> None:
    """The stored case, read again by the same guide, leads to the very same assessment."""
    members = (a_member(name="حسن", birth_date=date(1990, 1, 1), notes="خاص"),)
    request = a_request(services, a_family(services, a_study(a_household(members=members, bank_balance=Money(500)))))
    stored = services.assessments.assess(request.id, TODAY, key=a_key()).value
    (tmp_path / "case.json").write_text(stored.facts, encoding="utf-8")
    case = services.policies.read_case(tmp_path / "case.json")
    assert services.assessments.of_case(case) == stored.assessment


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessments SET facts = '{}'",
        "UPDATE assessments SET body = replace(body, '310', '311')",
        "UPDATE assessments SET digest = 'other'",
        "UPDATE assessments SET amount = amount + 1",
        "UPDATE assessments SET outcome = 'not_eligible'",
    ],
)
def test_a_changed_assessment_is_found(services: Services, folder: Path, statement: str) -> None:
    """Text, facts, digest, outcome and amount are each held to what was kept."""
    services.assessments.assess(a_request(services).id, TODAY, key=a_key())
    with closing(tool_on(folder / "sanad.sqlite3")) as tool:
        tool.execute("DROP TRIGGER assessments_refuse_update")
        tool.execute(statement)
        tool.commit()
    found = {line.name: line.problems for line in services.health.checks() if not line.ok}
    assert [problem.code for problem in found["assessments"]] == ["health.assessment_changed"]


def test_a_fraction_stays_exact(services: Services) -> None:
    """No figure passes through a float on its way to the file and back."""
    request = a_request(services, a_family(services, a_study(a_household(children=5, salary="333.100"))))
    stored = services.assessments.assess(request.id, TODAY, key=a_key()).value
    view = services.requests.open(request.id)
    assert view.assessed is not None
    assert (
        view.assessed.assessment.figures["per_capita"] == stored.assessment.figures["per_capita"] == Fraction(3331, 70)
    )
