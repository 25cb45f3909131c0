"""The office key: the public half that every backup is encrypted to, and the key itself under the passphrase."""

from alembic import op

revision = "0003"
down_revision = "0002"

TABLE = """
    CREATE TABLE office_key (
        id INTEGER NOT NULL CONSTRAINT only_one CHECK (id = 1),
        public TEXT NOT NULL,
        sealed BLOB NOT NULL,
        made_at TEXT NOT NULL,
        PRIMARY KEY (id)
    )
     STRICT
    """


def upgrade() -> None:
    """Make the table, and what keeps the key as it is."""
    op.execute(TABLE)
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER office_key_refuse_{act.lower()} BEFORE {act} ON office_key "
            "BEGIN SELECT RAISE(ABORT, 'office_key is sealed'); END"
        )
