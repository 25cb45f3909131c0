"""What an office may set when it reviews its guide, and the revision that comes of it.

The revision is written as an office would write it by hand, and read, proved and adopted as such.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import count

from sanad.domain.errors import Bug, Refused
from sanad.domain.facts import FactKind
from sanad.domain.guide import Kind, Part, Setting, Settings, Unit
from sanad.domain.limits import LARGEST_SIZE, Limits
from sanad.domain.money import Currency, Money
from sanad.domain.spelling import western
from sanad.domain.text import Text
from sanad.rules.policy import Figure, Figures, Policy
from sanad.rules.tables import THE_NEED

_OFFICE_UNITS = {FactKind.MONEY: Unit.MONEY, FactKind.COUNT: Unit.COUNT}
_UNITS = {"amounts": Unit.MONEY, "counts": Unit.COUNT, "shares": Unit.PERCENT}
_LIMITS = {part.value: part for part in (Part.WEALTH_LIMIT, Part.COMBINED_LIMIT, Part.MONTHLY_MAXIMUM)}
_WHOLE = re.compile(r"[0-9]{1,9}")
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,9})?) ?[%٪]?")


def settings_of(policy: Policy, day: date) -> tuple[Settings, ...]:
    """Every value that may be set from ``day`` on, in groups: what is left to the office, the scales in use, figures.

    Figures of the office of other kinds than amounts, counts and limits are set by a revision's file alone.

    Raises:
        Refused: the day lies before the guide.
    """
    in_force = policy.at(day)
    figures = tuple(_figure(figure, policy.currency) for figure in in_force.figures.values())
    groups = [*_left_to_office(policy, in_force), *_scales(policy, in_force)]
    return (*groups, Settings(Kind.FIGURES, "", None, "", figures)) if figures else tuple(groups)


def write_revision(policy: Policy, since: date, decision: str, changes: Mapping[str, str]) -> str:
    """The text of the revision that sets ``changes`` from ``since`` on, each by the place of its setting, as typed.

    ``decision`` says where it was decided; it is the revision's title and the place of its clause. What cannot be read
    is written as it stands: whoever reads the revision tells what is wrong with it, by its place.

    Raises:
        Bug: a change has no place in this guide.
    """
    day = max(since, policy.first_day)
    known = settings_of(policy, day)
    if lost := changes.keys() - {setting.where for group in known for setting in group.settings}:
        raise Bug(f"{policy.id} has no {', '.join(sorted(lost))}")
    clause = next(f"R-{number}" for number in count(1) if f"R-{number}" not in policy.clauses)
    touched = [group for group in known if any(setting.where in changes for setting in group.settings)]
    told = list(_told(touched, changes, policy.currency))
    place = {"ar": decision, "en": decision}
    lines = [
        f"policy = {_toml(policy.id)}",
        f"from = {_toml(since.isoformat())}",
        f"currency = {_toml(policy.currency.code)}",
        f"title = {_toml(place)}",
        "",
        f"[clauses.{clause}]",
        f"place = {_toml(place)}",
        f"wording = {_toml({'ar': '؛ '.join(text.ar for text in told), 'en': '; '.join(text.en for text in told)})}",
    ]
    for group in touched:
        for table, key, value in _entries(group, changes, policy.currency, policy.at(day)):
            lines += ["", f"[{table}]", f"clause = {_toml(clause)}", f"{key} = {_toml(value)}"]
    return "\n".join([*lines, ""])


# ------------------------------------------------------------ what may be set


def _left_to_office(policy: Policy, in_force: Figures) -> Iterator[Settings]:
    for name, kind in policy.office_figures.items():
        label, clause, value = policy.fact_labels[name], policy.office_clauses[name], in_force.office.get(name)
        where = f"office_figures.{name}.value"
        if kind is FactKind.LIMITS:
            limits = value if isinstance(value, Limits) else Limits()
            settings = tuple(_limits(where, label, clause, limits, policy.currency))
        elif kind in _OFFICE_UNITS:
            text = policy.currency.plain(value) if isinstance(value, Money) else "" if value is None else str(value)
            settings = (Setting(where, _OFFICE_UNITS[kind], label, clause, text),)
        else:
            continue
        yield Settings(Kind.LEFT_TO_OFFICE, name, label, clause, settings)


def _limits(where: str, label: Text, clause: str, limits: Limits, currency: Currency) -> Iterator[Setting]:
    def setting(key: str, value: Money | None, part: Part, number: int = 0) -> Setting:
        text = "" if value is None else currency.plain(value)
        return Setting(f"{where}.{key}", Unit.MONEY, label, clause, text, part, number)

    for size in range(1, LARGEST_SIZE + 1):
        yield setting(f"pension.{size}", limits.pension.get(size), Part.PENSION, size)
    for key, part in _LIMITS.items():
        yield setting(key, getattr(limits, key), part)


def _scales(policy: Policy, in_force: Figures) -> Iterator[Settings]:
    """The scales that are in use: of those among which a reading chooses, the one that is chosen."""
    offered = {choice for reading in policy.readings.values() for choice in reading.choices}
    chosen = {in_force.choices.get(name, reading.chosen) for name, reading in policy.readings.items()}
    for name, scale in in_force.scales.items():
        if name in offered and name not in chosen:
            continue
        settings: list[Setting] = []
        for at, bracket in enumerate(scale.brackets):
            for part, value in ((Part.NEED_UP_TO, bracket.need_up_to), (Part.PAY, bracket.pay)):
                if value is not None:
                    where = f"scales.{name}.brackets[{at}].{part.value}"
                    text = policy.currency.plain(policy.currency.rounded(value))
                    label = Text(scale.clause, scale.clause)
                    settings.append(Setting(where, Unit.MONEY, label, scale.clause, text, part, at + 1))
        yield Settings(Kind.SCALE, name, None, scale.clause, tuple(settings))


def _figure(figure: Figure, currency: Currency) -> Setting:
    unit = _UNITS[figure.table]
    if unit is Unit.MONEY:
        text = currency.plain(currency.rounded(figure.value))
    else:
        text = _decimal(figure.value * 100 if unit is Unit.PERCENT else figure.value)
    return Setting(f"{figure.table}.{figure.name}.value", unit, figure.label, figure.clause, text)


def _decimal(value: Fraction) -> str:
    return f"{(Decimal(value.numerator) / Decimal(value.denominator)).normalize():f}"


# ------------------------------------------------------------ what was typed, as a revision has it


def _told(touched: list[Settings], changes: Mapping[str, str], currency: Currency) -> Iterator[Text]:
    """What is set, in the guide's own words: a value by its name, a whole table by its own."""
    for group in touched:
        if group.label is not None and len(group.settings) > 1:
            yield group.label
            continue
        for setting in group.settings:
            if setting.where in changes:
                typed = western(changes[setting.where]).strip()
                value = str(_value(typed, setting.unit, currency)) if setting.unit is Unit.MONEY else typed
                yield Text(f"{setting.label.ar}: {value}", f"{setting.label.en}: {value}")


