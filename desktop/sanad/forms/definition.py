"""What a form is made of: pages, sections, fields and tables, frozen."""

from enum import StrEnum

from msgspec import Struct

from sanad.domain.assessment import Text


class Kind(StrEnum):
    """What a field holds. The screen has one widget and the paper one box for each."""

    NAME = "name"
    TEXT = "text"
    NOTES = "notes"
    COUNT = "count"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    PHONE = "phone"
    CODE = "code"
    MEMBER = "member"


class On(StrEnum):
    """Where a field stands: on both, or only where it is typed, or only where it is written by hand."""

    BOTH = "both"
    SCREEN = "screen"
    PAPER = "paper"


class Block(StrEnum):
    """A part of a form that is drawn from something other than typed fields."""

    COMPUTATION = "computation"


class Field(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A field, or a column of a table.

    ``bind`` is the path of the fact from the case study, or from the row in a table; a field that is only on paper may
    have none: it is a line to write on. ``derived`` fields are computed from the others and never typed. ``span`` is
    the columns of the section it takes; ``width`` its share of a table's width. ``when`` (``dwelling.kind = flat``)
    says when it has meaning. ``vocabulary`` and ``choices`` are settled by the reader from the bound type.
    """

    kind: Kind
    label: Text
    bind: str = ""
    derived: bool = False
    required: bool = False
    span: int = 1
    width: float = 1.0
    lines: int = 1
    when: str = ""
    on: On = On.BOTH
    vocabulary: str = ""
    choices: tuple[str, ...] = ()


class Table(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"columns": "column"}):
    """Rows of a list. A row that is typed below the last one is a new one if the table ``grows``.

    ``rows_on_paper`` are ruled on each printed page, filled or not; more rows go on to a further page. ``none`` labels
    the box that says, under an empty table, that it was asked and there is none.
    """

    bind: str
    columns: tuple[Field, ...]
    rows_on_paper: int
    grows: bool = True
    none: Text | None = None


class Section(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"fields": "field"}):
    """A titled part of a page: fields in ``columns`` columns, or a table, or a block; then lines to sign on,
    and the place of the stamp."""

    title: Text
    columns: int = 3
    fields: tuple[Field, ...] = ()
    table: Table | None = None
    block: Block | None = None
    note: Text | None = None
    signatures: tuple[Text, ...] = ()
    stamp: bool = False
    on: On = On.BOTH


class Page(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"sections": "section"}):
    """A page of the paper, and a tab of the screen."""

    title: Text
    sections: tuple[Section, ...]


class Form(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"pages": "page"}):
    """A whole form, by its id."""

    id: str
    title: Text
    pages: tuple[Page, ...]

    def fields(self) -> tuple[Field, ...]:
        """Every field outside tables, in the order of the paper."""
        return tuple(field for page in self.pages for section in page.sections for field in section.fields)

    def tables(self) -> tuple[Table, ...]:
        """Every table, in the order of the paper; two tables may show columns of the same rows."""
        return tuple(section.table for page in self.pages for section in page.sections if section.table)
