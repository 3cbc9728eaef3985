"""The database's shape: brought to the newest version under a lock, or told apart from it."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from domain.db import Database

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x676F6E67


def upgrade(database: Database, *, to: str = "head") -> None:
    """Bring the schema to the newest version, whole or not at all; a second upgrader waits and finds it done."""
    with database.engine.connect() as connection, connection.begin():
        if not database.is_sqlite:
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        command.upgrade(_config(connection), to)


def is_current(database: Database) -> bool:
    """Whether the schema is at the newest version."""
    return version(database) == _script().get_current_head()


def version(database: Database) -> str | None:
    """The schema's version; None for a database without one."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def is_known(revision: str | None) -> bool:
    """Whether this program can bring a schema of that version to the newest."""
    return revision in {script.revision for script in _script().walk_revisions()}


def _script() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS))


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
