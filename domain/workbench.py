"""Where workbooks are made and read: a process of its own, so that nobody else waits for it (docs/design.md, "Workbooks").

`python -m domain.workbench` reads a pickled Brief from standard input, tells how far it is in lines of JSON on standard output,
and writes what came of it into the task's row. It ends with whoever started it.
"""

import json
import os
import pickle
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta

from domain import workbook_tasks
from domain.clock import Moment
from domain.db import Database
from domain.errors import GonghaiError
from domain.spreadsheets import work
from domain.spreadsheets.bench import Bench, Brief
from domain.workbook_tasks import Progress, TaskLostError

NICE = 10
ORPHANED = 3
_PAUSE = 0.2


def main() -> None:
    """Do one piece of work. What the domain refuses is told in its row; anything else ends the process with a traceback."""
    brief: Brief = pickle.load(sys.stdin.buffer)  # noqa: S301 — written by the process that started this one
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        os.nice(NICE)
    database = Database(brief.database_url)
    bench = Bench(database, brief.task, brief.policy, brief.words, _clock(brief.now), _reporter(), brief.known, brief.say)
    try:
        work.do(bench)
    except TaskLostError:
        return
    except GonghaiError as refusal:
        with database.unit_of_work() as session:
            workbook_tasks.fail(session, brief.task, refusal, now=bench.now())
    finally:
        database.dispose()


def _end_with_parent() -> None:
    """Nothing more comes on standard input; its end is the end of whoever holds the other one.

    It is read past Python's buffer, whose lock must be free when the process ends by itself.
    """
    os.read(sys.stdin.fileno(), 1)
    os._exit(ORPHANED)


def _clock(began: Moment) -> Callable[[], Moment]:
    started = time.monotonic()
    return lambda: began.after(timedelta(seconds=time.monotonic() - started))


def _reporter() -> Callable[[Progress], None]:
    """Tells progress, not more often than anybody listens; the first of each phase always."""
    told: tuple[str, float] = ("", 0.0)

    def report(progress: Progress) -> None:
        nonlocal told
        if progress.phase == told[0] and time.monotonic() - told[1] < _PAUSE:
            return
        told = (progress.phase, time.monotonic())
        sys.stdout.write(json.dumps(asdict(progress)) + "\n")
        sys.stdout.flush()

    return report


if __name__ == "__main__":
    main()
