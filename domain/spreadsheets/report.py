"""The report of an import: the workbook that came in, with two columns more: what became of each row, and why."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

from domain.spreadsheets import cells, reading
from domain.spreadsheets.gathering import Found, Gathered
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.plans import Plan
from domain.spreadsheets.reading import Raw
from domain.spreadsheets.scratch import Fate, Kept
from domain.spreadsheets.vocabulary import Vocabulary
from domain.spreadsheets.writing import BOLD

_FILLS = {
    Fate.REFUSED: PatternFill("solid", fgColor="FFF4CCCC"),
    Fate.DUPLICATE: PatternFill("solid", fgColor="FFFFF2CC"),
    Fate.IN_BIN: PatternFill("solid", fgColor="FFFFF2CC"),
}
_REASON_WIDTH = 48
_DAY, _INSTANT = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"


def write(path: Path, plan: Plan, words: Vocabulary) -> None:
    """Write the report of a plan as it stands, every sheet that was read."""
    gathered = plan.gathered
    workbook = Workbook(write_only=True)
    for found in [gathered.require(plan.kind), *gathered.details(plan.kind)]:
        _sheet(workbook, gathered, found, words)
    workbook.save(path)


def _sheet(workbook: Workbook, gathered: Gathered, found: Found, words: Vocabulary) -> None:
    sheet = workbook.create_sheet(found.title)
    width = len(found.headings)
    sheet.freeze_panes = "A2"
    sheet.column_dimensions[_letter(width + 2)].width = _REASON_WIDTH
    sheet.append([_cell(sheet, raw, bold=True) for raw in (*found.headings, words.phrases["outcome"], words.phrases["reason"])])
    for kept in _rows(gathered, found.sheet.name):
        row = reading.cells(kept.cells)[:width]
        row += [""] * (width - len(row))
        outcome = words.phrases[f"fate_{kept.fate}"] if kept.fate else ""
        sheet.append([*(_cell(sheet, raw) for raw in row), *_verdict(sheet, kept, outcome)])


def _rows(gathered: Gathered, name: SheetName) -> Iterator[Kept]:
    return gathered.scratch.every(name)


def _verdict(sheet: Any, kept: Kept, outcome: str) -> Sequence[Cell]:  # noqa: ANN401 — a write-only sheet has no type
    told = [_cell(sheet, outcome), _cell(sheet, kept.reason or "")]
    fill = _FILLS.get(kept.fate) if kept.fate else None
    if fill is not None:
        for cell in told:
            cell.fill = fill
    return told


def _letter(place: int) -> str:
    letter: str = get_column_letter(place)
    return letter


def _cell(sheet: Any, raw: Raw, *, bold: bool = False) -> Cell:  # noqa: ANN401 — as above
    """A cell as it was read; a text is a text, whatever it begins with."""
    cell: Cell = WriteOnlyCell(sheet, None if raw == "" else raw)  # type: ignore[arg-type]
    if isinstance(raw, str) and raw:
        cell.data_type, cell.quotePrefix = "s", isinstance(cells.text(raw), cells.Quoted)
    elif isinstance(raw, date):
        cell.number_format = _INSTANT if isinstance(raw, datetime) else _DAY
    if bold:
        cell.font = BOLD
    return cell
