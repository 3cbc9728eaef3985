"""Reading workbooks that come from outside (SPEC 7): their rows one by one, from a process that can harm nothing but itself."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from threading import Timer
from typing import NamedTuple

import orjson

import domain
from domain.spreadsheets.limits import MIB, USUAL, Limits
from domain.workbook_errors import (
    WorkbookError,
)

Raw = str | int | float | bool | date | datetime
"""What stands in a cell; an empty one holds ""."""

_PACKED = b"PK\x03\x04"
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_TOO_SLOW = frozenset({signal.SIGXCPU, signal.SIGKILL})
"""What ends a reader at its limit of time, or at the clock's."""

_ROOT = Path(domain.__file__).parents[1]


class SheetStart(NamedTuple):
    """A sheet begins; it has at most so many rows."""

    name: str
    height: int


class SheetRow(NamedTuple):
    """One row that is not blank, by its number in the sheet; `line` holds its cells as they were told: see `cells`."""

    number: int
    line: str


def parts(path: Path, *, limits: Limits = USUAL) -> Iterator[SheetStart | SheetRow]:
    """The sheets and their rows, as they are read. Raises WorkbookError, at the latest in the end: keep nothing before."""
    _check_head(path, limits)
    with _reader(path, limits) as process:
        assert process.stdout is not None
        ended = yield from _heard(path, process.stdout)
        code = process.wait()
    if not ended:
        raise WorkbookError(path.name, "too_slow" if -code in _TOO_SLOW else "too_much_memory")


def cells(line: str) -> list[Raw]:
    """The cells of a row; what is no number that can be told is nothing."""
    found = orjson.loads(line)
    if None in found:
        found = ["" if cell is None else cell for cell in found]
    return [_instant(cell[0]) if type(cell) is list else cell for cell in found]


def _check_head(path: Path, limits: Limits) -> None:
    if path.stat().st_size > limits.file:
        raise WorkbookError(path.name, "too_large", limits.file // MIB)
    content = path.read_bytes()
    if content.startswith(_COMPOUND):
        raise WorkbookError(path.name, "encrypted" if _ENCRYPTED in content else "old_format")
    if not content.startswith(_PACKED):
        raise WorkbookError(path.name, "empty" if not content else "not_a_workbook")


@contextmanager
def _reader(path: Path, limits: Limits) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-X", "utf8", "-m", "domain.spreadsheets.reader", str(path.resolve()), json.dumps(asdict(limits))]
    process = subprocess.Popen(  # noqa: S603 — our own program
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        env={"PYTHONPATH": str(_ROOT), "PATH": os.environ.get("PATH", "")},
        start_new_session=True,
    )
    clock = Timer(limits.seconds, _end, [process])
    clock.start()
    try:
        yield process
    finally:
        clock.cancel()
        _end(process)
        assert process.stdout is not None
        process.stdout.close()
        process.wait()


def _end(process: "subprocess.Popen[str]") -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _heard(path: Path, told: Iterable[str]) -> Generator["SheetStart | SheetRow", None, bool]:
    for line in told:
        if line.startswith("["):
            number, _, rest = line[1:].partition(",")
            yield SheetRow(int(number), rest.rstrip()[:-1])
            continue
        said = json.loads(line)
        if "refused" in said:
            raise WorkbookError(path.name, said["refused"], said["limit"])
        if "end" in said:
            return True
        yield SheetStart(said["sheet"], said["height"])
    return False


def _instant(told: str) -> date | datetime:
    return datetime.fromisoformat(told) if "T" in told else date.fromisoformat(told)
