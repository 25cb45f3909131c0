"""What a backup says of itself: measured on a copy of the data file, written as JSON, read back strictly."""

import re
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, func, select

from sanad import __version__
from sanad.domain.backup import Manifest, Part
from sanad.domain.errors import Refused
from sanad.store import tables
from sanad.store.columns import moment_text
from sanad.store.folder import DATA_FILE, KEYS_FILE
from sanad.store.numbers import Numbers
from sanad.store.upgrade import NEWEST

FORMAT = 1
"""The arrangement of parts inside a backup; raised when an older program could not read it."""
LARGEST = 32 * 1024 * 1024
"""Bytes of a manifest; one with a hundred thousand attachments has half of that."""

_PART = re.compile(r"attachments/([0-9a-f]{64})")
_STEP = re.compile(r"(?!0000)[0-9]{4}")
_OWN = re.compile(r"[a-z][a-z_]*")


def measure(connection: Connection, made_at: datetime, parts: tuple[Part, ...]) -> Manifest:
    """The manifest of a copy of the data file at whatever step, and of the parts it travels with."""

    def one(sql: str) -> Any:
        return connection.exec_driver_sql(sql).one()

    (step,) = one("SELECT version_num FROM alembic_version")
    names = connection.exec_driver_sql("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").scalars()
    counted = [name for name in names if _OWN.fullmatch(name)]
    office = connection.exec_driver_sql("SELECT name_ar, name_en, currency FROM office").first() or ("", "", "")
    heads = connection.exec_driver_sql("SELECT seal FROM journal ORDER BY seq DESC LIMIT 1").first() or ("",)
    paid = (tables.vouchers, tables.receipts)
    return Manifest(
        format=FORMAT,
        program=__version__,
        step=step,
        made_at=made_at,
        office_ar=office[0],
        office_en=office[1],
        currency=office[2],
        counts={name: one(f'SELECT count(*) FROM "{name}"')[0] for name in counted},  # noqa: S608  # our own names
        totals={
            table.name: connection.execute(select(func.coalesce(func.sum(table.c.amount), 0))).scalar_one().minor
            for table in paid
        },
        numbers=Numbers(connection).last(),
        journal_head=heads[0],
        journal_entries=one("SELECT count(*) FROM journal")[0],
        parts=parts,
    )


def dump(manifest: Manifest) -> bytes:
    """The manifest as it lies in the backup."""
    return msgspec.json.encode({**_plain(manifest), "made_at": moment_text(manifest.made_at)}, order="sorted") + b"\n"


def load(data: bytes) -> Manifest:
    """The manifest that lies in a backup.

    Raises:
        Refused: it is none of ours (``backup.damaged``), or of a newer program (``backup.newer``).
    """
    try:
        told = msgspec.json.decode(data)
        if isinstance(told, dict) and isinstance(told.get("format"), int) and told["format"] > FORMAT:
            raise Refused.because("backup.newer", program=str(told.get("program", "?"))[:20])
        manifest = msgspec.convert(told, Manifest)
        if dump(manifest) != data:
            raise Refused.because("backup.damaged")
    except (msgspec.MsgspecError, ValueError, OverflowError) as error:
        raise Refused.because("backup.damaged") from error
    if manifest.step > NEWEST:
        raise Refused.because("backup.newer", program=manifest.program[:20])
    if not _STEP.fullmatch(manifest.step) or not _ours(manifest.parts):
        raise Refused.because("backup.damaged")
    return manifest


def is_of_encrypted(parts: tuple[Part, ...]) -> bool:
    """Whether the folder that was backed up is an encrypted one: then the slots of its key come along."""
    return len(parts) > 1 and parts[1].name == KEYS_FILE


def _ours(parts: tuple[Part, ...]) -> bool:
    """Whether the parts are the data file, the slots of its key, and attachments, each named for its own content."""
    if not parts or parts[0].name != DATA_FILE or any(part.size < 0 for part in parts):
        return False
    papers = parts[2:] if is_of_encrypted(parts) else parts[1:]
    names = [part.name for part in papers]
    own = all((found := _PART.fullmatch(part.name)) and found[1] == part.sha256 for part in papers)
    return own and names == sorted(set(names))


def _plain(manifest: Manifest) -> dict[str, Any]:
    return {name: getattr(manifest, name) for name in Manifest.__dataclass_fields__}
