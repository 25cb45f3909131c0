"""How people write the same thing in different ways: digits, marks nobody sees, spellings of a name."""

import re
import unicodedata

LONGEST_NAME = 200
"""Letters in a name; what is longer was pasted by mistake."""
MOST_MARKS = 8
"""Combining marks on one letter; what carries more was made to break a page."""

_KEPT = "\n\t\u200c\u200d"
"""Line breaks and tabs are seen; the joiners of Persian words are spelling."""
_UNSEEN = ("Cc", "Cf", "Cs")
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیئ", "ي"),
        **dict.fromkeys("ةۀہ", "ه"),
        **dict.fromkeys("ـء"),
        "ؤ": "و",
        "ک": "ك",
    }
)
_ABD = re.compile(r"\bعبد\s+ال")
_PREFIX = re.compile(r"\b(ابو|ابا|ابي|ام|ال|بن|ابن)\s+(?=\w)")
_DIN = re.compile(r"\s+الدين\b")


def western(text: str) -> str:
    """The text with every decimal digit of any script as ASCII; what only looks like a digit (², ½) stays."""
    return "".join(
        str(unicodedata.decimal(letter)) if letter > "\x7f" and letter.isdecimal() else letter for letter in text
    )


def without_unseen(text: str) -> str:
    """The text without control characters, direction marks and lone surrogates, which nobody sees."""
    return "".join(letter for letter in text if letter in _KEPT or unicodedata.category(letter) not in _UNSEEN)


def cleaned(text: str) -> str:
    """The text without what nobody sees: control characters, direction marks, lone surrogates; spaces made one.

    Line breaks stay (they are seen); the joiners of Persian words stay.
    """
    if not text or (text.isascii() and text.isalnum()):
        return text  # most of a case file is so, and the doctor reads all of them
    seen = without_unseen(text.encode("utf-8", "ignore").decode())
    whole = unicodedata.normalize("NFC", seen)  # after it, as marks find their order once nothing stands between them
    lines = whole.replace("\t", " ").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def compact(text: str) -> str:
    """A number of a person, phone or file as it is compared: western digits, no spaces or marks, capitals."""
    if text.isascii() and text.isalnum():
        return text.upper()  # most are kept so already, and the doctor looks at all of them
    return "".join(letter for letter in western(cleaned(text)) if letter.isalnum()).upper()


def folded(name: str) -> str:
    """A name as it is searched: one form for أ إ آ ا, for ة ه, for ى ي, without marks, hamza or tatweel.

    عبد الله and عبدالله, ضياء الدين and ضياءالدين come out the same. Two different names may fold alike: folding finds
    candidates, a person decides.
    """
    text = unicodedata.normalize("NFKD", western(cleaned(name)).translate(_LETTERS))
    text = "".join(letter for letter in text if not unicodedata.combining(letter)).translate(_LETTERS).casefold()
    text = "".join(letter if letter.isalnum() else " " for letter in text)
    text = _ABD.sub("عبدال", " ".join(text.split()))
    return _DIN.sub("الدين", _PREFIX.sub(r"\1", text))
