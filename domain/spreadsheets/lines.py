"""One row of a sheet as values by column, with everything that is wrong with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from domain.errors import GonghaiError, InvalidFieldError
from domain.spreadsheets import reading
from domain.spreadsheets.cleaning import BadCellError, Reader, text_of
from domain.spreadsheets.gathering import Found
from domain.spreadsheets.scratch import Kept
from domain.workbook_errors import (
    CellError,
)

_SHOWN = 40


@dataclass
class Line:
    """`values` by column key, None for an empty cell; `problems` are all that was found wrong, in the words' order."""

    found: Found
    number: int
    values: dict[str, Any]
    problems: list[GonghaiError] = field(default_factory=list)

    def refuse(self, key: str, problem: str, value: object = None) -> None:
        """Something is wrong with a column."""
        shown = self.values.get(key) if value is None else value
        self.problems.append(CellError(self.heading(key), problem, "" if shown is None else str(shown)[:_SHOWN]))

    def complain(self, key: str, refusal: InvalidFieldError) -> None:
        """The domain refuses what stands in a column."""
        self.refuse(key, refusal.problem)

    def heading(self, key: str) -> str:
        """What the file calls a column."""
        column = self.found.sheet.column(key)
        return self.found.heading(column) if key in self.found.places else key


def read(found: Found, kept: Kept, reader: Reader) -> Line:
    """A row's values."""
    cells = reading.cells(kept.cells)
    line = Line(found, kept.number, dict.fromkeys(found.keys))
    for column, place in found.columns:
        raw = cells[place] if place < len(cells) else ""
        if raw == "":
            if column.required:
                line.refuse(column.key, "empty")
            continue
        try:
            value = reader.value(column, raw)
        except BadCellError as bad:
            line.refuse(column.key, bad.problem, text_of(raw))
            continue
        line.values[column.key] = value
        if value is None and column.required:
            line.refuse(column.key, "empty")
    return line


def read_all(found: Found, kept: Sequence[Kept], reader: Reader) -> list[Line]:
    """Several rows."""
    return [read(found, each, reader) for each in kept]
