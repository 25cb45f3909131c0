"""How the office knows what lies in the file: a table by its part, a record by the number on its paper."""

from collections.abc import Mapping

from sqlalchemy import Connection, Table, select

from sanad.domain.health import FilePart
from sanad.store.tables import households, requests, vouchers

PARTS = {
    "office": FilePart.OFFICE,
    "office_logo": FilePart.OFFICE,
    "office_key": FilePart.OFFICE,
    "numbers": FilePart.OFFICE,
    "households": FilePart.FAMILIES,
    "members": FilePart.FAMILIES,
    "incomes": FilePart.FAMILIES,
    "obligations": FilePart.FAMILIES,
    "documents": FilePart.FAMILIES,
    "follow_ups": FilePart.FAMILIES,
    "confidential": FilePart.FAMILIES,
    "requests": FilePart.REQUESTS,
    "corrections": FilePart.REQUESTS,
    "assessments": FilePart.REQUESTS,
    "decisions": FilePart.REQUESTS,
    "vouchers": FilePart.PAYMENTS,
    "receipts": FilePart.PAYMENTS,
    "cancellations": FilePart.PAYMENTS,
    "packs": FilePart.GUIDES,
    "revisions": FilePart.GUIDES,
    "staff": FilePart.PEOPLE,
    "journal": FilePart.JOURNAL,
    "operations": FilePart.JOURNAL,
    "drafts": FilePart.DRAFTS,
    "household_words": FilePart.SEARCH,
}
"""Every table, by the part of the file that it belongs to."""

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
