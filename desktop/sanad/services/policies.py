"""The guides that an office can follow: listed, their clauses looked up, and the cases read by them."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from sanad.domain.case import Case
from sanad.domain.errors import Problem, Refused
from sanad.domain.money import Currency
from sanad.domain.text import Text
from sanad.exchange.case_file import Pack, read_case
from sanad.exchange.files import read_bytes
from sanad.exchange.json_text import LARGEST_FILE
from sanad.rules.policy import Clause, Policy
from sanad.rules.proof import differences
from sanad.services.packs import POLICY, Files, Packed, Proven, may_say, prove, read_folder, unpack


class Policies:
    """The packs in ``folder``, and the office's own in ``own``, read when first asked for. May be shared by threads.

    A pack of the office's own that cannot be read, or takes the id of a shipped one, is not listed; one that does not
    prove itself is listed, and refused when it is used.
    """

    def __init__(self, folder: Path, own: Path | None = None) -> None:
        self._folder = folder
        self._own = own
        self._stood: set[str] = set()

    @cached_property
    def _shipped(self) -> Mapping[str, Packed]:
        folders = sorted(file.parent for file in self._folder.glob(f"*/{POLICY}"))
        packs = (unpack(read_folder(folder), folder.name) for folder in folders)
        return {packed.policy.id: packed for packed in packs}

    @property
    def _packs(self) -> Mapping[str, Packed]:
        """All packs that are known, by their ids."""
        return self._beside

    @cached_property
    def _beside(self) -> Mapping[str, Packed]:
        return {**self._lying_there(), **self._shipped}

    def _lying_there(self) -> dict[str, Packed]:
        """The packs of the office's own that can be read, as they lie there."""
        found = {}
        for file in sorted(self._own.glob(f"*/{POLICY}")) if self._own else ():
            try:
                packed = unpack(read_folder(file.parent), file.parent.name)
            except Refused:
                continue  # `check` tells what is wrong with it
            found[packed.policy.id] = packed
        return found

    def list(self) -> tuple[tuple[str, Text, Currency], ...]:
        """Each pack's id, title and currency."""
        policies = (packed.policy for packed in self._packs.values())
        return tuple((policy.id, policy.title, policy.currency) for policy in policies)

    def get(self, policy_id: str) -> Policy:
        """The pack of that id.

        Raises:
            Refused: there is none.
        """
        return self._packed(policy_id).policy

    def forms(self, policy_id: str) -> Files:
        """The forms that a pack lays over the shipped ones, by their file names.

        Raises:
            Refused: there is no such pack.
        """
        return self._packed(policy_id).forms

    def clause(self, policy_id: str, clause_id: str) -> Clause:
        """A clause of a pack: where it stands in the guide, and what it says in short."""
        policy = self.get(policy_id)
        if clause_id not in policy.clauses:
            raise Refused.because("policy.unknown_clause", "clause", value=clause_id)
        return policy.clauses[clause_id]

    def read_case(self, path: Path) -> Case:
        """The case in a case file.

        Raises:
            Refused: the file cannot be read; or with every problem of it, each by its place.
        """
        return read_case(read_bytes(path, LARGEST_FILE), self._may_say())

    def prove(self, policy_id: str) -> tuple[Problem, ...]:
        """Where a pack's own worked cases come to something else than they say; nothing when it proves itself.

        Raises:
            Refused: there is no such pack, or its worked cases cannot be read.
        """
        packed = self._packed(policy_id)
        return differences(packed.proof, packed.policy, packed.read_tree)

    def check(self, folder: Path) -> Proven:
        """Prove the pack in a folder that is not known yet.

        Raises:
            Refused: with every mistake in its files, or every worked case that comes out otherwise.
        """
        named = folder.resolve()  # "." has no name of its own
        return prove(read_folder(named), named.name)

    def _packed(self, policy_id: str) -> Packed:
        packs = self._packs
        if policy_id not in packs:
            raise Refused.because("case.not_one_of", "policy", value=policy_id, expected=", ".join(packs))
        return self._proved(packs[policy_id])

    def _proved(self, packed: Packed) -> Packed:
        """The pack itself, once it proved itself; a shipped one was proved before it was shipped."""
        id_ = packed.policy.id
        if id_ not in self._shipped and id_ not in self._stood:
            prove(packed.files, id_)
            self._stood.add(id_)
        return packed

    def _may_say(self) -> Mapping[str, Pack]:
        """What each pack lets a case file say."""
        return {id_: may_say(packed.policy) for id_, packed in self._packs.items()}
