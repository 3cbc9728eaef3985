"""A backup as an operator makes one: while the bot runs, and brought back."""

import json
import re
import shutil
import signal

import pytest

from bot.demo.stage import TOKEN
from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.server import serve
from tests.bot.terminal import Terminal, ended, heard


@pytest.fixture
async def terminal(tmp_path, sqlite_template):
    shutil.copy(sqlite_template, tmp_path / "gonghai.db")
    async with serve(Telegram(TOKEN)) as url:
        yield Terminal(tmp_path, url, Telegram(TOKEN))


async def logins(terminal, **environment):
    return [person["login"] for person in json.loads((await terminal.type("users", "list", "--json", **environment)).out)]


@pytest.fixture
async def server_url(postgresql):
    url = postgresql.fresh()
    yield url
    postgresql.drop(url)


class TestABackup:
    async def test_goes_from_a_running_bot_on_sqlite_to_postgresql_and_back(self, terminal, server_url, tmp_path):
        await terminal.type("users", "add", "wangli", "--name", "王丽", "--role", "lead")
        process = await terminal.start("run")
        await heard(process, "running")
        made = await terminal.type("backup", "all.backup")
        assert made.code == 0
        rows = re.search(r"^all.backup: (\d+ rows), .* opened and found whole.$", made.out)[1]
        refused = await terminal.type("restore", "all.backup")
        assert (refused.code, refused.refusal.split(":")[0]) == (1, "Another bot is running on gonghai.db")
        process.send_signal(signal.SIGTERM)
        assert await ended(process) == 0

        there = {"GONGHAI_DATABASE__URL": server_url}
        restored = await terminal.type("restore", "all.backup", **there)
        assert (restored.code, rows in restored.out) == (0, True)
        assert "users: 1 rows" in restored.err
        assert await logins(terminal, **there) == ["wangli"]
        assert (await terminal.type("backup", "back.backup", **there)).code == 0
        home = {"GONGHAI_DATABASE__URL": "sqlite:///new.db"}
        assert (await terminal.type("restore", "back.backup", **home)).code == 0
        assert await logins(terminal, **home) == ["wangli"]

    async def test_is_refused_in_one_line_with_exit_code_1(self, terminal):
        await terminal.type("users", "add", "wangli", "--name", "王丽", "--role", "lead")
        assert (await terminal.type("backup", "all.backup")).code == 0
        cases = {
            ("backup", "all.backup"): "all.backup is there already; a backup never writes over a file.",
            ("backup", "no/such/folder"): "no/such/folder cannot be written: No such file or directory",
            ("restore", "all.backup"): "The database is not empty: a backup goes into an empty one only.",
            ("restore", "none"): "none is no backup that this version can read.",
            ("restore", "out-1.txt"): "out-1.txt is no backup that this version can read.",
        }
        for words, line in cases.items():
            said = await terminal.type(*words)
            assert (said.code, said.refusal, said.out) == (1, line, "")
