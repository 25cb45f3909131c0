"""An office's revision is read strictly and laid over the pack from its day on, the days before left as they were."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanad.domain.assessment import Outcome
from sanad.domain.errors import Problem, Refused
from sanad.domain.facts import FactKind
from sanad.domain.money import BHD
from sanad.rules.assess import assess
from sanad.rules.overlay import Revision, lay_over, read_revision, supposing
from tests.revisions import BRACKETS, CASE, HEAD, LINE, a_revision
from tests.rules.families import HEAD as FATHER
from tests.rules.families import POLICY, WIFE, a_case, earns

DAY = date(2027, 1, 1)
OPEN = replace(POLICY, office_figures={"building.ceiling": FactKind.MONEY})


def office(name: str, value: object) -> object:
    """A figure of the office that is text, or is refused."""
    if not isinstance(value, str):
        raise Refused([Problem("money.unreadable", "value", {"text": value})])
    return BHD.read(value)


def read(text: str, after: date | None = None) -> Revision:
    """The revision in a text."""
    return read_revision(text, "r.toml", OPEN, office, after=after)


def told(text: str, after: date | None = None) -> list[tuple[str, str]]:
    """What is wrong with a revision, and where; every problem names the file."""
    with pytest.raises(Refused) as refused:
        read(text, after)
    assert all(problem.values["file"] == "r.toml" for problem in refused.value.problems)
    return [(problem.code, problem.where) for problem in refused.value.problems]


def changing(table: str, key: str) -> str:
    """A revision that says one thing of one table."""
    return a_revision(f'[{table}]\nclause = "R-1"\n{key}\n')


def test_the_line_is_another_from_the_day_on() -> None:
    """The day before reads as it was; the day itself and every later one by the revision, with its own clause."""
    policy = lay_over(OPEN, read(a_revision()))
    case = a_case(FATHER, WIFE, incomes=[earns("134")])
    before = assess(replace(case, on=date(2026, 12, 31)), policy)
    assert (before.outcome, before.redirect, before.revision) == (Outcome.NOT_ELIGIBLE, "seasonal", "2019-07-02")
    for day in (DAY, date(2030, 2, 28)):
        found = assess(replace(case, on=day), policy)
        assert (found.outcome, found.amount, found.revision) == (Outcome.ELIGIBLE, BHD.read("20"), "2027-01-01")
        (step,) = (step for step in found.steps if step.name == "line_with_provider")
        assert (step.clause, step.note.en, step.exact) == (
            "R-1",
            "The guide's amounts were changed for the year.",
            Fraction(67),
        )
    assert policy.clauses["R-1"].place.en.startswith("Minutes")


def test_brackets_and_their_bounds_change_together() -> None:
    """New brackets, floor and cap are in force from the day on; the scale that was not chosen is left alone."""
    policy = lay_over(OPEN, read(a_revision(BRACKETS)))
    case = a_case(FATHER, WIFE, incomes=[earns("50")], on=DAY)
    assert assess(case, policy).amount == BHD.read("70")
    assert assess(replace(case, on=date(2026, 12, 31)), policy).amount == BHD.read("60")
    assert policy.at(DAY).scales["by_size"] == POLICY.at(DAY).scales["by_size"]


def test_a_reading_is_chosen_from_the_day_on() -> None:
    """The other reading of the lost line holds from the day; a whole pack with a choice made forgets the revision's."""
    policy = lay_over(OPEN, read(a_revision('[readings.monthly_aid]\nclause = "K-MONTH-4"\nchosen = "by_size"\n')))
    case = a_case(FATHER, WIFE, incomes=[earns("125")], on=DAY)
    assert assess(case, policy).amount == BHD.read("30")
    assert assess(replace(case, on=date(2026, 12, 31)), policy).amount == BHD.read("20")
    assert assess(case, policy.choosing("monthly_aid", "by_need")).amount == BHD.read("20")


