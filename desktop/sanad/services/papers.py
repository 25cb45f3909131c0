"""Papers: the forms, blank or filled, one or many, and the receipts. A whole PDF comes back, or a refusal.

The PDF library is imported when the first paper is printed: whoever only opens the program does not wait for it.
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property, lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import sanad
from sanad.domain.assessment import Assessment
from sanad.domain.case import Case
from sanad.domain.errors import Refused
from sanad.domain.money import Money
from sanad.domain.office import Digits, Office
from sanad.domain.text import Text
from sanad.exchange.files import read_bytes, write_whole
from sanad.forms.definition import Form
from sanad.forms.reader import read_form
from sanad.rules.assess import assess
from sanad.rules.policy import Policy
from sanad.services.batch import Batch, Progress, gathered, go_on
from sanad.services.paper_facts import guide_of, negative
from sanad.services.policies import Policies
from sanad.words.catalogue import Words

if TYPE_CHECKING:
    from sanad.paper.form_page import Filling, Imprint, Press
    from sanad.paper.ink import Ink
    from sanad.paper.slip_page import SlipPress

CASE_STUDY, VOUCHER, RECEIPT = "case-study", "payment-voucher", "receipt"

LARGEST_LOGO = 4 * 2**20
"""Bytes; a file beyond it is not read on."""


class Papers:
    """Prints what needs no data folder: blanks, and papers of a case file. May be shared by threads."""

    def __init__(self, *, policies: Policies, forms: Path, fonts: Path, locale: Path) -> None:
        self._policies = policies
        self._folder = forms
        self._fonts = fonts
        self._locale = locale
        self._words = lru_cache(4)(self._read_words)
        self._laid_over = lru_cache(4)(self._read_forms)
        self._unknown: dict[str, tuple[str, ...]] = {}
        """By the digest of a paper, the letters in it that no face has."""

    @cached_property
    def _shipped(self) -> dict[str, str]:
        return {file.name: file.read_text("utf-8") for file in sorted(self._folder.glob("*.toml"))}

    def _read_forms(self, own: tuple[tuple[str, str], ...]) -> dict[str, Form]:
        """The forms by their ids: the shipped ones, and laid over them those that a guide brings."""
        forms = (read_form(text, file) for file, text in {**self._shipped, **dict(own)}.items())
        return {form.id: form for form in forms}

    def _forms_of(self, policy: str) -> dict[str, Form]:
        return self._laid_over(tuple(self._policies.forms(policy).items()) if policy else ())

    def forms(self, policy: str = "") -> tuple[tuple[str, Text], ...]:
        """Each paper's id and title, as the guide ``policy`` has them where it brings its own; the case study first."""
        forms = sorted(self._forms_of(policy).values(), key=lambda form: form.order)
        return tuple((form.id, form.title) for form in forms)

    def form(self, form_id: str, policy: str = "") -> Form:
        """A form's definition, which also draws the screen, as the guide ``policy`` has it where it brings its own.

        Raises:
            Refused: there is no such form.
        """
        forms = self._forms_of(policy)
        if form_id not in forms:
            expected = ", ".join(id_ for id_, _title in self.forms(policy))
            raise Refused.because("paper.no_such_form", "form", value=form_id, expected=expected)
        return forms[form_id]

    def print_case(
        self,
        form_id: str,
        case: Case | None,
        *,
        on: date,
        policy: str = "",
        office: Office | None = None,
        language: str | None = None,
        digits: Digits = Digits.WESTERN,
        logo: bytes | None = None,
    ) -> bytes:
        """The paper filled from a case, or blank, as a PDF; printed on the day ``on``.

        ``policy`` names the guide of a blank; ``language`` is the guide's own unless said; ``logo`` is a PNG or JPEG.

        Raises:
            Refused: there is no such paper or guide, the case cannot be read by its guide on its day, its amount is
                less than nothing, or the logo cannot be printed.
        """
        guide = self._policies.get(case.policy if case else policy)
        words = self._words(language or guide.language, digits, office.hijri_shift if office else 0)
        imprint = self._imprint(office, guide, words, on, logo)
        form = self.form(form_id, guide.id)
        cases = (case,) if case and form.many else ()
        return self._printed(form, imprint, [self._filling(form, case, guide, cases=cases)])

    def print_cases(
        self,
        form_id: str,
        cases: Sequence[Case],
        *,
        on: date,
        office: Office | None = None,
        language: str | None = None,
        digits: Digits = Digits.WESTERN,
        logo: bytes | None = None,
        masked: bool = False,
        copies: int = 2,
        progress: Progress = go_on,
    ) -> Batch:
        """The papers of several cases of one guide in one PDF, or the one list that names them all.

        A case that cannot be printed is left out and named; the rest is whole. ``masked`` lists tell names by their
        first letters; ``copies`` of a receipt stand on its page, 1 or 2.

        Raises:
            Refused: there is no case, no such paper, the cases are of several guides, or the logo cannot be printed.
        """
        guide = self._policies.get(_one_guide(cases))
        words = self._words(language or guide.language, digits, office.hijri_shift if office else 0)
        imprint = self._imprint(office, guide, words, on, logo)
        form = self.form(form_id, guide.id)
        if form.many:
            paper = self._listed(form, imprint, guide, cases, masked=masked)
            return Batch(paper if progress(len(cases), len(cases)) else None)
        press = self._press(form, imprint, copies)
        finished = partial(self._finished, press)
        return gathered(cases, lambda case: press.add(self._filling(form, case, guide)), finished, progress)

    def read_logo(self, path: Path) -> bytes:
        """The picture for the letterhead in a file; what is no sound PNG or JPEG is refused when it is printed.

        Raises:
            Refused: the file cannot be read.
        """
        return read_bytes(path, LARGEST_LOGO)

    def save(self, paper: bytes, path: Path) -> None:
        """Put a paper into a file, whole or not at all.

        Raises:
            Refused: the folder is missing, full or not writable.
        """
        write_whole(path, paper)

    def _listed(self, form: Form, imprint: "Imprint", guide: Policy, cases: Sequence[Case], *, masked: bool) -> bytes:
        """The one list of all the cases, by their file numbers."""
        listed = tuple(sorted(cases, key=lambda case: _by_number(case.household.file_number)))
        return self._printed(form, imprint, [self._filling(form, listed[0], guide, cases=listed, masked=masked)])

    def _filling(
        self,
        form: Form,
        case: Case | None,
        guide: Policy,
        *,
        kept: Assessment | None = None,
        cases: tuple[Case, ...] = (),
        masked: bool = False,
        void: str = "",
        overruled: Money | None = None,
        journal: str = "",
        note: str = "",
    ) -> "Filling":
        """What a paper is filled from: the case, and the assessment that was kept or is made now.

        A slip says what was paid, and asks no rule.
        """
        from sanad.paper.form_page import Filling

        for each in (*cases, case):
            if each and negative(each.paper.amount):
                raise Refused.because("paper.negative_amount", "paper.amount")
        found = kept or (assess(case, guide) if case and not cases and form.slip is None else None)
        told = guide_of(guide, case, self.form(CASE_STUDY, guide.id))
        return Filling(
            case,
            told,
            found,
            cases=cases,
            masked=masked,
            void=void,
            overruled=overruled,
            journal=journal,
            note=note,
        )

    def _printed(self, form: Form, imprint: "Imprint", fillings: "Sequence[Filling]") -> bytes:
        press = self._press(form, imprint)
        for filling in fillings:
            press.add(filling)
        return self._finished(press)

    def _finished(self, press: "Press | SlipPress") -> bytes:
        """The paper, once it is kept in mind which letters in it no face has."""
        paper = press.finished()
        if press.unknown:
            self._unknown[digest_of(paper)] = tuple(press.unknown)
        return paper

    def unprintable(self, paper: bytes) -> tuple[str, ...]:
        """The letters of a paper that was drawn here which no printing face has: ``?`` stands there for each."""
        return self._unknown.get(digest_of(paper), ())

    def _press(self, form: Form, imprint: "Imprint", copies: int = 2) -> "Press | SlipPress":
        """What papers of a form are added to; ``copies`` of a slip stand on its page."""
        from sanad.paper.form_page import Press
        from sanad.paper.slip_page import SlipPress

        ink = self._ink(imprint.words)
        return (
            Press(ink, form, imprint) if form.slip is None else SlipPress(ink, form, form.slip, imprint, copies=copies)
        )

    def _imprint(
        self, office: Office | None, guide: Policy, words: Words, on: date, logo: bytes | None = None
    ) -> "Imprint":
        from sanad.paper.form_page import Imprint
        from sanad.paper.logo import read_logo

        program = words.text("paper.program", version=sanad.__version__)
        return Imprint(office, guide.currency, words, on, program, logo=None if logo is None else read_logo(logo))

    def _ink(self, words: Words) -> "Ink":
        return self._right_to_left if words.right_to_left else self._left_to_right

    @cached_property
    def _right_to_left(self) -> "Ink":
        from sanad.paper.ink import Ink

        return Ink(self._fonts, right_to_left=True)

    @cached_property
    def _left_to_right(self) -> "Ink":
        from sanad.paper.ink import Ink

        return Ink(self._fonts, right_to_left=False)

    def _words_of(self, office: Office) -> Words:
        """The words of an office as its papers read."""
        return self._words(office.language, office.digits, office.hijri_shift)

    def _read_words(self, language: str, digits: Digits, hijri_shift: int) -> Words:
        return Words(self._locale, language, digits, hijri_shift)


def digest_of(paper: bytes) -> str:
    """By which a paper is known again."""
    return sha256(paper).hexdigest()


def _one_guide(cases: Sequence[Case]) -> str:
    """The guide of all the cases."""
    guides = sorted({case.policy for case in cases})
    if len(guides) != 1:
        raise Refused.because("paper.several_guides" if guides else "paper.no_case", "CASE", guides=", ".join(guides))
    return guides[0]


def _by_number(file_number: str) -> tuple[int, int, str]:
    """File numbers in the order in which people count them."""
    return (0, int(file_number), "") if file_number.isdecimal() else (1, 0, file_number)
