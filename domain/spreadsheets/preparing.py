"""Rows prepared for the database in a process of their own, while this one waits for the database with those before them.

`python -m domain.spreadsheets.preparing` reads a pickled Importing, then portions of rows with what belongs to them, and answers
each with what it prepared. It ends when its input does.
"""

import gc
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

import domain
from domain.spreadsheets.imports import Details, Importing
from domain.spreadsheets.scratch import Kept

_ROOT = Path(str(domain.__file__)).parents[1]
SELDOM = 50_000
"""So many new objects until Python looks for what is no longer used: a portion of rows is many, and none of it is garbage."""


class Portion(NamedTuple):
    """Rows, and what belongs to them."""

    rows: Sequence[Kept]
    details: Details


class Preparer:
    """The other process: it is asked for one portion at a time, and its answer is taken before the next."""

    def __init__(self, process: "subprocess.Popen[bytes]", thread: Executor, importing: Importing) -> None:
        self._process, self._thread = process, thread
        self._tell(importing)

    def ask(self, portion: Portion) -> None:
        """Begin with these rows. Nobody waits until the other process listens, nor while its answer is read."""
        self._answer = self._thread.submit(self._answered, portion)

    def take(self) -> Sequence[Any]:
        """What came of them. Raises EOFError when the other process broke."""
        return self._answer.result()

    def end(self) -> None:
        """At once."""
        self._process.kill()

    def _answered(self, portion: Portion) -> Sequence[Any]:
        self._tell(portion)
        assert self._process.stdout is not None
        try:
            prepared: Sequence[Any] = pickle.load(self._process.stdout)  # noqa: S301 — written by our own program
        except pickle.UnpicklingError as broken:
            raise EOFError from broken
        return prepared

    def _tell(self, what: object) -> None:
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):
            pickle.dump(what, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()


@contextmanager
def preparer(importing: Importing) -> Iterator[Preparer]:
    """A process that prepares rows of this import until the block ends."""
    environment = {"PYTHONPATH": str(_ROOT), "PATH": os.environ.get("PATH", "")}
    command = [sys.executable, "-X", "utf8", "-m", "domain.spreadsheets.preparing"]
    with (
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as process,  # noqa: S603 — our own
        ThreadPoolExecutor(1) as thread,
    ):
        other = Preparer(process, thread, importing)
        try:
            yield other
        finally:
            other.end()


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Most of what an import makes is in use until its portion is written: looking through all of it is lost time.

    What was there before, hundreds of thousands of objects, is not looked through at all.
    """
    usual = gc.get_threshold()
    gc.set_threshold(SELDOM, *usual[1:])
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*usual)


def main() -> None:
    """Prepare what comes."""
    importing: Importing = pickle.load(sys.stdin.buffer)  # noqa: S301 — written by the process that started this one
    with seldom_collected(), suppress(EOFError):
        while True:
            portion: Portion = pickle.load(sys.stdin.buffer)  # noqa: S301 — as above
            answer = pickle.dumps(importing.prepare(*portion), pickle.HIGHEST_PROTOCOL)
            sys.stdout.buffer.write(answer)
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
