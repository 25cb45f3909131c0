"""Policy packs as files: read from a folder, laid on a shelf, proved by their own worked cases and forms."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from sanad.domain.case import Case
from sanad.domain.errors import Problem, Refused
from sanad.exchange.case_file import Pack, read_case
from sanad.exchange.files import read_bytes
from sanad.forms.reader import read_form
from sanad.rules.assess import FORMULAS
from sanad.rules.policy import Policy
from sanad.rules.proof import Proof, differences, read_proof
from sanad.rules.reader import read_policy

POLICY, CASES, FORMS = "policy.toml", "cases.toml", "forms"
LARGEST_PACK_FILE = 2 * 2**20
"""Bytes; the largest that is shipped is a tenth of it."""

Files = Mapping[str, str]
"""The texts of a pack by their paths in its folder: ``policy.toml``, ``cases.toml``, ``forms/case-study.toml`` …"""


@dataclass(frozen=True)
class Packed:
    """A pack that was read: the policy in force, with what the office laid over it, and the files it came from."""

    policy: Policy
    files: Files

    @property
    def forms(self) -> Files:
        """The forms that the pack lays over the shipped ones, by their file names."""
        below = f"{FORMS}/"
        return {path.removeprefix(below): text for path, text in self.files.items() if path.startswith(below)}

    @cached_property
    def proof(self) -> Proof:
        """The pack's own worked cases.

        Raises:
            Refused: with every mistake in them.
        """
        return read_proof(self.files[CASES], f"{self.policy.id}/{CASES}")

    def read_tree(self, tree: Mapping[str, object]) -> Case:
        """A case of this pack from the tree of a case file, as strictly as from outside."""
        return read_case(json.dumps(tree).encode(), {self.policy.id: may_say(self.policy)})


@dataclass(frozen=True, slots=True)
class Proven:
    """A pack that proved itself: how many worked cases came out as they say, and how many forms it brings."""

    packed: Packed
    cases: int
    forms: int


def read_folder(folder: Path) -> Files:
    """The files of the pack in a folder; what else lies there is left alone.

    Raises:
        Refused: ``policy.toml`` or ``cases.toml`` is missing, or a file cannot be read, is no UTF-8, or far too large.
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    forms = sorted((folder / FORMS).glob("*.toml"))
    for path in (folder / POLICY, folder / CASES, *forms):
        name = path.relative_to(folder).as_posix()
        try:
            found[name] = read_text(path)
        except Refused as refused:
            problems += [problem.under(f"{folder.name}/{name}") for problem in refused.problems]
    if problems:
        raise Refused(problems)
    return found


def read_text(path: Path) -> str:
    """The text of a file of a pack, or of a revision.

    Raises:
        Refused: it cannot be read, is no UTF-8, or far too large.
    """
    data = read_bytes(path, LARGEST_PACK_FILE)
    if len(data) > LARGEST_PACK_FILE:
        raise Refused.because("case.file_too_large", megabytes=LARGEST_PACK_FILE // 2**20)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refused.because("case.not_utf8", byte=error.start + 1) from error


def unpack(files: Files, name: str) -> Packed:
    """The pack in these files; ``name`` is how problems call its folder.

    Raises:
        Refused: with every mistake of its ``policy.toml``.
    """
    return Packed(read_policy(files[POLICY], f"{name}/{POLICY}", FORMULAS), files)


def prove(files: Files, name: str) -> Proven:
    """Read the whole pack, and compute its own worked cases.

    Raises:
        Refused: a file of it cannot be read, it has no worked case for one of its aids, or a case comes out otherwise.
    """
    packed = unpack(files, name)
    problems: list[Problem] = []
    for form, text in packed.forms.items():
        try:
            read_form(text, f"{name}/{FORMS}/{form}")
        except Refused as refused:
            problems += refused.problems
    try:
        proof = packed.proof
    except Refused as refused:
        raise Refused((*problems, *refused.problems)) from None
    worked_out = {worked.aid for worked in proof.case}
    problems += [
        Problem("policy.aid_unproved", f"aids.{aid}", {"file": f"{name}/{CASES}"})
        for aid in packed.policy.aids
        if aid not in worked_out
    ]
    problems += differences(proof, packed.policy, packed.read_tree)
    if problems:
        raise Refused(problems)
    return Proven(packed, len(proof.case), len(packed.forms))


def may_say(policy: Policy) -> Pack:
    """What a pack lets a case file say."""
    return Pack(
        currency=policy.currency,
        first_day=policy.first_day,
        aids={slug: aid.facts for slug, aid in policy.aids_offered.items()},
        documents=frozenset(policy.documents),
        office=policy.office_figures,
        choices={name: tuple(words) for name, words in policy.choices.items()},
        clauses=frozenset(policy.clauses),
        categories=tuple(policy.categories),
        grades=len(policy.grades),
        funds=policy.funds,
    )
