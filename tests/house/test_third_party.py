"""What we stand on is listed, with its licence, and shipped as it was made."""

import hashlib
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LISTED = dict(re.findall(r"^\| ([a-z0-9-]+) \| ([^|]+?) \|", (ROOT / "THIRD-PARTY.md").read_text("utf-8"), re.M))
LOCKED = set(re.findall(r"^([A-Za-z0-9_.-]+)(?:\[[^]]+\])?==", (ROOT / "requirements.lock").read_text("utf-8"), re.M))
INSTALLED = {canonicalize_name(found.name): found.metadata for found in metadata.distributions()}
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


def test_the_lock_names_the_extras_that_a_package_asks_of_another() -> None:
    """A requirement with an extra stands in the lock with it: pip otherwise takes the newest and refuses its hash."""
    lines = (ROOT / "requirements.lock").read_text("utf-8").splitlines()
    locked = {Requirement(line.removesuffix(" \\")) for line in lines if line[:1].isalnum()}
    extras = {canonicalize_name(pin.name): pin.extras for pin in locked}
    needs = [INSTALLED[name].get_all("Requires-Dist", []) for name in extras if name in INSTALLED]
    asked = [Requirement(text) for need in needs for text in need]
    met = [wish for wish in asked if wish.extras and (wish.marker is None or wish.marker.evaluate({"extra": ""}))]
    assert met, "pytest-cov asks for coverage[toml]"
    assert [str(wish) for wish in met if not wish.extras <= extras[canonicalize_name(wish.name)]] == []


def test_the_licence_is_the_one_installed() -> None:
    """A package that states its licence as an expression is listed under exactly that one."""
    stated = {name: INSTALLED[name]["License-Expression"] for name in LISTED if name in INSTALLED}
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
