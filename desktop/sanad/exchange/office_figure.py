"""Reads one figure of the office where it is set, as strictly as a case file would be read."""

import json

from sanad.domain.errors import Problem, Refused
from sanad.domain.facts import FactKind
from sanad.domain.money import Currency
from sanad.exchange.json_text import read_json
from sanad.exchange.named_values import named_values
from sanad.exchange.record import Record


def read_office_figure(value: object, kind: FactKind, currency: Currency) -> object:
    """The figure that a value of a revision stands for.

    Raises:
        Refused: with every problem, each by its place, which begins with ``value``.
    """
    problems: list[Problem] = []
    record = Record(read_json(json.dumps({"value": value}, default=str).encode()), "", problems)
    found = named_values(record, {"value": kind}, {}, currency)
    if not found and not problems:
        problems.append(Problem("case.missing_key", "value", {"key": "value"}))
    if problems:
        raise Refused(problems)
    return found["value"]
