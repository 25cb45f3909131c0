"""Facts of the data folder: which versions of SQLite are mended, last numbers, how old a backup may be."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sanad.domain.backup import BackupStatus, Kept
from sanad.domain.health import Standing, is_mended, last_number
from tests.builders import TODAY


@pytest.mark.parametrize(
    ("version", "mended"),
    [
        ("3.40.1", False),
        ("3.44.5", False),
        ("3.44.6", True),
        ("3.45.0", False),
        ("3.50.6", False),
        ("3.50.7", True),
        ("3.51.2", False),
        ("3.51.3", True),
        ("3.52.0", False),
        ("3.53.0", True),
        ("4.0.0", True),
    ],
)
def test_l6_the_mended_branches_of_sqlite_are_known(version: str, mended: bool) -> None:
    """Only the branches into which the mending went; whatever lies between them is not taken for mended."""
    assert is_mended(version) is mended


def test_the_last_number_is_that_of_the_last_year() -> None:
    """Series of other things are left out, and none is empty."""
    numbers = {"receipt-2025": 391, "receipt-2026": 2, "voucher-2026": 7, "file": 1042}
    assert last_number(numbers, "receipt") == "2026-000002"
    assert last_number(numbers, "voucher") == "2026-000007"
    assert last_number(numbers, "request") == ""


@pytest.mark.parametrize(
    ("days", "standing"),
    [
        (0, Standing.FINE),
        (3, Standing.FINE),
        (4, Standing.CARE),
        (7, Standing.CARE),
        (8, Standing.STOP),
        (None, Standing.STOP),
    ],
)
def test_a_backup_grows_old(days: int | None, standing: Standing) -> None:
    """Amber after three days, red after seven or where there never was one."""
    assert _status(TODAY, days).standing is standing


def _status(on: date, days: int | None, *, has_key: bool = True) -> BackupStatus:
    made = None if days is None else datetime(on.year, on.month, on.day, tzinfo=UTC) - timedelta(days=days)
    kept = None if made is None else Kept("sanad-2026-11-22-001.age", "x", made, "head")
    return BackupStatus(on, has_key, kept, None, changed=False)


def test_without_a_key_it_is_red() -> None:
    """Whatever was made before, nothing can be made now."""
    assert _status(TODAY, 0, has_key=False).standing is Standing.STOP
