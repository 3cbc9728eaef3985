"""A terminal in a folder of its own, beside a Telegram.

`type` runs a command in a real process, forked from one that has the program loaded already; `start` runs `python -m bot` itself.
"""

import asyncio
import multiprocessing
import os
import sys
import warnings
from dataclasses import dataclass
from pathlib import Path

from bot.demo.stage import TOKEN
from bot.demo.telegram.engine import Telegram
from tests.house.sources import ROOT

PATIENCE = 120
_loaded = multiprocessing.get_context("forkserver")
_loaded.set_forkserver_preload(["bot.__main__"])


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def last(self) -> str:
        return self.out.splitlines()[-1]

    @property
    def refusal(self) -> str:
        """The one line on standard error."""
        [line] = self.err.splitlines()
        return line


class Terminal:
    """A folder in which commands are typed."""

    def __init__(self, folder: Path, url: str, telegram: Telegram) -> None:
        self.folder, self.url, self.telegram = folder, url, telegram
        self._typed = 0
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "LANG": "en_US.UTF-8",
            "GONGHAI_TELEGRAM__TOKEN": TOKEN,
            "GONGHAI_TELEGRAM__BASE_URL": f"{url}/bot",
        }

    async def type(self, *words: str, **environment: str) -> Said:
        """Run a command to its end."""
        self._typed += 1
        out, err = (self.folder / f"{name}-{self._typed}.txt" for name in ("out", "err"))
        process = _loaded.Process(target=_run, args=(words, self._surroundings(environment), self.folder, out, err))
        process.start()
        await asyncio.to_thread(process.join, PATIENCE)
        assert process.exitcode is not None, f"{words} does not end"
        said = Said(process.exitcode, out.read_text(), err.read_text())
        process.close()
        assert "Traceback" not in said.out + said.err
        return said

    async def start(self, *words: str, **environment: str) -> asyncio.subprocess.Process:
        """Run a command that goes on."""
        return await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "bot", *words),
            cwd=self.folder,
            env=self._surroundings(environment),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )

    def write(self, text: str) -> None:
        """Write the settings."""
        (self.folder / "config.toml").write_text(text)

    def _surroundings(self, environment: dict[str, str]) -> dict[str, str]:
        return {name: value for name, value in (self.environment | environment).items() if value}


def _run(words: tuple[str, ...], environment: dict[str, str], folder: Path, out: Path, err: Path) -> None:
    from bot.__main__ import main  # noqa: PLC0415 — loaded before the fork

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for stream, path in ((sys.stdout, out), (sys.stderr, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), stream.fileno())
    sys.argv = ["gonghai", *words]
    warnings.simplefilter("error")
    main()


async def heard(process: asyncio.subprocess.Process, word: str) -> None:
    """Read the log until a line holds the word."""
    async with asyncio.timeout(PATIENCE):
        while word not in (line := (await process.stderr.readline()).decode()):
            assert line, f"the process ended before it said {word!r}"


async def ended(process: asyncio.subprocess.Process) -> int:
    """The exit code of a process that was told to end."""
    out, err = await asyncio.wait_for(process.communicate(), PATIENCE)
    assert b"Traceback" not in out + err
    return process.returncode
