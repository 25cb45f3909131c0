"""Finding a family by whatever is at hand: any member's name however it is spelt, a number, a phone."""

from sqlalchemy import ColumnElement, Connection, column, func, select, table

from sanad.domain.household import Household, Relation
from sanad.domain.listing import FamilyRow
from sanad.domain.spelling import compact, folded
from sanad.store import tables

LOCAL_PHONE = 8
"""Digits of a phone number in Bahrain and Kuwait; with the country's code before them they are the last eight."""

_words = table(tables.WORDS, column("rowid"), column("words"), column("rank"))
_match: ColumnElement[str] = column(tables.WORDS, is_literal=True)


class Search:
    """The full-text index over families; written with the family, in the same transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, row: int, household: Household) -> None:
        """Index a family anew under its row."""
        self._connection.execute(_words.delete().where(_words.c.rowid == row))
        self._connection.execute(_words.insert().values(rowid=row, words=" ".join(indexed(household))))

    def find(self, typed: str, limit: int) -> tuple[FamilyRow, ...]:
        """The families in which every word that was typed begins some word; with nothing typed, the last saved."""
        homes, people = tables.households, tables.members
        heads = people.alias()
        size = select(func.count()).where(people.c.household == homes.c.id).scalar_subquery()
        area = func.coalesce(func.nullif(homes.c.area, ""), homes.c.resident_of)
        rows = select(
            homes.c.id,
            homes.c.file_number,
            func.coalesce(heads.c.name, ""),
            homes.c.phone,
            area,
            size,
            homes.c.saved_at,
        ).outerjoin(heads, (heads.c.household == homes.c.id) & (heads.c.relation == Relation.HEAD))
        if query := asked(typed):
            rows = rows.join(_words, _words.c.rowid == homes.c.row)
            rows = rows.where(_match.op("MATCH")(query)).order_by(_words.c.rank, homes.c.row)
        elif typed.strip():
            return ()
        else:
            rows = rows.order_by(homes.c.saved_at.desc(), homes.c.row.desc())
        return tuple(FamilyRow(*row) for row in self._connection.execute(rows.limit(limit)))


def indexed(household: Household) -> list[str]:
    """The words under which a family is found: names as one word and as two (عبدالله, عبد الله), and all numbers."""
    words: list[str] = []
    for member in household.members:
        words += folded(member.name).split()
        words += (folded(word) for word in member.name.split())
        words += _number(member.civil_id)
    words += _number(household.file_number) + _number(household.phone)
    return list(dict.fromkeys(word for word in words if word))


def asked(typed: str) -> str:
    """What was typed, as a query of the index: every word as a prefix, or all of it as one number."""
    words = folded(typed).split()
    number = compact(typed)
    query = " ".join(f'"{word}"*' for word in words)
    if len(words) > 1 and number.isdecimal():
        return f'({query}) OR "{number}"*'
    return query


def _number(text_: str) -> list[str]:
    key = compact(text_)
    parts = folded(text_).split()
    return [*parts, key, *([key[-LOCAL_PHONE:]] if key.isdecimal() and len(key) > LOCAL_PHONE else [])]
