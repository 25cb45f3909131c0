"""The guides that an office can follow: listed, their clauses looked up, and the cases read by them."""

import json
from functools import cached_property
from pathlib import Path

from sanad.domain.assessment import Text
from sanad.domain.case import Case
from sanad.domain.errors import Problem, Refused
from sanad.domain.money import Currency
from sanad.exchange.case_file import Pack, read_case
from sanad.exchange.files import read_bytes
from sanad.exchange.json_text import LARGEST_FILE
from sanad.rules.assess import FORMULAS
from sanad.rules.policy import Clause, Policy
from sanad.rules.proof import differences, read_proof
from sanad.rules.reader import read_policy


class Policies:
    """The packs in ``folder``, a folder each, read when first asked for. May be shared by threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @cached_property
    def _packs(self) -> dict[str, Policy]:
        files = sorted(self._folder.glob("*/policy.toml"))
        read = [read_policy(file.read_text("utf-8"), f"{file.parent.name}/{file.name}", FORMULAS) for file in files]
        return {policy.id: policy for policy in read}

    def list(self) -> tuple[tuple[str, Text, Currency], ...]:
        """Each pack's id, title and currency."""
        return tuple((policy.id, policy.title, policy.currency) for policy in self._packs.values())

    def get(self, policy_id: str) -> Policy:
        """The pack of that id.

        Raises:
            Refused: there is none.
        """
        if policy_id not in self._packs:
            raise Refused.because("case.not_one_of", "policy", value=policy_id, expected=", ".join(self._packs))
        return self._packs[policy_id]

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
        return read_case(read_bytes(path, LARGEST_FILE), self._known)

    def prove(self, policy_id: str) -> tuple[Problem, ...]:
        """Where the worked cases beside a pack come to something else than they say; nothing when it proves itself.

        Raises:
            Refused: there is no such pack, or its worked cases cannot be read.
        """
        policy = self.get(policy_id)
        file = self._folder / policy_id / "cases.toml"
        proof = read_proof(file.read_text("utf-8"), f"{policy_id}/{file.name}")
        return differences(proof, policy, lambda tree: read_case(json.dumps(tree).encode(), self._known))

    @cached_property
    def _known(self) -> dict[str, Pack]:
        """What each pack lets a case file say."""
        return {
            policy.id: Pack(
                currency=policy.currency,
                first_day=policy.first_day,
                aids={slug: aid.facts for slug, aid in policy.aids_offered.items()},
                documents=frozenset(policy.documents),
                office=policy.office_figures,
            )
            for policy in self._packs.values()
        }