def _entries(
    group: Settings, changes: Mapping[str, str], currency: Currency, in_force: Figures
) -> Iterator[tuple[str, str, object]]:
    """The tables of a revision that a group comes to, each with the key of its value, and that."""
    values = {
        setting.where: _value(changes.get(setting.where, setting.text), setting.unit, currency)
        for setting in group.settings
    }
    match group.kind:
        case Kind.FIGURES:
            for where, value in values.items():
                if where in changes:
                    table, _, name = where.removesuffix(".value").partition(".")
                    yield f"{table}.{_toml(name)}", "value", value
        case Kind.LEFT_TO_OFFICE:
            where = f"office_figures.{group.name}.value"
            yield f"office_figures.{_toml(group.name)}", "value", values.get(where, _table(where, values))
        case _:
            rows = []
            for at, bracket in enumerate(in_force.scales[group.name].brackets):
                place = f"scales.{group.name}.brackets[{at}]"
                row = {"pay": values.get(f"{place}.pay", THE_NEED)}
                if bracket.need_up_to is not None:
                    row["need_up_to"] = values[f"{place}.need_up_to"]
                if bracket.members_up_to is not None:
                    row["members_up_to"] = bracket.members_up_to
                rows.append(row)
            yield f"scales.{_toml(group.name)}", "brackets", rows


def _table(where: str, values: Mapping[str, object]) -> dict[str, object]:
    """The table of limits: what is empty is not set."""
    told = {place.removeprefix(f"{where}."): value for place, value in values.items() if value != ""}
    pension = {key.removeprefix("pension."): value for key, value in told.items() if key.startswith("pension.")}
    return {"pension": pension, **{key: value for key, value in told.items() if key in _LIMITS}}


def _value(text: str, unit: Unit, currency: Currency) -> object:
    """What was typed in either kind of digits, as a revision has it; as it stands where it cannot be read."""
    typed = western(text).strip()
    if unit is Unit.MONEY:
        try:
            return currency.plain(currency.read(typed)) if typed else ""
        except Refused:
            return typed
    if unit is Unit.COUNT:
        return int(typed) if _WHOLE.fullmatch(typed) else typed
    percent = _PERCENT.fullmatch(typed.replace("٫", "."))
    return f"{Decimal(percent[1]).scaleb(-2):f}" if percent else typed


def _toml(value: object) -> str:
    """A value on one line: a text as JSON has it is one of TOML."""
    match value:
        case dict():
            return f"{{ {', '.join(f'{_toml(key)} = {_toml(inner)}' for key, inner in value.items())} }}"
        case list():
            return f"[{', '.join(_toml(inner) for inner in value)}]"
        case _:
            return json.dumps(value, ensure_ascii=False)