def test_a_figure_of_the_office_reaches_the_case() -> None:
    """What the office set is in the case from the day on, unless the case carries the figure itself."""
    text = '[office_figures."building.ceiling"]\nclause = "K-MONTH-4"\nvalue = "500"\n'
    policy = lay_over(OPEN, read(a_revision(text)))
    case = a_case(on=DAY)
    assert policy.completed(case).office == {"building.ceiling": BHD.read("500")}
    assert policy.completed(replace(case, on=date(2026, 12, 31))) == replace(case, on=date(2026, 12, 31))
    assert policy.completed(replace(case, office={"building.ceiling": 1})).office == {"building.ceiling": 1}
    assert assess(case, policy).outcome is Outcome.ELIGIBLE


def test_revisions_lie_over_one_another() -> None:
    """Each day has one set of figures; what a later revision does not name stays as the earlier one left it."""
    first = lay_over(OPEN, read(a_revision(LINE, '[counts.child_age_limit]\nclause = "R-1"\nvalue = 24\n')))
    text = a_revision('[shares.wife_share]\nclause = "K-MONTH-1"\nvalue = "0.50"\n', since="2028-01-01")
    second = lay_over(first, read(text.replace("R-1", "R-2")))
    assert [figures.since for figures in second.revisions] == [date(2019, 7, 2), DAY, date(2028, 1, 1)]
    figures = second.at(date(2028, 6, 1)).figures
    assert (figures["child_age_limit"].value, figures["wife_share"].value) == (Fraction(24), Fraction(1, 2))
    assert len({OPEN.digest, first.digest, second.digest}) == 3


def test_a_revision_says_what_it_changes() -> None:
    """Names of figures, scales, readings and figures of the office alike."""
    assert read(a_revision(BRACKETS, CASE)).changed == {"by_need", "monthly_floor", "monthly_cap"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = ", [("policy.not_toml", "")]),
        (
            a_revision().replace("currency", "curency"),
            [("policy.unknown_key", "curency"), ("policy.missing_key", "currency")],
        ),
        (a_revision().replace('"BHD"', '"USD"'), [("policy.not_one_of", "currency")]),
        (a_revision().replace("karzakan-2020", "kcmuslims"), [("policy.not_one_of", "policy")]),
        (a_revision(since="2019-07-01"), [("policy.before_the_pack", "from")]),
        (a_revision(since="1/1/2027"), [("policy.not_a_date", "from")]),
        (
            a_revision().replace("title.en", "title.fr"),
            [("policy.unknown_key", "title.fr"), ("policy.missing_key", "title.en")],
        ),
        (HEAD.format(since=DAY), [("policy.changes_nothing", "")]),
        (a_revision(LINE.replace("R-1", "R-9")), [("policy.unknown_clause", "amounts.line_with_provider.clause")]),
        (
            a_revision(LINE.replace('clause = "R-1"\n', "")),
            [("policy.missing_key", "amounts.line_with_provider.clause")],
        ),
        (a_revision(LINE.replace("67", "-67")), [("money.negative", "amounts.line_with_provider.value")]),
        (a_revision(LINE.replace('"67.000"', "67.5")), [("policy.wrong_type", "amounts.line_with_provider.value")]),
        (a_revision(LINE + "unit = 3\n"), [("policy.unknown_key", "amounts.line_with_provider.unit")]),
        (a_revision(LINE.replace("amounts", "counts")), [("policy.not_in_the_pack", "counts.line_with_provider")]),
        (a_revision(LINE.replace("line_w", "lime_w")), [("policy.not_in_the_pack", "amounts.lime_with_provider")]),
        (
            a_revision(LINE).replace("R-1]", "K-POV-1]"),
            [
                ("policy.clause_taken", "clauses.K-POV-1"),
                ("policy.unknown_clause", "amounts.line_with_provider.clause"),
            ],
        ),
        (changing("shares.wife_share", 'value = "1/0"'), [("policy.wrong_type", "shares.wife_share.value")]),
        (changing("shares.wife_share", 'value = "1.2"'), [("policy.out_of_range", "shares.wife_share.value")]),
        (changing("scales.by_luck", "brackets = []"), [("policy.not_in_the_pack", "scales.by_luck")]),
        (changing("scales.by_need", "brackets = []"), [("policy.brackets_gap", "scales.by_need.brackets")]),
        (
            changing(
                "scales.by_need",
                'brackets = [{ need_up_to = "9", pay = "20" }, { need_up_to = "8", pay = "30" }, { pay = "60" }]',
            ),
            [("policy.brackets_overlap", "scales.by_need.brackets[1].need_up_to")],
        ),
        (
            changing("amounts.monthly_cap", 'value = "10"'),
            [("policy.floor_above_cap", "amounts.monthly_floor")],
        ),
        (
            changing("amounts.monthly_cap", 'value = "70"'),
            [("policy.never_paid", "amounts.monthly_cap")],
        ),
        (
            changing("amounts.monthly_cap", 'value = "50"'),
            [("policy.pays_outside", f"scales.by_need.from.2027-01-01[{row}].pay") for row in (2, 3)],
        ),
        (changing("readings.no_such", 'chosen = "x"'), [("policy.not_in_the_pack", "readings.no_such")]),
        (changing("readings.monthly_aid", 'chosen = "x"'), [("policy.not_one_of", "readings.monthly_aid.chosen")]),
        (changing("office_figures.no_such", 'value = "1"'), [("policy.not_in_the_pack", "office_figures.no_such")]),
        (
            changing('office_figures."building.ceiling"', "value = 5"),
            [("money.unreadable", "office_figures.building.ceiling.value")],
        ),
        (a_revision(CASE.replace("income", "incom")), [("policy.unknown_key", "case[0].incom")]),
    ],
)
def test_a_mistake_is_told_at_its_place(text: str, expected: list[tuple[str, str]]) -> None:
    """Each is refused with the file, its key and what was expected."""
    assert told(text) == expected


