"""The further facts an aid asks for, by the kind of value each of them has."""

from enum import StrEnum


class FactKind(StrEnum):
    """How a value of ``facts`` is written. Whatever the kind, null or absent means that it is not known."""

    YES_NO = "yes_no"
    COUNT = "count"
    MONEY = "money"
    NUMBER = "number"
    DATE = "date"
    TEXT = "text"
    CLAUSES = "clauses"
    """A list of clause ids, such as those of the aids that are never given."""
