"""Writes a case as a case file: the same case gives the same bytes, and reading them gives the same case."""

import dataclasses
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from sanad.domain.case import Case, Paper, Research
from sanad.domain.money import Currency, Money

_ALWAYS = ("policy", "aid", "on", "household")
_NOTHING: tuple[object, ...] = (None, (), {}, Research(), Paper())
_FAMILY_FIRST = (
    "policy", "aid", "on", "request_date", "asked", "registered", "monthly_registered",
    "applicant", "category", "grade", "fund", "household", "research", "follow_ups", "documents", "waivers",
    "office", "facts", "paper",
)  # fmt: skip
_OWN = ("doubts_settled",)
"""What a family's file keeps and no case file says: doubts are looked at anew wherever a case is read."""
_MEMBER_FIRST = ("id", "name", "civil_id", "relation", "provider", "sex")


def write_case(case: Case, currency: Currency) -> bytes:
    """The case file of ``case``, UTF-8, indented for a reader; what is not said is left out at the top, null within."""
    tree = {
        name: _plain(value, currency)
        for name in _FAMILY_FIRST
        if (value := getattr(case, name)) not in _NOTHING or name in _ALWAYS
    }
    return (json.dumps(tree, ensure_ascii=False, indent=2) + "\n").encode()


def _plain(value: object, currency: Currency) -> object:
    """The value as JSON knows it: money as text with all its places, dates as ``2026-11-22``."""
    match value:
        case Money():
            return currency.plain(value)
        case date():
            return value.isoformat()
        case Fraction():
            return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
        case StrEnum():
            return value.value
        case Mapping():
            return {str(key): _plain(inner, currency) for key, inner in value.items()}
        case tuple():
            return [_plain(item, currency) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value) if field.name not in _OWN]
        first = [name for name in _MEMBER_FIRST if name in names] if "relation" in names else []
        ordered = [*first, *(name for name in names if name not in first)]
        return {name: _plain(getattr(value, name), currency) for name in ordered}
    return value
