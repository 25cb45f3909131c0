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
    CHOICE = "choice"
    """One word of the list that the pack gives for the fact."""
    YES_OR_KIND = "yes_or_kind"
    """No; yes; or, which says yes as well, what kind: a word of the pack's list, or any text where it gives none."""
    YES_OR_AMOUNT = "yes_or_amount"
    """No; yes; or, which says yes as well, the amount."""
    UNTIL = "until"
    """A date, or :data:`FOR_GOOD`."""
    LIMITS = "limits"
    """Limits of income and wealth that an office sets: :class:`sanad.domain.limits.Limits`."""


FOR_GOOD = "for_good"
"""What stands in place of a last day where there is none."""
