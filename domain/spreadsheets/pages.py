"""A sheet of openpyxl's (write-only) that trusts the texts it is given (`cells.text` has checked them) and writes them itself.

The library would check and bind every value a second time, and make three elements of each text before it writes them: most of
the whole work.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from itertools import count
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.cell._writer import write_cell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from domain.spreadsheets.cells import Quoted

Write = Callable[[str], object]


class Page(WriteOnlyWorksheet):
    """Takes rows of texts as they are, `Quoted` ones as texts that say so, and whatever else the library takes."""

    def _write_rows(self) -> Generator[None, Sequence[Any], None]:
        """The library's own loop: it is sent row after row, until it is closed."""
        library: Any = self
        stream = library._writer.xf  # noqa: SLF001 — there is no other way in
        xf = stream.send(True)  # noqa: FBT003 — the library's own word for "I go on"
        write = straight(xf)
        with xf.element("sheetData"), suppress(GeneratorExit):
            for number in count(1):
                values = yield
                with xf.element("row", {"r": str(number)}):
                    self._write_row(xf, write, values, number)
        stream.send(None)

    def _write_row(self, xf: Any, write: Write | None, values: Sequence[Any], number: int) -> None:  # noqa: ANN401 — the library's own
        for place, value in enumerate(values, 1):
            if write is not None and type(value) is str:
                write(_text(f"{get_column_letter(place)}{number}", value))
            elif value is not None:
                cell = self.cell_of(value)
                cell.column, cell.row = place, number
                write_cell(xf, self, cell, cell.has_style)

    def cell_of(self, value: Any) -> Any:  # noqa: ANN401 — a cell, or what becomes one
        """A cell of its own. What the library would take for a formula or an error is told that it is neither."""
        if not isinstance(value, str | Quoted):
            return value if isinstance(value, Cell) else WriteOnlyCell(self, value)
        cell: Any = WriteOnlyCell(self)
        cell._value, cell.data_type = value if isinstance(value, str) else value.text, "s"  # noqa: SLF001 — past the second check
        if isinstance(value, Quoted):
            cell.quotePrefix = True
        return cell


def straight(xf: Any) -> Write | None:  # noqa: ANN401 — the library's writer of XML
    """What writes XML as it is given; None: the writer is lxml's, which takes elements only."""
    return getattr(xf, "_file", None)


def _text(place: str, text: str) -> str:
    kept = ' xml:space="preserve"' if text != text.strip() else ""
    return f'<c r="{place}" t="inlineStr"><is><t{kept}>{escape(text)}</t></is></c>'
