"""The case-study form: what it is bound to, and the way between its boxes and the facts."""

import dataclasses
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanad.domain.case import CaseStudy, Document, FollowUp, Research
from sanad.domain.errors import Problem, Refused
from sanad.domain.household import (
    Dwelling,
    DwellingKind,
    Household,
    Income,
    IncomeKind,
    MaritalStatus,
    Member,
    Relation,
    Sex,
)
from sanad.domain.money import BHD, Money
from sanad.forms import filling
from sanad.forms.definition import Form, Kind, On
from sanad.forms.reader import read_form

FILE = Path(__file__).parents[2] / "forms" / "case-study.toml"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def form() -> Form:
    """The form as it is shipped."""
    return read_form(FILE.read_text(encoding="utf-8"), FILE.name)


STUDY = CaseStudy(
    household=Household(
        file_number="1042",
        resident_of="كرزكان",
        phone="3312 4455",
        spouses_share=True,
        family_state="دخل واحد",
        members=(
            Member(
                id=7,
                relation=Relation.HEAD,
                sex=Sex.MALE,
                name="حسن علي أحمد",
                civil_id="800512345",
                provider=True,
                birth_date=date(1980, 5, 1),
                marital_status=MaritalStatus.MARRIED,
                registered_on=date(2026, 11, 21),
            ),
            Member(
                id=9, relation=Relation.WIFE, sex=Sex.FEMALE, name="مريم عبدالله", include=False, include_reason="سافرت"
            ),
        ),
        incomes=(Income(IncomeKind.SALARY, Money(310_000), member=7),),
        obligations=(),
        dwelling=Dwelling(kind=DwellingKind.FLAT, flat="12", rooms=3, block="1026"),
        bank_balance=Money(5),
    ),
    request_date=date(2026, 11, 21),
    registered=True,
    research=Research(comment="أسرة متعففة", date=date(2026, 11, 20)),
    follow_ups=(FollowUp(date=date(2026, 11, 22), employee="زهراء", notes="زيارة"),),
    documents=(Document("salary_statement", "there"),),
)


def typed(**rows: object) -> filling.Values:
    """The least that a clerk types for a family: its head, and the day of the request."""
    head = {"id": 1, "relation": "head", "sex": "male", "name": "حسن"}
    return {"request_date": "21/11/2026", "household.members": [head], **rows}


def refused(form: Form, values: filling.Values) -> dict[str, str]:
    """The problems of a form that was not read, by their places."""
    with pytest.raises(Refused) as refusal:
        filling.fill(form, values, currency=BHD, today=TODAY)
    return {problem.where: problem.code for problem in refusal.value.problems}


def test_the_form_has_the_pages_of_the_paper(form: Form) -> None:
    """Four pages of the guide and four added ones, with ten rows of members on each of the guide's two tables."""
    assert len(form.pages) == 8
    assert [table.rows_on_paper for table in form.tables() if table.bind == "household.members"] == [10, 10, 10]


def test_a_case_study_comes_back_from_its_boxes_unchanged(form: Form) -> None:
    """What stands in the boxes of a file means that very file."""
    values = filling.values_of(form, STUDY, BHD)
    assert filling.fill(form, values, currency=BHD, today=TODAY) == STUDY


def test_what_the_form_does_not_show_is_kept(form: Form) -> None:
    """Facts that have no box on the form stay as they were when the form is saved."""
    base = dataclasses.replace(STUDY, facts={"documents": True})
    values = filling.values_of(form, base, BHD)
    assert filling.fill(form, values, currency=BHD, today=TODAY, base=base).facts == {"documents": True}


def test_the_head_on_page_one_is_the_head_of_the_table(form: Form) -> None:
    """The name typed on the first page stands in the first row of the members."""
    values: filling.Values = {}
    filling.put(values, "head.name", "حسن")
    assert values["household.members"] == [{"id": 1, "relation": "head", "name": "حسن"}]
    assert filling.cell(values, "head.name") == "حسن"
    assert filling.cell({}, "head.name") == ""


