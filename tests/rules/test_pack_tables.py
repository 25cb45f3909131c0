"""Categories, grades, papers and a first day without figures are read strictly too."""

import pytest

from sanad.domain.errors import Refused
from sanad.rules.assess import FORMULAS
from sanad.rules.reader import read_policy
from tests.rules.packs import text_of

BALAD, KANSAS = text_of("balad-alkhair-2021"), text_of("kcmuslims")


def told(text: str, *changes: tuple[str, str]) -> list[tuple[str, str]]:
    """What is wrong with a pack some of whose text was replaced: where, and the code."""
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    with pytest.raises(Refused) as refused:
        read_policy(text, "policy.toml", FORMULAS)
    return [(problem.where, problem.code) for problem in refused.value.problems]


def test_papers_name_documents_and_clauses_of_the_pack() -> None:
    """Of every request, of an aid, of a category: each mistake is told."""
    found = told(
        BALAD,
        ('[papers]\nclause = "B-DOC-GENERAL"', '[papers]\nclause = "B-DOC-ALL"'),
        ('documents = ["landlord_proof", ', 'documents = ["landlord", '),
        ('documents = ["prison_certificate"]', 'documents = ["prison"]'),
    )
    assert sorted(found) == [
        ("aids.rent.papers.documents", "policy.lacks"),
        ("categories.prisoner_family.papers.documents", "policy.lacks"),
        ("papers.clause", "policy.unknown_clause"),
    ]


def test_grades_go_up_from_one_and_admit_aids_of_the_pack() -> None:
    """A grade left out, and an aid that is not there."""
    assert told(
        BALAD,
        ("[grades.3]", "[grades.5]"),
        ('aids = ["iftar", "zakat_al_fitr", "sacrifice", "disaster"]', 'aids = ["iftar", "feast"]'),
    ) == [("grades", "policy.not_one_of"), ("grades.5.aids", "policy.lacks")]


def test_a_category_names_a_clause_of_the_pack() -> None:
    """As everything does."""
    change = ('[categories.orphan]\nclause = "B-5-1"', '[categories.orphan]\nclause = "B-5-99"')
    assert told(BALAD, change) == [("categories.orphan.clause", "policy.unknown_clause")]


def test_a_guide_without_figures_says_its_first_day() -> None:
    """It has to be a date, and there has to be one."""
    assert told(KANSAS, ('since = "2000-01-01"', 'since = "2000-1-1"')) == [
        ("since", "policy.not_a_date"),
        ("amounts", "policy.no_figures"),
    ]
    assert told(KANSAS, ('since = "2000-01-01"\n', "")) == [("amounts", "policy.no_figures")]


def test_figures_tell_the_first_day_where_there_are_some() -> None:
    """A day said beside them does not make the guide older than its figures."""
    text = BALAD.replace('language = "ar"\n', 'language = "ar"\nsince = "1999-01-01"\n')
    assert str(read_policy(text, "policy.toml", FORMULAS).first_day) == "2021-12-12"
