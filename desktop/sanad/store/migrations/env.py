"""How Alembic runs a step: on the connection it is handed, one transaction a step, checked before it counts."""

from alembic import context
from sqlalchemy import Connection

from sanad.domain.errors import Bug


def check(*_: object, **__: object) -> None:
    """Called inside a step's transaction once it has run: no row may point at nothing.

    Raises:
        Bug: one does; the step is undone.
    """
    broken = context.get_bind().exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if broken:
        raise Bug(f"the step leaves {len(broken)} rows pointing at nothing, the first in {broken[0][0]}")


def run(connection: Connection) -> None:
    """Bring the file to the step that was asked for."""
    context.configure(
        connection=connection,
        transactional_ddl=True,  # SQLite undoes tables as it undoes rows; Alembic assumes it does not
        transaction_per_migration=True,
        on_version_apply=check,
        render_as_batch=True,
    )
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
