"""Lives of the bot in slow motion: real processes, begun quickly, one after the other or side by side, and killed at will."""

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self
from zoneinfo import ZoneInfo

from tests.faults.scene import TOKEN, Town, until

ROOT = Path(__file__).parents[2]
_CONFIG = """
[telegram]
token = "{token}"
base_url = "{url}/bot"
base_file_url = "{url}/file/bot"
[database]
url = "{database}"
[org]
timezone = "{zone}"
quiet_hours = "00:00-00:00"
digest_time = "00:00"
[log]
format = "json"
"""


def zone_at_noon() -> ZoneInfo:
    """A time zone where it is about noon: whatever the hour, a test's day does not end under its hands."""
    ahead = 12 - datetime.now(UTC).hour
    return ZoneInfo(f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT")


class Lives:
    """Use it as an async context manager, at whose end everything that still lives is ended in order."""

    def __init__(self, town: Town, folder: Path, zone: ZoneInfo) -> None:
        self._log, self._config = folder / "bot.log", folder / "config.toml"
        self._config.write_text(_CONFIG.format(token=TOKEN, url=town.url, database=town.database_url, zone=zone))
        self._living: set[int] = set()

    async def __aenter__(self) -> Self:
        ours = {name: value for name, value in os.environ.items() if not name.startswith("GONGHAI_")}
        pipe = asyncio.subprocess.PIPE
        command = (sys.executable, "-m", "tests.faults.slow_motion")
        self._nursery = await asyncio.create_subprocess_exec(*command, cwd=ROOT, env=ours, stdin=pipe, stdout=pipe)
        return self

    async def __aexit__(self, *_: object) -> None:
        for pid in list(self._living):
            await self.end(pid, signal.SIGTERM)
        self._nursery.stdin.close()
        await self._nursery.wait()

    async def begin(self, *, pause: float = 0.0, chunk: int = 1000, lease: float = 120.0, never: str = "") -> int:
        """A new life; `pause` are the seconds before each statement of a step, `never` is a job whose step does not end."""
        files = {"log": str(self._log), "config": str(self._config)}
        wanted = {"pause": pause, "chunk": chunk, "lease": lease, "never": never, **files}
        self._nursery.stdin.write(json.dumps(wanted).encode() + b"\n")
        pid = int(await self._nursery.stdout.readline())
        self._living.add(pid)
        return pid

    async def end(self, pid: int, how: signal.Signals = signal.SIGKILL) -> None:
        """kill -9, or an operator's end."""
        with suppress(ProcessLookupError):
            os.kill(pid, how)
        await until(lambda: not _lives(pid), "the process has ended")
        self._living.discard(pid)

    def steps(self, job: str) -> int:
        """How many steps of a job were begun in all lives together."""
        return sum(line.get("job") == job for line in self.logged() if line["event"] == "step_begun")

    async def at_work(self, job: str, since: int) -> None:
        """Wait until a step of the job is begun beyond those that had been."""
        await until(lambda: self.steps(job) > since, f"{job} is at work")

    def logged(self) -> list[dict]:
        """Everything that was logged; the last line of a killed process may be half a one."""
        found = []
        for line in self._log.read_text().splitlines() if self._log.exists() else ():
            with suppress(json.JSONDecodeError):
                found.append(json.loads(line))
        return found

    def errors(self) -> list[dict]:
        """What should not have happened."""
        return [line for line in self.logged() if line.get("level") in ("error", "critical")]


def _lives(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
