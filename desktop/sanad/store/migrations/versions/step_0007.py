"""What a request says beside its aid and amount, and what is said of it otherwise before it is decided.

The table of requests is made anew under its own name. ``legacy_alter_table`` leaves the rows that point at it alone.
"""

from alembic import op

revision = "0007"
down_revision = "0006"

REQUESTS = """
    CREATE TABLE requests (
        id TEXT NOT NULL,
        number TEXT NOT NULL,
        household TEXT NOT NULL,
        policy TEXT NOT NULL,
        aid TEXT NOT NULL,
        received_on TEXT NOT NULL,
        asked INTEGER,
        applicant INTEGER,
        category TEXT,
        grade INTEGER,
        fund TEXT,
        waivers TEXT NOT NULL,
        facts TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT asked_in_bounds CHECK (asked >= 0 AND asked < 1000000000000000),
        UNIQUE (number),
        FOREIGN KEY(household) REFERENCES households (id)
    )
     STRICT
    """
CORRECTIONS = """
    CREATE TABLE corrections (
        "row" INTEGER NOT NULL,
        id TEXT NOT NULL,
        request TEXT NOT NULL,
        assessment TEXT,
        asked INTEGER,
        applicant INTEGER,
        category TEXT,
        grade INTEGER,
        fund TEXT,
        waivers TEXT NOT NULL,
        facts TEXT NOT NULL,
        PRIMARY KEY ("row"),
        CONSTRAINT asked_in_bounds CHECK (asked >= 0 AND asked < 1000000000000000),
        UNIQUE (id),
        FOREIGN KEY(request) REFERENCES requests (id),
        FOREIGN KEY(assessment) REFERENCES assessments (id)
    )
     STRICT
    """
KEPT = "id, number, household, policy, aid, received_on, asked"


def upgrade() -> None:
    """Give requests room for what they say, and seal what corrects them."""
    op.execute("PRAGMA legacy_alter_table = ON")
    op.execute("ALTER TABLE requests RENAME TO requests_before")
    op.execute("DROP INDEX ix_requests_household")
    op.execute(REQUESTS)
    op.execute(
        f"INSERT INTO requests ({KEPT}, waivers, facts) SELECT {KEPT}, '{{}}', '{{}}' FROM requests_before "  # noqa: S608  # our own words
        "ORDER BY rowid"
    )
    op.execute("DROP TABLE requests_before")
    op.execute("PRAGMA legacy_alter_table = OFF")
    op.execute("CREATE INDEX ix_requests_household ON requests (household)")
    op.execute(CORRECTIONS)
    op.execute("CREATE INDEX ix_corrections_request ON corrections (request)")
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER corrections_refuse_{act.lower()} BEFORE {act} ON corrections "
            "BEGIN SELECT RAISE(ABORT, 'corrections is sealed'); END"
        )