def test_an_empty_form_is_refused_for_what_the_paper_would_be_sent_back_for(form: Form) -> None:
    """Nothing typed: the head's name and sex and the day of the request are asked for, each at its box."""
    assert refused(form, {}) == {
        "household.members[0].name": "field.required",
        "household.members[0].sex": "field.required",
        "request_date": "field.required",
    }


def test_e20_every_problem_is_told_at_once_and_by_its_row(form: Form) -> None:
    """Rows are counted as they stand, empty ones above included; problems of reading and of sense come together."""
    values = typed(
        **{
            "household.dwelling.rooms": "many",
            "household.bank_balance": "12.0005",
            "household.incomes": [{"kind": ""}, {"member": "5", "kind": "salary", "monthly": "٣١٠"}, {"kind": "rent"}],
        }
    )
    values["household.members"] += [
        {"id": 2, "relation": "", "name": ""},
        {"id": 3, "relation": "son", "name": "علي", "birth_date": "01/01/2030"},
        {"id": 4, "relation": "other", "name": "جار"},
        {"id": 5, "name": "ضيف"},
    ]
    assert refused(form, values) == {
        "household.dwelling.rooms": "field.not_a_count",
        "household.bank_balance": "money.places",
        "household.incomes[2].monthly": "field.required",
        "household.members[2].birth_date": "member.born_in_future",
        "household.members[3].sex": "field.required",
        "household.members[4].relation": "field.required",
        "household.members[4].sex": "field.required",
    }


def test_an_income_of_nobody_in_the_family_is_told(form: Form) -> None:
    """A line that names a member who is not there is told at the row as it stands."""
    values = typed(**{"household.incomes": [{"kind": ""}, {"member": "5", "kind": "salary", "monthly": "310"}]})
    assert refused(form, values) == {"household.incomes[1].member": "line.unknown_member"}


def test_a_relation_says_the_sex_where_it_can(form: Form) -> None:
    """A wife is a woman without being asked; a head is asked."""
    values = typed()
    values["household.members"].append({"id": 2, "relation": "wife", "name": "مريم"})
    study = filling.fill(form, values, currency=BHD, today=TODAY)
    assert study.household.members[1].sex is Sex.FEMALE


def test_no_income_is_told_apart_from_income_not_asked(form: Form) -> None:
    """An empty table means nothing until the box says that there is none."""
    assert filling.fill(form, typed(), currency=BHD, today=TODAY).household.incomes is None
    stated = typed(**{"household.incomes.none": "yes"})
    assert filling.fill(form, stated, currency=BHD, today=TODAY).household.incomes == ()
    boxes = filling.values_of(form, filling.fill(form, stated, currency=BHD, today=TODAY), BHD)
    assert boxes["household.incomes.none"] == "yes"
    assert boxes["household.obligations.none"] == ""


def test_both_kinds_of_digits_are_read_in_every_box(form: Form) -> None:
    """Arabic-Indic digits mean the same count, amount and day."""
    values = typed(
        **{"household.dwelling.rooms": "٣", "household.bank_balance": "١٬٢٥٠٫٥", "request_date": "٢١/١١/٢٠٢٦"}
    )
    study = filling.fill(form, values, currency=BHD, today=TODAY)
    assert study.household.dwelling.rooms == 3
    assert study.household.bank_balance == Money(1_250_500)
    assert study.request_date == date(2026, 11, 21)


def test_a_slug_that_is_no_choice_is_refused(form: Form) -> None:
    """A choice or yes-or-no outside its list is told, not taken."""
    values = typed(registered="perhaps", **{"household.dwelling.kind": "castle", "household.phone": "1" * 4001})
    assert refused(form, values) == {
        "registered": "field.not_a_choice",
        "household.dwelling.kind": "field.not_a_choice",
        "household.phone": "field.too_long",
    }


def test_a_half_typed_form_gives_what_can_be_read(form: Form) -> None:
    """While one types, a bad amount is left out as not known and the rest is there for the live computation."""
    values = typed(**{"household.incomes": [{"kind": "salary", "monthly": "12,5"}, {"kind": "rent", "monthly": "50"}]})
    study, problems = filling.read_leniently(form, values, currency=BHD, today=TODAY)
    assert study.household.incomes == (Income(IncomeKind.RENT, Money(50_000)),)
    assert [problem.where for problem in problems] == ["household.incomes[0].monthly"]


