"""An act of the journal as one sentence."""

from sanad.domain.listing import JournalLine
from sanad.words.catalogue import Words


def told(line: JournalLine, words: Words) -> str:
    """What was done, in the words of the office."""
    return words.text(f"operation.{line.operation}")
