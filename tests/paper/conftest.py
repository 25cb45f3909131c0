"""A form, a family, an office and the two inks, to print with."""

from datetime import date
from fractions import Fraction

import pytest

from sanad.domain.assessment import Assessment, Assumption, Check, Finding, Outcome, Step
from sanad.domain.case import Case, Document, FollowUp, Paper, Research
from sanad.domain.household import (
    Dwelling,
    DwellingKind,
    Education,
    Employment,
    Household,
    Income,
    IncomeKind,
    MaritalStatus,
    Member,
    Obligation,
    ObligationKind,
    Relation,
    Sex,
)
from sanad.domain.money import Money
from sanad.domain.text import Text
from sanad.forms.definition import Form
from sanad.forms.reader import read_form
from sanad.paper.facts import Guide
from sanad.paper.ink import Ink
from tests.paper.printing import ROOT

HEAD = Member(
    id=1,
    relation=Relation.HEAD,
    sex=Sex.MALE,
    name="حسن علي أحمد",
    civil_id="800512345",
    birth_date=date(1980, 5, 1),
    marital_status=MaritalStatus.MARRIED,
    employment=Employment.EMPLOYED,
    education=Education.SECONDARY,
    occupation="سائق",
    workplace="شركة النقل (المنامة)",
    work_phone="1733 4455",
    registered_on=date(2026, 11, 21),
    provider=True,
)
DAUGHTER = Member(
    id=2,
    relation=Relation.DAUGHTER,
    sex=Sex.FEMALE,
    name="لؤلؤة حسن علي",
    birth_date=date(2008, 2, 3),
    marital_status=MaritalStatus.SINGLE,
    income_source="عمل جزئي",
)


@pytest.fixture(scope="session")
def form() -> Form:
    """The case-study form as it is shipped."""
    file = ROOT / "forms/case-study.toml"
    return read_form(file.read_text("utf-8"), file.name)


@pytest.fixture(scope="session")
def arabic() -> Ink:
    """Ink for papers in Arabic."""
    return Ink(ROOT / "resources/fonts", right_to_left=True)


@pytest.fixture(scope="session")
def english() -> Ink:
    """Ink for papers in English."""
    return Ink(ROOT / "resources/fonts", right_to_left=False)


@pytest.fixture
def case() -> Case:
    """A family with something in every part of its file."""
    household = Household(
        file_number="1042",
        resident_of="كرزكان",
        phone="3312 4455",
        spouses_share=True,
        family_state="أسرة متعففة",
        members=(HEAD, DAUGHTER),
        incomes=(Income(IncomeKind.SALARY, Money(1_250_500), 1), Income(IncomeKind.OTHER, Money(50_000), 2)),
        obligations=(Obligation(ObligationKind.RENT, Money(150_000), True),),
        dwelling=Dwelling(DwellingKind.RENTED_FLAT, "12", 3, "1026", "2634", "418", "كرزكان", "الشمالية", "قرب المسجد"),
        bank_balance=Money(0),
    )
    return Case(
        policy="karzakan-2020",
        aid="monthly",
        on=date(2026, 11, 22),
        household=household,
        request_date=date(2026, 11, 21),
        registered=True,
        monthly_registered=False,
        research=Research("زرنا الأسرة يوم 21/11/2026", "", date(2026, 11, 21), "جعفر محمد"),
        follow_ups=(FollowUp(date(2026, 12, 1), "جعفر محمد", "الحال على ما هو عليه"),),
        documents=(Document("id_card", "there", date(2028, 1, 1)), Document("rent_contract", "missing")),
        paper=Paper(decision="14/3", date=date(2026, 11, 24), amount=Money(30_000)),
    )


@pytest.fixture
def guide() -> Guide:
    """What a paper says of a guide."""
    return Guide(
        title=Text("دليل المساعدات", "Aid guide"),
        formulas="karzakan",
        labels={"poor": Text("فقير", "Poor"), "household.phone": Text("هاتف", "Phone")},
        places={"K-MONTH-2": Text("المعونات الشهرية، 2", "Monthly aid, 2")},
        aids={"monthly": Text("المساعدة الشهرية", "Monthly aid")},
        documents={"id_card": Text("بطاقة الهوية", "ID card"), "rent_contract": Text("عقد الإيجار", "Rent contract")},
        facts={"sharia_opinion": Text("الرأي الشرعي", "Opinion by religious law")},
    )


@pytest.fixture
def assessment() -> Assessment:
    """A small computation, one figure of each sort."""
    nothing = Text("", "")
    return Assessment(
        policy="karzakan-2020",
        revision="2019-07-02",
        digest="0" * 64,
        aid="monthly",
        on="2026-11-22",
        currency="BHD",
        outcome=Outcome.ELIGIBLE,
        amount=Money(30_000),
        period_months=None,
        fund=None,
        redirect=None,
        figures={},
        steps=(
            Step(
                "net",
                "K-MONTH-2",
                Text("صافي الدخل", "Net"),
                Text("460.000 − 150.000", "460.000 − 150.000"),
                Fraction(310),
            ),
            Step("members", "K-POV-4", Text("الأفراد المحتسبون", "Counted"), nothing, Fraction(5), money=False),
            Step("share", "K-MONTH-1", Text("حصة الزوجة", "Wife's part"), nothing, Fraction(2, 5), money=False),
        ),
        checks=(Check("K-MONTH-5", "per_capita", Finding.MET, Text("النصيب دون الخط", "Share below the line")),),
        missing=("sharia_opinion", "household.members[1].poor", "household.phone", "unheard_of"),
        assumptions=(Assumption("K-MONTH-2", Text("قراءة للدليل", "A reading")),),
        counted=(1,),
    )
