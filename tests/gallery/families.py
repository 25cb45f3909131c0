"""The families of the gallery: an ordinary one, one that strains every box, one of which nothing is known."""

from dataclasses import replace
from datetime import date

from sanad import places
from sanad.domain.case import Case, Document, FollowUp, Paper, Research
from sanad.domain.household import (
    Dwelling,
    DwellingKind,
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
from sanad.domain.money import KWD, USD, Money
from sanad.domain.office import Digits, Language, Office
from sanad.services.policies import Policies

POLICIES = Policies(folder=places.policies())
ON = date(2026, 11, 25)
HEAD = "عبدالرحمن بن عبدالعزيز بن محمد صلاح الدين آل أبو المكارم البحراني الكرزكاني (أبو عبدالله)"
MIXED = "Mohammed Abdul-Rahman محمد عبدالرحمن (Flat 12-B) پرویز گلزار ٹیپو"
NOTE = (
    "زارت اللجنة الأسرة يوم 21/11/2026 الساعة 16:30 ووجدت السكن (شقة رقم 12-B) ضيقاً على خمسة عشر فرداً؛ "
    "الهاتف +973 3312-4455، والبريد family@example.org، والدخل بعد الالتزامات 1,250.500 د.ب. "
)
REASON = "رأى المجلس ذلك بعد الاطلاع على البحث، وللأسرة معيل آخر يعينها (اتصال 3312 4455)"
LETTER = replace(Paper(), to="جمعية البر الخيرية")


def office(language: Language = Language.ARABIC) -> Office:
    """A society that is made up."""
    return Office(
        policy="karzakan-2020",
        name_ar="جمعية الواحة الخيرية",
        name_en="Al-Waha Charity Society",
        phone="1700 0000",
        language=language,
        digits=Digits.WESTERN,
        currency=POLICIES.get("karzakan-2020").currency,
        committee_ar="لجنة البحث والدراسة",
        committee_en="Research and Study Committee",
        iban="BH67BMAG00001299123456",
    )


def ordinary() -> Case:
    """A family of the samples whose request was approved and ordered to be paid."""
    case = POLICIES.read_case(places.sample() / "family-05.json")
    head = case.household.members[0]
    paper = Paper(
        number="2026-000391",
        voucher="2026-000388",
        date=date(2026, 11, 24),
        amount=Money(60_000),
        months=("2026-11",),
        payee=head.name,
        method="cash",
        decision="14/3",
    )
    return replace(case, asked=Money(75_000), paper=paper)


def strained() -> Case:
    """Fifteen members with long and mixed names, long notes, amounts as large as money goes."""
    head = Member(id=1, relation=Relation.HEAD, sex=Sex.MALE, name=HEAD, civil_id="800512345678", occupation=MIXED)
    others = (
        replace(
            head,
            id=number,
            relation=Relation.SON if number % 2 else Relation.DAUGHTER,
            sex=Sex.MALE if number % 2 else Sex.FEMALE,
            name=f"{MIXED if number % 3 == 0 else HEAD} {number}",
            birth_date=date(2005, 1, number),
        )
        for number in range(2, 16)
    )
    household = Household(
        file_number="A-1024/2026",
        resident_of=MIXED,
        phone="+973 3312-4455",
        family_state=NOTE * 4,
        members=(head, *others),
        incomes=tuple(Income(IncomeKind.WIDOW_ORPHAN_SUPPORT, Money(9_999_999_999), n, NOTE) for n in range(1, 9)),
        obligations=tuple(Obligation(ObligationKind.OTHER_DEBT, Money(8_888_888_888), True, n) for n in range(1, 8)),
        bank_balance=Money(999_999_999_999),
    )
    return Case(
        policy="karzakan-2020",
        aid="monthly",
        on=date(2026, 11, 22),
        request_date=date(2026, 11, 21),
        asked=Money(999_999_999_999),
        registered=True,
        monthly_registered=True,
        household=household,
        research=Research(NOTE * 6, NOTE * 3, date(2026, 11, 21), HEAD),
        follow_ups=tuple(FollowUp(date(2026, 12, day), HEAD, NOTE * day) for day in range(1, 4)),
        documents=tuple(Document(kind, "waived", None, HEAD, NOTE) for kind in ("id_card", "rent_contract")),
        paper=Paper(
            number="2026-000391",
            voucher="2026-000388",
            date=date(2026, 11, 24),
            amount=Money(987_654_321_987),
            months=("2026-10", "2026-11", "2026-12"),
            payee=HEAD,
            method="cheque",
            decision="2026/14/3-ب",
            to=f"{HEAD} - {MIXED}",
        ),
    )


def dark() -> Case:
    """A family of which nothing is known."""
    return Case(policy="karzakan-2020", aid="monthly", on=date(2026, 11, 22), household=Household())


def of_kuwait() -> Case:
    """A widow, by the regulation of a society in Kuwait, for help with the rent."""
    case = ordinary()
    widowed = MaritalStatus.WIDOWED
    head = replace(case.household.members[1], relation=Relation.HEAD, provider=True, marital_status=widowed)
    household = replace(
        case.household,
        members=(head, *case.household.members[2:]),
        incomes=tuple(income for income in case.household.incomes or () if income.member == head.id),
        spouses_share=None,
        dwelling=replace(case.household.dwelling, kind=DwellingKind.RENTED_HOUSE),
        family_state="أرملة تعمل نصف دوام وتعول خمسة أولاد",
    )
    research = replace(case.research, comment="لا يفي دخلها بالإيجار", notes="يوصى بالمساعدة في الإيجار")
    paper = replace(case.paper, amount=KWD.read("180.250"), payee="مؤجر السكن", method="cheque")
    facts: dict[str, object] = {"muslim": True, "prophets_house": False, "remarried": False, "no_supporter": True}
    return replace(
        case, policy="balad-alkhair-2021", aid="rent", category="widow", applicant=head.id, grade=1, fund="zakat",
        household=household, research=research, facts=facts, documents=(Document("civil_ids", "there"),), paper=paper,
    )  # fmt: skip


def of_kansas() -> Case:
    """A family in Kansas City whose head fell ill."""
    names = ("Hassan Ali Ahmed", "Mariam Yusuf", "Ali Hassan", "Fatima Hassan")
    case = ordinary()
    members = tuple(
        replace(member, name=name, occupation="", workplace="", income_source="")
        for member, name in zip(case.household.members, names, strict=False)
    )
    household = replace(
        case.household,
        members=members,
        file_number="27",
        resident_of="Kansas City",
        dwelling=Dwelling(DwellingKind.RENTED_FLAT, flat="4", rooms=3, building="2012", area="Waldo"),
        family_state="The father is ill",
        incomes=(),
        obligations=(),
    )
    paper = replace(case.paper, amount=USD.read("1250.50"), payee=names[0], method="transfer")
    return replace(
        case, policy="kcmuslims", aid="financial", category="chronic_illness", household=household, documents=(),
        facts={"resident": True, "condition_met": True, "debt_payment": False}, paper=paper, research=Research(),
    )  # fmt: skip
