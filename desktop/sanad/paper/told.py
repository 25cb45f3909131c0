"""What a paper tells of its case beside the plain facts: the aid by its name, amounts in words, whom it is written to.

The names are those of :data:`sanad.forms.binding.TOLD`; a figure that a rule found is told as the assessment has it.
"""

import datetime
from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from sanad.domain.case import Case
from sanad.domain.household import Member
from sanad.domain.money import Money
from sanad.domain.spelling import folded
from sanad.domain.text import Text
from sanad.paper.order import isolated
from sanad.paper.sentence import Part

if TYPE_CHECKING:
    from sanad.paper.facts import Facts

_GAPS = {
    "amount_words": 262.0,
    "addressee": 180.0,
    "applicant": 180.0,
    "paper.to": 200.0,
    "paper.payee": 180.0,
    "head.name": 180.0,
    "months": 130.0,
    "members": 40.0,
    "paper.decision": 60.0,
    "paper.voucher": 72.0,
    "method": 52.0,
    "file_number": 60.0,
    "household.file_number": 60.0,
}
_GAP = 95.0
"""Points left to write a fact in that is not known."""
_CODES = frozenset({"file_number", "phone", "civil_id", "number", "voucher", "decision"})


class Told:
    """The facts of a paper that are told in words."""

    def __init__(self, facts: "Facts") -> None:
        self._facts = facts
        self._words = facts.words

    def of(self, name: str) -> str:
        """What is told under one of the names; nothing where it is not known."""
        case = self._facts.case
        return _TELLERS[name](self, case) if case is not None else ""

    def part(self, name: str) -> Part:
        """A fact as it stands in a sentence: heavier, or a gap to write it in."""
        if name == "salutation" and self._facts.case is None:
            return Part(self._words.text("paper.salutation.anybody"), bold=True)
        value = self.of(name) if name in _TELLERS else self._plain(name)
        return Part(value, bold=True) if value else Part("", blank=_GAPS.get(name, _GAP))

    def _plain(self, path: str) -> str:
        match self._facts.fact(path):
            case None | "":
                return ""
            case Money() as amount:
                return self._money(amount)
            case datetime.date() as day:
                return isolated(self._words.date(day))
            case fact:
                shown = self._facts.typed(str(fact))
                return isolated(shown) if path.rpartition(".")[2] in _CODES else shown

    def _money(self, amount: Money | None) -> str:
        """The figure with the sign of its currency."""
        if amount is None:
            return ""
        figure = isolated(self._words.money(amount, self._facts.currency))
        symbol = self._words.symbol(self._facts.currency)
        return f"{figure} {symbol}" if self._words.right_to_left else f"{symbol} {figure}"

    def _named(self, text: Text | None) -> str:
        return text.in_(self._words.language) if text else ""

    def _person(self, case: Case) -> Member | None:
        """Whom the request is about: the member it names, otherwise the head."""
        members = case.household.members
        return next((member for member in members if member.id == case.applicant), case.household.head)

    def _applicant(self, case: Case) -> str:
        person = self._person(case)
        return self._facts.name_of(person.id) if person else ""

    def _addressee(self, case: Case) -> str:
        return self._facts.typed(case.paper.to) or self._applicant(case)

    def _salutation(self, case: Case) -> str:
        """How a letter opens: to a man, to a woman, to an office, or to somebody whose name is written in by hand."""
        person = None if case.paper.to else self._person(case)
        whom = "office" if case.paper.to else person.sex.value if person else "anybody"
        return self._words.text(f"paper.salutation.{whom}")

    def _category(self, case: Case) -> str:
        return self._named(self._facts.guide.categories.get(case.category or ""))

    def _fund(self, case: Case) -> str:
        found = self._facts.assessment
        fund = (found.fund if found else None) or case.fund
        return self._words.choice("fund", fund) if fund and self._words.has(f"fund.{fund}") else fund or ""

    def _grade(self, case: Case) -> str:
        return self._words.number(case.grade) if case.grade else ""

    def _amount_words(self, case: Case) -> str:
        amount = case.paper.amount
        return self._words.amount(amount, self._facts.currency) if amount is not None else ""

    def _asked(self, case: Case) -> str:
        """What was asked; an amount of 0 was not said."""
        return self._words.money(case.asked, self._facts.currency) if case.asked else ""

    def _computed(self, _case: Case) -> str:
        found = self._facts.assessment
        amount = found.amount if found else None
        return "" if amount is None else self._words.money(amount, self._facts.currency)

    def _outcome(self, _case: Case) -> str:
        found = self._facts.assessment
        return self._words.choice("outcome", found.outcome) if found else ""

    def _redirect(self, _case: Case) -> str:
        """The other aid that the guide points to; nothing where it points to none."""
        found = self._facts.assessment
        slug = found.redirect if found else None
        if slug == "other_charity":
            return self._words.text("paper.other_charity")
        return self._named(self._facts.guide.aids.get(slug)) if slug else ""

    def _counted(self, _case: Case) -> str:
        found = self._facts.assessment
        return self._words.number(len(found.counted)) if found and found.counted else ""

    def _figure(self, name: str) -> str:
        found = self._facts.assessment
        figure = found.figures.get(name) if found else None
        if figure is None:
            return ""
        return self._words.money(self._facts.currency.rounded(Fraction(figure)), self._facts.currency)

    def _months(self, case: Case) -> str:
        return self._words.text("list.comma").join(self._words.month(month) for month in case.paper.months)

    def _method(self, case: Case) -> str:
        method = case.paper.method
        return self._words.choice("method", method) if method and self._words.has(f"method.{method}") else ""

    def _members(self, case: Case) -> str:
        count = len(case.household.members)
        return self._words.number(count) if count else ""

    def _payee_civil_id(self, case: Case) -> str:
        """Of the member who takes the money; nothing for somebody from outside the family."""
        payee = folded(case.paper.payee)
        found = (member.civil_id for member in case.household.members if payee and folded(member.name) == payee)
        return self._facts.typed(next(found, ""))

    def _revision(self, _case: Case) -> str:
        found = self._facts.assessment
        return self._words.date(datetime.date.fromisoformat(found.revision)) if found else ""


_Teller = Callable[[Told, Case], str]
_TELLERS: dict[str, _Teller] = {
    "addressee": Told._addressee,
    "aid": lambda told, case: told._named(told._facts.guide.aids.get(case.aid)),
    "amount": lambda told, case: told._money(case.paper.amount),
    "amount_words": Told._amount_words,
    "applicant": Told._applicant,
    "asked": Told._asked,
    "category": Told._category,
    "civil_id": lambda told, case: told._facts.typed(person.civil_id) if (person := told._person(case)) else "",
    "computed": Told._computed,
    "counted": Told._counted,
    "file_number": lambda told, case: isolated(told._facts.typed(case.household.file_number)),
    "fund": Told._fund,
    "grade": Told._grade,
    "guide": lambda told, case: told._named(told._facts.guide.title),
    "members": Told._members,
    "method": Told._method,
    "months": Told._months,
    "net_income": lambda told, case: told._figure("net_income"),
    "on": lambda told, case: told._words.date(case.on),
    "outcome": Told._outcome,
    "overruled": lambda told, _case: told._money(told._facts.overruled),
    "payee_civil_id": Told._payee_civil_id,
    "payee_rule": lambda told, case: told._named(told._facts.guide.payee),
    "per_capita": lambda told, case: told._figure("per_capita"),
    "redirect": Told._redirect,
    "revision": Told._revision,
    "salutation": Told._salutation,
}
