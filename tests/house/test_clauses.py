"""No rule of the three guides is lost: each is in its pack, proved by a worked case or kept where it is named here."""

import tomllib
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from sanad.rules.assess import FORMULAS
from sanad.rules.policy import Policy
from sanad.rules.reader import read_policy

ROOT = Path(__file__).resolve().parents[2]
TO_COME = "to come: "


def numbered(stem: str, last: int, first: int = 1) -> list[str]:
    """The ids of so many rules of one section."""
    return [f"{stem}-{number}" for number in range(first, last + 1)]


CLAUSES = {
    "karzakan-2020": [
        *numbered("K-DUTY", 5), *numbered("K-RIGHT", 9), *numbered("K-PROC", 5), *numbered("K-POV", 5, 0),
        *numbered("K-MONTH", 5), "K-SEAS-1", "K-ZFITR", "K-RAM", "K-CASH", "K-DEBT", "K-SHELTER", "K-FUNERAL", "K-RAIN",
        "K-BUILD", "K-MARR", "K-FURN", *numbered("K-SCH", 3), "K-BOOK", "K-TUTOR", "K-UNIF", "K-BAG", "K-SKILL",
        "K-MED", "K-DRUG", "K-GLASS", "K-HEAR", "K-FERT", "K-EXT", "K-ATT", *numbered("K-FIN", 5),
        *numbered("K-NO", 10),
        *numbered("K-ROUTE", 4),
    ],
    "balad-alkhair-2021": [
        *numbered("B", 12), *numbered("B-5", 11), *numbered("B-13", 2), *numbered("B", 18, 14), *numbered("B-P", 16),
        *numbered("B-V", 9),
        *(f"B-DOC-{list_}" for list_ in (
            "GENERAL", "WIDOW", "DIVORCED", "PRISONER", "MISSING", "UNEMPLOYED", "PATIENT", "DEBTOR", "FIRE",
            "LOW-INCOME", "WAYFARER",
        )),
    ],
    "kcmuslims": [
        *numbered("C", 5, 0), "C-NO", *(f"C-S{number}" for number in range(1, 7)), "C-STUDY", "C-VOL", "C-ACT",
    ],
}  # fmt: skip
"""Every rule of each guide, as its reading for this product numbers it."""

FAMILY, REQUEST = "desktop/sanad/domain/case.py", "desktop/sanad/domain/request.py"
DECISION, PAYMENT = "desktop/sanad/domain/decision.py", "desktop/sanad/domain/payment.py"
JOURNAL, LETTER = "desktop/sanad/store/journal.py", TO_COME + "letters and the register of requests"
VISITS, RUNS = TO_COME + "visits and follow-up", TO_COME + "payment runs"
STAFF, SUPPORT = TO_COME + "people, roles and kinship", TO_COME + "support plans, volunteers and activities"
BUDGET, SANCTIONS = TO_COME + "funds and budget lines", TO_COME + "sanctions and recovery"

KEPT = {
    "K-DUTY-1": FAMILY,
    "K-DUTY-2": FAMILY,
    "K-DUTY-3": VISITS,
    "K-DUTY-4": JOURNAL,
    "K-DUTY-5": SANCTIONS,
    "K-RIGHT-1": BUDGET,
    "K-RIGHT-2": STAFF,
    "K-RIGHT-3": VISITS,
    "K-RIGHT-4": RUNS,
    "K-RIGHT-5": "desktop/sanad/paper/slip_page.py",
    "K-RIGHT-6": STAFF,
    "K-RIGHT-7": LETTER,
    "K-RIGHT-8": STAFF,
    "K-RIGHT-9": LETTER,
    "K-POV-0": "desktop/sanad/domain/household.py",
    "K-PROC-1": REQUEST,
    "K-PROC-4": DECISION,
    "K-PROC-5": DECISION,
    "K-FIN-1": LETTER,
    "K-FIN-4": PAYMENT,
    "K-FIN-5": "desktop/sanad/services/office_policies.py",
    "B-15": RUNS,
    "B-17": SANCTIONS,
    "B-P-1": REQUEST,
    "B-P-2": FAMILY,
    "B-P-3": "desktop/sanad/services/households.py",
    "B-P-4": VISITS,
    "B-P-5": VISITS,
    "B-P-6": VISITS,
    "B-P-7": VISITS,
    "B-P-9": VISITS,
    "B-P-10": "resources/policies/balad-alkhair-2021/policy.toml",
    "B-P-11": PAYMENT,
    "B-P-12": RUNS,
    "B-P-13": LETTER,
    "B-P-14": RUNS,
    "B-P-15": PAYMENT,
    "B-P-16": RUNS,
    "B-V-1": VISITS,
    "B-V-2": FAMILY,
    "B-V-4": VISITS,
    "B-V-5": VISITS,
    "B-V-6": VISITS,
    "B-V-7": VISITS,
    "B-V-8": "desktop/sanad/domain/household.py",
    "B-V-9": FAMILY,
    **dict.fromkeys(
        (clause for clause in CLAUSES["balad-alkhair-2021"] if clause.startswith("B-DOC-")),
        "resources/policies/balad-alkhair-2021/policy.toml",
    ),
    "C-VOL": SUPPORT,
    "C-ACT": SUPPORT,
}
"""Of rules that neither compute nor decide: the file that keeps what they are about, or the column still to come."""


