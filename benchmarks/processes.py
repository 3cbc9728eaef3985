"""A process that is talked to in lines of JSON: the server of the Bot API, and each bot that is measured."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
GRACE = 20


class Peer:
    """The other process."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def hear(self) -> dict[str, Any]:
        """Its next line."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._process.args} ended with {self._process.wait(GRACE)}")
        told: dict[str, Any] = json.loads(line)
        return told

    def ask(self, **question: Any) -> dict[str, Any]:
        """Say something and hear the answer."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        return self.hear()


@contextmanager
def running(*command: str, python: str = sys.executable) -> Iterator[Peer]:
    """A Python process that ends when its standard input does."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [python, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
    )
    try:
        yield Peer(process)
    finally:
        assert process.stdin is not None
        process.stdin.close()
        _end(process)


def _end(process: "subprocess.Popen[str]") -> None:
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def module(name: str) -> Sequence[str]:
    """The arguments that run a module of this folder."""
    return ("-m", f"benchmarks.{name}")
