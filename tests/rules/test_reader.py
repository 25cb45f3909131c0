"""A pack is read strictly: every mistake is told, by its key."""

from datetime import date
from fractions import Fraction

import pytest

from sanad.domain.errors import Bug, Problem, Refused
from sanad.domain.facts import FactKind
from sanad.rules.assess import FORMULAS
from sanad.rules.policy import Policy
from sanad.rules.reader import read_policy
from tests.rules.families import POLICY, TEXT

Told = list[tuple[str, str]]


def problems_of(text: str) -> tuple[Problem, ...]:
    """What is wrong with the text of a pack."""
    with pytest.raises(Refused) as refused:
        read_policy(text, "policy.toml", FORMULAS)
    assert {problem.values["file"] for problem in refused.value.problems} == {"policy.toml"}
    return refused.value.problems


def told(text: str) -> Told:
    """The same: where, and the code."""
    return [(problem.where, problem.code) for problem in problems_of(text)]


def changed(*changes: tuple[str, str]) -> str:
    """The shipped pack with some of its text replaced, each passage being there once."""
    text = TEXT
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def table(header: str, *lines: str) -> tuple[str, str]:
    """A change that puts lines right under a table's header."""
    return f"[{header}]\n", "\n".join([f"[{header}]", *lines]) + "\n"


def dated(name: str, line: str) -> str:
    """The pack with another line in place of the dated value of a figure."""
    start = TEXT.index("from.", TEXT.index(f"[{name}]"))
    return TEXT[:start] + line + TEXT[TEXT.index("\n", start) :]


def test_the_shipped_pack_is_read_whole() -> None:
    """Its currency, language, first day, aids and documents."""
    assert (POLICY.id, POLICY.currency.code, POLICY.language) == ("karzakan-2020", "BHD", "ar")
    assert POLICY.first_day == date(2019, 7, 2)
    assert {"monthly", "seasonal"} <= POLICY.aids.keys()
    assert POLICY.aids_offered["monthly"].facts["unaccepted_travel_on"] is FactKind.DATE
    assert "salary_statement" in POLICY.documents
    assert len(POLICY.digest) == 64


def test_the_digest_changes_with_the_text() -> None:
    """A single letter of a comment is enough to tell two packs apart."""
    assert read_policy(TEXT + "# ", "policy.toml", FORMULAS).digest != POLICY.digest


def a_revised_line() -> Policy:
    """The pack with a poverty line of 72 from 2027 on."""
    text = TEXT.replace('from.2019-07-02 = "65.000"', 'from.2019-07-02 = "65.000"\nfrom.2027-01-01 = "72.000"')
    return read_policy(text, "policy.toml", FORMULAS)


def test_a_revision_holds_from_its_day_on() -> None:
    """The day before, the old figure; the others stay in force."""
    policy = a_revised_line()
    assert policy.at(date(2026, 12, 31)).figures["line_with_provider"].value == 65
    later = policy.at(date(2027, 1, 1))
    assert later.since == date(2027, 1, 1)
    assert later.figures["line_with_provider"].value == 72
    assert later.figures["rent_cap"].value == 150
    assert later.scales["by_need"] == policy.at(date(2020, 1, 1)).scales["by_need"]


def test_a_figure_that_begins_later_is_not_in_force_before() -> None:
    """A new figure of a later year, and the scale that pays by it."""
    text = TEXT + (
        '\n[amounts.bonus]\nclause = "K-MONTH-4"\nlabel.ar = "زيادة"\nlabel.en = "Bonus"\nfrom.2027-01-01 = "70.000"\n'
        '[scales.later]\nclause = "K-MONTH-4"\nfloor = "bonus"\ncap = "bonus"\n'
        'from.2027-01-01 = [{ pay = "70.000" }]\n'
    )
    policy = read_policy(text, "policy.toml", FORMULAS)
    assert "bonus" not in policy.at(date(2026, 1, 1)).figures
    assert "later" not in policy.at(date(2026, 1, 1)).scales
    assert policy.at(date(2027, 1, 1)).figures["bonus"].value == 70


def test_a_day_before_the_first_is_refused() -> None:
    """The day after, it is not."""
    assert POLICY.at(date(2019, 7, 2)).since == date(2019, 7, 2)
    with pytest.raises(Refused) as refused:
        POLICY.at(date(2019, 7, 1))
    assert refused.value.problems[0].code == "case.before_policy"


