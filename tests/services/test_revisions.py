"""The office lays dated revisions over its guide: looked at first, proved, adopted, kept for good."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from sanad import places
from sanad.bootstrap import build
from sanad.domain.decision import Verdict
from sanad.domain.errors import Refused
from sanad.domain.household import IncomeKind
from sanad.domain.limits import Limits
from sanad.domain.listing import Outdated
from sanad.domain.money import BHD, Money
from sanad.services import Services
from tests.builders import TODAY, Clock, a_family, a_household, a_key, a_request, a_study, an_office
from tests.revisions import BRACKETS, CASE, LINE, a_revision

NOW = a_revision(since="2026-11-01")


@pytest.fixture
def three(services: Services) -> Services:
    """An office with a family on the line of 67, one far below, one that nobody registered."""
    a_family(services, a_study(a_household(head="على الخط", salary="335.000")))
    a_family(services, a_study(a_household(head="دونه", salary="100.000")))
    a_family(
        services, a_study(a_household(head="غير مسجلة", salary="335.000"), registered=None, monthly_registered=None)
    )
    return services


def refusals(services: Services, text: str) -> list[tuple[str, str]]:
    """What adopting meets; previewing meets the same, and neither changes anything."""
    with pytest.raises(Refused) as seen:
        services.policies.preview(text, TODAY)
    with pytest.raises(Refused) as refused:
        services.policies.adopt(text, key=a_key())
    assert refused.value.problems == seen.value.problems
    return [(problem.code, problem.where) for problem in refused.value.problems]


def test_a_preview_tells_which_families_change_and_by_how_much(three: Services) -> None:
    """Registered families by the first aid, on the revision's day; the unregistered one once it asked."""
    found = three.policies.preview(a_revision(LINE, CASE), TODAY)
    assert (found.on, found.considered, found.difference) == (date(2027, 1, 1), 2, Money(20_000))
    (change,) = found.changes
    assert (change.name, change.aid, change.file_number) == ("على الخط", "monthly", "1")
    assert (change.before.redirect, change.before.amount, change.after.amount) == ("seasonal", Money(0), Money(20_000))
    (row,) = three.households.search("غير مسجلة")
    three.requests.receive(row.id, "monthly", TODAY, key=a_key())
    assert three.policies.preview(a_revision(), TODAY).considered == 3
    assert three.policies.revisions() == ()


def test_a_family_of_which_two_aids_change_is_one_family(three: Services) -> None:
    """Both lines are told, from seasonal aid to monthly; it is counted once, as among those looked at."""
    (row,) = three.households.search("على الخط")
    three.requests.receive(row.id, "seasonal", TODAY, key=a_key())
    found = three.policies.preview(a_revision(LINE, CASE), TODAY)
    assert [(change.name, change.aid) for change in found.changes] == [
        ("على الخط", "monthly"),
        ("على الخط", "seasonal"),
    ]
    assert (found.families, found.considered) == (1, 2)


def test_a_preview_tells_how_far_it_is(three: Services) -> None:
    """So that a screen can show it."""
    told: list[tuple[int, int]] = []
    three.policies.preview(NOW, TODAY, progress=lambda done, of: told.append((done, of)))
    assert told == [(0, 3)]


def test_an_adopted_revision_holds_from_its_day(three: Services) -> None:
    """The day before is read as it was, in this run of the program and in the next."""
    family = three.households.search("على الخط")[0].id
    study = three.households.open(family).study
    done = three.policies.adopt(a_revision(), key=a_key())
    assert not done.repeated
    assert three.assessments.preview(study, "monthly", date(2026, 12, 31)).redirect == "seasonal"
    found = three.assessments.preview(study, "monthly", date(2027, 1, 1))
    assert (found.amount, found.revision) == (Money(20_000), "2027-01-01")
    assert three.policies.revisions() == (done.value,)
    assert three.policies.clause("karzakan-2020", "R-1").place.en.startswith("Minutes")


def test_a_revision_is_kept_over_a_restart(folder: Path, clock: Clock, three: Services) -> None:
    """Its text, its day and its digest, sealed and told of in the journal."""
    adopted = three.policies.adopt(a_revision(), key=a_key()).value
    three.close()
    with build(folder, clock) as again:
        assert again.policies.revisions() == (adopted,)
        assert again.policies.get("karzakan-2020").at(date(2027, 1, 1)).since == date(2027, 1, 1)
        assert all(line.ok for line in again.health.checks())
        last = again.today.lines(TODAY).last
    assert last is not None
    assert (last.operation, last.after["digest"], last.after["since"]) == (
        "policies.adopt",
        adopted.digest,
        "2027-01-01",
    )


