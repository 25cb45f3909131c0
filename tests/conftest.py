"""What every test stands on: no screen, and word catalogues as fresh as their texts."""

import os
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

os.environ["QT_QPA_PLATFORM"] = "offscreen"

ROOT = Path(__file__).resolve().parent.parent


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the catalogues that were edited since `make words`."""
    for texts in ROOT.glob("resources/locale/*/LC_MESSAGES/sanad.po"):
        compiled = texts.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < texts.stat().st_mtime:
            with texts.open("rb") as source, compiled.open("wb") as target:
                write_mo(target, read_po(source))