@given(text=st.text(max_size=60), where=st.sampled_from(["household.phone", "household.bank_balance", "request_date"]))
def test_no_typed_text_ends_in_anything_but_an_answer(form: Form, text: str, where: str) -> None:
    """Whatever is typed into a box, the form is read or a problem stands at that box."""
    _study, problems = filling.read_leniently(form, typed(**{where: text}), currency=BHD, today=TODAY)
    assert {problem.where for problem in problems} <= {where}


def test_a_name_that_is_nobodys_in_the_family_is_refused(form: Form) -> None:
    """An income typed for somebody who is no member is told at its box."""
    values = typed(**{"household.incomes": [{"member": "سيسسى", "kind": "salary", "monthly": "100"}]})
    assert refused(form, values) == {"household.incomes[0].member": "field.not_a_choice"}


@given(text=st.text(max_size=30))
def test_no_text_typed_in_a_table_ends_in_anything_but_an_answer(form: Form, text: str) -> None:
    """Whatever stands in one cell of any table, the form is read or the problems stand in that table."""
    for table in form.tables():
        for column in table.columns:
            values = typed(**{table.bind: [{"id": 1, column.bind: text}]})
            _study, problems = filling.read_leniently(form, values, currency=BHD, today=TODAY)
            assert all(problem.where.startswith(table.bind) for problem in problems)


def test_every_choice_has_its_list(form: Form) -> None:
    """Each choice names the vocabulary of its labels; only the documents' list comes from the pack."""
    fields = [*form.fields(), *(column for table in form.tables() for column in table.columns)]
    choices = [field for field in fields if field.kind is Kind.CHOICE]
    assert all(field.vocabulary for field in choices)
    assert {field.vocabulary for field in choices if not field.choices} == {"document"}
    assert all(field.bind or field.on is On.PAPER for field in fields)


HEADER = 'id = "x"\ntitle.ar = "س"\ntitle.en = "x"\n[[page]]\ntitle.ar = "س"\ntitle.en = "x"\n[[page.section]]\n'
LABEL = 'label.ar = "س", label.en = "x"'


def section_with_field(field: str) -> str:
    """A form of one field."""
    return HEADER + f'title = {{ar="س", en="x"}}\nfield = [{{ {field} {LABEL} }}]'


def section_with_table(bind: str) -> str:
    """A form of one table with one column."""
    column = f'{{ kind = "text", bind = "x", {LABEL} }}'
    return HEADER + f'title = {{ar="س", en="x"}}\ntable = {{ bind = "{bind}", rows_on_paper = 1, column = [{column}] }}'


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("id = ", "form.not_toml"),
        ('id = "x"\ncolour = 1\n', "form.invalid"),
        (HEADER + 'title.ar = "س"\n', "form.wording"),
        (section_with_field('kind = "text", bind = "household.hat",'), "form.unknown_fact"),
        (section_with_field('kind = "text", bind = "household.phone.x",'), "form.unknown_fact"),
        (section_with_field('kind = "money", bind = "household.phone",'), "form.wrong_kind"),
        (section_with_field('kind = "choice", bind = "household.phone",'), "form.wrong_kind"),
        (section_with_field('kind = "text",'), "form.unknown_fact"),
        (section_with_table("household.hats"), "form.unknown_fact"),
        (section_with_table("household.phone"), "form.unknown_fact"),
    ],
)
def test_a_form_that_is_wrong_is_refused_by_file(text: str, code: str) -> None:
    """A slip in a form's file is named with the file, before anything is drawn from it."""
    with pytest.raises(Refused) as refusal:
        read_form(text, "x.toml")
    assert refusal.value.problems[0].code == code
    assert refusal.value.problems[0].where == "x.toml"


def test_a_problem_seen_from_further_out_names_the_whole_way() -> None:
    """Places join with a dot, rows without one."""
    assert Problem("x", "[2].name").under("household.members").where == "household.members[2].name"
    assert Problem("x", "members").under("household").where == "household.members"
    assert Problem("x").under("household").where == "household"
