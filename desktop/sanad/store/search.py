"""Finding a family by whatever is at hand: any member's name however it is spelt, a number, a phone."""

from collections.abc import Iterable
from functools import lru_cache

from sqlalchemy import ColumnElement, Connection, case, column, func, not_, or_, select, table

from sanad.domain.household import Household, Relation
from sanad.domain.listing import FamilyRow
from sanad.domain.spelling import compact, folded
from sanad.store import tables
from sanad.store.confidential import Confidential

LOCAL_PHONE = 8
"""Digits of a phone number in Bahrain and Kuwait; with the country's code before them they are the last eight."""

_words = table(tables.WORDS, column("rowid"), column("words"), column("rank"))
_match: ColumnElement[str] = column(tables.WORDS, is_literal=True)


class Search:
    """The full-text index over families; written with the family, in the same transaction."""

    def __init__(self, connection: Connection, confidential: Confidential | None = None) -> None:
        self._connection = connection
        self._confidential = confidential or Confidential(connection)

    def put(self, row: int, household: Household) -> None:
        """Index a family anew under its row."""
        self._connection.execute(_words.delete().where(_words.c.rowid == row))
        self._connection.execute(_words.insert().values(rowid=row, words=indexed(household)))

    def look_through(self) -> None:
        """Have the index compare itself with its words; needs a connection that may write, and writes nothing.

        Raises:
            Refused: they differ (``health.search_broken``).
        """
        self._have("integrity-check")

    def begin_anew(self, words: Iterable[tuple[int, str]]) -> None:
        """Index every family anew, each under its row by the words that are given; whatever stood there is gone."""
        self._have("rebuild")  # or what is broken could not even be emptied
        self._connection.execute(_words.delete())
        for row, found_by_ in words:
            self._connection.execute(_words.insert().values(rowid=row, words=found_by_))

    def _have(self, done: str) -> None:
        self._connection.exec_driver_sql(f"INSERT INTO {tables.WORDS} ({tables.WORDS}) VALUES (?)", (done,))  # noqa: S608  # our own words

    def find(self, typed: str, limit: int) -> tuple[FamilyRow, ...]:
        """The families in which every word that was typed begins some word; with nothing typed, the last saved.

        One that is kept from whoever sits there is found by its file number alone, and tells nothing else.
        """
        homes, people = tables.households, tables.members
        heads = people.alias()
        size = select(func.count()).where(people.c.household == homes.c.id).scalar_subquery()
        area = func.coalesce(func.nullif(homes.c.area, ""), homes.c.resident_of)
        hidden = self._confidential.hidden
        rows = select(
            homes.c.id,
            homes.c.file_number,
            case((hidden, ""), else_=func.coalesce(heads.c.name, "")),
            case((hidden, ""), else_=homes.c.phone),
            case((hidden, ""), else_=area),
            case((hidden, 0), else_=size),
            homes.c.saved_at,
            self._confidential.kept,
        ).outerjoin(heads, (heads.c.household == homes.c.id) & (heads.c.relation == Relation.HEAD))
        if query := asked(typed):
            rows = rows.join(_words, _words.c.rowid == homes.c.row)
            rows = rows.where(_match.op("MATCH")(query)).order_by(_words.c.rank, homes.c.row)
            rows = rows.where(or_(not_(hidden), homes.c.file_key == compact(typed)))
        elif typed.strip():
            return ()
        else:
            rows = rows.order_by(homes.c.saved_at.desc(), homes.c.row.desc())
        return tuple(FamilyRow(*row) for row in self._connection.execute(rows.limit(limit)))


def indexed(household: Household) -> str:
    """The words under which a family is found."""
    people = ((member.name, member.civil_id) for member in household.members)
    return found_by(people, household.file_number, household.phone)


def found_by(people: Iterable[tuple[str, str]], file_number: str, phone: str) -> str:
    """Names (as one word and as two: عبدالله, عبد الله) and civil ids of the members, and all numbers, once each."""
    words: list[str] = []
    for name, civil_id in people:
        words += folded_name(name).split()
        words += (folded_name(word) for word in name.split())
        words += _number(civil_id)
    words += _number(file_number) + _number(phone)
    return " ".join(word for word in dict.fromkeys(words) if word)


folded_name = lru_cache(maxsize=16_384)(folded)
"""A name as it is compared; many families share theirs, and the doctor folds those of all."""


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
    parts = [text_.casefold()] if text_.isascii() and text_.isalnum() else folded(text_).split()
    return [*parts, key, *([key[-LOCAL_PHONE:]] if key.isdecimal() and len(key) > LOCAL_PHONE else [])]
