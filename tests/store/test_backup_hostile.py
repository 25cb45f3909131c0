"""Backups from a hostile hand, and a computer that is short of memory."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sanad.domain.backup import Part
from sanad.store import archive, copies, manifest, upgrade, vault
from sanad.store.folder import DATA_FILE, DataFolder
from tests.backup_acts import both, restores
from tests.backups import PHRASE, Office, block, forged, opened, refusal, sealed

_RESERVED = ("CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(1, 10)))
_OUT = ("..", "../x", "../../x", "/x", "//x", "a/../../x", "./../x", "attachments/../../x", "attachments/../x", "~/x")
_WINDOWS = (
    "C:\\x",
    "C:x",
    "..\\x",
    "\\\\server\\x",
    "a\\..\\..\\x",
    "x:stream",
    "x ",
    "x.",
    "x. .",
    "x<y",
    "x|y",
    'x"y',
    "x*",
    "x?",
)
_TWINS = (
    DATA_FILE.upper(),
    DATA_FILE.title(),
    f"{DATA_FILE}.",
    f"{DATA_FILE} ",
    f"./{DATA_FILE}",
    f"{DATA_FILE}/",
    f"{DATA_FILE}\n",
)
_BESIDE = (
    *(f"{DATA_FILE}{tail}" for tail in ("-wal", "-shm", "-journal", ".new")),
    "sanad.lock",
    "sanad.made",
    "sanad.restoring",
    "sanad.backups",
    "sanad.reserve",
    "before-restore/x",
    "policies/x.toml",
    "passing/restored/x",
)
_SIGNS = tuple(f"attachments/{sign * 64}" for sign in ("G", "A", "٠", "g", "O", " ", "\u202e", "\u200b", "é", "%"))
_LENGTHS = tuple(f"attachments/{'a' * length}" for length in (0, 1, 32, 63, 65, 80, 99, 128))
_ODD = (
    "",
    " ",
    ".",
    "x" * 90,
    "\u202etxt.age",
    "a\tb",
    "a\nb",
    "a\x7fb",
    "سند",
    "attachments",
    "attachments/",
    "manifest.json",
)
NAMES = tuple(
    dict.fromkeys(
        (
            *_RESERVED,
            *(f"{name}.txt" for name in _RESERVED[:6]),
            *_OUT,
            *_WINDOWS,
            *_TWINS,
            *_BESIDE,
            *_SIGNS,
            *_LENGTHS,
            *_ODD,
        )
    )
)


def test_i5_a_hundred_hostile_names(plain_only: None, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a header and in the manifest alike: no file is made under any of them, and nothing of the data changes."""
    told, data = opened(office)
    around = {path for path in office.data.parent.rglob("*") if "passing" not in path.parts}
    assert len(NAMES) >= 100
    for name in NAMES:
        sealed(office, block(archive.MANIFEST, manifest.dump(told)), block(DATA_FILE, data), block(name, b"evil"))
        assert refusal(lambda: restores().verify(office.backup, PHRASE, office.data)) == "backup.damaged", name
        said = replace(told, parts=(*told.parts, Part(name, 4, "0" * 64)))
        members = (block(archive.MANIFEST, manifest.dump(said)), block(DATA_FILE, data), block(name, b"evil"))
        sealed(office, *members)
        assert refusal(lambda: restores().verify(office.backup, PHRASE, office.data)) == "backup.damaged", name
        assert not DataFolder(office.data).passing.exists()
    assert {path for path in office.data.parent.rglob("*") if "passing" not in path.parts} == around


def test_i6_a_schema_is_ours_statement_by_statement(plain_only: None, office: Office, tmp_path: Path) -> None:
    """Leave out any one table, index or guard, or say it in other words: the file is refused."""
    import sqlite3

    whole = opened(office)[1]
    told = opened(office)[0]
    file = tmp_path / "changed.sqlite3"
    names = sorted(name for name, _ in upgrade.newest_schema())
    assert len(names) > 50
    for name in names:
        file.write_bytes(whole)
        raw = sqlite3.connect(file, isolation_level=None)
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("UPDATE sqlite_schema SET sql = sql || ' ' || '/* and more */' WHERE name = ?", (name,))
        raw.close()
        assert refusal(lambda: copies.prove(file, told)) == "backup.damaged", name
        file.write_bytes(whole)
        raw = sqlite3.connect(file, isolation_level=None)
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("DELETE FROM sqlite_schema WHERE name = ?", (name,))
        raw.close()
        assert refusal(lambda: copies.prove(file, told)) == "backup.damaged", name


def test_c6_a_hollow_data_file_is_refused(plain_only: None, office: Office, tmp_path: Path) -> None:
    """Sound and ours, but empty, under the manifest of a full one."""
    from sanad.bootstrap import build
    from tests.builders import Clock

    with build(tmp_path / "hollow", Clock()):
        pass
    forged(office, (tmp_path / "hollow" / DATA_FILE).read_bytes())
    both(office, "backup.damaged")


_SHORT = """
import resource, sys
from pathlib import Path
from sanad.domain.errors import Refused
from sanad.store import vault
vault.unseal
taken = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (taken + 100_000_000,) * 2)
try:
    vault.unseal(Path(sys.argv[1]).read_bytes(), "four words of the office")
except Refused as refused:
    print(refused.problems[0].code)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux can be told how much memory a process has")
def test_c9_too_little_memory_is_told_as_such(tmp_path: Path) -> None:
    """A process that may take 100 MB more is refused the key's 128 MB, and lives on."""
    key = tmp_path / "office-key.age"
    key.write_bytes(vault.seal(vault.make(), "four words of the office"))
    command = [sys.executable, "-c", _SHORT, str(key)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ})
    assert (done.returncode, done.stdout.strip()) == (0, "backup.no_memory"), done.stderr[-500:]


def test_c9_a_key_that_cannot_be_made_for_want_of_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is sealed half."""

    def none_left(*_: object, **__: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr("hashlib.scrypt", none_left)
    assert refusal(lambda: vault.seal(vault.make(), "four words of the office")) == "backup.no_memory"


def test_c9_no_passphrase_is_ever_handed_to_the_library() -> None:
    """Its own way with passphrases takes half a gigabyte, and ends the process where there is less."""
    import sanad

    sources = Path(sanad.__file__).parent.rglob("*.py")
    assert [source.name for source in sources if "pyrage.passphrase" in source.read_text("utf-8")] == []
