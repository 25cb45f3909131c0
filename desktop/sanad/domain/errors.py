"""The two ways in which a thing can fail: the user can act on it, or the program is wrong."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with what was handed in.

    ``code`` names the sentence in the catalogue (``problem.<code>``); ``where`` is the path of the place, such as
    ``household.members[3].birth_date`` or a field's binding; ``values`` fill the sentence. A problem never carries a
    ready sentence: the face that shows it knows the reader's language.
    """

    code: str
    where: str = ""
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def under(self, place: str) -> "Problem":
        """The same problem seen from further out: ``place`` is set before ``where``."""
        joint = "" if not place or not self.where or self.where.startswith("[") else "."
        return Problem(self.code, f"{place}{joint}{self.where}", self.values)


class Refused(Exception):
    """What was asked cannot be done as it stands, and the user can mend it: all problems at once."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"{problem.where}: {problem.code}" for problem in self.problems))

    @classmethod
    def because(cls, code: str, where: str = "", **values: object) -> "Refused":
        """A refusal for a single problem."""
        return cls((Problem(code, where, values),))


class Bug(Exception):
    """The program broke a promise of its own; nobody at the desk can mend it."""
