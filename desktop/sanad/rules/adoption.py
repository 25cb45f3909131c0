"""What a revision has to prove before it is adopted: by the pack's worked cases, and by its own."""

from dataclasses import dataclass

from msgspec.structs import replace

from sanad.domain.errors import Problem
from sanad.rules.assess import assess
from sanad.rules.overlay import Revision, lay_over
from sanad.rules.policy import Policy
from sanad.rules.proof import Proof, ReadTree, WorkedCase, differences, tree_of


@dataclass(frozen=True, slots=True)
class Trial:
    """How a revision stood its proof: cases that came out as they say, by number, and those it sets aside, by name."""

    problems: tuple[Problem, ...]
    stood: int
    set_aside: tuple[str, ...]


def try_revision(revision: Revision, before: Policy, proof: Proof, read: ReadTree) -> Trial:
    """The worked cases of the pack and of the revision, computed with the revision in force.

    A case of the pack that comes out otherwise is set aside when its computation reads something that the revision
    changes, for that was meant; or when it came out otherwise before, by an earlier revision. Every other case of the
    pack has to stand, and every case of the revision itself.
    """
    after = lay_over(before, revision)
    problems: list[Problem] = []
    set_aside: list[str] = []
    for worked in proof.case:
        alone = replace(proof, case=(worked,))
        if not (found := differences(alone, after, read)):
            continue
        if differences(alone, before, read) or revision.changed & _rests_on(worked, proof, after, read):
            set_aside.append(worked.name)
        else:
            problems += found
    own = differences(revision.proof, after, read)
    stood = len(proof.case) + len(revision.proof.case) - len(set_aside)
    return Trial((*problems, *own), stood, tuple(set_aside))


def _rests_on(worked: WorkedCase, proof: Proof, policy: Policy, read: ReadTree) -> set[str]:
    """What the computation of a worked case reads of the pack."""
    names: set[str] = set()
    for reading, choice in worked.choices.items():
        policy = policy.choosing(reading, choice)
    assess(read(tree_of(worked, proof, policy)), policy, names)
    return names
