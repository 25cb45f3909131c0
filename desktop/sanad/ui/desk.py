"""What every page has at hand: the services, the words and look of the office, the thread of the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from sanad.domain.errors import Problem
from sanad.domain.money import Money
from sanad.domain.office import Office
from sanad.domain.staff import Permission, Person
from sanad.domain.text import Text
from sanad.ui.backups.keeper import Keeper
from sanad.ui.icons import Icons
from sanad.ui.refresh import Refresh
from sanad.ui.tasks import Tasks
from sanad.ui.theme import Theme
from sanad.ui.widgets.labels import isolated
from sanad.words.catalogue import Words

if TYPE_CHECKING:
    from sanad.domain.assessment import Assessment
    from sanad.forms.definition import Form
    from sanad.services import Services
    from sanad.ui.staff.door import Door


class Screen(QObject):
    """Who else looks at the screen: while ``shared``, names are shown as initials only."""

    turned = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shared = False

    def turn(self) -> None:
        """Share the screen, or have it to oneself again."""
        self.shared = not self.shared
        self.turned.emit(self.shared)

    def name(self, full: str) -> str:
        """A name as it may be shown now: whole, or the first letter of each word."""
        return " ".join(f"{word[0]}." for word in full.split()) if self.shared else full

    def number(self, whole: str) -> str:
        """A phone number or civil id as it may be shown now."""
        return "•" * len(whole) if self.shared else whole


@dataclass(frozen=True, kw_only=True)
class Look:
    """The words, colours and icons of the window, known before the data is open."""

    words: Words
    theme: Theme
    icons: Icons


@dataclass(frozen=True, kw_only=True)
class ClauseText:
    """A clause of the guide: where it stands there, and what it says in short."""

    place: Text
    wording: Text


@dataclass(frozen=True, kw_only=True)
class Guide:
    """The words of the guide that the office follows.

    ``seasonal_limit`` is the share of a person, in major units, up to which seasonal aid goes, if there is such a line.
    ``choices`` are the words that a fact, category or grade may be; ``said_by_requests`` names what a request says.
    ``left_to_office`` names the figures that the office sets. ``titles`` are those of all guides that are known, by
    their ids: something may have been assessed by another one.
    """

    title: Text
    aids: Mapping[str, Text]
    documents: Mapping[str, Text]
    facts: Mapping[str, Text]
    clauses: Mapping[str, ClauseText]
    seasonal_limit: Fraction | None = None
    choices: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)
    said_by_requests: frozenset[str] = frozenset()
    titles: Mapping[str, Text] = field(default_factory=dict)
    left_to_office: frozenset[str] = frozenset()

    def leaves_to_office(self, place: str) -> bool:
        """Whether what is missing is a figure that the office sets, or a part of one: ``appendix_1.pension.3``."""
        return any(place == name or place.startswith(f"{name}.") for name in self.left_to_office)


@dataclass(frozen=True, kw_only=True)
class Desk(Look):
    """An open office, the words of its guide, and its case-study form.

    ``tasks`` is the thread of what somebody waits for, ``background`` that of long work: backups and checks.
    ``person`` sits at the desk; nobody as long as the office has no accounts.
    ``today`` reads the clock each time, as a window may stay open over midnight.
    """

    services: "Services"
    office: Office
    guide: Guide
    form: "Form"
    tasks: Tasks
    background: Tasks
    refresh: Refresh
    keeper: Keeper
    screen: Screen
    person: Person | None
    door: "Door"
    today: Callable[[], date]

    def may(self, permission: Permission) -> bool:
        """Whether whoever sits here is allowed that, so that screens offer nothing that would be refused."""
        return self.person is None or self.person.may(permission)

    def money(self, money: Money) -> str:
        """An amount in the office's currency, without its sign."""
        return self.words.money(money, self.office.currency)

    def priced(self, money: Money) -> str:
        """An amount with the sign of the currency behind it, on the same line."""
        return f"{self.money(money)}\N{NO-BREAK SPACE}{self.words.symbol(self.office.currency)}"

    def said(self, text: Text) -> str:
        """A wording of the guide or form in the language of the window."""
        return text.in_(self.words.language)

    def edition(self, made: "Assessment") -> str:
        """By which guide something was assessed, and since when the figures hold that it went by."""
        title = self.guide.titles.get(made.policy)
        since = isolated(self.words.date(date.fromisoformat(made.revision)))
        return self.words.text("assessment.edition", guide=self.said(title) if title else made.policy, since=since)

    def problem(self, problem: Problem) -> str:
        """What is wrong and what to do, as one sentence."""
        values = {
            name: self.said(value) if isinstance(value, Text) else value for name, value in problem.values.items()
        }
        return self.words.problem(Problem(problem.code, problem.where, values))
