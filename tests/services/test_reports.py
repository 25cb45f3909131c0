"""What is kept of a bug of ours is its user's alone, and its number is told even where nothing can be kept."""

import re
import stat
import sys
from pathlib import Path

import pytest

from sanad.services import reports
from tests.builders import TODAY


@pytest.mark.skipif(sys.platform == "win32", reason="the profile's own rights say so there")
def test_h8_a_report_is_for_no_other_account(tmp_path: Path) -> None:
    """Neither the folder nor the file, whatever the system would give them."""
    logs = tmp_path / "data" / "logs"
    number = reports.keep(ValueError("x"), logs, TODAY)
    (kept,) = logs.iterdir()
    assert kept.name == f"report-{number}.txt"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (logs.parent, logs, kept)] == [0o700, 0o700, 0o600]


def test_a_report_that_cannot_be_kept_has_its_number(tmp_path: Path) -> None:
    """A file stands where the folder should be."""
    (tmp_path / "logs").write_text("")
    assert re.fullmatch(r"[0-9]{8}-[0-9a-f]{4}", reports.keep(ValueError("x"), tmp_path / "logs", TODAY))
