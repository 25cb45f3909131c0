"""The recovery sheet: read from paper years later, by whoever has nothing else."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from sanad.domain.office import Digits, Language
from sanad.paper import recovery_sheet, sheet
from sanad.services import Services
from sanad.store import vault
from tests.backups import cheap_keys, refusal
from tests.builders import TODAY, an_office


def read(paper: bytes) -> list[str]:
    """The text of each page."""
    return [page.extract_text() for page in PdfReader(BytesIO(paper)).pages]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("name", ["جمعية النموذج الخيرية", "جمعية طويلة الاسم جدًّا " * 6])
def test_c17_the_sheet_holds_the_key_on_one_page(language: Language, name: str, services: Services) -> None:
    """In groups, in the order in which they are typed; and the public half by which it is told."""
    services.offices.set_up(an_office(language=language, name_ar=name, digits=Digits.ARABIC))
    identity = vault.make()
    (text,) = read(services.papers.recovery_sheet(str(identity), TODAY))
    assert str(identity.to_public()) in text
    lines = [line for groups in recovery_sheet.grouped(str(identity)) for line in groups]
    assert "".join(lines) == str(identity)
    assert all(group in text for group in lines)
    assert str(vault.of_sheet(" ".join(lines))) == str(identity)
    assert "age -d -i key.txt" in text


def test_c17_the_code_on_the_sheet_is_the_key(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scanner types all of its letters in place of the passphrase."""
    drawn: list[str] = []
    monkeypatch.setattr(sheet.Sheet, "qr", lambda self, text, at, top, size: drawn.append(text))
    identity = vault.make()
    services.papers.recovery_sheet(str(identity).lower(), TODAY)
    assert drawn == [str(identity)]


def test_c17_from_the_sheet_to_the_restored_data(services: Services, tmp_path: Path) -> None:
    """The drill: the passphrase and the key's file are lost, the sheet is read, the data are back."""
    stick = tmp_path / "stick"
    stick.mkdir()
    with cheap_keys():
        made = services.backups.make(stick, passphrase="four words of ours")  # noqa: S106  # made up
        (text,) = read(services.papers.recovery_sheet(services.backups.recovery_key("four words of ours"), TODAY))
    (stick / "office-key.age").unlink()
    at = text.index("AGE-SECRET-KEY-1")
    typed = "".join(text[at:].split())[:74]
    done = services.restores.restore(Path(made.path), typed, tmp_path / "new")
    assert done.manifest == made.manifest


@pytest.mark.parametrize("letters", ["", "four words of ours", "AGE-SECRET-KEY-1QQQQ"])
def test_a_sheet_without_a_key_is_not_printed(letters: str, services: Services) -> None:
    """It would be found out on the day it is needed."""
    assert refusal(lambda: services.papers.recovery_sheet(letters, TODAY)) == "backup.sheet_mistyped"
