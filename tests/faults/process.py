"""The bot as the real process, to be killed and started again."""

import asyncio
import json
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from tests.faults.scene import TOKEN, Town, until

_CONFIG = """
[telegram]
token = "{token}"
base_url = "{url}/bot"
base_file_url = "{url}/file/bot"
[database]
url = "{database}"
[org]
quiet_hours = "00:00-00:00"
digest_time = "23:59"  # no digest among the messages that are counted
[log]
format = "json"
"""


class BotProcess:
    """`python -m bot run` on this town; use it as an async context manager, at whose end it is stopped in order.

    `settings` are more of them, as variables of the environment.
    """

    def __init__(self, town: Town, folder: Path, **settings: str) -> None:
        self._folder, self._settings = folder, settings
        self._config = folder / "config.toml"
        self._config.write_text(_CONFIG.format(token=TOKEN, url=town.url, database=town.database_url))
        self._log = folder / "bot.log"
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start it and wait until it works."""
        before = self._starts()
        with self._log.open("ab") as log:
            command = [sys.executable, "-m", "bot", "--config", str(self._config), "run"]
            self._process = await asyncio.create_subprocess_exec(*command, cwd=self._folder, env=self._environment(), stderr=log)
        await until(lambda: self._starts() > before or self._process.returncode is not None, "the bot runs")
        assert self._process.returncode is None, self._log.read_text()

    async def kill(self) -> None:
        """kill -9."""
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> None:
        """End it as an operator would."""
        with suppress(ProcessLookupError):
            self._process.terminate()
        try:
            await asyncio.wait_for(self._process.wait(), 30)
        except TimeoutError:
            await self.kill()
            raise

    @property
    def output(self) -> str:
        """All that it wrote."""
        return self._log.read_text()

    def logged(self, *levels: str) -> list[dict[str, Any]]:
        """What it logged at these levels since it was first started."""
        lines = [json.loads(line) for line in self._log.read_text().splitlines() if line.startswith("{")]
        return [line for line in lines if line.get("level") in levels]

    def _environment(self) -> dict[str, str]:
        """No settings of the surroundings; and bytecode is kept, as where it is installed, so that each start is a quick one."""
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("GONGHAI_", "PYTHONDONTWRITE"))}
        return {**ours, **self._settings, "PYTHONPYCACHEPREFIX": str(self._folder.parent / "bytecode")}

    def _starts(self) -> int:
        return self._log.read_text().count('"event": "running"') if self._log.exists() else 0