@cache
def policy(pack: str) -> Policy:
    """A shipped pack."""
    text = (ROOT / "resources/policies" / pack / "policy.toml").read_text("utf-8")
    return read_policy(text, "policy.toml", FORMULAS)


@cache
def cases(pack: str) -> list[dict[str, Any]]:
    """The worked cases of a pack, as they are written."""
    read: list[dict[str, Any]] = tomllib.loads((ROOT / "resources/policies" / pack / "cases.toml").read_text("utf-8"))[
        "case"
    ]
    return read


def cited(pack: str) -> set[str]:
    """The clauses that the worked cases of a pack prove."""
    return set(chain.from_iterable(case["clauses"] for case in cases(pack)))


@pytest.mark.parametrize("pack", CLAUSES)
def test_every_rule_of_the_guide_is_in_its_pack(pack: str) -> None:
    """With its place in the guide and our wording of it, in both languages."""
    known = policy(pack).clauses
    assert [clause for clause in CLAUSES[pack] if clause not in known] == []
    lacking = [
        clause.id
        for clause in known.values()
        if not all((clause.place.ar, clause.place.en, clause.wording.ar, clause.wording.en))
    ]
    assert lacking == []


@pytest.mark.parametrize("pack", CLAUSES)
def test_every_rule_is_proved_or_kept(pack: str) -> None:
    """A rule without a worked case is one of those whose keeping place is named."""
    proved = cited(pack)
    assert [clause for clause in CLAUSES[pack] if clause not in proved and clause not in KEPT] == []


@pytest.mark.parametrize("pack", CLAUSES)
def test_whatever_a_figure_aid_or_category_rests_on_is_proved(pack: str) -> None:
    """What computes or decides has a worked case, wherever else it is kept."""
    guide = policy(pack)
    rests_on = {
        *(figure.clause for revision in guide.revisions for figure in revision.figures.values()),
        *(scale.clause for revision in guide.revisions for scale in revision.scales.values()),
        *(aid.clause for aid in guide.aids_offered.values()),
        *(category.clause for category in guide.categories.values()),
        *(grade.clause for grade in guide.grades.values()),
        *(wording.clause for wording in guide.wordings.values()),
    }
    assert sorted(rests_on - cited(pack)) == []


@pytest.mark.parametrize("pack", CLAUSES)
def test_every_case_cites_its_clauses(pack: str) -> None:
    """At least one, and none that nobody can look up."""
    known = policy(pack).clauses
    wrong = {
        case["name"]: case["clauses"]
        for case in cases(pack)
        if not case["clauses"] or set(case["clauses"]) - set(known)
    }
    assert wrong == {}


def test_every_keeping_place_is_there() -> None:
    """A file that is named is in the repository, and what is named is a rule of a guide."""
    assert sorted(set(KEPT) - set(chain.from_iterable(CLAUSES.values()))) == []
    places = {place for place in KEPT.values() if not place.startswith(TO_COME)}
    assert [place for place in sorted(places) if not (ROOT / place).is_file()] == []


def test_every_list_of_documents_is_used() -> None:
    """Each list of the document table hangs on a category, and the table of payees on the aids."""
    guide = policy("balad-alkhair-2021")
    papers = [guide.papers, *(category.papers for category in guide.categories.values())]
    used = {found.clause for found in papers if found is not None}
    assert used == {clause for clause in CLAUSES["balad-alkhair-2021"] if clause.startswith("B-DOC-")}
    assert {aid.papers.clause for aid in guide.aids_offered.values() if aid.papers} == {"B-P-10"}
