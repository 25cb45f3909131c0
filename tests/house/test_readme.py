"""What the README says is so."""

import re
from pathlib import Path

from sanad.cli.main import VERBS

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_every_verb_is_told() -> None:
    """Each verb of the command line stands in the README."""
    assert [verb for verb in VERBS if f"\nsanad {verb} " not in README] == []


def test_every_verb_told_is_there() -> None:
    """The README tells of no verb that the command line does not know."""
    assert set(re.findall(r"^sanad ([a-z]+) ", README, re.M)) <= set(VERBS)


def test_every_target_told_is_there() -> None:
    """Each `make` target that the README or CONTRIBUTING names is in the Makefile."""
    texts = README + (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", texts, re.M)) <= targets


def test_every_place_told_is_there() -> None:
    """Each path of the README's table, its picture too, is in the repository."""
    named = re.findall(r"`([\w./-]+(?:/|\.md))`", README) + re.findall(r"\]\(([^):]+)\)", README)
    assert [place for place in named if not (ROOT / place).exists()] == []
