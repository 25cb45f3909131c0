"""The words of one language: every text by its key, and numbers, dates and amounts as that language shows them."""

import copy
import datetime
import re
from enum import Enum
from fractions import Fraction
from gettext import GNUTranslations
from pathlib import Path

from sanad.domain.errors import Bug, Problem
from sanad.domain.health import Ago, Fact, Size
from sanad.domain.money import Amount, Currency, Money, half_up
from sanad.domain.office import Digits
from sanad.domain.text import Text
from sanad.words.dates import hijri_of, read_date
from sanad.words.digits import shown

_WORD = re.compile(r"(?<!^)(?=[A-Z])")


class Words:
    """The texts under ``folder`` in ``ar`` or ``en``, with the office's digits and its days ahead of the Hijri table.

    May be shared by threads.
    """

    def __init__(self, folder: Path, language: str, digits: Digits = Digits.WESTERN, hijri_shift: int = 0) -> None:
        self.language = language
        self.digits = digits
        self.hijri_shift = hijri_shift
        self.right_to_left = language == "ar"
        with (folder / language / "LC_MESSAGES" / "sanad.mo").open("rb") as catalogue:
            self._texts = GNUTranslations(catalogue)

    def shifted(self, days: int) -> "Words":
        """The same words with the Hijri dates so many days ahead of the table."""
        others = copy.copy(self)
        others.hijri_shift = days
        return others

    def text(self, key: str, /, **values: object) -> str:
        """The text of ``key``, its placeholders filled.

        Raises:
            Bug: there is no such key, or a placeholder has no value.
        """
        return self._filled(key, self._found(key, self._texts.gettext(key)), values)

    def count(self, key: str, n: int, /, **values: object) -> str:
        """The text of ``key`` in the plural form of ``n``, which fills ``{n}``."""
        template = self._found(key, self._texts.ngettext(key, f"{key}_plural", n))
        return self._filled(key, template, {"n": n, **values})

    def has(self, key: str) -> bool:
        """Whether the catalogue holds ``key``."""
        return self._texts.gettext(key) != key

    def choice(self, enum_name: str, slug: str, sex: str | None = None) -> str:
        """The label of one value of an enumeration (``relation``, ``head``), in the form of ``sex`` if there is one."""
        gendered = f"{enum_name}.{slug}.{sex}"
        return self.text(gendered if sex and self.has(gendered) else f"{enum_name}.{slug}")

    def problem(self, problem: Problem) -> str:
        """What is wrong and what is expected, as one sentence."""
        return self.text(f"problem.{problem.code}", **problem.values)

    def fact(self, fact: Fact) -> str:
        """How something stands, as one sentence."""
        return self.text(f"fact.{fact.name}.{fact.state}", **fact.values)

    def digits_shown(self, text: str) -> str:
        """The text with its digits in the office's kind."""
        return shown(text, self.digits)

    def number(self, number: int) -> str:
        """A whole number with its thousands set apart."""
        return self.digits_shown(f"{number:,}")

    def quantity(self, exact: Fraction) -> str:
        """A count, or a share of one as a percentage: 5, 40%."""
        if exact.denominator == 1:
            return self.number(exact.numerator)
        hundredths = half_up(exact * 10_000)
        return self.digits_shown(f"{hundredths / 100:.10g}%")

    def money(self, money: Money, currency: Currency) -> str:
        """An amount with all its places, thousands set apart, without the currency: ``1,250.500``."""
        return self.digits_shown(currency.grouped(money))

    def symbol(self, currency: Currency) -> str:
        """The short sign of the currency: د.ب or BD."""
        return self.text(f"currency.{currency.code}.symbol")

    def amount(self, money: Money, currency: Currency) -> str:
        """The amount in words, closed so that nothing can be added to it."""
        from sanad.words import amount  # no amount is said in words before the first paint

        say = amount.in_arabic if self.language == "ar" else amount.in_english
        return say(money, currency)

    def date(self, day: datetime.date) -> str:
        """``21/11/2026``."""
        return self.digits_shown(f"{day.day:02}/{day.month:02}/{day.year:04}")

    def hijri(self, day: datetime.date) -> str:
        """``11/06/1448``, or nothing outside the Umm al-Qura tables."""
        found = hijri_of(day, self.hijri_shift)
        return self.digits_shown(f"{found[2]:02}/{found[1]:02}/{found[0]}") if found else ""

    def read_date(self, text: str, where: str = "") -> datetime.date:
        """The date that was typed, in either calendar.

        Raises:
            Refused: as :func:`sanad.words.dates.read_date`.
        """
        return read_date(text, where, shift=self.hijri_shift)

    def both_dates(self, day: datetime.date) -> str:
        """The day in both calendars: ``21/11/2026 الموافق 11/06/1448 هـ``."""
        hijri = self.hijri(day)
        return self.text("date.both", date=self.date(day), hijri=hijri) if hijri else self.date(day)

    def day(self, day: datetime.date) -> str:
        """The day in full: ``السبت 11 جمادى الآخرة 1448 · 21/11/2026``."""
        weekday = self.text(f"weekday.{day.isoweekday()}")
        found = hijri_of(day, self.hijri_shift)
        if not found:
            return f"{weekday} · {self.date(day)}"
        year, month, number = found
        name = self.text(f"hijri_month.{month}")
        return f"{weekday} {self.digits_shown(f'{number} {name} {year}')} · {self.date(day)}"

    def since(self, at: datetime.datetime, on: datetime.date) -> str:
        """How long ago a moment was on a day, by the clock on the wall: today 18:52, yesterday 18:52, 9 days ago."""
        local = at.astimezone()
        days = (on - local.date()).days
        time = self.digits_shown(f"{local:%H:%M}")
        if days in (0, 1):
            return self.text("since.today" if days == 0 else "since.yesterday", time=time)
        if days < 0:
            return self._shown(local)
        return self.count("since.days", days)

    def size(self, size: int) -> str:
        """So many bytes as one reads them on a drive: 850 MB, 14.2 GB."""
        if size >= 10**9:
            return self.text("size.gb", n=self.digits_shown(f"{size / 10**9:,.1f}"))
        if size >= 10**6:
            return self.text("size.mb", n=self.number(size // 10**6))
        return self.text("size.kb", n=self.number(-(-size // 1000)))

    def month(self, month: str) -> str:
        """``2026-11`` as ``نوفمبر 2026``."""
        year, _, number = month.partition("-")
        return f"{self.text(f'month.{int(number)}')} {self.digits_shown(year)}"

    def _found(self, key: str, text: str) -> str:
        """The text that was looked up; gettext hands the key back when it knows none, and that is no text of ours."""
        if text in (key, f"{key}_plural"):
            raise Bug(f"no {self.language} text for {key!r}")
        return text

    def _filled(self, key: str, template: str, values: dict[str, object]) -> str:
        try:
            return template.format(**{name: self._shown(value) for name, value in values.items()})
        except (KeyError, IndexError) as missing:
            raise Bug(f"{key!r} wants a value for {missing}") from None

    def _shown(self, value: object) -> str:
        """A value as it is put into a sentence; names, codes and typed texts are left as they are."""
        match value:
            case Enum():
                return self.choice(_WORD.sub("_", type(value).__name__).lower(), str(value.value))
            case bool():
                return self.choice("yes_no", "yes" if value else "no")
            case Amount():
                return self.money(value.money, value.currency)
            case Size():
                return self.size(value)
            case int():
                return self.number(value)
            case Ago():
                return self.since(value.at, value.on)
            case datetime.datetime():
                return f"{self.date(value)} {self.digits_shown(f'{value:%H:%M}')}"
            case datetime.date():
                return self.date(value)
            case Text():
                return value.in_(self.language)
            case list() | tuple() | set() | frozenset():
                return self.text("list.comma").join(self._shown(each) for each in value)
            case _:
                return str(value)
