"""The people of the office: their accounts, confidential files, and drafts that are each one's own.

The two indexes serve what is asked at every act: what the journal last said of somebody, and who did what went before.
"""

from alembic import op

revision = "0005"
down_revision = "0004"

TABLES = (
    """
    CREATE TABLE staff (
        id TEXT NOT NULL,
        user TEXT NOT NULL,
        user_key TEXT NOT NULL,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        active INTEGER NOT NULL,
        password TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT active_yes_or_no CHECK (active IN (0, 1)),
        UNIQUE (user_key)
    )
     STRICT
    """,
    """
    CREATE TABLE confidential (
        household TEXT NOT NULL,
        since TEXT NOT NULL,
        PRIMARY KEY (household),
        FOREIGN KEY(household) REFERENCES households (id)
    )
     STRICT
    """,
    "CREATE INDEX journal_by_operation ON journal (operation)",
    "CREATE INDEX operations_by_result ON operations (result)",
)
DRAFTS = """
    CREATE TABLE drafts (
        account TEXT NOT NULL,
        place TEXT NOT NULL,
        payload TEXT NOT NULL,
        kept_at TEXT NOT NULL,
        PRIMARY KEY (account, place)
    )
     STRICT
    """


def upgrade() -> None:
    """Make the tables; a draft that was kept before there were accounts is nobody's in particular."""
    for statement in TABLES:
        op.execute(statement)
    op.execute("ALTER TABLE drafts RENAME TO drafts_before")
    op.execute(DRAFTS)
    op.execute(
        "INSERT INTO drafts (account, place, payload, kept_at) SELECT '', place, payload, kept_at FROM drafts_before"
    )
    op.execute("DROP TABLE drafts_before")
