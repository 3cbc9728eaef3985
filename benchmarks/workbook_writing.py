"""One export in a process of its own, as `benchmarks.workbooks` times it: the product's, or bare openpyxl with the same cells.

`python -m benchmarks.workbook_writing product|bare DATABASE ROWS`; one line of JSON: seconds, peak memory in MB, bytes written.
"""

import json
import re
import sys
import tempfile
import time
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


def product(database: Database, path: Path) -> float:
    began = time.perf_counter()
    exporting.to_file(database, path, WORDS, lambda _: None, now=now())
    return time.perf_counter() - began


def bare(database: Database, path: Path, rows: int) -> float:
    """So many rows of the cells of the first customer, given to openpyxl ready made."""
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
    began = time.perf_counter()
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for _ in range(rows):
        sheet.append(cells)
    workbook.save(path)
    return time.perf_counter() - began


def main(way: str, url: str, rows: str) -> None:
    database = Database(url)
    with tempfile.TemporaryDirectory(prefix="gonghai-bench-") as folder:
        path = Path(folder) / "a.xlsx"
        seconds = product(database, path) if way == "product" else bare(database, path, int(rows))
        size = path.stat().st_size
    print(json.dumps({"seconds": seconds, "peak": _peak(), "bytes": size}), flush=True)


def _peak() -> float:
    """Megabytes that this process had at most; what getrusage tells begins with those of whoever started it."""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text("ascii"))
    assert found is not None
    return int(found[1]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
