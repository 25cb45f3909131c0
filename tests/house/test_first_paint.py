"""The window is painted before anything is read, so what it is made of waits for nothing that only reading needs."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

LATER = (
    "sanad.domain.household",
    "sanad.domain.assessment",
    "sanad.domain.backup",
    "sanad.rules",
    "sqlalchemy",
    "html",
)
"""What takes milliseconds to import and is not painted."""


def test_what_is_painted_first_imports_neither_families_nor_rules_nor_the_database() -> None:
    """Each is imported once somebody sits down, on the thread of the file or when its page is opened."""
    script = f"import sys, sanad.ui.application; print([name for name in {LATER!r} if name in sys.modules])"
    command = [sys.executable, "-c", script]
    told = subprocess.run(command, cwd=ROOT / "desktop", capture_output=True, encoding="utf-8", check=True).stdout
    assert told.strip() == "[]"
