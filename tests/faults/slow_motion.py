"""The bot's program for whoever wants to kill it in the middle of the clock's work: each step announced, small, and slow.

Loaded once; for every line on its standard input (what is wanted, as JSON) it starts a child, which becomes `gonghai run`, and
answers with the child's process id. The code is the product's: only the size of the sweep's steps, the lease of a run and the
speed of the database in a step are others.
"""

import json
import os
import signal
import sys
import threading
import time
from datetime import timedelta
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot import jobs as work
from bot.__main__ import main
from domain import jobs, sweep

FOR_EVER = 3600
_HERE = threading.local()
_STEP = work.step


def prepare(pause, chunk, lease, never):
    """Make the program what its reader wants."""
    sweep.sweep.__kwdefaults__["chunk"] = chunk
    jobs.LEASE = timedelta(seconds=lease)

    def step(session, office, name, day):
        sys.stderr.write(json.dumps({"event": "step_begun", "job": name}) + "\n")
        sys.stderr.flush()
        if name == never:
            time.sleep(FOR_EVER)
        _HERE.pause = pause
        try:
            return _STEP(session, office, name, day)
        finally:
            _HERE.pause = 0

    work.step = step
    event.listen(Engine, "before_cursor_execute", lambda *_: time.sleep(getattr(_HERE, "pause", 0)))


def become(wanted):
    """In the child: what is logged goes to a file, and the program runs until it is ended."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    with Path(wanted["log"]).open("ab") as log:
        os.dup2(log.fileno(), sys.stderr.fileno())
    prepare(wanted["pause"], wanted["chunk"], wanted["lease"], wanted["never"])
    main(["--config", wanted["config"], "run"])


if __name__ == "__main__":
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            become(json.loads(line))
            break
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
