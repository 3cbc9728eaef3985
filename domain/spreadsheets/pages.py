"""A sheet of openpyxl's (write-only) that trusts the texts it is given: `cells.text` has checked them.

The library would check and bind every value a second time, which is a tenth of the whole work.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from domain.spreadsheets.cells import Quoted


class Page(WriteOnlyWorksheet):
    """Takes rows of texts as they are, `Quoted` ones as texts that say so, and whatever else the library takes."""

    def _values_to_row(self, values: Sequence[Any], row_idx: int) -> Iterator[Any]:
        """The library's own step between a row and its writer."""
        plain: Any = WriteOnlyCell(self)
        for place, value in enumerate(values, 1):
            if value is None:
                continue
            if type(value) is str:
                cell, cell._value, cell.data_type = plain, value, "s"  # noqa: SLF001 — past the second check
            else:
                cell = self.cell_of(value)
            cell.column, cell.row = place, row_idx
            yield cell

    def cell_of(self, value: Any) -> Any:  # noqa: ANN401 — a cell, or what becomes one
        """A cell of its own. What the library would take for a formula or an error is told that it is neither."""
        if type(value) is Quoted:
            cell: Any = WriteOnlyCell(self)
            cell._value, cell.data_type, cell.quotePrefix = value.text, "s", True  # noqa: SLF001 — there is no other way
            return cell
        return value if isinstance(value, Cell) else WriteOnlyCell(self, value)
