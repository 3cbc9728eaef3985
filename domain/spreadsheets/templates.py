"""Workbooks to fill in for an import (SPEC 7): headings, drop-downs of what is allowed, a row that shows how, a sheet of hints.

The example row is marked by how its first cell begins; an import passes it over (`Vocabulary.is_example`).
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from domain import access, spool, workbook_tasks
from domain.clock import Moment
from domain.permissions import Act
from domain.spreadsheets.bench import Bench
from domain.spreadsheets.cells import ARROW, BETWEEN
from domain.spreadsheets.layout import (
    CONTACTS,
    CUSTOMERS,
    FOLLOWUPS,
    ORDERS,
    PARTNERS,
    USERS,
    Cell,
    Column,
    Sheet,
    SheetName,
)
from domain.spreadsheets.vocabulary import Vocabulary
from domain.spreadsheets.writing import BOLD, FAINT, PROGRAM, SHADED, Book, SheetWriter

TEMPLATES: Mapping[SheetName, Sequence[Sheet]] = {
    SheetName.CUSTOMERS: (CUSTOMERS, CONTACTS, FOLLOWUPS),
    SheetName.USERS: (USERS,),
    SheetName.PARTNERS: (PARTNERS,),
    SheetName.ORDERS: (ORDERS,),
}
"""The workbooks that can be imported, and their sheets."""

ROWS = 10_000
"""So far down the drop-downs reach."""

_MORNING = time(9, 30)
_TOP = Alignment(vertical="top", wrap_text=True)
_FORMATS = {Cell.TEXT: "@", Cell.DATE: "yyyy-mm-dd", Cell.INSTANT: "yyyy-mm-dd hh:mm"}
_WIDTHS = (14, 20, 10, 60)


def write(name: SheetName, path: Path, words: Vocabulary, *, now: Moment) -> None:
    """One template."""
    sheets = [_to_fill_in(sheet) for sheet in TEMPLATES[name]]
    with Book(words, author=PROGRAM, now=now) as book:
        for sheet in sheets:
            _fill(book.add(sheet, stars=True), words, now)
        _hints(book, sheets, words)
        book.save(path)


def write_all(folder: Path, words: Vocabulary, *, now: Moment) -> list[Path]:
    """Every template, into a folder that is there."""
    paths = {name: folder / file_name(name, words) for name in TEMPLATES}
    for name, path in paths.items():
        write(name, path, words, now=now)
    return list(paths.values())


def send(bench: Bench) -> None:
    """All templates to the chat of the task's person, who may import. Raises NotAllowedError, TaskLostError."""
    now, task = bench.now(), bench.task
    with tempfile.TemporaryDirectory(prefix="gonghai-") as folder:
        made = [(path.name, path.read_bytes()) for path in write_all(Path(folder), bench.words, now=now)]
    with bench.database.unit_of_work() as session:
        access.require(access.actor_by_id(session, task.user_id), Act.IMPORT)
        workbook_tasks.finish(session, task, {"files": len(made)}, now=now)
        for name, content in made:
            file_id = spool.keep(session, name, content, now=now)
            workbook_tasks.send_file(session, task.id, task.user_id, task.chat_id, file_id, now=now)


def file_name(name: SheetName, words: Vocabulary) -> str:
    """What a template's file is called."""
    return f"{words.phrases['template']}-{words.sheets[name]}.xlsx"


def _to_fill_in(sheet: Sheet) -> Sheet:
    """The sheet without what an import does not take."""
    return Sheet(sheet.name, tuple(column for column in sheet.columns if column.taken))


def _fill(page: SheetWriter, words: Vocabulary, now: Moment) -> None:
    for place, column in enumerate(page.sheet.columns, 1):
        letter = get_column_letter(place)
        if column.cell in _FORMATS:
            page.page.column_dimensions[letter].number_format = _FORMATS[column.cell]
        if column.words or column.cell is Cell.YES_NO:
            page.page.data_validations.append(_drop_down(column, words, letter))
    page.show([_example(column, words, now, first=place == 0) for place, column in enumerate(page.sheet.columns)])


def _drop_down(column: Column, words: Vocabulary, letter: str) -> DataValidation:
    """What may be chosen. Where several may stand, or other spellings are read, the list only offers."""
    listed = ",".join(_allowed(column, words))
    chosen = DataValidation("list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=column.cell is not Cell.WORDS)
    chosen.add(f"{letter}2:{letter}{ROWS}")
    return chosen


def _allowed(column: Column, words: Vocabulary) -> list[str]:
    if column.cell is Cell.YES_NO:
        return [words.yes, words.no]
    return [words.word(column, code) for code in column.words]


def _example(column: Column, words: Vocabulary, now: Moment, *, first: bool) -> Any:  # noqa: ANN401 — whatever the column holds
    """A value that shows how; nothing where one would go with the rest of the row for few customers only."""
    if column.cell in _SHOWN:
        return _SHOWN[column.cell](column, words, now)
    shown = words.examples.get(column.key)
    return f"{words.phrases['example']}{shown}" if first else shown


_SHOWN: Mapping[Cell, Callable[[Column, Vocabulary, Moment], Any]] = {
    Cell.DATE: lambda _column, _words, now: now.today,
    Cell.INSTANT: lambda _column, _words, now: datetime.combine(now.today - timedelta(days=1), _MORNING, now.zone),
    Cell.WORD: lambda column, _words, _now: column.words[0],
    Cell.WORDS: lambda column, _words, _now: column.words[:2],
    Cell.LANES: lambda column, words, _now: [lane.split(ARROW) for lane in words.examples[column.key].split(BETWEEN)],
    Cell.NUMBER: lambda column, words, _now: int(words.examples[column.key]),
    Cell.YES_NO: lambda _column, _words, _now: False,
}


def _hints(book: Book, sheets: Sequence[Sheet], words: Vocabulary) -> None:
    """A sheet that says for each column what it wants."""
    page = book.page(words.phrases["hints"])
    for place, width in enumerate(_WIDTHS, 1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.freeze_panes = "A2"
    phrases = words.phrases
    page.append([_styled(page, phrases[name]) for name in ("hint_sheet", "hint_column", "hint_required", "hint_content")])
    for sheet in sheets:
        for column in sheet.columns:
            page.append([words.sheets[sheet.name], words.headings[column.key], _need(column, words), _hint(page, column, words)])
    page.append([])
    note = WriteOnlyCell(page, phrases["hint_example"])
    note.font = FAINT
    page.append([note])


def _need(column: Column, words: Vocabulary) -> str | None:
    return words.yes if column.required else None


def _hint(page: Any, column: Column, words: Vocabulary) -> Any:  # noqa: ANN401 — openpyxl's sheet and cell
    listed = words.phrases["between"].join(_allowed(column, words))
    parts = [words.phrases.get(f"hint_{column.key}") or words.phrases[f"hint_{column.cell}"], listed]
    cell = WriteOnlyCell(page, "\n".join(part for part in parts if part))
    cell.alignment = _TOP
    return cell


def _styled(page: Any, heading: str) -> Any:  # noqa: ANN401 — as above
    cell = WriteOnlyCell(page, heading)
    cell.font, cell.fill = BOLD, SHADED
    return cell
