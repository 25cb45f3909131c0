"""Reads what a request says, from a tree as a case file has it, as strictly as from outside."""

import json
from collections.abc import Collection, Mapping

from sanad.domain.case import Particulars, Waiver
from sanad.domain.errors import Problem
from sanad.domain.questions import FACTS
from sanad.exchange.case_file import Pack, one_of, read_waiver
from sanad.exchange.json_text import read_json
from sanad.exchange.named_values import named_values
from sanad.exchange.record import LARGEST_COUNT, Record


def read_particulars(
    tree: Mapping[str, object], pack: Pack, aid: str, members: Collection[int]
) -> tuple[Particulars, tuple[Problem, ...]]:
    """What a request for an aid of a guide says, as far as it can be read, and every problem of the rest.

    The keys are those of a case file: ``applicant`` (one of ``members``), ``category``, ``grade``, ``fund``,
    ``waivers``, ``facts``. An aid that the guide does not offer has no facts to be held to.
    """
    problems: list[Problem] = []
    file = Record(read_json(json.dumps(tree, default=dict).encode()), "", problems)
    particulars = Particulars(
        applicant=file.whole("applicant"),
        category=one_of(file, "category", pack.categories),
        grade=file.whole("grade", least=1, most=pack.grades or LARGEST_COUNT),
        fund=one_of(file, "fund", pack.funds),
        waivers=tuple(read_waiver(record, pack) for record in file.records("waivers") or ()),
        facts=named_values(file.record("facts"), pack.aids.get(aid), pack.choices, pack.currency),
    )
    file.closed()
    if particulars.applicant is not None and particulars.applicant not in members:
        file.wrong("line.unknown_member", "applicant", member=particulars.applicant)
    if len({waiver.clause for waiver in particulars.waivers}) < len(particulars.waivers):
        file.wrong("request.waived_twice", "waivers")
    return _readable(particulars, {problem.where for problem in problems}), tuple(problems)


def _readable(found: Particulars, wrong: Collection[str]) -> Particulars:
    """What was read without what has a problem, so that the rules can be asked about the rest."""
    waivers: tuple[Waiver, ...] = () if any(where.startswith("waivers") for where in wrong) else found.waivers
    return Particulars(
        applicant=None if "applicant" in wrong else found.applicant,
        category=None if "category" in wrong else found.category,
        grade=found.grade,
        fund=None if "fund" in wrong else found.fund,
        waivers=waivers,
        facts={name: value for name, value in found.facts.items() if f"{FACTS}{name}" not in wrong},
    )
