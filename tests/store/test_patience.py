"""Another program may hold a file for a moment; who holds it longer is told, and nothing is half done meanwhile."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.domain.errors import Refused
from sanad.store import faults, patience
from sanad.store.folder import write_whole
from sanad.store.patience import put
from tests.builders import Clock, an_office

REPLACE = Path.replace


class Scanner:
    """A virus scanner that looks into every file that gets its name, as Windows tells of it."""

    def __init__(self, tries: int, number: int | None) -> None:
        self.left, self.number = tries, number
        self.tried = 0
        self.now = 0.0

    def replace(self, file: Path, place: Path) -> Path:
        """Take the place of the system's own step."""
        self.tried += 1
        if self.left:
            self.left -= 1
            error = PermissionError(13, "held")
            if self.number is not None:
                error.winerror = self.number  # type: ignore[attr-defined]  # only Windows has it
            raise error
        return REPLACE(file, place)

    def sleep(self, seconds: float) -> None:
        """Time goes by."""
        self.now += seconds


@pytest.fixture
def scanner(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scanner]:
    """One that is there from now on, and lets go at once until told otherwise."""
    there = Scanner(0, 32)
    monkeypatch.setattr(Path, "replace", lambda file, place: there.replace(file, place))  # noqa: PLW0108  # bound late
    monkeypatch.setattr(patience, "sleep", there.sleep)
    monkeypatch.setattr(patience, "monotonic", lambda: there.now)
    yield there
    monkeypatch.undo()


@pytest.mark.parametrize("number", [5, 32, 33])
@pytest.mark.parametrize("tries", [0, 1, 7, 49])
def test_b6_what_is_let_go_in_time_is_not_told(scanner: Scanner, tmp_path: Path, number: int, tries: int) -> None:
    """However often it was tried, the file is there and whole."""
    scanner.left, scanner.number = tries, number
    write_whole(tmp_path / "small", "whole")
    assert (tmp_path / "small").read_text("utf-8") == "whole"
    assert scanner.tried == tries + 1
    assert scanner.now * 1000 <= patience.PATIENCE


def test_b6_who_holds_it_longer_is_told_of(scanner: Scanner, tmp_path: Path) -> None:
    """After two and a half seconds, with what stood there before."""
    (tmp_path / "small").write_text("before")
    scanner.left = 10**6
    with pytest.raises(PermissionError) as held:
        write_whole(tmp_path / "small", "after")
    assert faults.of_system(held.value, tmp_path).problems[0].code == "data.held"
    assert patience.PATIENCE < scanner.now * 1000 <= patience.PATIENCE + 2 * patience.PAUSE
    assert [file.name for file in tmp_path.iterdir()] == ["small"]
    assert (tmp_path / "small").read_text("utf-8") == "before"


@pytest.mark.parametrize("number", [None, 2, 19, 112])
def test_b6_any_other_failure_is_not_waited_for(scanner: Scanner, tmp_path: Path, number: int | None) -> None:
    """A missing folder or a full disk does not get better by waiting."""
    scanner.left, scanner.number = 1, number
    (tmp_path / "new").write_text("x")
    with pytest.raises(PermissionError):
        put(tmp_path / "new", tmp_path / "place")
    assert (scanner.tried, scanner.now) == (1, 0)


def test_b6_a_first_start_bears_a_scanner(scanner: Scanner, folder: Path, clock: Clock) -> None:
    """The new data file gets its name when the scanner lets go; where it never does, the next start begins anew."""
    scanner.left = 3
    with build(folder, clock, who="x") as services:
        services.offices.set_up(an_office())
    other = folder.with_name("other")
    scanner.left, scanner.number = 10**6, 32
    with pytest.raises(Refused) as refused:
        build(other, clock)
    assert refused.value.problems[0].code == "data.held"
    scanner.left = 0
    build(other, clock).close()
