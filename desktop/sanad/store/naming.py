"""Under which number the office knows a record: that of the paper it stands on, or of the family's file."""

from collections.abc import Mapping

from sqlalchemy import Connection, Table, select

from sanad.store.tables import households, requests, vouchers

_BY = {
    "requests": "number",
    "vouchers": "number",
    "receipts": "number",
    "packs": "policy",
    "revisions": "policy",
}
"""The records that tell their own number, and under which path."""
_OF: dict[str, tuple[str, Table]] = {
    "assessments": ("request", requests),
    "corrections": ("request", requests),
    "decisions": ("request", requests),
    "cancellations": ("voucher", vouchers),
}
"""Those that go by the number of another, under which path they name it, and where that lies."""


def number_of(connection: Connection, table: str, told: Mapping[str, object]) -> str:
    """The number of a record of ``table`` that says what is ``told``.

    Where it goes by another that is not there, the id of that one; nothing where it says neither.
    """
    if table in _BY:
        return str(told.get(_BY[table], ""))
    path, of = _OF[table]
    id_ = str(told.get(path, ""))
    return str(connection.execute(select(of.c.number).where(of.c.id == id_)).scalar() or id_)


def file_number(connection: Connection, household: str) -> str:
    """The number of a family's file; where there is no such family, the id."""
    number = select(households.c.file_number).where(households.c.id == household)
    return str(connection.execute(number).scalar() or household)
