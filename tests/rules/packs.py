"""The shipped packs, read once, and what their case files may say."""

import json
from collections.abc import Mapping
from pathlib import Path

from sanad.domain.case import Case
from sanad.exchange.case_file import Pack, read_case
from sanad.rules.assess import FORMULAS
from sanad.rules.policy import Policy
from sanad.rules.proof import Proof, read_proof
from sanad.rules.reader import read_policy

PACKS = Path(__file__).resolve().parents[2] / "resources/policies"


def text_of(pack: str) -> str:
    """The text of a shipped pack."""
    return (PACKS / pack / "policy.toml").read_text("utf-8")


def policy_of(pack: str) -> Policy:
    """A shipped pack."""
    return read_policy(text_of(pack), "policy.toml", FORMULAS)


def proof_of(pack: str) -> Proof:
    """The worked cases of a shipped pack."""
    return read_proof((PACKS / pack / "cases.toml").read_text("utf-8"), "cases.toml")


def read_tree(policy: Policy, tree: Mapping[str, object]) -> Case:
    """A case from the tree of its file, as strictly as from outside."""
    pack = Pack(
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
    return read_case(json.dumps(tree).encode(), {policy.id: pack})
