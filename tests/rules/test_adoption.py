"""Before it is adopted a revision is proved by the pack's worked cases, and by its own."""

import pytest

from sanad.rules import adoption
from sanad.rules.adoption import Trial, try_revision
from sanad.rules.overlay import lay_over, read_revision
from sanad.rules.policy import Policy
from tests.revisions import BRACKETS, CASE, LINE, a_revision
from tests.rules.families import POLICY
from tests.rules.test_cases import PROOF, read


def tried(text: str, before: Policy = POLICY) -> Trial:
    """How a revision of this text stands its proof."""
    return try_revision(read_revision(text, "r.toml", before, lambda _, value: value), before, PROOF, read)


def test_cases_before_its_day_all_stand() -> None:
    """A revision of the year to come sets nothing aside."""
    assert tried(a_revision(LINE, CASE)) == Trial((), len(PROOF.case) + 1, ())


def test_cases_that_rest_on_what_it_changes_are_set_aside() -> None:
    """A new line on the cases' own day moves the rows of the guide's table, not the age of children."""
    trial = tried(a_revision(LINE, CASE, since="2026-01-01"))
    assert trial.problems == ()
    assert "Share exactly on the line: the least aid" in trial.set_aside
    assert not any("child" in name.lower() and "25" in name for name in trial.set_aside)
    assert trial.stood == len(PROOF.case) + 1 - len(trial.set_aside)


def test_a_case_that_chooses_a_reading_is_set_aside_when_that_changes() -> None:
    """The cases of the other reading rest on its own scale, which is left alone; those of the chosen one move."""
    trial = tried(a_revision(BRACKETS, since="2026-01-01"))
    assert trial.problems == ()
    assert "Need of exactly 60" in trial.set_aside
    choosing = {worked.name for worked in PROOF.case if worked.choices}
    assert choosing
    assert choosing.isdisjoint(trial.set_aside)


def test_what_an_earlier_revision_moved_is_not_held_against_the_next() -> None:
    """A second revision of another figure stands, although the table came out otherwise before it."""
    first = read_revision(a_revision(since="2026-01-01"), "r.toml", POLICY, lambda _, value: value)
    text = a_revision('[amounts.rent_cap]\nclause = "K-MONTH-3"\nvalue = "160.000"\n', since="2026-02-01")
    trial = tried(text.replace("R-1", "R-2"), lay_over(POLICY, first))
    assert trial.problems == ()
    assert "Share exactly on the line: the least aid" in trial.set_aside


def test_a_case_that_moves_for_no_reason_of_the_revision_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were a case to come out otherwise without reading anything that is changed, the revision would not stand."""
    monkeypatch.setattr(adoption, "assess", lambda *_: None)
    problems = tried(a_revision(since="2026-01-01")).problems
    assert {problem.code for problem in problems} == {"policy.case_differs"}
    assert "Share exactly on the line: the least aid" in {problem.where for problem in problems}


def test_its_own_cases_have_to_come_out() -> None:
    """A revision that does not give what it says itself is not adopted."""
    trial = tried(a_revision(LINE, CASE.replace('"20.000"', '"25.000"')))
    assert [problem.code for problem in trial.problems] == ["policy.case_differs"]


def test_its_own_cases_are_read_on_its_first_day() -> None:
    """Unless they say another day themselves."""
    before = CASE + 'file = { on = "2026-12-31" }\n'
    trial = tried(a_revision(LINE, before))
    assert [problem.values["found"] for problem in trial.problems] == ["not_eligible", "0.000", "seasonal"]
