"""Bears it when another program holds a file for a moment, as virus scanners and indexers on Windows do."""

from pathlib import Path
from time import monotonic, sleep

PATIENCE = 2500
"""Milliseconds for which it is tried again; who holds a file longer than that is told of."""
PAUSE = 50
"""Milliseconds between two tries."""

_HELD = frozenset({5, 32, 33})
"""What Windows says of a file that somebody else has open: no access, in use, locked."""


def is_held(error: OSError) -> bool:
    """Whether another program has the file open; only Windows minds."""
    return getattr(error, "winerror", None) in _HELD


def put(new: Path, place: Path) -> None:
    """Give a whole file, or folder, its own name; whatever stood there before is gone with the same step.

    Raises:
        OSError: it cannot be done; or another program held the file for all of :data:`PATIENCE`.
    """
    until = monotonic() + PATIENCE / 1000
    while True:
        try:
            new.replace(place)
        except OSError as error:
            if not is_held(error) or monotonic() > until:
                raise
            sleep(PAUSE / 1000)
        else:
            return
