"""The rows of a workbook while it is imported, on the disk of this process: memory does not grow with them.

It is nobody's truth and gone with the process: what must outlive it stands in the database.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from domain.spreadsheets.layout import SheetName

_SCHEMA = """
CREATE TABLE rows (sheet TEXT, number INTEGER, cells TEXT, key TEXT, fate TEXT, reason TEXT, record INTEGER,
    PRIMARY KEY (sheet, number)) WITHOUT ROWID;
CREATE TABLE claims (key TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
"""
_BY_KEY = "CREATE INDEX IF NOT EXISTS by_key ON rows (sheet, key)"
"""Made when it is first needed: most files have one sheet, and it is quicker made of all rows than row by row."""

_CACHE_KIB = 8_192


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    DUPLICATE = "duplicate"
    IN_BIN = "in_bin"
    REFUSED = "refused"
    DONE = "done"
    RESTORED = "restored"


class Kept(NamedTuple):
    """One row; `cells` as `reading.cells` takes them, `record` the customer in the bin that it is, `key` whose it is."""

    sheet: SheetName
    number: int
    cells: str
    fate: Fate | None = None
    reason: str | None = None
    record: int | None = None
    key: str | None = None


class Scratch:
    """Rows by sheet and number. `key` says which customer a row belongs to."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self._db.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.executescript(_SCHEMA)

    def close(self) -> None:
        """Let go of the disk."""
        self._db.close()

    def put(self, rows: Iterable[tuple[SheetName, int, str, str | None]]) -> None:
        """Keep rows: sheet, number, cells, key."""
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO rows (sheet, number, cells, key) VALUES (?, ?, ?, ?)", rows)
        self._db.execute("COMMIT")

    def count(self, sheet: SheetName) -> int:
        """How many rows a sheet has."""
        [count] = self._db.execute("SELECT count(*) FROM rows WHERE sheet = ?", (sheet,)).fetchone()
        return int(count)

    def rows(self, sheet: SheetName, *, after: int, limit: int, coming: bool = False) -> list[Kept]:
        """The next rows of a sheet: all, or those that are new or not looked at yet."""
        chosen = f" AND (fate IS NULL OR fate = '{Fate.NEW}')" if coming else ""
        found = self._db.execute(
            f"SELECT sheet, number, cells, fate, reason, record, key FROM rows"  # noqa: S608 — a word of our own
            f" WHERE sheet = ? AND number > ?{chosen} ORDER BY number LIMIT ?",
            (sheet, after, limit),
        )
        return [_kept(row) for row in found]

    def every(self, sheet: SheetName) -> Iterator[Kept]:
        """All rows of a sheet, in order."""
        after = -1
        while found := self.rows(sheet, after=after, limit=1_000):
            yield from found
            after = found[-1].number

    def belonging(self, sheet: SheetName, keys: Iterable[str | None]) -> list[Kept]:
        """The rows of a sheet that have one of these keys."""
        self._db.execute(_BY_KEY)
        found = self._db.execute(
            "SELECT sheet, number, cells, fate, reason, record, key FROM rows WHERE sheet = ?"
            " AND key IN (SELECT value FROM json_each(?)) ORDER BY number",
            (sheet, json.dumps(list(keys))),
        )
        return [_kept(row) for row in found]

    def claim(self, wanted: Iterable[tuple[str, int]]) -> Mapping[str, int]:
        """Take keys for rows, and return which row has each: the first that asked."""
        pairs = list(wanted)
        self._db.execute("BEGIN")
        taken = self._db.executemany("INSERT OR IGNORE INTO claims (key, number) VALUES (?, ?)", pairs).rowcount
        self._db.execute("COMMIT")
        if taken == len(pairs):
            return dict(pairs)
        keys = json.dumps([key for key, _ in pairs])
        return dict(self._db.execute("SELECT key, number FROM claims WHERE key IN (SELECT value FROM json_each(?))", (keys,)))

    def settle(self, sheet: SheetName, fates: Iterable[tuple[int, Fate, str | None, int | None]]) -> None:
        """Write down what becomes of rows: number, fate, why, and which record is meant."""
        self._db.execute("BEGIN")
        self._db.executemany(
            f"UPDATE rows SET fate = ?2, reason = ?3, record = ?4 WHERE sheet = '{sheet}' AND number = ?1",  # noqa: S608 — as above
            fates,
        )
        self._db.execute("COMMIT")

    def settle_coming(self, sheet: SheetName, first: int, last: int, fate: Fate) -> None:
        """The same for all that are new or not looked at yet between two rows."""
        self._db.execute(
            f"UPDATE rows SET fate = ? WHERE sheet = ? AND number BETWEEN ? AND ? AND (fate IS NULL OR fate = '{Fate.NEW}')",  # noqa: S608 — as above
            (fate, sheet, first, last),
        )

    def settle_records(self, sheet: SheetName, fates: Iterable[tuple[int, Fate, str | None]]) -> None:
        """The same for the rows that mean a record: record, fate, why."""
        self._db.executemany(
            f"UPDATE rows SET fate = ?2, reason = ?3 WHERE sheet = '{sheet}' AND record = ?1",  # noqa: S608 — as above
            fates,
        )

    def follow(self, sheet: SheetName, leader: SheetName) -> list[tuple[int, str]]:
        """Rows without a reason of their own share the fate of their customer; those without one are returned, with their key."""
        self._db.execute(_BY_KEY)
        self._db.execute(
            "UPDATE rows SET fate = (SELECT fate FROM rows AS leading WHERE leading.sheet = ? AND leading.key = rows.key"
            " ORDER BY leading.number LIMIT 1) WHERE sheet = ? AND reason IS NULL",
            (leader, sheet),
        )
        return list(self._db.execute("SELECT number, key FROM rows WHERE sheet = ? AND fate IS NULL", (sheet,)))

    def unkept(self, sheet: SheetName) -> int:
        """How many rows of a sheet have a reason of their own not to be kept."""
        [count] = self._db.execute("SELECT count(*) FROM rows WHERE sheet = ? AND reason IS NOT NULL", (sheet,)).fetchone()
        return int(count)

    def counts(self, sheet: SheetName) -> Mapping[Fate, int]:
        """How many rows of a sheet have each fate."""
        found = self._db.execute("SELECT fate, count(*) FROM rows WHERE sheet = ? AND fate IS NOT NULL GROUP BY fate", (sheet,))
        return {Fate(fate): count for fate, count in found}

    def records(self, sheet: SheetName, fate: Fate) -> Sequence[int]:
        """The records that rows of this fate mean."""
        found = self._db.execute(
            "SELECT DISTINCT record FROM rows WHERE sheet = ? AND fate = ? AND record IS NOT NULL ORDER BY record", (sheet, fate)
        )
        return [record for (record,) in found]

    def meaning(self, sheet: SheetName, records: Sequence[int]) -> list[tuple[int, int]]:
        """The rows that mean one of these records, each with its record."""
        found = self._db.execute(
            "SELECT number, record FROM rows WHERE sheet = ? AND record IN (SELECT value FROM json_each(?)) ORDER BY number",
            (sheet, json.dumps(list(records))),
        )
        return list(found)

    def reasons(self, sheet: SheetName, fate: Fate, *, most: int) -> list[tuple[int, str]]:
        """The first rows of this fate, with why."""
        found = self._db.execute(
            "SELECT number, reason FROM rows WHERE sheet = ? AND fate = ? ORDER BY number LIMIT ?", (sheet, fate, most)
        )
        return list(found)


def _kept(row: Sequence[Any]) -> Kept:
    sheet, number, cells, fate, *rest = row
    return Kept(_SHEETS[sheet], number, cells, Fate(fate) if fate else None, *rest)


_SHEETS: Mapping[str, SheetName] = {str(sheet): sheet for sheet in SheetName}