def test_another_reading_can_be_chosen_and_no_third() -> None:
    """The pack itself stays as it was."""
    assert POLICY.choosing("monthly_aid", "by_size").readings["monthly_aid"].chosen == "by_size"
    assert POLICY.readings["monthly_aid"].chosen == "by_need"
    for reading, choice in [("monthly_aid", "by_luck"), ("by_luck", "by_size")]:
        with pytest.raises(Bug):
            POLICY.choosing(reading, choice)


def test_no_toml_is_told_with_its_line() -> None:
    """Nothing else can be said of it."""
    assert told("id = ") == [("", "policy.not_toml")]


def test_an_empty_pack_lacks_everything_at_the_top() -> None:
    """The first thing that it lacks is named."""
    assert told("") == [("id", "policy.missing_key")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (changed(('id = "karzakan-2020"', 'id = "karzakan-2020"\ncolour = "red"')), [("colour", "policy.unknown_key")]),
        (changed(('currency = "BHD"', 'currency = "XAU"')), [("currency", "policy.not_one_of")]),
        (changed(('formulas = "karzakan"', 'formulas = "luck"')), [("formulas", "policy.not_one_of")]),
        (changed(('language = "ar"', 'language = "fr"')), [("language", "policy.not_one_of")]),
        (changed(('currency = "BHD"', "currency = 3")), [("currency", "policy.wrong_type")]),
        (changed(('title.en = "Aid guide, Karzakan 2020"', "")), [("title.en", "policy.missing_key")]),
        (changed(table("clauses.K-POV-1", "page = 4")), [("clauses.K-POV-1.page", "policy.unknown_key")]),
        (changed(table("clauses.K-POV-1", 'place.fr = "x"')), [("clauses.K-POV-1.place.fr", "policy.unknown_key")]),
        (
            changed(table("readings.monthly_aid", 'choices.by_need.fr = "x"')),
            [("readings.monthly_aid.choices[...].fr", "policy.unknown_key")],
        ),
        (
            changed(
                ('{ pay = "60.000" },\n]\n\n[scales.by_size]', '{ pay = "60.000", x = 1 },\n]\n\n[scales.by_size]')
            ),
            [("scales.by_need.from[...][3].x", "policy.unknown_key")],
        ),
        (
            changed(
                ('clause = "K-POV-1"\nlabel.ar = "خط الفقر للفرد في أسرة لها', 'label.ar = "خط الفقر للفرد في أسرة لها')
            ),
            [("amounts.line_with_provider.clause", "policy.missing_key"), ("", "policy.lacks")],
        ),
        (
            changed(
                ('clause = "K-POV-1"\nlabel.ar = "خط الفقر للفرد في', 'clause = "K-9"\nlabel.ar = "خط الفقر للفرد في')
            ),
            [("amounts.line_with_provider.clause", "policy.unknown_clause")],
        ),
        (
            changed(('on]\nkind = "date"', 'on]\nkind = "moment"')),
            [("facts.unaccepted_travel_on.kind", "policy.invalid"), ("facts_of_every_aid", "policy.lacks")],
        ),
        (changed(table("aids.seasonal", 'facts = ["weather"]')), [("aids.seasonal.facts", "policy.lacks")]),
        (
            changed(('chosen = "by_need"', 'chosen = "by_luck"')),
            [("readings.monthly_aid.chosen", "policy.not_one_of")],
        ),
        (
            changed(table("readings.monthly_aid", 'choices.by_luck.ar = "x"', 'choices.by_luck.en = "x"')),
            [("readings.monthly_aid.choices", "policy.lacks")],
        ),
        (TEXT + "\n[policies]\n", [("policies", "policy.unknown_key")]),
        ("documents = 3\n" + TEXT[: TEXT.index("[documents.")], None),
    ],
)
def test_a_mistake_is_told_by_its_key(text: str, expected: Told | None) -> None:
    """Unknown, missing and mistyped keys; names that stand for nothing."""
    found = told(text)
    if expected is None:
        assert ("documents", "policy.wrong_type") in found
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("name", "value", "where", "code"),
    [
        ("amounts.rent_cap", '"-5.000"', "from.2027-01-01", "money.negative"),
        ("amounts.rent_cap", '"1.0005"', "from.2027-01-01", "money.places"),
        ("amounts.rent_cap", '"much"', "from.2027-01-01", "money.unreadable"),
        ("amounts.rent_cap", "150", "from.2027-01-01", "policy.wrong_type"),
        ("amounts.rent_cap", "150.0", "from[...]", "policy.wrong_type"),
        ("counts.child_age_limit", '"25"', "from.2027-01-01", "policy.wrong_type"),
        ("counts.child_age_limit", "-1", "from.2027-01-01", "policy.out_of_range"),
        ("shares.wife_share", '"1.01"', "from.2027-01-01", "policy.out_of_range"),
        ("shares.wife_share", '"-0.1"', "from.2027-01-01", "policy.out_of_range"),
        ("shares.wife_share", '"half"', "from.2027-01-01", "policy.wrong_type"),
    ],
)
def test_a_figure_that_is_none_is_told(name: str, value: str, where: str, code: str) -> None:
    """Amounts are text in the currency's places, counts whole, shares between nothing and one."""
    section, _, figure = name.partition(".")
    text = dated(name, f"from.2027-01-01 = {value}")
    found = told(text)
    assert (f"{section}.{figure}.{where}", code) in found
    assert not code.startswith("money") or len(found) == 1


