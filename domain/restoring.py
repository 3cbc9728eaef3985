"""A backup brought back, into an empty database of either kind: the way home after a loss, and from SQLite to PostgreSQL."""

import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from domain import backup, copying, schema, upgrading
from domain.copying import Told
from domain.db import Database
from domain.errors import DatabaseInUseError, DatabaseNotEmptyError
from domain.presence import Presence


def restore(file: Path, database: Database, *, told: Told) -> backup.Contents:
    """Fill an empty database from a backup, of this version or an older one.

    Raises NoBackupError, BackupBrokenError, DatabaseNotEmptyError, DatabaseInUseError.
    """
    contents = backup.verify(file)
    presence = Presence(database)
    try:
        with presence.entering() as alone:
            if not alone:
                raise DatabaseInUseError
            _make_ready(database)
            with _newest(file) as source:
                _fill(database, source, told)
    finally:
        presence.leave()
    return contents


def _make_ready(database: Database) -> None:
    found = schema.version(database)
    if found is not None and not schema.is_current(database):
        raise DatabaseNotEmptyError
    schema.upgrade(database)
    with database.reading() as connection:
        if not copying.is_empty(connection):
            raise DatabaseNotEmptyError


@contextmanager
def _newest(file: Path) -> Iterator[Path]:
    """The backup at the newest version of the schema; the file itself is never touched."""
    with tempfile.TemporaryDirectory(prefix="gonghai-restore-") as folder:
        copied = Path(folder) / "backup.db"
        shutil.copyfile(file, copied)
        opened = Database(f"sqlite:///{copied}")
        upgrading.upgrade(opened)
        opened.dispose()
        yield copied


def _fill(database: Database, source: Path, told: Told) -> None:
    if database.file is not None:
        with closing(sqlite3.connect(source)) as opened, closing(sqlite3.connect(database.file)) as target:
            opened.backup(target)
        return
    opened_source = Database(f"sqlite:///{source}")
    try:
        with opened_source.reading() as connection:
            copying.copy(connection, database, told=told)
    finally:
        opened_source.dispose()
