"""What is kept in the repository stays small, named for its thing, and at home on any machine."""

import io
import re
import subprocess
import tarfile
from pathlib import Path

from sanad.services.shipped import changed

ROOT = Path(__file__).resolve().parents[2]
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:home|root|work|opt|Users|tmp)/\w|[A-Z]:\\Users")
NAMELESS = {"utils", "util", "misc", "common", "helpers", "helper"}


def kept() -> list[Path]:
    """The files that git keeps."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_file_names_a_place_on_one_machine() -> None:
    """No text holds a path that exists only where it was written."""
    found = []
    for file in kept():
        if file.suffix in {".ttf", ".png", ".pdf"} or file == Path(__file__):
            continue
        if place := MACHINE_PATHS.search(file.read_text("utf-8")):
            found.append((file.name, place.group()))
    assert found == []


def test_what_is_committed_agrees_with_its_list(tmp_path: Path) -> None:
    """Guides, forms and fonts were committed together with their hashes: a fresh copy of the repository starts."""
    archive = ["git", "archive", "HEAD", "forms", "resources"]
    packed = subprocess.run(archive, cwd=ROOT, capture_output=True, check=True).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as tree:
        tree.extractall(tmp_path, filter="data")
    assert list(changed(tmp_path)) == []


def test_modules_are_small() -> None:
    """No module has grown beyond 400 lines, where it asks to be parted."""
    lines = {file: len(file.read_text("utf-8").splitlines()) for file in kept() if file.suffix == ".py"}
    assert {file.name: count for file, count in lines.items() if count > 400} == {}


def test_no_module_is_named_for_nothing() -> None:
    """A module's name tells the thing that lives in it."""
    assert [file for file in kept() if NAMELESS & {file.stem, file.parent.name}] == []


def test_every_icon_is_used() -> None:
    """An icon lies here because the window draws it."""
    code = "".join(file.read_text("utf-8") for file in (ROOT / "desktop/sanad/ui").rglob("*.py"))
    icons = {file.stem for file in (ROOT / "resources/icons").glob("*.svg")}
    assert sorted(name for name in icons if f'"{name}"' not in code) == []
