"""What no password may be: short, common, or made of words that lie at hand in the office."""

from collections.abc import Iterable
from pathlib import Path

from sanad.domain.errors import Problem
from sanad.domain.staff import as_meant

SHORTEST, LONGEST = 10, 200
"""Letters."""
FEWEST_GUESSES = 10**8
"""What somebody needs who has the file, tries what people choose first, and waits a third of a second for each try."""
_ESTIMATED = 72
"""Letters that are looked at: the estimate takes long for more, and what is longer is good enough by then."""


class PasswordRules:
    """Judges new passwords. ``folder`` holds lists of common words, one a line."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def problems(self, password: str, about: Iterable[str], where: str = "password") -> list[Problem]:
        """What is wrong with a password; ``about`` are names at hand: the person's own, and the office's."""
        meant = as_meant(password)
        if len(meant) < SHORTEST:
            return [Problem("staff.password_short", where, {"least": SHORTEST})]
        if len(meant) > LONGEST:
            return [Problem("staff.password_long", where, {"most": LONGEST})]
        if self._guesses(meant, about) < FEWEST_GUESSES:
            return [Problem("staff.password_common", where)]
        return []

    def _guesses(self, password: str, about: Iterable[str]) -> int:
        from zxcvbn import zxcvbn  # its lists are read only where a password is chosen

        words = [word for text in about for word in (text, *text.split()) if len(word) > 2]
        known = [*words, *self._common()]
        joined = "".join(letter for letter in password if letter.isalnum())  # a space between two words hides neither
        spellings = (spelling[:_ESTIMATED] for spelling in (password, joined) if spelling)
        return min(int(zxcvbn(spelling, user_inputs=known)["guesses"]) for spelling in spellings)

    def _common(self) -> list[str]:
        lines = (line for file in sorted(self._folder.glob("*.txt")) for line in file.read_text("utf-8").splitlines())
        return [line for line in lines if line and not line.startswith("#")]