@pytest.mark.parametrize(
    ("since", "code"),
    [
        ("2018-01-01", "policy.dates_out_of_order"),
        ("2027-02-30", "policy.not_a_date"),
        ("20270230", "policy.not_a_date"),
    ],
)
def test_a_day_that_is_none_or_out_of_order_is_told(since: str, code: str) -> None:
    """Days go upwards, as a reader expects them."""
    text = dated("amounts.seasonal_limit", f'from.2019-07-02 = "80.000"\nfrom.{since} = "81.000"')
    assert told(text) == [(f"amounts.seasonal_limit.from.{since}", code)]


def test_a_figure_without_any_day_is_told() -> None:
    """A value has to begin some day."""
    text = dated("amounts.seasonal_limit", "from = {}")
    assert told(text) == [("amounts.seasonal_limit.from", "policy.no_figures")]


def test_a_pack_without_any_figure_is_told() -> None:
    """There would be no day on which it is in force."""
    bare = 'id = "x"\nformulas = "none"\ncurrency = "BHD"\nlanguage = "ar"\ntitle.ar = "x"\ntitle.en = "x"\n'
    with pytest.raises(Refused) as refused:
        read_policy(bare, "policy.toml", {"none": ()})
    assert [problem.code for problem in refused.value.problems] == ["policy.no_figures"]


BY_NEED = TEXT[TEXT.index("[scales.by_need]") : TEXT.index("[scales.by_size]")]


def scaled(rows: str) -> Told:
    """What is told of other brackets for the monthly aid."""
    head = BY_NEED[: BY_NEED.index("from.")]
    return told(TEXT.replace(BY_NEED, f"{head}from.2019-07-02 = [{rows}]\n\n"))


FROM = "scales.by_need.from.2019-07-02"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ('{ need_up_to = "30.000", pay = "30.000" }', [(f"{FROM}[0].need_up_to", "policy.brackets_gap")]),
        ("", [(FROM, "policy.brackets_gap")]),
        (
            '{ need_up_to = "30.000", pay = "20.000" }, { need_up_to = "10.000", pay = "30.000" }, { pay = "60.000" }',
            [(f"{FROM}[1].need_up_to", "policy.brackets_overlap")],
        ),
        (
            '{ need_up_to = "30.000", pay = "20.000" }, { need_up_to = "30.000", pay = "30.000" }, { pay = "60.000" }',
            [(f"{FROM}[1].need_up_to", "policy.brackets_overlap")],
        ),
        (
            '{ pay = "30.000" }, { pay = "60.000" }',
            [(f"{FROM}[0].need_up_to", "policy.brackets_overlap")],
        ),
        (
            '{ pay = "60.000" }, { members_up_to = 1, pay = "20.000" }',
            [(f"{FROM}[1].members_up_to", "policy.brackets_overlap"), (FROM, "policy.brackets_gap")],
        ),
        (
            '{ members_up_to = 2, pay = "20.000" }, { members_up_to = 1, pay = "20.000" }, { pay = "60.000" }',
            [(f"{FROM}[1].members_up_to", "policy.brackets_overlap")],
        ),
        ('{ members_up_to = 1, pay = "20.000" }', [(FROM, "policy.brackets_gap")]),
        ('{ pay = "60.001" }', [(f"{FROM}[0].pay", "policy.pays_outside")]),
        ('{ pay = "19.999" }', [(f"{FROM}[0].pay", "policy.pays_outside")]),
        ('{ pay = "the need" }', [(f"{FROM}[0].pay", "policy.pays_outside")]),
        (
            '{ need_up_to = "61.000", pay = "the need" }, { pay = "60.000" }',
            [(f"{FROM}[0].pay", "policy.pays_outside")],
        ),
        (
            '{ need_up_to = "ten", pay = "20.000" }, { pay = "60.000" }',
            [(f"{FROM}[0].need_up_to", "money.unreadable"), (f"{FROM}[0].need_up_to", "policy.brackets_overlap")],
        ),
    ],
)
def test_g2_brackets_cover_every_need_once(rows: str, expected: Told) -> None:
    """They rise, end without a limit, and pay between floor and cap."""
    assert scaled(rows) == expected