def test_a_revision_is_adopted_once(three: Services) -> None:
    """The same form sent twice is one revision."""
    key = a_key()
    first = three.policies.adopt(a_revision(), key=key)
    again = three.policies.adopt(a_revision(), key=key)
    assert (again.value, again.repeated) == (first.value, True)


def test_g4_g7_what_was_assessed_recomputes_as_it_was(three: Services) -> None:
    """A stored assessment comes out the same by the edition it was made by, whatever was adopted since."""
    request = a_request(three, a_family(three, a_study(a_household(head="قديمة", salary="335.000"))))
    stored = three.assessments.assess(request.id, TODAY, key=a_key()).value
    three.policies.adopt(NOW, key=a_key())
    newer = three.assessments.assess(request.id, TODAY, key=a_key()).value
    assert (stored.assessment.amount, newer.assessment.amount) == (Money(0), Money(20_000))
    assert stored.assessment.digest != newer.assessment.digest
    assert three.assessments.recompute(stored) == stored.assessment
    assert three.assessments.recompute(newer) == newer.assessment


def test_g4_a_case_says_that_its_guide_has_changed_until_it_is_assessed_again(three: Services, clock: Clock) -> None:
    """A revision of a day to come changes nothing yet; on its day the open case says so, beside the other causes."""
    request = a_request(three, a_family(three, a_study(a_household(head="قديمة", salary="335.000"))))

    def outdated() -> tuple[Outdated, ...]:
        (of_family,) = three.requests.of(request.household)
        assert of_family == three.requests.open(request.id)
        return of_family.outdated

    three.assessments.assess(request.id, TODAY, key=a_key())
    three.policies.adopt(a_revision(since="2026-12-01"), key=a_key())
    assert outdated() == ()
    clock.move(days=9)
    assert outdated() == (Outdated.GUIDE,)
    family = three.households.open(request.household)
    three.households.correct(family.id, 1, replace(family.study, registered=None), key=a_key())
    three.requests.correct(request.id, None, {}, key=a_key())
    assert outdated() == (Outdated.FAMILY, Outdated.REQUEST, Outdated.GUIDE)
    assert three.assessments.assess(request.id, date(2026, 12, 1), key=a_key()).value.assessment.amount is not None
    assert outdated() == ()


def test_g4_a_revision_from_a_day_that_is_past_tells_of_the_cases_it_reaches(three: Services) -> None:
    """What was assessed by other figures than hold now says so; once decided, it went by the guide of its day."""
    request = a_request(three)
    three.assessments.assess(request.id, TODAY, key=a_key())
    three.policies.adopt(NOW, key=a_key())
    assert three.requests.open(request.id).outdated == (Outdated.GUIDE,)
    three.decisions.decide(request.id, Verdict.REFUSE, TODAY, "1/1", reason="لسبب", key=a_key())
    assert three.requests.open(request.id).outdated == ()


def test_an_edition_that_is_gone_is_said_to_be(three: Services) -> None:
    """A guide that came with another edition of the program cannot be followed any more."""
    with pytest.raises(Refused) as refused:
        three.policies.as_of("karzakan-2020", "0" * 64)
    assert refused.value.problems[0].code == "policy.edition_unknown"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (a_revision().replace('"BHD"', '"USD"'), [("policy.not_one_of", "currency")]),
        (a_revision(LINE.replace("67", "-1")), [("money.negative", "amounts.line_with_provider.value")]),
        (a_revision(LINE, CASE.replace('"20.000"', '"1.000"')), [("policy.case_differs", "Share of exactly 67")]),
        ("[", [("policy.not_toml", "")]),
    ],
)
def test_g1_g2_a_bad_revision_leaves_the_adopted_one_in_force(
    text: str, expected: list[tuple[str, str]], three: Services
) -> None:
    """It is refused at the preview and at the adoption alike."""
    adopted = three.policies.adopt(NOW, key=a_key()).value
    assert refusals(three, text.replace("R-1", "R-2")) == expected
    assert three.policies.revisions() == (adopted,)


