"""The pieces of the gallery: every paper blank, filled, in English, strained and empty, and what only some can be."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO

from PIL import Image, ImageDraw

from sanad import places
from sanad.domain.case import Case
from sanad.domain.money import Money
from sanad.domain.office import Digits
from sanad.services.papers import Papers
from tests.gallery.families import LETTER, ON, POLICIES, REASON, dark, of_kansas, of_kuwait, office, ordinary, strained

PAPERS = Papers(policies=POLICIES, forms=places.forms(), fonts=places.fonts(), locale=places.locale())
_ADDRESSED = frozenset({"referral", "attestation"})
_UNMET = "apology"
_REASONED = frozenset({_UNMET, "decision-letter", "computation", "case-study"})


@dataclass(frozen=True)
class Piece:
    """One paper as a PDF, by its name in the gallery."""

    name: str
    printed: Callable[[], bytes]


def pieces() -> Iterator[Piece]:
    """All of them, by paper."""
    for form, _title in PAPERS.forms():
        yield Piece(f"{form}-blank", lambda form=form: _print(form, None, policy="karzakan-2020"))  # type: ignore[misc]  # a lambda's default
        for name, case, language in (
            ("filled", ordinary(), "ar"),
            ("english", ordinary(), "en"),
            ("strained", strained(), "ar"),
            ("strained-english", strained(), "en"),
            ("dark", dark(), "ar"),
        ):
            yield _of(f"{form}-{name}", form, _told(form, case), language=language)
    for form in ("aid-request", "visit", "payment-voucher", "decision-letter", "apology", "case-study"):
        yield _of(f"{form}-kuwait", form, of_kuwait())
        yield _of(f"{form}-kansas", form, of_kansas())
    draft = replace(ordinary(), paper=replace(ordinary().paper, voucher="", number=""))
    for form in ("payment-voucher", "receipt"):
        yield _of(f"{form}-draft", form, draft)
    yield _of("payment-voucher-digits", "payment-voucher", ordinary(), digits=Digits.ARABIC)
    yield Piece("payment-voucher-overruled", lambda: _overruled("ar"))
    yield Piece("payment-voucher-overruled-english", lambda: _overruled("en"))
    for form in ("decision-letter", "receipt"):
        yield _of(f"{form}-logo", form, ordinary(), logo=a_logo())
    yield Piece("distribution-list-masked", _list)
    yield Piece("receipt-single", _single)
    for form in ("payment-voucher", "receipt"):
        yield Piece(f"{form}-void", lambda form=form: _void(form))  # type: ignore[misc]  # a lambda's default


def a_logo() -> bytes:
    """A palm in a ring, with a clear ground."""
    picture = Image.new("RGBA", (240, 240), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    pen.ellipse((8, 8, 232, 232), outline="#145", width=14)
    pen.rectangle((112, 90, 128, 190), fill="#145")
    for way in (-70, -35, 0, 35, 70):
        pen.line((120, 95, 120 + way, 60 + abs(way) // 3), fill="#145", width=12)
    file = BytesIO()
    picture.save(file, "PNG")
    return file.getvalue()


def _told(form: str, case: Case) -> Case:
    """The case as a letter needs it: to whom, or with a share above the line."""
    if form in _ADDRESSED and case.household.members and not case.paper.to:
        return replace(case, paper=replace(case.paper, to=LETTER.to))
    if form in _REASONED and case.paper.decision:
        case = replace(case, paper=replace(case.paper, reason=REASON))
    if form == _UNMET and case.household.incomes and case.household.members:
        richer = tuple(replace(income, monthly=income.monthly * 4) for income in case.household.incomes)
        return replace(case, household=replace(case.household, incomes=richer))
    return case


def _of(name: str, form: str, case: Case, **said: object) -> Piece:
    return Piece(name, lambda: _print(form, case, **said))


def _print(form: str, case: Case | None, **said: object) -> bytes:
    return PAPERS.print_case(form, case, on=ON, office=office(), **said)  # type: ignore[arg-type]  # as each piece says


def _list() -> bytes:
    cases = [
        replace(ordinary(), household=replace(ordinary().household, file_number=str(1000 + number)))
        for number in range(45, 0, -1)
    ]
    batch = PAPERS.print_cases("distribution-list", cases, on=ON, office=office(), masked=True)
    return batch.paper or b""


def _overruled(language: str) -> bytes:
    """As the office orders another amount than the rules gave."""
    form, guide = PAPERS.form("payment-voucher"), POLICIES.get("karzakan-2020")
    words = PAPERS._words(language, Digits.WESTERN, 0)
    case = replace(ordinary(), paper=replace(ordinary().paper, reason=REASON))
    filling = PAPERS._filling(form, case, guide, overruled=Money(30_000))
    return PAPERS._printed(form, PAPERS._imprint(office(), guide, words, ON), [filling])


def _void(form_id: str) -> bytes:
    """As the office prints a payment that was declared void."""
    form, guide = PAPERS.form(form_id), POLICIES.get("karzakan-2020")
    words = PAPERS._words("ar", Digits.WESTERN, 0)
    said = words.text("paper.voided", who="صفاء جعفر", date=ON, reason="صُرف مرتين، والصحيح السند 2026-000389")
    filling = PAPERS._filling(form, ordinary(), guide, void=said, journal="9f2c71d0" * 8)
    return PAPERS._printed(form, PAPERS._imprint(office(), guide, words, ON), [filling])


def _single() -> bytes:
    return PAPERS.print_cases("receipt", [ordinary()], on=ON, office=office(), copies=1).paper or b""
