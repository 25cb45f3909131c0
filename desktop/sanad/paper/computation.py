"""The computation on paper: each figure with the place of its clause, the conditions, the assumptions, the result."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sanad.domain.assessment import Assessment
from sanad.domain.text import Text
from sanad.paper.facts import Facts
from sanad.paper.ink import Ink
from sanad.paper.layout import Box, paragraph, space
from sanad.paper.order import isolated
from sanad.paper.ruling import Column, Ruling
from sanad.paper.sheet import SOFT, Align
from sanad.words.catalogue import Words

_FIGURE = r"−?[\d٠-٩][\d٠-٩.,٫٬]*[\d٠-٩]|[\d٠-٩]"
_SUM = re.compile(rf"(?:{_FIGURE})(?: [−+×÷=] (?:{_FIGURE}))+")

_SHARES = (3.5, 0.9, 2.1)
"""Of the width, for what is said, the figure, and the place in the guide."""
BLANK_ROWS = 9
"""Rows to compute by hand where nothing was computed yet."""


def computation(ink: Ink, facts: Facts, row_height: float) -> list[Box]:
    """The boxes of the block; ruled rows to write in where there is no assessment."""
    words, assessment = facts.words, facts.assessment
    steps = _steps_ruling(ink, facts, row_height)
    if assessment is None:
        return [steps.head, *(box for _ in range(BLANK_ROWS) for box in steps.rows(["", "", ""]))]
    boxes = [steps.head, *(box for row in _steps(facts, assessment) for box in steps.rows(row))]
    *told, last = steps.rows(_result(facts, assessment), bold=True)
    boxes += [*told, replace(last, with_next=bool(assessment.amount))]
    if assessment.amount is not None and assessment.amount:
        boxes += [space(7), *paragraph(ink, words.amount(assessment.amount, facts.currency), bold=True)]
    if assessment.checks:
        checks = _checks_ruling(ink, words, row_height)
        boxes += [space(10), checks.head]
        for check in assessment.checks:
            cells = [in_language(facts, check.label), words.choice("finding", check.result), place(facts, check.clause)]
            boxes += checks.rows(cells)
    assumed = [f"{in_language(facts, each.label)} · {place(facts, each.clause)}" for each in assessment.assumptions]
    boxes += _listed(ink, words.text("paper.assumptions"), assumed)
    boxes += _listed(ink, words.text("paper.missing"), [facts.missing(path) for path in assessment.missing])
    return boxes


def _steps_ruling(ink: Ink, facts: Facts, row_height: float) -> Ruling:
    words = facts.words
    value = words.text("paper.value", symbol=words.symbol(facts.currency))
    right = Align.START if words.right_to_left else Align.END
    columns = (
        Column(words.text("paper.statement"), _SHARES[0]),
        Column(value, _SHARES[1], align=right, figures=True),
        Column(words.text("paper.clause"), _SHARES[2]),
    )
    return Ruling(ink, columns, row_height=row_height)


def _checks_ruling(ink: Ink, words: Words, row_height: float) -> Ruling:
    columns = (
        Column(words.text("paper.condition"), _SHARES[0]),
        Column(words.text("paper.finding"), _SHARES[1], align=Align.CENTRE),
        Column(words.text("paper.clause"), _SHARES[2]),
    )
    return Ruling(ink, columns, row_height=row_height)


def _steps(facts: Facts, assessment: Assessment) -> Iterator[list[str]]:
    for step in assessment.steps:
        value = (
            facts.words.money(facts.currency.rounded(step.exact), facts.currency)
            if step.money
            else facts.words.quantity(step.exact)
        )
        label, note = in_language(facts, step.label), in_language(facts, step.note)
        yield [f"{label} · {note}" if note else label, value, place(facts, step.clause)]


def _result(facts: Facts, assessment: Assessment) -> Sequence[str]:
    """The last row: what came out, of which aid, and which other aid the guide points to."""
    words = facts.words
    said = words.text(
        "paper.result", aid=_aid(facts, assessment.aid), outcome=words.choice("outcome", assessment.outcome)
    )
    if assessment.redirect is not None:
        said = f"{said} · {words.text('paper.redirect', aid=_aid(facts, assessment.redirect))}"
    amount = words.money(assessment.amount, facts.currency) if assessment.amount is not None else ""
    return [said, amount, ""]


def _aid(facts: Facts, slug: str) -> str:
    """An aid by its name in the guide; another charity is none of its aids."""
    named = facts.guide.aids.get(slug)
    if named:
        return in_language(facts, named)
    return facts.words.text("paper.other_charity") if slug == "other_charity" else slug


def _listed(ink: Ink, title: str, lines: list[str]) -> list[Box]:
    if not lines:
        return []
    boxes = [space(9), *paragraph(ink, title, size=9.5, bold=True)]
    for line in lines:
        boxes += paragraph(ink, line, size=9, grey=SOFT, listed=True)
    return boxes


def in_language(facts: Facts, text: Text) -> str:
    """A wording as it is printed: sums such as ``460.000 − 150.000`` run left to right in any line."""
    shown = facts.words.digits_shown(text.in_(facts.words.language))
    return _SUM.sub(lambda found: isolated(found.group()), shown)


def place(facts: Facts, clause: str) -> str:
    """Where a reader finds the clause in the guide; its id where the guide names no place."""
    named = facts.guide.places.get(clause)
    return in_language(facts, named) if named else clause
