"""From a workbook that a process has made to the chat that it is for: into the spool, its row finished with what came of it."""

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from domain import spool, workbook_tasks
from domain.errors import FileTooBigError
from domain.spreadsheets.bench import Bench
from domain.workbook_tasks import Progress

SENDING = "sending"
MEGABYTE = 1 << 20
LARGEST = 48
"""Megabytes that Telegram takes of a bot, with a little room around the file."""


class Result(NamedTuple):
    """What a workbook is to be called, and what its person is told of it."""

    name: str
    summary: Mapping[str, Any]


def deliver(bench: Bench, write: Callable[[Path], Result], done: Callable[[Session, Result], None]) -> None:
    """Have a workbook written and sent; `done` notes what else follows, in the transaction that finishes the work.

    Raises FileTooBigError, TaskLostError.
    """
    with tempfile.TemporaryDirectory(prefix="gonghai-") as folder:
        path = Path(folder) / "workbook.xlsx"
        result = write(path)
        megabytes = -(-path.stat().st_size // MEGABYTE)
        if megabytes > LARGEST:
            raise FileTooBigError(megabytes, LARGEST)
        bench.report(Progress(SENDING))
        with path.open("rb") as content:
            file_id = spool.pour(bench.database, result.name, content, now=bench.now())
    with bench.database.unit_of_work() as session:
        workbook_tasks.finish(session, bench.task, result.summary, file_id=file_id, now=bench.now())
        done(session, result)
