"""What an office sets in its yearly review comes to the revision that it would have written by hand."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanad.domain.errors import Bug, Refused
from sanad.domain.facts import FactKind
from sanad.domain.guide import Kind, Settings, Unit
from sanad.domain.limits import Limits
from sanad.domain.money import Money
from sanad.domain.text import Text
from sanad.rules.overlay import lay_over, read_revision
from sanad.rules.policy import Policy
from sanad.rules.review import settings_of, write_revision
from sanad.services.editions import office_figures_of
from tests.rules.packs import policy_of

DAY = date(2027, 1, 1)
KARZAKAN, BALAD = policy_of("karzakan-2020"), policy_of("balad-alkhair-2021")
MINUTES = 'محضر "الجلسة" 3 \\ 2027'
NAME = Text("اسم", "name")


def set_to(policy: Policy, changes: Mapping[str, str], day: date = DAY) -> Policy:
    """The guide with values set from a day on, through the text of the revision."""
    text = write_revision(policy, day, MINUTES, changes)
    return lay_over(policy, read_revision(text, "r.toml", policy, office_figures_of(policy)))


def wrong(policy: Policy, changes: Mapping[str, str], day: date = DAY) -> list[tuple[str, str]]:
    """What is told of values that cannot be."""
    with pytest.raises(Refused) as refused:
        set_to(policy, changes, day)
    return [(problem.code, problem.where) for problem in refused.value.problems]


def texts(policy: Policy, day: date = DAY) -> dict[str, str]:
    """Every value that may be set, by its place."""
    return {setting.where: setting.text for group in settings_of(policy, day) for setting in group.settings}


def group(policy: Policy, name: str, day: date = DAY) -> Settings:
    """The values that are set together under a name."""
    return next(each for each in settings_of(policy, day) if each.name == name)


def test_each_kind_of_value_is_set_in_either_kind_of_digits() -> None:
    """Amounts, counts, percentages and a figure of the office; the days before and all else stay as they were."""
    changes = {
        "amounts.line_with_provider.value": "٦٧",
        "counts.child_age_limit.value": "٢٦",
        "shares.wife_share.value": "٣٧٫٥ ٪",
        "office_figures.building.ceiling.value": "1,500.000",
    }
    after = set_to(KARZAKAN, changes)
    now = after.at(DAY)
    assert [now.figures[name].value for name in ("line_with_provider", "child_age_limit", "wife_share")] == [
        67,
        26,
        Fraction(3, 8),
    ]
    assert now.office == {"building.ceiling": Money(1_500_000)}
    assert after.at(date(2026, 12, 31)) == KARZAKAN.at(DAY)
    said = {**texts(KARZAKAN), **dict(zip(changes, ("67.000", "26", "37.5", "1500.000"), strict=True))}
    assert texts(after) == said
    assert {now.figures[name].clause for name in ("line_with_provider", "child_age_limit", "wife_share")} == {"R-1"}
    clause = after.clauses["R-1"]
    assert clause.place == Text(MINUTES, MINUTES)
    assert clause.wording.en.startswith("Ceiling of aid for building: 1500.000; Poverty line a person")
    assert "37٫5 ٪" in clause.wording.ar
    again = set_to(after, {"amounts.line_with_provider.value": "68"}, date(2028, 1, 1))
    assert again.at(date(2028, 1, 1)).figures["line_with_provider"].clause == "R-2"


def test_it_is_the_revision_that_would_be_written_by_hand() -> None:
    """The same tables under the same keys, so that the office can keep, send and adopt it as a file."""
    changes = {"scales.by_need.brackets[0].pay": "25", "amounts.monthly_floor.value": "25"}
    tree = tomllib.loads(write_revision(KARZAKAN, DAY, MINUTES, changes))
    assert (tree["policy"], tree["from"], tree["currency"]) == ("karzakan-2020", "2027-01-01", "BHD")
    assert tree["title"] == tree["clauses"]["R-1"]["place"] == {"ar": MINUTES, "en": MINUTES}
    assert tree["amounts"] == {"monthly_floor": {"clause": "R-1", "value": "25.000"}}
    assert tree["scales"]["by_need"]["brackets"] == [
        {"need_up_to": "10.000", "pay": "25.000"},
        {"need_up_to": "30.000", "pay": "30.000"},
        {"need_up_to": "60.000", "pay": "the need"},
        {"pay": "60.000"},
    ]
    assert set_to(KARZAKAN, changes).at(DAY).scales["by_need"].clause == "R-1"
    assert "office_figures" not in tree


def test_the_scale_in_use_may_be_set_and_no_other() -> None:
    """Of those among which a reading chooses the chosen one, with its sizes of family; of others each."""
    chosen = KARZAKAN.choosing("monthly_aid", "by_size")
    assert [each.name for each in settings_of(chosen, DAY) if each.kind is Kind.SCALE] == ["by_size"]
    after = set_to(chosen, {"scales.by_size.brackets[1].need_up_to": "59"})
    assert [bracket.members_up_to for bracket in after.at(DAY).scales["by_size"].brackets] == [
        1,
        1,
        1,
        None,
        None,
        None,
    ]
    assert after.at(DAY).scales["by_size"].brackets[1].need_up_to == 59
    free = replace(KARZAKAN, readings={})
    assert [each.name for each in settings_of(free, DAY) if each.kind is Kind.SCALE] == ["by_need", "by_size"]


def test_the_limits_of_a_regulation_are_set_as_one_table() -> None:
    """An empty row is not set; a later revision that changes one row keeps the others."""
    place = "office_figures.appendix_1.value"
    assert group(BALAD, "appendix_1").unset
    first = set_to(BALAD, {f"{place}.pension.1": "250", f"{place}.pension.10": "٩٠٠", f"{place}.wealth_limit": "3000"})
    assert first.at(DAY).office["appendix_1"] == Limits(
        pension={1: Money(250_000), 10: Money(900_000)}, wealth_limit=Money(3_000_000)
    )
    assert not group(first, "appendix_1").unset
    assert first.clauses["R-1"].wording.en.startswith("Appendix 1")
    second = set_to(first, {f"{place}.pension.1": "", f"{place}.monthly_maximum": "400"}, date(2028, 1, 1))
    assert second.at(date(2028, 1, 1)).office["appendix_1"] == Limits(
        pension={10: Money(900_000)}, wealth_limit=Money(3_000_000), monthly_maximum=Money(400_000)
    )


def test_what_cannot_be_read_is_told_at_its_place() -> None:
    """All at once, as of a file."""
    changes = {
        "amounts.rent_cap.value": "many",
        "amounts.debt_cap.value": "",
        "counts.child_age_limit.value": "9" * 5000,
        "shares.wife_share.value": "1e9999999",
        "office_figures.building.ceiling.value": "",
        "scales.by_need.brackets[1].need_up_to": "5",
    }
    assert sorted(set(wrong(KARZAKAN, changes))) == [
        ("case.missing_key", "office_figures.building.ceiling.value"),
        ("money.unreadable", "amounts.debt_cap.value"),
        ("money.unreadable", "amounts.rent_cap.value"),
        ("policy.brackets_overlap", "scales.by_need.brackets[1].need_up_to"),
        ("policy.wrong_type", "counts.child_age_limit.value"),
        ("policy.wrong_type", "shares.wife_share.value"),
    ]
    limits = {"office_figures.appendix_1.value.pension.3": "-1"}
    assert wrong(BALAD, limits) == [("money.negative", "office_figures.appendix_1.value.pension.3")]
    assert wrong(KARZAKAN, {}) == [("policy.changes_nothing", "")]
    assert wrong(KARZAKAN, {"amounts.rent_cap.value": "1"}, date(2001, 1, 1)) == [("policy.before_the_pack", "from")]


def test_what_the_guide_does_not_have_cannot_be_set() -> None:
    """Nobody but us could ask for it."""
    with pytest.raises(Bug):
        write_revision(KARZAKAN, DAY, MINUTES, {"amounts.no_such.value": "1"})


def test_figures_of_the_office_of_other_kinds_are_counts_or_left_to_a_file() -> None:
    """A guide of the office's own may ask for a count; a text is set by a revision's file."""
    kinds = {"visits": FactKind.COUNT, "note": FactKind.TEXT}
    policy = replace(
        KARZAKAN,
        office_figures=kinds,
        office_clauses=dict.fromkeys(kinds, "K-BUILD"),
        fact_labels=dict.fromkeys(kinds, NAME),
    )
    assert [each.name for each in settings_of(policy, DAY) if each.kind is Kind.LEFT_TO_OFFICE] == ["visits"]
    after = set_to(policy, {"office_figures.visits.value": "3"})
    assert after.at(DAY).office == {"visits": 3}
    (setting,) = group(after, "visits").settings
    assert (setting.text, setting.unit, setting.clause) == ("3", Unit.COUNT, "K-BUILD")


def test_a_guide_without_figures_has_nothing_to_set() -> None:
    """The programme of Kansas City names no amount."""
    assert settings_of(policy_of("kcmuslims"), DAY) == ()


@given(st.text(max_size=40), st.text(max_size=12))
def test_whatever_is_typed_is_a_text_of_the_revision(decision: str, typed: str) -> None:
    """Quotes, backslashes and line breaks too: it is never read as something else than what it is."""
    if any("\ud800" <= letter <= "\udfff" or letter == "\x7f" for letter in decision + typed):
        return
    text = write_revision(KARZAKAN, DAY, decision, {"amounts.rent_cap.value": typed})
    tree = tomllib.loads(text)
    assert tree["title"]["ar"] == decision
    assert set(tree) == {"policy", "from", "currency", "title", "clauses", "amounts"}
