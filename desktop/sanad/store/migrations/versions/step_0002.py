"""The office's own packs, and the dated revisions that it laid over its guide: kept word for word, never changed."""

from alembic import op

revision = "0002"
down_revision = "0001"

TABLES = (
    """
    CREATE TABLE packs (
        "row" INTEGER NOT NULL,
        policy TEXT NOT NULL,
        digest TEXT NOT NULL,
        files TEXT NOT NULL,
        adopted_at TEXT NOT NULL,
        PRIMARY KEY ("row")
    )
     STRICT
    """,
    """
    CREATE TABLE revisions (
        "row" INTEGER NOT NULL,
        id TEXT NOT NULL,
        policy TEXT NOT NULL,
        since TEXT NOT NULL,
        title_ar TEXT NOT NULL,
        title_en TEXT NOT NULL,
        digest TEXT NOT NULL,
        text TEXT NOT NULL,
        adopted_at TEXT NOT NULL,
        PRIMARY KEY ("row"),
        UNIQUE (id)
    )
     STRICT
    """,
    "CREATE INDEX ix_revisions_policy ON revisions (policy)",
)

SEALED = ("packs", "revisions")


def upgrade() -> None:
    """Make both tables, and what keeps their rows as they are."""
    for statement in TABLES:
        op.execute(statement)
    for table in SEALED:
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{act.lower()} BEFORE {act} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is sealed'); END"
            )