def test_a_revision_does_not_go_behind_the_last(three: Services) -> None:
    """Revisions follow one another."""
    three.policies.adopt(a_revision(), key=a_key())
    assert refusals(three, a_revision(BRACKETS).replace("R-1", "R-2").replace("2027-01-01", "2026-12-31")) == [
        ("policy.before_the_last", "from")
    ]


def test_an_office_that_is_not_set_up_has_nothing_to_revise(folder: Path, clock: Clock) -> None:
    """The wizard comes first."""
    with build(folder, clock) as services, pytest.raises(Refused) as refused:
        services.policies.adopt(a_revision(), key=a_key())
    assert refused.value.problems[0].code == "office.not_set_up"


def test_a_revision_in_a_file(tmp_path: Path, three: Services) -> None:
    """Its text is read within bounds; what is no text is refused."""
    file = tmp_path / "r.toml"
    file.write_text(NOW, encoding="utf-8")
    assert three.policies.text_of(file) == NOW
    file.write_bytes(b"\xff\xfe")
    with pytest.raises(Refused) as refused:
        three.policies.text_of(file)
    assert refused.value.problems[0].code == "case.not_utf8"
    file.write_bytes(b" " * (2 * 2**20 + 1))
    with pytest.raises(Refused) as refused:
        three.policies.text_of(file)
    assert refused.value.problems[0].code == "case.file_too_large"


def test_what_if_a_fact_or_a_figure_were_otherwise(three: Services) -> None:
    """Old and new, and the steps that move between them; nothing is written."""
    family = three.households.search("على الخط")[0].id
    before = three.today.lines(TODAY).last
    found = three.assessments.what_if(family, "monthly", TODAY, figures={"line_with_provider": "67.000"})
    assert (found.before.amount, found.after.amount) == (Money(0), Money(20_000))
    moved = {step.name: (step.before, step.after) for step in found.moved}
    assert moved["line_with_provider"] == (Fraction(65), Fraction(67))
    assert moved["aid"] == (None, Fraction(20))
    assert moved["above_line"] == (Fraction(2), None)
    assert three.today.lines(TODAY).last == before


def test_what_if_a_row_is_added(three: Services) -> None:
    """Facts go by their paths in the case file; a row after the last is a new one; a study may be typed only."""
    study = a_study(a_household(salary="335.000"))
    rent = {"kind": "rent", "monthly": "60"}
    found = three.assessments.what_if(
        study, "monthly", TODAY, facts={"household.obligations[0]": rent, "household.incomes[0].kind": "pension"}
    )
    assert (found.before.amount, found.after.amount) == (Money(0), BHD.read("50"))
    assert {step.name for step in found.moved} >= {f"income_{IncomeKind.SALARY}[0]", f"income_{IncomeKind.PENSION}[0]"}


@pytest.mark.parametrize(
    ("facts", "figures", "expected"),
    [
        ({"household.incomes[7].kind": "salary"}, {}, ("case.no_such_place", "household.incomes[7].kind")),
        ({"household[0]": 1}, {}, ("case.no_such_place", "household[0]")),
        ({"": 1}, {}, ("case.unknown_key", "")),
        ({"household.incomes[0].monthly": "-1"}, {}, ("money.negative", "household.incomes[0].monthly")),
        ({"facts.no_such": True}, {}, ("case.unknown_key", "facts.no_such")),
        ({}, {"no_such": "1"}, ("policy.not_in_the_pack", "office_figures.no_such")),
    ],
)
def test_what_cannot_be_is_refused(
    facts: dict[str, object], figures: dict[str, object], expected: tuple[str, str], services: Services
) -> None:
    """A path that leads nowhere, and whatever a case file or a revision may not say."""
    with pytest.raises(Refused) as refused:
        services.assessments.what_if(a_study(), "monthly", TODAY, facts=facts, figures=figures)
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [expected]


def test_what_if_needs_an_office(folder: Path, clock: Clock) -> None:
    """Without a guide nothing can be asked of it."""
    with build(folder, clock) as services, pytest.raises(Refused) as refused:
        services.assessments.what_if(a_study(), "monthly", TODAY)
    assert refused.value.problems[0].code == "office.not_set_up"


