"""The office is set up once, in the currency of its guide."""

from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from sanad.bootstrap import build
from sanad.domain.errors import Refused
from sanad.domain.listing import JournalLine
from sanad.domain.money import USD
from sanad.domain.office import HIJRI_SHIFTS, Digits, Language
from sanad.services import Services
from tests.builders import TODAY, Clock, a_family, an_office
from tests.gallery.pieces import a_logo


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    """The codes of a refusal, in their order."""
    return [problem.code for problem in refused.value.problems]


@pytest.fixture
def fresh(folder: Path, clock: Clock) -> Iterator[Services]:
    """The services of a data folder that nobody has set up."""
    with build(folder, clock) as opened:
        yield opened


def test_a_new_folder_has_no_office(fresh: Services) -> None:
    """The first page is still to be filled in."""
    assert fresh.offices.read() is None


def test_what_is_set_up_is_read_back(fresh: Services) -> None:
    """All of it, with what nobody sees taken out of the names."""
    done = fresh.offices.set_up(an_office(name_en=" Sample\u202e  Society ", digits=Digits.ARABIC))
    assert fresh.offices.read() == done.value == an_office(name_en="Sample Society", digits=Digits.ARABIC)


def test_the_settings_can_be_changed(services: Services) -> None:
    """A later word takes the place of the earlier, and the journal tells the difference."""
    done = services.offices.set_up(an_office(language=Language.ENGLISH))
    assert services.offices.read() == done.value
    last = services.today.lines(Clock()().date()).last
    assert last is not None
    assert (last.operation, last.after) == ("offices.set_up", {"language": "en"})


def test_saying_the_same_again_writes_nothing(services: Services) -> None:
    """The settings page may be saved without a change."""
    assert services.offices.set_up(an_office()).repeated


@pytest.mark.parametrize("days", [-2, 2])
def test_j4_the_moon_is_seen_a_night_apart_at_most(days: int, services: Services) -> None:
    """A shift that the screens do not offer is refused in words, with whatever else is wrong."""
    with pytest.raises(Refused) as refused:
        services.offices.set_up(an_office(hijri_shift=days, iban="x"))
    assert codes(refused) == ["office.iban_mistyped", "office.hijri_shift"]
    (_, problem) = refused.value.problems
    assert (problem.where, problem.values) == ("hijri_shift", {"days": days})
    for shift in HIJRI_SHIFTS:
        services.offices.set_up(an_office(hijri_shift=shift))


def test_all_problems_are_told_at_once(fresh: Services) -> None:
    """Neither a name nor the guide's currency: both are said."""
    with pytest.raises(Refused) as refused:
        fresh.offices.set_up(an_office(name_ar="", name_en=" ", currency=USD))
    assert codes(refused) == ["office.no_name", "office.currency_of_guide"]
    assert fresh.offices.read() is None


def test_f9_a_folder_keeps_its_currency(services: Services) -> None:
    """Amounts carry no currency of their own, so it cannot change under them."""
    with pytest.raises(Refused) as refused:
        services.offices.set_up(an_office(currency=USD))
    assert codes(refused) == ["office.currency_of_guide", "office.currency_fixed"]


def test_a_guide_that_is_not_known_is_refused(fresh: Services) -> None:
    """There is nothing to follow."""
    with pytest.raises(Refused) as refused:
        fresh.offices.set_up(an_office(policy="nowhere"))
    assert [problem.where for problem in refused.value.problems] == ["policy"]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """The office's picture in a file."""
    file = tmp_path / "logo.png"
    file.write_bytes(a_logo())
    return file


def last(services: Services) -> JournalLine:
    """The last entry of the journal."""
    line = services.today.lines(TODAY).last
    assert line is not None
    return line


def test_the_accounts_number_is_kept_in_one_spelling(services: Services) -> None:
    """However it was pasted; a mistyped one is refused with what was typed, beside all other problems."""
    said = services.offices.set_up(an_office(iban="bh67 bmag ٠٠٠٠ 1299-1234-56"))
    assert services.offices.read() == said.value == an_office(iban="BH67BMAG00001299123456")
    with pytest.raises(Refused) as refused:
        services.offices.set_up(an_office(name_ar="", name_en="", iban="BH67 BMAG 0000 1299 1234 57"))
    assert codes(refused) == ["office.iban_mistyped", "office.no_name"]
    assert refused.value.problems[0].values == {"text": "BH67 BMAG 0000 1299 1234 57"}


def test_the_picture_is_kept_and_printed(services: Services, picture: Path) -> None:
    """On the office's papers; the journal holds nothing but the picture's mark."""
    kept = services.offices.set_logo(picture).value
    assert services.offices.logo() == kept
    assert last(services).operation == "offices.set_logo"
    assert last(services).after == {"logo": sha256(kept).hexdigest()}
    family = a_family(services)
    with_picture = services.papers.case_study(family.id, TODAY)
    assert len(PdfReader(BytesIO(with_picture)).pages[0].images) == 1
    services.offices.remove_logo()
    assert services.offices.logo() is None
    assert last(services).after == {"logo": ""}
    assert len(PdfReader(BytesIO(services.papers.case_study(family.id, TODAY))).pages[0].images) == 0


def test_only_pixels_of_a_picture_are_kept(services: Services, tmp_path: Path) -> None:
    """Whatever else a file carries stays outside, and a large picture is made as small as paper needs."""
    file = tmp_path / "large.jpg"
    exif = Image.Exif()
    exif[0x010E] = "where the treasurer lives"
    Image.new("RGB", (2400, 1200), "navy").save(file, "JPEG", exif=exif)
    kept = services.offices.set_logo(file).value
    assert b"treasurer" in file.read_bytes()
    assert b"treasurer" not in kept
    assert Image.open(BytesIO(kept)).size == (600, 300)


def test_saying_the_same_picture_again_writes_nothing(services: Services, picture: Path) -> None:
    """Nor does taking away what is not there; and the office's other settings leave the picture alone."""
    assert services.offices.remove_logo().repeated
    services.offices.set_logo(picture)
    assert services.offices.set_logo(picture).repeated
    services.offices.set_up(replace(an_office(), phone="1711 1111"))
    assert services.offices.logo() is not None


@pytest.mark.parametrize(
    ("content", "code"),
    [(None, "file.missing"), (b"<svg/>", "logo.unreadable"), (bytes(5 * 2**20), "logo.file_too_large")],
)
def test_a_file_that_is_no_picture_is_refused(
    content: bytes | None, code: str, services: Services, picture: Path
) -> None:
    """At the question that asked for it, and the picture before it stays."""
    kept = services.offices.set_logo(picture).value
    picture.unlink()
    if content is not None:
        picture.write_bytes(content)
    with pytest.raises(Refused) as refused:
        services.offices.set_logo(picture)
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [(code, "logo")]
    assert services.offices.logo() == kept


def test_a_picture_waits_for_the_office(fresh: Services, picture: Path) -> None:
    """There is no letterhead before the office is set up."""
    with pytest.raises(Refused) as refused:
        fresh.offices.set_logo(picture)
    assert codes(refused) == ["office.not_set_up"]
