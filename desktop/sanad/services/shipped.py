"""What is shipped with the program and decides what it computes and prints: whether it is still as it was shipped.

Guides, forms and fonts are listed with their SHA-256 in ``resources/SHA256SUMS``, in the manner of ``sha256sum``. What
the office wrote itself lies in its data folder and is proved and adopted there; nothing of it is on this list.
"""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from sanad.domain.errors import Problem, Refused

LIST = "resources/SHA256SUMS"
KINDS = ("forms/*.toml", "resources/fonts/*.ttf", "resources/policies/*/**/*.toml")
"""What is on the list."""


def written(root: Path) -> str:
    """The list of what lies under ``root`` now."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(_found(root).items()))


def changed(root: Path) -> Iterator[Problem]:
    """Every file under ``root`` that is not as it was shipped: missing, another, or not of ours."""
    try:
        lines = (root / LIST).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        lines = []
    if not lines:
        yield Problem("shipped.missing", LIST, {"file": LIST})
        return
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    found = _found(root)
    for name in sorted(listed.keys() | found.keys()):
        if name not in found:
            yield Problem("shipped.missing", name, {"file": name})
        elif name not in listed:
            yield Problem("shipped.added", name, {"file": name})
        elif found[name] != listed[name]:
            yield Problem("shipped.changed", name, {"file": name})


@cache
def refuse_changed(root: Path) -> None:
    """Begin only with what was shipped; a program looks once.

    Raises:
        Refused: with every file that is missing (``shipped.missing``), another (``shipped.changed``), or not of ours
            (``shipped.added``).
    """
    if problems := tuple(changed(root)):
        raise Refused(problems)


def _found(root: Path) -> dict[str, str]:
    return {file.relative_to(root).as_posix(): _digest(file) for kind in KINDS for file in root.glob(kind)}


def _digest(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return "unreadable"
