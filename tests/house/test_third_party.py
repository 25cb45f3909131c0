"""What we stand on is listed, with its licence, and shipped as it was made."""

import hashlib
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LISTED = dict(re.findall(r"^\| ([a-z0-9-]+) \| ([^|]+?) \|", (ROOT / "THIRD-PARTY.md").read_text("utf-8"), re.M))
LOCKED = set(re.findall(r"^([A-Za-z0-9_.-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.M))
del LISTED["package"]


def test_every_locked_package_is_listed() -> None:
    """THIRD-PARTY.md names each package of the lock, and no other."""
    assert set(LISTED) == LOCKED


def test_the_lock_holds_what_the_project_asks_for() -> None:
    """Each requirement of pyproject.toml stands in the lock at the very version asked for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = project["dependencies"] + project["optional-dependencies"]["dev"]
    locked = (ROOT / "requirements.lock").read_text("utf-8").lower()
    assert [pin for pin in asked if f"\n{pin.lower()} \\" not in locked] == []


def test_the_licence_is_the_one_installed() -> None:
    """A package that states its licence as an expression is listed under exactly that one."""
    named = {re.sub(r"[-_.]+", "-", found.name).lower(): found.metadata for found in metadata.distributions()}
    stated = {name: named[name]["License-Expression"] for name in LISTED if name in named}
    assert {name: licence for name, licence in stated.items() if licence not in (None, LISTED[name])} == {}


def test_the_fonts_are_those_we_looked_at() -> None:
    """Every font file has the hash that is written beside it."""
    fonts = ROOT / "resources" / "fonts"
    listed = (fonts / "SHA256SUMS").read_text("ascii").splitlines()
    written = {name: digest for digest, name in (line.split() for line in listed)}
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in fonts.glob("*.ttf")}
    assert found == written


@pytest.mark.parametrize("folder", ["resources/fonts", "resources/icons"])
def test_borrowed_files_lie_beside_their_licence(folder: str) -> None:
    """Fonts and icons are never without the text that lets us ship them."""
    names = " ".join(file.name for file in (ROOT / folder).iterdir())
    assert "OFL" in names or "LICENSE" in names
