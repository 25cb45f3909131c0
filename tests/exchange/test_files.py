"""Files that the user names: read within bounds, written whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from sanad.domain.errors import Refused
from sanad.exchange.files import read_bytes, write_whole


def test_no_more_is_read_than_one_byte_beyond_the_most(tmp_path: Path) -> None:
    """Enough to know that it is too much."""
    (tmp_path / "file").write_bytes(b"x" * 100)
    assert read_bytes(tmp_path / "file", 10) == b"x" * 11


def test_a_file_is_written_over_what_stood_there(tmp_path: Path) -> None:
    """And nothing else is left in the folder."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"old")
    write_whole(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "file.disk_full"), (errno.EDQUOT, "file.disk_full"), (errno.EIO, "file.not_writable")],
)
def test_a_write_that_fails_leaves_what_stood_there(
    number: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk fills before the bytes are safe: the old file is whole, nothing half-written lies beside it."""
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"old")

    def fail(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Refused) as refused:
        write_whole(path, b"new")
    assert [problem.code for problem in refused.value.problems] == [code]
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """By its name."""
    with pytest.raises(Refused) as refused:
        write_whole(tmp_path / "none" / "paper.pdf", b"new")
    assert refused.value.problems[0].values["folder"] == str(tmp_path / "none")
