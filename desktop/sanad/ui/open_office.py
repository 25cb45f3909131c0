"""What the window reads of an office before it shows it: the office, the words of its guide, its case-study form."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sanad.domain.office import Office
from sanad.domain.questions import ASKED, Part
from sanad.ui.desk import ClauseText, Guide

if TYPE_CHECKING:
    from sanad.forms.definition import Form
    from sanad.services import Services

CASE_STUDY = "case-study"
"""The form that a family's file is."""


@dataclass(frozen=True, kw_only=True)
class OpenOffice:
    """What is read once when the data is open, away from the window's thread."""

    services: "Services"
    office: Office
    guide: Guide
    form: "Form"


def read_office(services: "Services", on: date) -> OpenOffice | None:
    """The office with its guide, as it stands ``on`` a day, and form; None as long as nobody has set it up."""
    office = services.offices.read()
    if office is None:
        return None
    policy = services.policies.get(office.policy)
    limit = policy.at(max(on, policy.first_day)).figures.get("seasonal_limit")
    return OpenOffice(
        services=services,
        office=office,
        guide=Guide(
            title=policy.title,
            aids=policy.aids,
            documents=policy.documents,
            facts=policy.fact_labels,
            seasonal_limit=limit.value if limit is not None else None,
            choices={
                **policy.choices,
                Part.CATEGORY.value: {slug: category.label for slug, category in policy.categories.items()},
                Part.GRADE.value: {str(number): grade.label for number, grade in policy.grades.items()},
            },
            said_by_requests=frozenset(
                (ASKED, *Part, *(name for aid in policy.aids_offered.values() for name in aid.facts))
            ),
            left_to_office=frozenset(policy.office_figures),
            titles={id_: title for id_, title, _currency in services.policies.list()},
            clauses={
                clause.id: ClauseText(place=clause.place, wording=clause.wording) for clause in policy.clauses.values()
            },
        ),
        form=services.papers.form(CASE_STUDY, office.policy),
    )