@pytest.mark.parametrize(
    ("rows", "key", "place", "other"),
    [
        ('{ need_up_to = "30.000", pay = "20.000" }, { need_up_to = "10.000", pay = "30.000" }', "need_up_to", 1, 0),
        ('{ pay = "30.000" }', "need_up_to", 0, 1),
        ('{ members_up_to = 2, pay = "20.000" }, { members_up_to = 1, pay = "20.000" }', "members_up_to", 1, 0),
    ],
)
def test_g2_brackets_that_overlap_are_both_named(rows: str, key: str, place: int, other: int) -> None:
    """Each by its place, with the clause that they rest on: so the office knows which two to compare."""
    head = BY_NEED[: BY_NEED.index("from.")]
    text = TEXT.replace(BY_NEED, f'{head}from.2019-07-02 = [{rows}, {{ pay = "60.000" }}]\n\n')
    (found,) = [problem for problem in problems_of(text) if problem.code == "policy.brackets_overlap"]
    assert found.where == f"{FROM}[{place}].{key}"
    assert (found.values["clause"], found.values["other"]) == ("K-MONTH-4", f"{FROM}[{other}].{key}")


def test_a_floor_above_the_cap_is_told() -> None:
    """With the day from which it is so."""
    text = dated("amounts.monthly_floor", 'from.2019-07-02 = "61.000"')
    assert ("amounts.monthly_floor", "policy.floor_above_cap") in told(text)


def test_a_scale_between_figures_that_are_not_there_is_told() -> None:
    """Both are named."""
    text = TEXT.replace(BY_NEED, BY_NEED.replace("monthly_floor", "least").replace("monthly_cap", "most"))
    assert told(text) == [("scales.by_need", "policy.lacks"), ("scales.by_need", "policy.lacks")]


def test_a_scale_with_a_bad_day_is_told() -> None:
    """As a figure is."""
    text = TEXT.replace(BY_NEED, BY_NEED.replace("from.2019-07-02", "from.once"))
    assert ("scales.by_need.from.once", "policy.not_a_date") in told(text)


def test_all_mistakes_are_told_at_once() -> None:
    """Several in one table and in several tables."""
    text = changed(
        ('language = "ar"', 'language = "fr"\na = 1\nb = 2'),
        (
            'label.ar = "أعلى ما يُحتسب من إيجار السكن"\n',
            'label.ar = "أعلى ما يُحتسب من إيجار السكن"\nfrom.2018-01-01 = "-1"\n',
        ),
        ('from.2019-07-02 = "0.40"', 'from.2019-07-02 = "40"'),
    )
    assert {code for _, code in told(text)} == {
        "policy.unknown_key",
        "policy.not_one_of",
        "money.negative",
        "policy.out_of_range",
    }
    assert sum(code == "policy.unknown_key" for _, code in told(text)) == 2


def test_what_the_formulas_read_must_be_there() -> None:
    """A wording that a step needs cannot be forgotten."""
    with pytest.raises(Refused) as refused:
        read_policy(TEXT, "policy.toml", {"karzakan": [*FORMULAS["karzakan"], "moon_phase"]})
    assert [(found.code, found.values["value"]) for found in refused.value.problems] == [("policy.lacks", "moon_phase")]


def test_a_need_falls_into_one_bracket() -> None:
    """The by-size reading: one person and more than one."""
    scale = POLICY.revisions[0].scales["by_size"]
    assert scale.bracket(Fraction(5), 1).pay == 20
    assert scale.bracket(Fraction(5), 2).pay == 30
    assert scale.bracket(Fraction(45), 2).pay is None
