"""Finding in a workbook what is imported: which sheets are ours, under which headings, in whatever order and either language.

The heading row may stand below a title. A sheet that is none of ours is left alone.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from domain.names import name_key
from domain.spreadsheets import reading
from domain.spreadsheets.cleaning import text_of
from domain.spreadsheets.layout import CONTACTS, CUSTOMERS, FOLLOWUPS, ORDERS, OWNERS, PARTNERS, USERS, Column, Sheet, SheetName
from domain.spreadsheets.limits import USUAL, Limits
from domain.spreadsheets.reading import Raw, SheetRow, SheetStart
from domain.spreadsheets.scratch import Kept, Scratch
from domain.spreadsheets.vocabulary import Vocabulary, folded
from domain.workbook_errors import (
    MissingColumnsError,
    NoKnownSheetError,
    WorkbookError,
)

MAIN = (CUSTOMERS, USERS, PARTNERS, ORDERS)
"""What can be imported, each with the sheets that belong to it."""

DETAILS: Mapping[SheetName, tuple[Sheet, ...]] = {SheetName.CUSTOMERS: (CONTACTS, FOLLOWUPS, OWNERS)}
KEYS = {
    SheetName.CUSTOMERS: "name",
    SheetName.CONTACTS: "customer",
    SheetName.FOLLOWUPS: "customer",
    SheetName.OWNERS: "customer",
}
"""The columns by which a customer and what belongs to it find each other."""

_LOOKED_AT = 20
_FEWEST = 2
_CHUNK = 1_000


@dataclass(frozen=True)
class Found:
    """One of our sheets in the file: its title there, its heading row, and the place of each column that an import takes."""

    sheet: Sheet
    title: str
    headings: Sequence[Raw]
    places: Mapping[str, int]

    @cached_property
    def columns(self) -> Sequence[tuple[Column, int]]:
        """The columns that are there, with their places."""
        return [(column, self.places[column.key]) for column in self.sheet.columns if column.key in self.places]

    @cached_property
    def keys(self) -> Sequence[str]:
        """The keys of all columns that could be there."""
        return [column.key for column in self.sheet.columns]

    def heading(self, column: Column) -> str:
        """What the file calls a column."""
        return text_of(self.headings[self.places[column.key]])


@dataclass
class Gathered:
    """What of a workbook is imported; its rows lie in `scratch`."""

    name: str
    digest: str
    scratch: Scratch = field(default_factory=Scratch)
    found: dict[SheetName, Found] = field(default_factory=dict)
    lacking: list[MissingColumnsError] = field(default_factory=list)

    def __reduce__(self) -> tuple[Any, ...]:
        """For another process: all that is known but the rows."""
        return Gathered, (self.name, self.digest), {"found": self.found}

    def kinds(self) -> list[SheetName]:
        """What this file could be an import of."""
        return [sheet.name for sheet in MAIN if sheet.name in self.found]

    def require(self, kind: SheetName) -> Found:
        """The main sheet of an import. Raises MissingColumnsError, NoKnownSheetError."""
        if kind in self.found:
            return self.found[kind]
        raise self.lacking[0] if self.lacking else NoKnownSheetError(self.name)

    def belonging(self, kind: SheetName, rows: Sequence[Kept]) -> dict[str, list[Kept]]:
        """What other sheets say of rows, by their key."""
        keys = {row.key for row in rows}
        found: dict[str, list[Kept]] = {}
        for sheet in self.details(kind):
            for each in self.scratch.belonging(sheet.sheet.name, keys):
                found.setdefault(each.key or "", []).append(each)
        return found

    def details(self, kind: SheetName) -> list[Found]:
        """The sheets that belong to it and are in the file."""
        return [self.found[sheet.name] for sheet in DETAILS.get(kind, ()) if sheet.name in self.found]


def gather(
    path: Path,
    vocabularies: Sequence[Vocabulary],
    *,
    kind: SheetName | None = None,
    name: str | None = None,
    limits: Limits = USUAL,
    heard: Callable[[int, int], None] = lambda _, __: None,
) -> Gathered:
    """Read a workbook for an import of `kind`, or for whatever it holds. `heard(rows, of)` is told how far it is.

    Raises WorkbookError. Whether it holds what is wanted is asked of the result.
    """
    wanted = _wanted(kind)
    gathered = Gathered(name or path.name, hashlib.sha256(path.read_bytes()).hexdigest())
    try:
        parts = reading.parts(path, limits=limits)
        coming = next(parts, None)
        while isinstance(coming, SheetStart):
            coming = _take(gathered, coming, parts, wanted, vocabularies, heard)
    except WorkbookError as refused:
        refused.file = gathered.name
        raise
    return gathered


def _wanted(kind: SheetName | None) -> Sequence[Sheet]:
    mains = [sheet for sheet in MAIN if kind in (None, sheet.name)]
    return [each for main in mains for each in (main, *DETAILS.get(main.name, ()))]


def _take(
    gathered: Gathered,
    start: SheetStart,
    parts: Iterator[SheetStart | SheetRow],
    wanted: Sequence[Sheet],
    vocabularies: Sequence[Vocabulary],
    heard: Callable[[int, int], None],
) -> SheetStart | SheetRow | None:
    """Keep the rows of one sheet if it is ours, and return what comes after it."""
    found = coming = None
    for coming in islice(parts, _LOOKED_AT):
        if isinstance(coming, SheetStart):
            return coming
        found = _recognised(gathered, start.name, reading.cells(coming.line), wanted, vocabularies)
        if found is not None:
            break
    if found is not None:
        gathered.found[found.sheet.name] = found
        return _keep(gathered.scratch, found, start.height, _without_examples(parts, vocabularies), heard)
    return next((part for part in parts if isinstance(part, SheetStart)), None)


def _recognised(
    gathered: Gathered, title: str, cells: Sequence[Raw], wanted: Sequence[Sheet], vocabularies: Sequence[Vocabulary]
) -> Found | None:
    """The sheet whose heading row this is: the one of this title, else the one that knows most headings and lacks none."""
    titled = {folded(words): sheet for each in vocabularies for sheet, words in each.sheets.items()}.get(folded(title))
    best: Found | None = None
    for sheet in wanted:
        if sheet.name in gathered.found or titled not in (None, sheet.name):
            continue
        found = Found(sheet, title, cells, _places(sheet, cells, vocabularies))
        missing = [column for column in sheet.columns if column.required and column.key not in found.places]
        if len(found.places) < _FEWEST:
            continue
        if missing:
            words = vocabularies[0].headings
            gathered.lacking.append(MissingColumnsError(title, ", ".join(words.get(each.key, each.key) for each in missing)))
        elif best is None or len(found.places) > len(best.places):
            best = found
    return best


def _places(sheet: Sheet, cells: Sequence[Raw], vocabularies: Sequence[Vocabulary]) -> dict[str, int]:
    headings = [folded(text_of(cell)) for cell in cells]
    places: dict[str, int] = {}
    for column in sheet.columns:
        names = {folded(each.headings[column.key]) for each in vocabularies if column.key in each.headings} | {column.key}
        place = next((place for place, heading in enumerate(headings) if heading in names), None)
        if place is not None and column.taken:
            places[column.key] = place
    return places


def _keep(
    scratch: Scratch, found: Found, height: int, parts: Iterator[SheetStart | SheetRow], heard: Callable[[int, int], None]
) -> SheetStart | None:
    place = found.places.get(KEYS.get(found.sheet.name, ""))
    batch: list[tuple[SheetName, int, str, str | None]] = []
    after = None
    heard(0, height)
    for part in parts:
        if isinstance(part, SheetStart):
            after = part
            break
        key = name_key(text_of(_cell(part.line, place))) if place is not None else None
        batch.append((found.sheet.name, part.number, part.line, key))
        if len(batch) == _CHUNK:
            scratch.put(batch)
            heard(part.number, height)
            batch = []
    scratch.put(batch)
    return after


def _without_examples(
    parts: Iterator[SheetStart | SheetRow], vocabularies: Sequence[Vocabulary]
) -> Iterator[SheetStart | SheetRow]:
    """A template's example row is nobody's."""
    marks = tuple(f'["{each.phrases["example"]}' for each in vocabularies)
    return (part for part in parts if isinstance(part, SheetStart) or not part.line.startswith(marks))


def _cell(line: str, place: int) -> Raw:
    cells = reading.cells(line)
    return cells[place] if place < len(cells) else ""
