"""A wording of a pack or form, which carries its own two languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A short wording in the two languages of every pack."""

    ar: str
    en: str

    def in_(self, language: str) -> str:
        """The wording in ``ar`` or ``en``."""
        return self.ar if language == "ar" else self.en
