"""What the office's letterhead says besides: the number of its account, and its picture."""

from alembic import op

revision = "0004"
down_revision = "0003"

OFFICE = """
    CREATE TABLE office (
        id INTEGER NOT NULL CONSTRAINT only_one CHECK (id = 1),
        policy TEXT NOT NULL,
        name_ar TEXT NOT NULL,
        name_en TEXT NOT NULL,
        phone TEXT NOT NULL,
        language TEXT NOT NULL,
        digits TEXT NOT NULL,
        currency TEXT NOT NULL,
        committee_ar TEXT NOT NULL,
        committee_en TEXT NOT NULL,
        iban TEXT NOT NULL,
        PRIMARY KEY (id)
    )
     STRICT
    """
LOGO = """
    CREATE TABLE office_logo (
        id INTEGER NOT NULL CONSTRAINT only_one CHECK (id = 1),
        picture BLOB NOT NULL,
        PRIMARY KEY (id)
    )
     STRICT
    """
KEPT = "id, policy, name_ar, name_en, phone, language, digits, currency, committee_ar, committee_en"


def upgrade() -> None:
    """Make the office's row anew with room for the number, and a place for the picture."""
    op.execute("ALTER TABLE office RENAME TO office_before")
    op.execute(OFFICE)
    op.execute(f"INSERT INTO office ({KEPT}, iban) SELECT {KEPT}, '' FROM office_before")  # noqa: S608  # our own words
    op.execute("DROP TABLE office_before")
    op.execute(LOGO)
