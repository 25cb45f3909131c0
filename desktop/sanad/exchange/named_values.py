"""Reads what a case says under the names of its pack: facts, and figures that the pack leaves to the office."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from sanad.domain.facts import FOR_GOOD, FactKind
from sanad.domain.limits import LARGEST_SIZE, Limits
from sanad.domain.money import Currency, Money
from sanad.exchange.record import Record, shown

Choices = Mapping[str, tuple[str, ...]]
"""The words that a fact may take, where the pack lists them."""


def named_values(
    record: Record | None, kinds: Mapping[str, FactKind] | None, choices: Choices, currency: Currency
) -> Mapping[str, object]:
    """The values of a closed list; others are refused, unless it is not known whose list it is."""
    if record is None or kinds is None:
        return MappingProxyType({})
    found = {name: _value(record, name, kind, choices.get(name, ()), currency) for name, kind in kinds.items()}
    record.closed()
    return MappingProxyType({name: value for name, value in found.items() if value is not None})


def _value(record: Record, name: str, kind: FactKind, words: tuple[str, ...], currency: Currency) -> object:
    if kind in _PLAIN:
        return _PLAIN[kind](record, name)
    match kind:
        case FactKind.YES_OR_KIND | FactKind.YES_OR_AMOUNT if record.holds(name, bool):
            return record.yes_no(name)
        case FactKind.CHOICE | FactKind.YES_OR_KIND:
            return _word(record, name, words)
        case FactKind.LIMITS:
            return _limits(record.record(name), currency)
        case _:
            return record.money(name, currency)


def _clauses(record: Record, name: str) -> tuple[str, ...] | None:
    items = record.items(name)
    return None if items is None else tuple(shown(item) for _, item in items)


def _until(record: Record, name: str) -> object:
    return FOR_GOOD if record.ask(name) == FOR_GOOD else record.day(name)


_PLAIN: Mapping[FactKind, Callable[[Record, str], object]] = {
    FactKind.YES_NO: Record.yes_no,
    FactKind.COUNT: Record.whole,
    FactKind.DATE: Record.day,
    FactKind.NUMBER: Record.number,
    FactKind.TEXT: lambda record, name: record.text(name) or None,
    FactKind.CLAUSES: _clauses,
    FactKind.UNTIL: _until,
}
"""The kinds that hang on neither a list of words nor the currency."""


def _word(record: Record, name: str, words: tuple[str, ...]) -> str | None:
    """A word of the list, or any text where there is no list; None when not known."""
    text = record.text(name)
    if text and words and text not in words:
        record.wrong("case.not_one_of", record.at(name), value=shown(text), expected=", ".join(words))
        return None
    return text or None


def _limits(record: Record | None, currency: Currency) -> Limits | None:
    """The office's table of limits, as it stands in its settings."""
    if record is None:
        return None
    limits = Limits(
        pension=_pension(record.record("pension"), currency),
        wealth_limit=record.money("wealth_limit", currency),
        combined_limit=record.money("combined_limit", currency),
        monthly_maximum=record.money("monthly_maximum", currency),
    )
    record.closed()
    return limits


def _pension(record: Record | None, currency: Currency) -> Mapping[int, Money]:
    if record is None:
        return MappingProxyType({})
    rows = {size: record.money(str(size), currency) for size in range(1, LARGEST_SIZE + 1)}
    record.closed()
    return MappingProxyType({size: pension for size, pension in rows.items() if pension is not None})
