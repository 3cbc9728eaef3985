"""Imports of workbooks beside a bare read of the same file, and what taps feel of one meanwhile.

In each round the file is read by bare openpyxl (read-only), by our reader, and imported whole into a fresh database of each
engine, by a process of its own that also tells its peak memory and its helpers'. What taps feel is measured on the product's bot
(benchmarks/import_taps).
"""

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import openpyxl
import xlsxwriter

from benchmarks import import_taps
from benchmarks.figures import median, middle_ratio, ratio, table
from benchmarks.import_taps import Pace
from benchmarks.offices import ENGINES, Office, name_of, offices
from benchmarks.processes import module, running
from bot.locales import LANGUAGES, texts_for
from bot.sheet_words import Reasons, vocabulary
from domain.clock import Moment
from domain.db import Database
from domain.policy import Policy
from domain.spreadsheets import gathering, reading
from domain.spreadsheets.cleaning import Reader
from domain.spreadsheets.importing import Drive
from domain.spreadsheets.imports import Circumstances
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.plans import Plan

READING, WHOLE, FLAT = 0.3, 1.0, 1.1
FIRST = 10_000_000
"""Nobody of this number is in an office yet."""

_MIB = 1024
ROW = {
    "name": "",
    "short_name": "海航{0}",
    "industry": "机械",
    "source": "展会",
    "level": "A",
    "country": "中国",
    "city": "青岛",
    "address": "山东路{0}号",
    "website": "https://example.com/{0}",
    "contact_name": "王芳",
    "phone": "138{0:08d}",
    "email": "wang{0}@example.com",
    "title": "经理",
    "wechat": "wang{0}",
    "telegram": "wang{0}",
    "services": "整箱、拼箱",
    "direction": "出口",
    "lanes": "青岛 → 汉堡",
    "commodity": "设备",
    "monthly_volume": 20.5,
    "volume_unit": "TEU",
    "incoterms": "FOB",
    "competitors": "某货代",
    "remark": "备注{0}",
    "created_at": "2025-03-04 10:20",
}


def make(path: Path, rows: int) -> None:
    """A workbook of so many customers, 25 columns wide."""
    words = vocabulary(texts_for("zh"))
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(words.sheets[SheetName.CUSTOMERS])
        sheet.write_row(0, 0, [words.headings[key] for key in ROW])
        for number in range(1, rows + 1):
            cells = [v.format(number) if isinstance(v, str) else v for v in ROW.values()]
            sheet.write_row(number, 0, [name_of(FIRST + number), *cells[1:]])


def bring(url: str, path: Path) -> dict[str, float]:
    """Import a file as on the command line. Told are the seconds, and the peak memory of this process and of its helpers."""
    began = time.perf_counter()
    now = Moment(datetime.now(UTC), ZoneInfo("Asia/Shanghai"))
    words = [vocabulary(texts_for(language)) for language in LANGUAGES]
    database = Database(url)
    gathered = gathering.gather(path, words, kind=SheetName.CUSTOMERS)
    plan = Plan(
        gathered,
        SheetName.CUSTOMERS,
        Circumstances(None, Policy(), now, Reader(words, now), "zh"),
        Reasons("zh", now),
    )
    Drive(database, None, lambda: now).keep(plan)
    assert plan.summary().complete, plan.summary()
    database.dispose()
    peaks = (resource.getrusage(whose).ru_maxrss / _MIB for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return dict(zip(("seconds", "own", "reader"), (time.perf_counter() - began, *peaks), strict=True))


def measure(engines: Sequence[str], *, sizes: Sequence[int], rounds: int, pace: Pace) -> None:
    """Run everything and print it."""
    with tempfile.TemporaryDirectory(prefix="gonghai-bench-") as folder:
        files = {size: Path(folder) / f"{size}.xlsx" for size in sizes}
        for size, path in files.items():
            make(path, size)
        largest = files[sizes[-1]]
        bare, read = [], []
        for _ in range(rounds):
            bare.append(_timed(_bare, largest))
            read.append(_timed(_ours, largest))
        rows: list[list[object]] = [["bare openpyxl, read-only", median(bare)], ["our reader", median(read)]]
        table(f"Reading {sizes[-1]:,} rows × {len(ROW)}, seconds", ["", "p50"], rows)
        ratio("reading, beside bare openpyxl", middle_ratio(read, bare), READING, at_most=True)
        for engine in engines:
            _engine(engine, files, rounds)
            import_taps.measure(engine, largest, pace)


def _engine(engine: str, files: dict[int, Path], rounds: int) -> None:
    small, large = min(files), max(files)
    beside = [(_imported(engine, files[large]), _timed(_bare, files[large])) for _ in range(rounds)]
    runs = {large: [run for run, _ in beside]}
    if small != large:
        runs = {small: [_imported(engine, files[small])], **runs}
    heads = ["", "seconds", "rows a second", "peak MB", "peak MB of its helpers"]
    rows = [
        [f"{size:,} rows", median([run["seconds"] for run in done]), size / median([run["seconds"] for run in done])]
        + [max(run[name] for run in done) for name in ("own", "reader")]
        for size, done in runs.items()
    ]
    table(f"Whole imports on {engine}", heads, rows)
    whole = middle_ratio([run["seconds"] for run, _ in beside], [bare for _, bare in beside])
    ratio(f"{engine}: whole import beside a bare read", whole, WHOLE, at_most=True)
    ratio(f"{engine}: peak memory, large beside small", runs[large][0]["own"] / runs[small][0]["own"], FLAT, at_most=True)


def _imported(engine: str, path: Path) -> dict[str, float]:
    with offices([engine], people=3, customers=10, owned=1) as filled:
        return _elsewhere(filled[engine], path)


def _elsewhere(office: Office, path: Path) -> dict[str, float]:
    with running(*module("workbooks_in"), "--into", office.url, str(path)) as peer:
        return peer.hear()


def _timed(read: object, path: Path) -> float:
    began = time.perf_counter()
    read(path)  # type: ignore[operator]
    return time.perf_counter() - began


def _bare(path: Path) -> None:
    book = openpyxl.load_workbook(path, read_only=True)
    for _ in book.worksheets[0].iter_rows(values_only=True):
        pass
    book.close()


def _ours(path: Path) -> None:
    for part in reading.parts(path):
        if isinstance(part, reading.SheetRow):
            reading.cells(part.line)


def main(arguments: Sequence[str] | None = None) -> None:
    """What `make bench` runs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--engines", nargs="+", choices=ENGINES, default=list(ENGINES))
    parser.add_argument("--sizes", nargs="+", type=int, default=[10_000, 100_000])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--into", nargs=2, metavar=("URL", "FILE"), help="import one file, and tell what it took as JSON")
    parser.add_argument("--taps", type=int, default=600, help="idle, and at most while the largest file is imported")
    parser.add_argument("--per-second", type=int, default=30)
    given = parser.parse_args(arguments)
    if given.into:
        sys.stdout.write(json.dumps(bring(given.into[0], Path(given.into[1]))) + "\n")
        return
    measure(given.engines, sizes=sorted(given.sizes), rounds=given.rounds, pace=Pace(given.rounds, given.taps, given.per_second))


if __name__ == "__main__":
    main()