def test_all_mistakes_are_told_at_once() -> None:
    """One reading tells of the day, the currency, a negative line, a figure without a clause, and a gap."""
    text = a_revision(
        '[amounts.line_with_provider]\nvalue = "-67"\n[scales.by_need]\nclause = "R-1"\nbrackets = []\n',
        since="2018-01-01",
    ).replace('"BHD"', '"KWD"')
    codes = [code for code, _ in told(text)]
    assert codes == [
        "policy.not_one_of",
        "policy.before_the_pack",
        "policy.missing_key",
        "money.negative",
        "policy.brackets_gap",
    ]


def test_a_table_that_is_none_is_told() -> None:
    """A key that should open a table and holds a number."""
    assert ("policy.wrong_type", "scales") in told("scales = 3\n" + a_revision())


def test_a_revision_does_not_go_behind_the_last_one() -> None:
    """It may begin on the same day, not before it."""
    assert read(a_revision(), after=DAY).since == DAY
    assert told(a_revision(), after=date(2027, 1, 2)) == [("policy.before_the_last", "from")]


@given(st.dates(date(2019, 7, 2), date(2039, 12, 31)), st.dates(date(2019, 7, 2), date(2039, 12, 31)))
def test_g5_every_day_has_one_set_of_figures(since: date, day: date) -> None:
    """Whatever the day of a revision, each day reads either the pack's line or the revision's, and nothing else."""
    policy = lay_over(OPEN, read(a_revision(since=since.isoformat())))
    assert policy.at(day).figures["line_with_provider"].value == (67 if day >= since else 65)


CHANGES: Mapping[str, object] = {
    "line_with_provider": "80.000",
    "by_need": [{"need_up_to": "60.000", "pay": "20.000"}, {"pay": "60.000"}],
    "monthly_aid": "by_need",
    "building.ceiling": "500",
}


def test_figures_may_be_supposed() -> None:
    """Figures, scales, readings and figures of the office by their names, from a day on, without a file."""
    policy = supposing(OPEN, DAY, CHANGES, office)
    assert policy.at(DAY).office == {"building.ceiling": BHD.read("500")}
    assert assess(a_case(FATHER, WIFE, incomes=[earns("110")], on=DAY), policy).amount == BHD.read("20")
    assert policy.at(date(2026, 12, 31)) == OPEN.at(DAY)


def test_what_cannot_be_supposed_is_refused() -> None:
    """With the problems that a revision would have."""
    with pytest.raises(Refused) as refused:
        supposing(OPEN, DAY, {"line_with_provider": "-1", "no_such": "1"}, office)
    assert [problem.code for problem in refused.value.problems] == ["money.negative", "policy.not_in_the_pack"]
