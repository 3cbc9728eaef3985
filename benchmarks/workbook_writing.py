"""One export in a process of its own, as `benchmarks.workbooks` times it: the product's, or bare openpyxl with the same cells.

`python -m benchmarks.workbook_writing product|bare DATABASE ROWS` prints JSON: seconds, the processor's, peak memory in MB.
"""

import json
import re
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook

from benchmarks.offices import now
from bot.locales import texts_for
from bot.sheet_words import vocabulary
from domain.db import Database
from domain.spreadsheets import customer_rows, exporting
from domain.spreadsheets.cells import Quoted, converter
from domain.spreadsheets.layout import CUSTOMERS

WORDS = vocabulary(texts_for("zh"))


def product(database: Database, path: Path) -> None:
    exporting.to_file(database, path, WORDS, lambda _: None, now=now())


def bare(path: Path, rows: int, cells: Sequence[object]) -> None:
    """So many rows of these cells, given to openpyxl ready made."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for _ in range(rows):
        sheet.append(cells)
    workbook.save(path)


def cells_of_one(database: Database) -> list[object]:
    """The first customer as the product would write it."""
    with database.snapshot() as session:
        portion = next(customer_rows.portions(session, exporting.everything()))
    zone = now().zone
    converters = [converter(column, WORDS, zone) for column in CUSTOMERS.columns]
    cells = [
        value if value is None or convert is None else convert(value)
        for value, convert in zip(portion.customers[0], converters, strict=True)
    ]
    cells = [cell.text if isinstance(cell, Quoted) else cell for cell in cells]
    assert any(isinstance(cell, datetime) for cell in cells)
    return cells


def main(way: str, url: str, rows: str) -> None:
    database = Database(url)
    with tempfile.TemporaryDirectory(prefix="gonghai-bench-") as folder:
        path = Path(folder) / "a.xlsx"
        cells = cells_of_one(database)
        began, used = time.perf_counter(), time.process_time()
        if way == "product":
            product(database, path)
        else:
            bare(path, int(rows), cells)
        told = {"seconds": time.perf_counter() - began, "processor": time.process_time() - used}
    print(json.dumps({**told, "peak": _peak()}), flush=True)


def _peak() -> float:
    """Megabytes that this process had at most; what getrusage tells begins with those of whoever started it."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("ascii"))
    assert found is not None
    return int(found[1]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
