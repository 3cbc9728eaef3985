"""Workbooks written row by row (openpyxl, write-only): however many rows there are, memory holds a few."""

from collections.abc import Iterable, Sequence
from datetime import UTC
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from domain.clock import Moment
from domain.spreadsheets.cells import converter
from domain.spreadsheets.layout import Sheet
from domain.spreadsheets.pages import Page
from domain.spreadsheets.vocabulary import Vocabulary

PROGRAM = "Gonghai"
MOST_ROWS = 1_048_575
"""Rows that a sheet takes below its header."""

BOLD = Font(name="Calibri", size=11, bold=True)
FAINT = Font(name="Calibri", size=11, italic=True, color="7F7F7F")
SHADED = PatternFill("solid", fgColor="DDE7F3")
_WRAPPED = Alignment(vertical="top", wrap_text=True)


class Book:
    """A workbook in one language, on the clock of `now`. `author` and the time stand in its properties.

    Use it as a context manager: what was not saved is given up when it ends.
    """

    def __init__(self, words: Vocabulary, *, author: str, now: Moment) -> None:
        self.words, self.now = words, now
        self.workbook = Workbook(write_only=True)
        properties = self.workbook.properties
        properties.creator = properties.lastModifiedBy = author
        properties.created = properties.modified = now.utc.astimezone(UTC).replace(tzinfo=None, microsecond=0)
        properties.description = PROGRAM

    def add(self, sheet: Sheet, *, stars: bool = False) -> "SheetWriter":
        """A sheet with its header; `stars` mark what must be filled in."""
        return SheetWriter(self, sheet, stars=stars)

    def page(self, title: str) -> Any:  # noqa: ANN401 — openpyxl's sheet
        """An empty sheet."""
        library: Any = self.workbook
        page = Page(library, title)
        library._add_sheet(page)  # noqa: SLF001 — a sheet of our own kind
        return page

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        pages: Any = self.workbook.worksheets
        for page in pages:
            if not page.closed:
                page.close()

    def save(self, path: Path) -> None:
        """Write the file; nothing can be added afterwards."""
        self.workbook.save(path)


class SheetWriter:
    """One sheet: a frozen header with a filter, columns as wide as they need to be, and rows from above."""

    def __init__(self, book: Book, sheet: Sheet, *, stars: bool = False) -> None:
        self.rows = 0
        self.sheet = sheet
        self.page = book.page(book.words.sheets[sheet.name])
        self._convert = [converter(column, book.words, book.now.zone) for column in sheet.columns]
        for place, column in enumerate(sheet.columns, 1):
            self.page.column_dimensions[get_column_letter(place)].width = column.width
        self.page.freeze_panes = "A2"
        headings = (book.words.headings[column.key] + ("*" if stars and column.required else "") for column in sheet.columns)
        self.page.append([self._heading(heading) for heading in headings])
        self._spread()

    def append(self, values: Sequence[Any]) -> None:
        """A row of plain values, one for each column; None leaves a cell empty."""
        self.page.append(self._cells(values))
        self.rows += 1

    def show(self, values: Sequence[Any]) -> None:
        """The same in faint letters: a row that only shows how."""
        cells = [self.page.cell_of(value) for value in self._cells(values)]
        for cell in cells:
            cell.font = FAINT
        self.page.append(cells)
        self.rows += 1

    def extend(self, rows: Iterable[Sequence[Any]]) -> int:
        """Several rows; returns how many there are now."""
        for values in rows:
            self.append(values)
        self._spread()
        return self.rows

    def _spread(self) -> None:
        """The filter covers all that is there."""
        self.page.auto_filter.ref = f"A1:{get_column_letter(len(self.sheet.columns))}{self.rows + 1}"

    def _cells(self, values: Sequence[Any]) -> list[Any]:
        return [
            value if value is None or convert is None else convert(value)
            for value, convert in zip(values, self._convert, strict=True)
        ]

    def _heading(self, heading: str) -> Any:  # noqa: ANN401 — openpyxl's cell
        cell = WriteOnlyCell(self.page, heading)
        cell.font, cell.fill, cell.alignment = BOLD, SHADED, _WRAPPED
        return cell
