"""A copy of everything in one file: a SQLite database of the newest schema, whichever database it comes from.

It is made beside the running bot, of one moment; it gets its name only after it was opened and found whole.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from domain import copying, schema
from domain.copying import Told
from domain.db import Database
from domain.errors import BackupBrokenError, BackupExistsError, NoBackupError


class Contents(NamedTuple):
    """What a backup holds."""

    rows: int
    size: int


def make(database: Database, file: Path, *, told: Told) -> Contents:
    """Write the backup. Raises BackupExistsError, BackupBrokenError; a file that is there is never written over."""
    if file.exists():
        raise BackupExistsError(str(file))
    partial = file.with_name(f"{file.name}.partial")
    remove(partial)
    os.close(os.open(partial, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600))  # customers are in it
    try:
        if database.is_sqlite:
            _vacuum(database, partial)
        else:
            _gather(database, partial, told)
        contents = verify(partial)
        _keep(partial)
        partial.rename(file)
    finally:
        remove(partial)
    return contents


def verify(file: Path) -> Contents:
    """Open a backup, which is not changed by it, and look through it. Raises NoBackupError, BackupBrokenError."""
    if not file.is_file():
        raise NoBackupError(str(file))
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as opened:
        try:
            (version,) = opened.execute("SELECT version_num FROM alembic_version").fetchone() or (None,)
            found = opened.execute("PRAGMA integrity_check(1)").fetchone()[0]
            loose = opened.execute("PRAGMA foreign_key_check").fetchone()
            rows = sum(_count(opened, name) for name in _names(opened))
        except sqlite3.DatabaseError as error:
            raise NoBackupError(str(file)) from error
    if not schema.is_known(version):
        raise NoBackupError(str(file))
    if found != "ok" or loose is not None:
        raise BackupBrokenError(str(file), str(loose or found))
    return Contents(rows, file.stat().st_size)


def remove(file: Path) -> None:
    """Take away a SQLite file with all that belongs to it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        Path(f"{file}{ending}").unlink(missing_ok=True)


def _names(opened: sqlite3.Connection) -> list[str]:
    """The tables there that a database of the newest version has too."""
    known = {table.name for table in copying.tables()}
    return [name for (name,) in opened.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if name in known]


def _count(opened: sqlite3.Connection, name: str) -> int:
    return int(opened.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0])  # noqa: S608 — a name of our own


def _vacuum(database: Database, file: Path) -> None:
    """SQLite's own way: one reader among others, while the bot goes on writing."""
    with closing(sqlite3.connect(str(database.file), isolation_level=None)) as source:
        source.execute("VACUUM INTO ?", (str(file),))


def _gather(database: Database, file: Path, told: Told) -> None:
    target = Database(f"sqlite:///{file}")
    try:
        schema.upgrade(target)
        with database.reading() as source:
            copying.copy(source, target, told=told)
        with target.engine.connect() as connection:
            copying.pragma(connection, "journal_mode=DELETE")  # one file, that can be read from anywhere
    finally:
        target.dispose()


def _keep(file: Path) -> None:
    """Down to the disk, before the name says that it is there."""
    with file.open("rb+") as written:
        os.fsync(written.fileno())
