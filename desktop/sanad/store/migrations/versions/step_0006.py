"""The office key may be kept under another passphrase; the key itself stays the one that it is."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Guard every column of the key but its sealed file."""
    op.execute("DROP TRIGGER office_key_refuse_update")
    op.execute(
        "CREATE TRIGGER office_key_refuse_update BEFORE UPDATE OF id, public, made_at ON office_key "
        "BEGIN SELECT RAISE(ABORT, 'office_key is sealed'); END"
    )
