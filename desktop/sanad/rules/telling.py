"""Wordings of a pack filled with the values of a case, made only when somebody reads them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from string import Formatter

from sanad.domain.household import Member
from sanad.domain.money import Currency
from sanad.domain.text import Text


class Telling(Text):
    """A wording whose braces are filled when it is read: most of a worksheet never is.

    Values are amounts of major units (Fraction), counts, texts, wordings, persons, or lists of these.
    """

    __slots__ = ("_said",)
    _said: tuple[Text, Currency, Mapping[str, object]]

    def __init__(self, template: Text, currency: Currency, values: Mapping[str, object]) -> None:
        object.__setattr__(self, "_said", (template, currency, values))  # the text itself is frozen

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
        template, currency, values = self._said
        told = [
            part if name is None else part + _shown(values[name], language, currency)
            for part, name in _parts(template.in_(language))
        ]
        return "".join(told)


@lru_cache(1024)
def _parts(template: str) -> tuple[tuple[str, str | None], ...]:
    """A wording taken apart once: each stretch of it, and the name of the value that follows."""
    return tuple((text, name) for text, name, _, _ in Formatter().parse(template))


def telling(template: Text, currency: Currency, values: Mapping[str, object]) -> Text:
    """The wording filled with the values when it is read; the template itself where it has nothing to fill."""
    return Telling(template, currency, values) if "{" in template.ar else template


def _shown(value: object, language: str, currency: Currency) -> str:
    if isinstance(value, Text):
        return value.in_(language)
    if isinstance(value, Fraction):
        return currency.plain(currency.rounded(value))
    if isinstance(value, Member):
        return value.name or str(value.id)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ("، " if language == "ar" else ", ").join(_shown(item, language, currency) for item in value)
    return str(value)