def test_the_example_of_the_manual_is_a_sound_revision(three: Services) -> None:
    """What the manual of packs shows can be adopted as it stands there."""
    text = (places.policies() / "README.md").read_text("utf-8")
    example = text.split("## Dated revisions")[1].split("```toml\n")[1].split("```")[0]
    found = three.policies.preview(example, TODAY)
    assert {change.name for change in found.changes} == {"على الخط", "دونه"}
    assert three.policies.adopt(example, key=a_key()).value.since == date(2027, 1, 1)


def test_what_is_typed_in_the_review_is_adopted_as_a_revision(three: Services) -> None:
    """The guide in force tells of it, and offers the values of the last revision even before its day has come."""
    before = three.policies.in_force(TODAY)
    assert (before.on, before.since, before.revisions, before.edited) == (TODAY, date(2019, 7, 2), (), False)
    assert [group.unset for group in before.left_to_office] == [True]
    values = {"amounts.line_with_provider.value": "٦٧", "office_figures.building.ceiling.value": "500"}
    text = three.policies.draft(date(2027, 1, 1), " محضر 3\u202e ", values)
    assert [change.name for change in three.policies.preview(text, TODAY).changes] == ["على الخط"]
    adopted = three.policies.adopt(text, key=a_key()).value
    assert (adopted.title.ar, adopted.since) == ("محضر 3", date(2027, 1, 1))
    after = three.policies.in_force(TODAY)
    assert (after.on, after.since, after.revisions) == (date(2027, 1, 1), date(2019, 7, 2), (adopted,))
    texts = {setting.where: setting.text for group in after.groups for setting in group.settings}
    assert [texts[where] for where in values] == ["67.000", "500.000"]
    assert three.policies.in_force(date(2027, 2, 1)).since == date(2027, 1, 1)


def test_all_that_is_wrong_with_a_review_is_told_at_once(three: Services) -> None:
    """Where it was decided, a day before the last revision, an amount: each at its place, under the name given."""
    three.policies.adopt(a_revision(), key=a_key())
    with pytest.raises(Refused) as refused:
        three.policies.draft(TODAY, " \u200f ", {"amounts.rent_cap.value": "كثير"}, file="هذا التعديل")
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [
        ("policy.decision_missing", "decision"),
        ("policy.before_the_last", "from"),
        ("money.unreadable", "amounts.rent_cap.value"),
    ]
    assert refused.value.problems[1].values["file"] == "هذا التعديل"


def test_only_an_office_that_is_set_up_reviews_a_guide(folder: Path, clock: Clock) -> None:
    """Before, there is none to show and none to set."""
    with build(folder, clock) as services:
        for act in (
            lambda: services.policies.in_force(TODAY),
            lambda: services.policies.draft(TODAY, "1", {}),
            lambda: services.policies.adopt_again(key=a_key()),
        ):
            with pytest.raises(Refused, match=r"office\.not_set_up"):
                act()


APPENDIX = """
policy = "balad-alkhair-2021"
from = "2026-01-01"
currency = "USD"
title.ar = "الملحق 1"
title.en = "Appendix 1"
[office_figures.appendix_1]
clause = "B-P-8"
value.pension = {{ 1 = "50", 2 = "{two}" }}
value.wealth_limit = "500"
"""


def test_the_table_of_limits_is_set_by_a_revision(folder: Path, clock: Clock) -> None:
    """Until it is, what needs it is incomplete; what is wrong in it is told by its place."""
    with build(folder, clock) as services:
        guide = services.policies.get("balad-alkhair-2021")
        services.offices.set_up(an_office(policy=guide.id, currency=guide.currency))
        text = APPENDIX.replace("USD", guide.currency.code)
        assert guide.at(TODAY).office == {}
        with pytest.raises(Refused) as refused:
            services.policies.adopt(text.format(two="-1"), key=a_key())
        assert [(problem.code, problem.where) for problem in refused.value.problems] == [
            ("money.negative", "office_figures.appendix_1.value.pension.2")
        ]
        services.policies.adopt(text.format(two="80"), key=a_key())
        limits = services.policies.get(guide.id).at(TODAY).office["appendix_1"]
        assert isinstance(limits, Limits)
        assert limits.pension_of(2) == guide.currency.read("80")
        request = a_request(services)
        stored = services.assessments.assess(request.id, TODAY, key=a_key()).value
        assert "appendix_1" not in stored.assessment.missing
        assert '"pension"' in stored.facts
        assert services.assessments.recompute(stored) == stored.assessment
