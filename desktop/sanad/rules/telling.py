"""Wordings of a pack filled with the values of a case, made only when somebody reads them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sanad.domain.assessment import Text
from sanad.domain.household import Member
from sanad.domain.money import Currency


class Telling(Text):
    """A wording whose braces are filled when it is read: most of a worksheet never is.

    Values are amounts of major units (Fraction), counts, texts, wordings, persons, or lists of these.
    """

    __slots__ = ("_currency", "_template", "_values")
    _template: Text
    _currency: Currency
    _values: Mapping[str, object]

    def __init__(self, template: Text, currency: Currency, values: Mapping[str, object]) -> None:
        keep = object.__setattr__  # the text itself is frozen
        keep(self, "_template", template)
        keep(self, "_currency", currency)
        keep(self, "_values", values)

    @property
    def ar(self) -> str:
        """The Arabic wording, filled."""
        return self._told("ar")

    @property
    def en(self) -> str:
        """The English wording, filled."""
        return self._told("en")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and (self.ar, self.en) == (other.ar, other.en)

    def __hash__(self) -> int:
        return hash((self.ar, self.en))

    def __repr__(self) -> str:
        return f"Text(ar={self.ar!r}, en={self.en!r})"

    def _told(self, language: str) -> str:
        told = {name: self._value(value, language) for name, value in self._values.items()}
        return self._template.in_(language).format_map(told)

    def _value(self, value: object, language: str) -> str:
        if isinstance(value, Text):
            return value.in_(language)
        if isinstance(value, Fraction):
            return self._currency.plain(self._currency.rounded(value))
        if isinstance(value, Member):
            return value.name or str(value.id)
        if isinstance(value, Sequence) and not isinstance(value, str):
            return ("، " if language == "ar" else ", ").join(self._value(item, language) for item in value)
        return str(value)
