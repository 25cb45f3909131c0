"""What a form is made of: pages, sections, fields and tables, frozen."""

from enum import StrEnum

from msgspec import Struct

from sanad.domain.text import Text


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
    AMOUNT = "amount"
    """The amount in a frame, in figures and in words."""
    CHECKLIST = "checklist"
    """The documents that go with the aid, each to be ticked."""
    ATTACHMENTS = "attachments"
    """The documents that a payment of the aid needs, and to whom it is made out."""
    REASONS = "reasons"
    """The conditions that were not met, each with its place in the guide."""


class Layout(StrEnum):
    """How a paper is set: boxes to fill, or sentences to read."""

    FORM = "form"
    LETTER = "letter"


class Field(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A field, or a column of a table.

    ``bind`` is the path of the fact from the case study, or from the row in a table; a field that is only on paper may
    have none: it is a line to write on. ``derived`` fields are computed from the others and never typed. ``span`` is
    the columns of the section it takes; ``width`` its share of a table's width. ``when`` (``dwelling.kind = flat``)
    says when it has meaning. ``vocabulary`` and ``choices`` are settled by the reader from the bound type.

    Of a field on paper: ``options`` are boxes to tick instead of a line; notes that ``fill`` take the lines that their
    page has left; ``guides`` are the formulas of the guides it holds for.
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
    options: tuple[Text, ...] = ()
    fill: bool = False
    guides: tuple[str, ...] = ()
    vocabulary: str = ""
    choices: tuple[str, ...] = ()


class Table(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"columns": "column"}):
    """Rows of a list. A row that is typed below the last one is a new one if the table ``grows``.

    ``rows_on_paper`` are ruled on its printed page, filled or not; more rows go on to a further page. ``none`` labels
    the box that says, under an empty table, that it was asked and there is none. A table on paper that is filled by
    hand has no ``bind``: its ``rows`` are named in its ``label`` column. Rows that ``fill`` are as high as their page
    allows.
    """

    columns: tuple[Field, ...]
    bind: str = ""
    rows: tuple[Text, ...] = ()
    fill: bool = False
    rows_on_paper: int
    grows: bool = True
    none: Text | None = None


class Paragraph(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A sentence or several, with facts in braces: ``{head.name}``. What is not known is a gap to write in.

    ``guides`` are the formulas of the guides it holds for; ``when`` and ``unless`` name a yes-or-no fact.
    """

    text: Text
    guides: tuple[str, ...] = ()
    when: str = ""
    unless: str = ""


class Section(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"fields": "field"}):
    """A part of a page, titled or not.

    Sentences, fields in ``columns`` columns, a table, a block; then lines to sign on, and the place of the stamp.
    ``guides`` are the formulas of the guides it holds for, all if none is named.
    """

    title: Text = Text("", "")
    guides: tuple[str, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
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


class Slip(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a paper says that is cut from its page, in ``copies``, each named for whom it is.

    ``under`` stands under the office's name, ``number`` before the paper's own, ``thumb`` in the frame for a thumb.
    Sentences stand above fields, and both above the lines to sign on.
    """

    copies: tuple[Text, ...]
    under: Text
    number: Text
    thumb: Text


class Form(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"pages": "page"}):
    """A whole form, by its id. ``order`` is its place among the papers.

    ``typed``: it is a screen, too, and its facts are those of the family's file. ``number`` names the fact that numbers
    the paper: one without it is a draft; no such fact, and the family's file gives the number. ``many``: it lists
    several cases. ``slip``: copies of it stand on one page, to be cut apart.
    """

    id: str
    title: Text
    pages: tuple[Page, ...]
    order: int = 99
    layout: Layout = Layout.FORM
    typed: bool = True
    number: str = ""
    many: bool = False
    slip: Slip | None = None

    def fields(self) -> tuple[Field, ...]:
        """Every field outside tables, in the order of the paper."""
        return tuple(field for page in self.pages for section in page.sections for field in section.fields)

    def tables(self) -> tuple[Table, ...]:
        """Every table, in the order of the paper; two tables may show columns of the same rows."""
        return tuple(section.table for page in self.pages for section in page.sections if section.table)
