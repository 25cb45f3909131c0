"""What is kept: every table of the data file. ``migrations`` says how a file came to look so."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

from sanad.domain import household as words
from sanad.domain.assessment import Outcome
from sanad.domain.decision import Verdict
from sanad.domain.money import LARGEST
from sanad.domain.office import Digits, Language
from sanad.domain.payment import Method
from sanad.domain.staff import Role
from sanad.store.columns import Date, Enum, Json, Moment, Money, YesNo

schema = MetaData()


def _table(name: str, *parts: SchemaItem) -> Table:
    return Table(name, schema, *parts, sqlite_strict=True)


def _amount(name: str, *, nullable: bool = False, least: int = 0) -> tuple[SchemaItem, ...]:
    """A column of money, and the bounds that the file itself keeps."""
    return (
        Column(name, Money, nullable=nullable),
        CheckConstraint(f"{name} >= {least} AND {name} < {LARGEST}", name=f"{name}_in_bounds"),
    )


def _yes_no(name: str, *, nullable: bool = True) -> tuple[SchemaItem, ...]:
    return Column(name, YesNo, nullable=nullable), CheckConstraint(f"{name} IN (0, 1)", name=f"{name}_yes_or_no")


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


office = _table(
    "office",
    Column("id", Integer, CheckConstraint("id = 1", name="only_one"), primary_key=True),
    _text("policy"),
    _text("name_ar"),
    _text("name_en"),
    _text("phone"),
    Column("language", Enum(Language), nullable=False),
    Column("digits", Enum(Digits), nullable=False),
    _text("currency"),
    _text("committee_ar"),
    _text("committee_en"),
    _text("iban"),
    Column(
        "hijri_shift",
        Integer,
        CheckConstraint("hijri_shift IN (-1, 0, 1)", name="hijri_shift_in_bounds"),
        nullable=False,
    ),
)

office_logo = _table(
    "office_logo",
    Column("id", Integer, CheckConstraint("id = 1", name="only_one"), primary_key=True),
    Column("picture", LargeBinary, nullable=False),
)
"""The picture as it is printed, apart from the office's words: they are read more often."""

