"""The program that opens a workbook from outside: a process of its own, within bounds of memory, time and files.

`python -m domain.spreadsheets.reader FILE LIMITS` writes one JSON value a line: the name of a sheet with its height, then its
rows as `[number, cells]`, or in the end `{"refused": …}`. What is in the file cannot harm more than this process. Only values
are read: no formula is computed, no link is followed, no macro exists.
"""

import gc
import json
import resource
import sys
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, NoReturn

import orjson
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from domain.spreadsheets.limits import Limits

NEEDED = ("[Content_Types].xml", "xl/workbook.xml")
MACROS = ("vbaproject.bin", "xl/macrosheets/")
DECLARATIONS = tuple(word.encode(coding) for word in ("<!DOCTYPE", "<!ENTITY") for coding in ("utf-8", "utf-16-le", "utf-16-be"))
_ENCRYPTED = 1
_PIECE = 1 << 20
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 — a workbook's cells know no zone


class RefusedError(Exception):
    """The file is not read; `problem` is a word of the locales, `limit` the bound that it passes."""

    def __init__(self, problem: str, limit: int = 0) -> None:
        super().__init__(problem)
        self.problem, self.limit = problem, limit


def bind(limits: Limits) -> None:
    """Keep this process within its bounds, whatever it is given."""
    for what, most in (
        (resource.RLIMIT_AS, limits.memory),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def lines(path: str, limits: Limits) -> Iterator[Any]:
    """What is written, line by line. Raises RefusedError."""
    _inspect(path, limits)
    try:
        workbook = CalamineWorkbook.from_path(path)
        if len(workbook.sheet_names) > limits.sheets:
            raise RefusedError("too_many_sheets", limits.sheets)
        for place, name in enumerate(workbook.sheet_names):
            sheet = workbook.get_sheet_by_index(place)
            yield {"sheet": name, "height": sheet.height}
            yield from _rows(sheet, limits)
    except CalamineError:
        raise RefusedError("damaged") from None


def _inspect(path: str, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            _check_parts(parts, limits)
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels")):
                    _check_xml(_pieces(packed, part))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError):
        raise RefusedError("damaged") from None


def _check_parts(parts: list[zipfile.ZipInfo], limits: Limits) -> None:
    names = [part.filename for part in parts]
    if len(parts) > limits.parts:
        raise RefusedError("too_many_parts", limits.parts)
    if not set(NEEDED) <= set(names):
        raise RefusedError("not_a_workbook")
    if any(part.flag_bits & _ENCRYPTED for part in parts):
        raise RefusedError("encrypted")
    if any(word in name.lower() for name in names for word in MACROS):
        raise RefusedError("macros")
    size, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if size > limits.unpacked or (size > limits.unpacked_freely and size > packed * limits.ratio):
        raise RefusedError("bomb", limits.unpacked >> 20)


def _pieces(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with packed.open(part) as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _check_xml(pieces: Iterable[bytes]) -> None:
    """No declarations: entities can be made to explode, and no workbook needs them."""
    end = b""
    for piece in pieces:
        seen = end + piece
        if any(word in seen for word in DECLARATIONS):
            raise RefusedError("entities")
        end = seen[-32:]


def _rows(sheet: CalamineSheet, limits: Limits) -> Iterator[list[Any]]:
    if sheet.start is None:
        return
    top, left = sheet.start
    if left + sheet.width > limits.columns:
        raise RefusedError("too_many_columns", limits.columns)
    margin: list[Any] = [""] * left
    filled = blank = 0
    for number, cells in enumerate(sheet.iter_rows(), start=top + 1):
        if any(cell != "" for cell in cells):
            filled, blank = filled + 1, 0
            if filled > limits.rows:
                raise RefusedError("too_many_rows", limits.rows)
            yield [number, _checked(margin + cells, limits)]
        else:
            blank += 1
            if blank > limits.blank_run:
                return


def _checked(cells: list[Any], limits: Limits) -> list[Any]:
    if any(isinstance(cell, str) and len(cell) > limits.cell for cell in cells):
        raise RefusedError("cell_too_long", limits.cell)
    return cells


def plain(value: object) -> object:
    """A date or a time as JSON: a list with the ISO form, rounded to the second that was meant."""
    if isinstance(value, datetime):
        return [(value + timedelta(milliseconds=500)).replace(microsecond=0).isoformat()]
    if isinstance(value, date):
        return [value.isoformat()]
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return [(_EPOCH + value).isoformat()]
    raise TypeError(value)


def _told(line: object) -> bytes:
    return orjson.dumps(line, plain, orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_APPEND_NEWLINE)


def main(path: str, limits: str) -> NoReturn:
    """Read, and say how it ended."""
    bounds = Limits(**json.loads(limits))
    bind(bounds)
    gc.disable()  # rows come and go, and nothing in them refers to itself
    write = sys.stdout.buffer.write
    try:
        for line in lines(path, bounds):
            write(_told(line))
    except RefusedError as refused:
        write(_told({"refused": refused.problem, "limit": refused.limit}))
    except MemoryError:
        write(b'{"refused":"too_much_memory","limit":0}\n')
    else:
        write(b'{"end":true}\n')
    sys.stdout.buffer.flush()
    sys.exit()


if __name__ == "__main__":
    main(*sys.argv[1:])
