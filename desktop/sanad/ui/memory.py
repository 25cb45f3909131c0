"""What this computer remembers of the window, apart from the office's data: its language until the data is open."""

from PySide6.QtCore import QSettings

from sanad.domain.office import Digits, Language


class Memory:
    """A few settings in the user's own settings file. Whatever is there, something sensible is read."""

    def __init__(self) -> None:
        self._kept = QSettings(QSettings.Format.IniFormat, QSettings.Scope.UserScope, "sanad", "window")

    @property
    def language(self) -> Language:
        """The language of the office opened last; Arabic before the first."""
        return Language.ENGLISH if self._kept.value("language") == Language.ENGLISH.value else Language.ARABIC

    @language.setter
    def language(self, language: Language) -> None:
        self._kept.setValue("language", language.value)

    @property
    def digits(self) -> Digits:
        """The digits of the office opened last."""
        return Digits.ARABIC if self._kept.value("digits") == Digits.ARABIC.value else Digits.WESTERN

    @digits.setter
    def digits(self, digits: Digits) -> None:
        self._kept.setValue("digits", digits.value)

    @property
    def hijri_shift(self) -> int:
        """The days that Hijri dates went ahead of the table in the office opened last."""
        kept = str(self._kept.value("hijri_shift"))
        return int(kept) if kept in ("-1", "1") else 0

    @hijri_shift.setter
    def hijri_shift(self, days: int) -> None:
        self._kept.setValue("hijri_shift", str(days))

    @property
    def dark(self) -> bool:
        """Whether the window is dark."""
        return bool(self._kept.value("dark") == "yes")

    @dark.setter
    def dark(self, dark: bool) -> None:
        self._kept.setValue("dark", "yes" if dark else "no")