households = _table(
    "households",
    Column("row", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("version", Integer, nullable=False),
    Column("saved_at", Moment, nullable=False),
    _text("file_number"),
    Column("file_key", Text, nullable=False, unique=True),
    _text("resident_of"),
    _text("phone"),
    *_yes_no("spouses_share"),
    _text("family_state"),
    *_yes_no("incomes_asked", nullable=False),
    *_yes_no("obligations_asked", nullable=False),
    Column("dwelling_kind", Enum(words.DwellingKind)),
    _text("flat"),
    Column("rooms", Integer),
    _text("block"),
    _text("road"),
    _text("building"),
    _text("area"),
    _text("municipality"),
    _text("site"),
    *_amount("bank_balance", nullable=True),
    *_amount("wealth", nullable=True),
    Column("request_date", Date),
    *_yes_no("registered"),
    *_yes_no("monthly_registered"),
    _text("research_comment"),
    _text("research_notes"),
    Column("research_date", Date),
    _text("research_employee"),
    Column("facts", Json, nullable=False),
)


def _rows(name: str, *parts: SchemaItem) -> Table:
    """Rows of a family's file, in the order in which they stand there."""
    return _table(
        name,
        Column("household", Text, ForeignKey("households.id"), nullable=False),
        Column("position", Integer, nullable=False),
        *parts,
        PrimaryKeyConstraint("household", "position"),
    )


members = _rows(
    "members",
    Column("id", Integer, nullable=False),
    Column("relation", Enum(words.Relation), nullable=False),
    Column("sex", Enum(words.Sex), nullable=False),
    _text("name"),
    _text("name_key"),
    _text("civil_id"),
    Column("civil_key", Text, unique=True),
    *_yes_no("provider"),
    Column("birth_date", Date),
    Column("marital_status", Enum(words.MaritalStatus)),
    Column("employment", Enum(words.Employment)),
    Column("education", Enum(words.Education)),
    _text("occupation"),
    _text("workplace"),
    _text("work_phone"),
    _text("income_source"),
    Column("registered_on", Date),
    _text("notes"),
    *_yes_no("lives_with_family"),
    *_yes_no("poor"),
    *_yes_no("married_in_house"),
    *_yes_no("include"),
    _text("include_reason"),
    _text("doubts_settled"),
    UniqueConstraint("household", "id"),
    Index("members_by_name_and_birth", "name_key", "birth_date"),
)

incomes = _rows(
    "incomes",
    Column("kind", Enum(words.IncomeKind), nullable=False),
    *_amount("monthly"),
    Column("member", Integer),
    _text("note"),
    ForeignKeyConstraint(["household", "member"], ["members.household", "members.id"]),
)

obligations = _rows(
    "obligations",
    Column("kind", Enum(words.ObligationKind), nullable=False),
    *_amount("monthly"),
    *_yes_no("justified"),
    Column("member", Integer),
    _text("note"),
    ForeignKeyConstraint(["household", "member"], ["members.household", "members.id"]),
)

documents = _rows(
    "documents",
    _text("kind"),
    _text("state"),
    Column("expires", Date),
    Column("waived_by", Text),
    _text("reason"),
)

follow_ups = _rows("follow_ups", Column("date", Date), _text("employee"), _text("notes"))


def _particulars() -> tuple[SchemaItem, ...]:
    """The columns of what a request says; ``waivers`` are by the clause that is let pass."""
    return (
        Column("applicant", Integer),
        Column("category", Text),
        Column("grade", Integer),
        Column("fund", Text),
        Column("waivers", Json, nullable=False),
        Column("facts", Json, nullable=False),
    )


requests = _table(
    "requests",
    Column("id", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("household", Text, ForeignKey("households.id"), nullable=False, index=True),
    _text("policy"),
    _text("aid"),
    Column("received_on", Date, nullable=False),
    *_amount("asked", nullable=True),
    *_particulars(),
)

assessments = _table(
    "assessments",
    Column("row", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("request", Text, ForeignKey("requests.id"), nullable=False, index=True),
    Column("household_version", Integer, nullable=False),
    _text("digest"),
    Column("outcome", Enum(Outcome), nullable=False),
    *_amount("amount", nullable=True),
    _text("body"),
    _text("facts"),
    _text("seal"),
)

corrections = _table(
    "corrections",
    Column("row", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("request", Text, ForeignKey("requests.id"), nullable=False, index=True),
    Column("assessment", Text, ForeignKey("assessments.id")),
    *_amount("asked", nullable=True),
    *_particulars(),
)
"""What requests say from then on; the last of each counts."""

decisions = _table(
    "decisions",
    Column("row", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("request", Text, ForeignKey("requests.id"), nullable=False, index=True),
    Column("assessment", Text, ForeignKey("assessments.id"), nullable=False),
    Column("verdict", Enum(Verdict), nullable=False),
    Column("decided_on", Date, nullable=False),
    _text("sitting"),
    *_amount("computed", nullable=True),
    *_amount("amount", nullable=True, least=1),
    Column("first_month", Text),
    Column("last_month", Text),
    _text("reason"),
    CheckConstraint("(verdict = 'approve') = (amount IS NOT NULL)", name="a_grant_is_an_approval"),
    CheckConstraint("(amount IS NULL) = (first_month IS NULL)", name="a_grant_has_a_first_month"),
)

vouchers = _table(
    "vouchers",
    Column("id", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("decision", Text, ForeignKey("decisions.id"), nullable=False, index=True),
    Column("household", Text, ForeignKey("households.id"), nullable=False),
    _text("aid"),
    _text("month"),
    *_amount("amount", least=1),
    _text("payee"),
    Column("method", Enum(Method), nullable=False),
    Column("issued_on", Date, nullable=False),
    Index("vouchers_by_month", "household", "aid", "month"),
)

receipts = _table(
    "receipts",
    Column("id", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("voucher", Text, ForeignKey("vouchers.id"), nullable=False, unique=True),
    *_amount("amount", least=1),
    _text("received_by"),
    Column("received_on", Date, nullable=False),
)

cancellations = _table(
    "cancellations",
    Column("voucher", Text, ForeignKey("vouchers.id"), primary_key=True),
    Column("cancelled_on", Date, nullable=False),
    _text("reason"),
)

numbers = _table(
    "numbers",
    Column("series", Text, primary_key=True),
    Column("last", Integer, CheckConstraint("last > 0", name="from_one"), nullable=False),
)

journal = _table(
    "journal",
    Column("seq", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    _text("who"),
    _text("operation"),
    _text("subjects"),
    _text("households"),
    _text("before"),
    _text("after"),
    _text("why"),
    _text("seal"),
    Index("journal_by_operation", "operation"),
)

operations = _table(
    "operations",
    Column("key", Text, primary_key=True),
    _text("operation"),
    _text("said"),
    _text("result"),
    Column("seq", Integer, ForeignKey("journal.seq"), nullable=False),
    Index("operations_by_result", "result"),
)

drafts = _table(
    "drafts",
    Column("account", Text, primary_key=True),
    Column("place", Text, primary_key=True),
    _text("payload"),
    Column("kept_at", Moment, nullable=False),
)

packs = _table(
    "packs",
    Column("row", Integer, primary_key=True),
    _text("policy"),
    _text("digest"),
    _text("files"),
    Column("adopted_at", Moment, nullable=False),
)

revisions = _table(
    "revisions",
    Column("row", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("policy", Text, nullable=False, index=True),
    Column("since", Date, nullable=False),
    _text("title_ar"),
    _text("title_en"),
    _text("digest"),
    _text("text"),
    Column("adopted_at", Moment, nullable=False),
)

office_key = _table(
    "office_key",
    Column("id", Integer, CheckConstraint("id = 1", name="only_one"), primary_key=True),
    _text("public"),
    Column("sealed", LargeBinary, nullable=False),
    Column("made_at", Moment, nullable=False),
)

staff = _table(
    "staff",
    Column("id", Text, primary_key=True),
    _text("user"),
    Column("user_key", Text, nullable=False, unique=True),
    _text("name"),
    Column("role", Enum(Role), nullable=False),
    *_yes_no("active", nullable=False),
    _text("password"),
)

confidential = _table(
    "confidential",
    Column("household", Text, ForeignKey("households.id"), primary_key=True),
    Column("since", Moment, nullable=False),
)

SEALED = (
    journal,
    operations,
    assessments,
    corrections,
    decisions,
    vouchers,
    receipts,
    cancellations,
    packs,
    revisions,
    office_key,
)
"""What was posted: the file itself refuses to change or remove a row of these."""

WORDS = "household_words"
"""The search index, a full-text table that no MetaData can describe."""
