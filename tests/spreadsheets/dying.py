"""The product's programs for whoever wants them to die in the middle of an import, by kill -9, at a point that can be named.

`python -m tests.spreadsheets.dying` is loaded once: for every line on its standard input (what is wanted, as JSON) a child
becomes the command line, and its exit status is answered with what it said. With `bench CHUNK WHERE` behind it, it becomes the
process that works for the chat; with `hold` there, too, it stands still instead of dying. The code is the
product's: only the size of a chunk and the lease of an import can be others.
"""

import json
import os
import signal
import sys
import time
from datetime import timedelta
from pathlib import Path

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session, configure_mappers

from bot.__main__ import main
from bot.locales import LANGUAGES, texts_for
from bot.sheet_words import vocabulary
from domain import workbench
from domain.spreadsheets import ledger
from domain.spreadsheets.imports import IMPORTS
from domain.spreadsheets.layout import SheetName

NEVER, COMMIT, BETWEEN = "", "commit", "between"
FOR_EVER = 3600


class Death:
    """Kills this process in a chunk, counted from 1: before a statement with these words (PostgreSQL's COPY
    stands for an INSERT), at its commit, or just behind it."""

    def __init__(self, chunk: int, where: str, *, hold: bool = False) -> None:
        self._chunk, self._where, self._hold = chunk, where, hold
        self._begun = self._kept = 0
        event.listen(Engine, "before_cursor_execute", self._statement)
        psycopg.Cursor.copy = self._loading(psycopg.Cursor.copy)
        event.listen(Engine, "commit", self._commit)
        event.listen(Session, "after_commit", self._committed)

    def _statement(self, _connection, _cursor, statement, *_) -> None:
        self._begun += "INSERT INTO customers " in statement
        if self._where not in (NEVER, COMMIT, BETWEEN):
            self._die(self._begun >= self._chunk and self._where in statement)

    def _loading(self, copy):
        def heard(cursor, statement, *given, **others):
            self._statement(None, cursor, statement.replace("COPY ", "INSERT INTO ", 1))
            return copy(cursor, statement, *given, **others)

        return heard

    def _commit(self, _connection) -> None:
        self._die(self._where == COMMIT and self._begun >= self._chunk)
        self._kept = self._begun

    def _committed(self, _session) -> None:
        self._die(self._where == BETWEEN and self._kept >= self._chunk)

    def _die(self, now: bool) -> None:
        if now and self._hold:
            time.sleep(FOR_EVER)
        if now:
            os.kill(os.getpid(), signal.SIGKILL)


def become(wanted) -> None:
    """In the child: what it says goes to a file."""
    said = os.open(wanted["said"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(said, stream)
    os.environ.update(wanted["settings"])
    ledger.LEASE = timedelta(seconds=wanted["lease"])
    IMPORTS[SheetName.CUSTOMERS].chunk = wanted["rows"]
    Death(wanted["chunk"], wanted["where"])
    main(wanted["words"])


def serve() -> None:
    configure_mappers()
    for language in LANGUAGES:
        vocabulary(texts_for(language))
    for line in sys.stdin:
        wanted = json.loads(line)
        child = os.fork()
        if child == 0:
            become(wanted)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        answer = {"status": status, "said": Path(wanted["said"]).read_text()}
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["bench"]:
        Death(int(sys.argv[2]), sys.argv[3], hold="hold" in sys.argv)
        workbench.main()
    else:
        serve()
