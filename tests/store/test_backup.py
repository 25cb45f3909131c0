"""A backup counts when it was read back to its last byte; whatever fails before leaves none under a final name."""

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from sanad.bootstrap import build
from sanad.store import backup
from sanad.store.backup import KEY_FILE, NOTE
from sanad.store.folder import DATA_FILE, KEYS_FILE
from sanad.store.thinning import Named
from tests.backup_acts import a_paper, deaths, make, names
from tests.backups import PHRASE, SEEDED, Office, opened, pay, texts
from tests.builders import Clock, a_family

STEP = 64 * 1024


# ------------------------------------------------------------ what is made


def test_the_stick_holds_the_backup_its_key_and_the_note(office: Office) -> None:
    """Nothing else: no part of a file, and in the data folder no copy."""
    assert names(office) == [NOTE, KEY_FILE, "sanad-2026-11-22-001.age"]
    assert not (office.data / "passing" / "backup").exists()
    note = (office.stick / NOTE).read_text("utf-8")
    assert "age -d -i office-key.age" in note
    assert "sqlite3 sanad.sqlite3" in note
    assert "نسخ احتياطية" in note


def test_c16_nothing_of_the_office_can_be_read_from_a_lost_stick(office: Office) -> None:
    """C16: no name, number, phone or office stands in any file or file name."""
    make(office)
    inside = opened(office)[1]
    for path in office.stick.iterdir():
        content = path.read_bytes()
        found = [text for text in texts(SEEDED) if text in content or text in os.fsencode(path.name)]
        assert found == []
    assert any(text in inside for text in texts(SEEDED[:1])), "the search would have found it in the clear"


def test_the_manifest_tells_what_the_data_hold(office: Office) -> None:
    """Counts, totals, last numbers and the head of the journal, for whoever restores."""
    told, _ = opened(office)
    assert (told.families, told.last_receipt, told.currency) == (2, "2026-000001", "BHD")
    assert (told.counts["receipts"], told.totals["receipts"]) == (1, 30_000)
    assert told.office("ar") == "جمعية النموذج الخيرية"
    assert told.office("en") == "Sample Charity Society"
    with build(office.data, Clock()) as services:
        last = services.today.lines(date(2026, 11, 22)).last
    assert last is not None
    assert told.journal_entries == last.seq


def test_the_stock_tools_open_a_backup(office: Office, tmp_path: Path) -> None:
    """With the key of the recovery sheet, ``age``, ``tar`` and ``sqlite3``, as the note tells it."""
    if shutil.which("age") is None or shutil.which("sqlite3") is None:
        pytest.skip("the stock age and sqlite3 are not installed here")
    a_paper(office, b"scan")
    made = make(office)
    (tmp_path / "key.txt").write_text(str(office.identity))
    for command in (
        ["age", "-d", "-i", "key.txt", "-o", "backup.tar", made.path],
        ["tar", "-xf", "backup.tar"],
    ):
        subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    command = ["sqlite3", DATA_FILE, "SELECT count(*) FROM households; PRAGMA integrity_check"]
    told = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert told.stdout.split() == ["2", "ok"]
    (paper,) = (tmp_path / "attachments").iterdir()
    assert paper.read_bytes() == b"scan"
    assert not list(tmp_path.glob(f"{DATA_FILE}-*"))


def test_attachments_travel_and_what_is_none_stays(office: Office) -> None:
    """Papers go by their hash; other files in that folder are not ours to carry."""
    path = a_paper(office, b"x" * 512)
    (path.parent / "Thumbs.db").write_bytes(b"not ours")
    empty = a_paper(office, b"")
    told = make(office).manifest
    papers = sorted((path.name, empty.name))
    carried = [part.name for part in told.parts if part.name != KEYS_FILE]
    assert carried == [DATA_FILE, *(f"attachments/{name}" for name in papers)]


def test_progress_runs_to_its_end(office: Office) -> None:
    """It never goes back and ends where it said it would."""
    a_paper(office, os.urandom(3 * 1024 * 1024))
    told: list[tuple[int, int]] = []
    make(office, progress=lambda done, of: told.append((done, of)))
    dones = [done for done, _ in told]
    assert dones == sorted(dones)
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1]
    assert len(told) > 5


def test_what_is_written_meanwhile_is_in_the_next_one(office: Office) -> None:
    """A backup is of one moment; the office goes on working."""
    with build(office.data, Clock()) as services:

        def work(done: int, of: int) -> None:
            if not done:
                a_family(services)

        assert services.backups.make(office.stick, progress=work).manifest.families == 2
        assert services.backups.make(office.stick).manifest.families == 3


def test_old_backups_are_thinned_on_the_stick(office: Office) -> None:
    """After the new one stands; what is not a backup of ours is left alone."""
    for day in range(1, 22):
        shutil.copy(office.backup, office.stick / Named(day + 1, date(2026, 10, day)).name)
    (office.stick / "photo.jpg").write_bytes(b"a family's own")
    (office.stick / "sanad-2026-13-45-001.age").write_bytes(b"no date")
    made = make(office)
    left = backup.named_in(office.stick)
    assert Path(made.path).name == "sanad-2026-11-22-023.age"
    assert len(left) < 15
    assert Named.read(Path(made.path).name) in left
    assert (office.stick / "photo.jpg").exists()
    assert (office.stick / "sanad-2026-13-45-001.age").exists()


# ------------------------------------------------------------ cut short


def test_a5_a_backup_cut_anywhere_leaves_only_whole_ones(office: Office) -> None:
    """A5: killed at each step, a final name always stands over a whole backup, and the program opens again."""
    died = 0
    for _ in deaths(lambda: make(office)):
        died += 1
        with build(office.data, Clock()) as services:
            assert services.households.count() == 2
            for named in backup.named_in(office.stick):
                assert services.restores.look(office.stick / named.name, PHRASE).families == 2
        assert not (office.data / "passing").exists()
    assert died > 8


def test_a_receipt_after_the_backup_is_in_the_next(office: Office) -> None:
    """The simplest promise of all."""
    with build(office.data, Clock()) as services:
        pay(services)
        assert services.backups.make(office.stick).manifest.last_receipt == "2026-000002"
