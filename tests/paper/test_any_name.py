"""Whatever a name holds, every paper of a case prints it: inside its boxes, and no letter lost without a word."""

import unicodedata
from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from bidi.mirror import MIRRORED
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sanad.domain.case import Case
from sanad.domain.spelling import LONGEST_NAME, cleaned
from sanad.paper.ink import MOST_NAMED, Ink, shaped, unknown_letters
from tests.gallery.families import ON, office, ordinary
from tests.gallery.pieces import PAPERS
from tests.paper.measure import measured, overlapping
from tests.paper.printing import read_back

FORMS = [form for form, _title in PAPERS.forms()]
ARABIC = st.text(alphabet=st.characters(min_codepoint=0x600, max_codepoint=0x6FF), max_size=LONGEST_NAME)
NAMES = st.text(max_size=LONGEST_NAME) | ARABIC
SPOKEN = ["عبدالرحمن", "فاطمة", "آل", "خليفة", "القطّان", "Nūr", "Smith-Jones"]
WORDS = st.lists(st.sampled_from(SPOKEN), max_size=20).map(" ".join)
RARE = "ژ"
"""A letter that stands on no paper of ours."""
PAPER = settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])


def named(name: str) -> Case:
    """The ordinary family with a head of that name, to whom letters and money go."""
    case = ordinary()
    head = replace(case.household.members[0], name=name)
    household = replace(case.household, members=(head, *case.household.members[1:]))
    return replace(case, household=household, paper=replace(case.paper, payee=name, to=name))


def letters(text: str) -> Counter[str]:
    """How often each letter and digit is there; marks over them, spaces and stops are left out."""
    return Counter(letter for letter in unicodedata.normalize("NFKC", text) if letter.isalnum())


def printed(form: str, name: str, language: str) -> bytes:
    """The paper of the family of that name."""
    return PAPERS.print_case(form, named(name), on=ON, office=office(), language=language)


@cache
def around(form: str, language: str) -> tuple[Counter[str], int]:
    """What stands on a paper beside the name, and in how many places the name does."""
    taken = letters(" ".join(read_back(printed(form, RARE, language))))
    return taken - Counter({RARE: taken[RARE]}), taken[RARE]


@pytest.mark.parametrize("form", FORMS)
@PAPER
@given(name=NAMES | WORDS)
@example(name="عبدالرحمن " * 20)
def test_e12_k5_any_name_is_printed_whole_and_keeps_to_its_box(form: str, name: str) -> None:
    """Measured from the PDF, in both directions; each of its letters comes as often as the name has places there."""
    name = cleaned(name)
    for language in ("ar", "en"):
        pdf = printed(form, name, language)
        for page in measured(pdf):
            assert list(overlapping(page.texts)) == []
            assert [text for text in page.texts for rule in page.uprights if text.meets(rule)] == []
        beside, places = around(form, language)
        lost = set(unknown_letters([name]))
        wanted = letters("".join(letter for letter in name if letter not in lost))
        taken = letters(" ".join(read_back(pdf)))
        assert Counter({letter: count * places for letter, count in wanted.items()}) - (taken - beside) == Counter()


@pytest.mark.parametrize("form", ["case-study", "decision-letter", "payment-voucher", "receipt"])
@PAPER
@given(name=NAMES)
def test_k2_a_letter_that_cannot_be_printed_is_named(form: str, name: str) -> None:
    """By its number in Unicode, at the foot of the page."""
    name = cleaned(name)
    text = read_back(PAPERS.print_case(form, named(name), on=ON, office=office()))[0]
    for letter in unknown_letters([name])[:MOST_NAMED]:
        assert f"U+{ord(letter):04X}" in text


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES)
def test_no_letter_is_lost_in_silence(arabic: Ink, english: Ink, name: str) -> None:
    """Each is drawn as it is, mirrored, or named as one that no face has."""
    name = " ".join(cleaned(name).split())
    missing = set(unknown_letters([name]))
    for ink in (arabic, english):
        drawn = "".join(run.glyphs for run in ink.line(name).runs)
        lost = [
            letter
            for letter in shaped(name)
            if letter.isprintable() and not {letter, MIRRORED.get(letter, letter)} & {*drawn, *missing}
        ]
        assert [hex(ord(letter)) for letter in lost] == []
