"""Where the program finds what is shipped with it, and where it keeps the user's data."""

import sys
from pathlib import Path

import pytest

from sanad import __main__, __version__, places

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("folder", [places.forms, places.fonts, places.icons, places.locale])
def test_in_the_source_tree_the_shipped_folders_are_there(folder: object) -> None:
    """Run from its source, the program finds its forms and resources at the top of the tree."""
    assert callable(folder)
    assert folder().is_dir()
    assert folder().is_relative_to(ROOT)


def test_in_the_bundle_they_lie_where_it_was_unpacked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A frozen program looks in the folder that PyInstaller names."""
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert places.forms() == tmp_path / "forms"
    assert places.fonts() == tmp_path / "resources" / "fonts"


def test_the_default_data_folder_is_the_users_own() -> None:
    """Without a word from the user, data lies under the user's home, in a folder of ours."""
    assert places.data_folder().name == "sanad"
    assert places.data_folder().is_relative_to(Path.home())


@pytest.mark.parametrize(
    ("arguments", "folder", "rest"),
    [
        ([], None, []),
        (["--data", "x"], Path("x"), []),
        (["--data=x", "doctor"], Path("x"), ["doctor"]),
        (["--data", "x", "assess", "a.json"], Path("x"), ["assess", "a.json"]),
        (["assess", "--data", "x"], None, ["assess", "--data", "x"]),
        (["--data"], None, ["--data"]),
    ],
)
def test_the_data_folder_is_named_before_the_verb(arguments: list[str], folder: Path | None, rest: list[str]) -> None:
    """`--data DIR` is taken off the front, in either spelling; anything else is left for the command line."""
    assert __main__.named_folder(arguments) == (folder, rest)


def test_the_version_is_the_one_installed() -> None:
    """The version comes from the metadata and nowhere else."""
    assert f'version = "{__version__}"' in (ROOT / "pyproject.toml").read_text("utf-8")
