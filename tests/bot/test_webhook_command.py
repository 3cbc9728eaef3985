"""The webhook at Telegram as an operator sets it, and what `check` says of it."""

import json
import shutil

import pytest

from bot.demo.stage import TOKEN
from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.server import serve
from bot.intake import ALLOWED_UPDATES
from domain import marks
from domain.db import Database
from tests.bot.terminal import Terminal

URL = "http://127.0.0.1:1/telegram"
PERSON = 7_100_000_001
WITH_WEBHOOK = {"GONGHAI_TELEGRAM__WEBHOOK_URL": URL, "GONGHAI_TELEGRAM__SECRET_TOKEN": "hush-1"}


@pytest.fixture
async def terminal(tmp_path, sqlite_template):
    shutil.copy(sqlite_template, tmp_path / "gonghai.db")
    telegram = Telegram(TOKEN)
    telegram.people.add(PERSON, "Somebody", language_code="en", started=True)
    async with serve(telegram) as url:
        yield Terminal(tmp_path, url, telegram)


def calls(terminal, method):
    return [call for call in terminal.telegram.calls.after(0) if call.method.lower() == method.lower()]


class TestSet:
    async def test_calls_telegram_only_when_something_changed(self, terminal):
        assert (await terminal.type("webhook", "set", **WITH_WEBHOOK)).out == f"Telegram calls {URL} from now on.\n"
        target = terminal.telegram.webhook.target
        assert (target.url, target.secret, terminal.telegram.updates.allowed) == (URL, "hush-1", ALLOWED_UPDATES)
        again = await terminal.type("webhook", "set", **WITH_WEBHOOK)
        assert again.out == f"Telegram calls {URL} already; nothing was changed.\n"
        assert len(calls(terminal, "setWebhook")) == 1
        await terminal.type("webhook", "set", **WITH_WEBHOOK | {"GONGHAI_TELEGRAM__SECRET_TOKEN": "hush-2"})
        assert terminal.telegram.webhook.target.secret == "hush-2"
        assert len(calls(terminal, "setWebhook")) == 2

    async def test_keeps_a_fingerprint_and_never_the_secret(self, terminal):
        await terminal.type("webhook", "set", **WITH_WEBHOOK)
        database = Database(f"sqlite:///{terminal.folder / 'gonghai.db'}")
        with database.unit_of_work() as session:
            kept = marks.get(session, marks.WEBHOOK)
        database.dispose()
        assert len(kept) == 64
        assert not any(b"hush-1" in path.read_bytes() for path in terminal.folder.glob("gonghai.db*"))

    async def test_is_refused_in_one_line(self, terminal):
        nowhere = await terminal.type("webhook", "set")
        assert (nowhere.code, nowhere.refusal.split(": ")[:2]) == (2, ["telegram.webhook_url", "missing"])
        plain = {"GONGHAI_TELEGRAM__WEBHOOK_URL": "http://crm.example.com/t"}
        refused = await terminal.type("webhook", "set", **WITH_WEBHOOK | plain)
        assert refused.code == 1
        assert "an https url must be provided" in refused.refusal
        away = await terminal.type("webhook", "set", **WITH_WEBHOOK, GONGHAI_TELEGRAM__BASE_URL="http://127.0.0.1:1/bot")
        assert (away.code, "cannot be reached" in away.refusal) == (1, True)


class TestShow:
    async def test_tells_what_waits_and_what_went_wrong(self, terminal):
        assert (await terminal.type("webhook", "show")).out.startswith("No webhook is set")
        await terminal.type("webhook", "set", **WITH_WEBHOOK)
        terminal.telegram.people.send(PERSON, "anybody there?")
        told = None
        while not told:
            shown = json.loads((await terminal.type("webhook", "show", "--json")).out)
            told = shown["last_error"]
        assert (shown["url"], shown["pending"]) == (URL, 1)
        assert told.startswith("Connection failed")
        assert "Updates that wait at Telegram: 1" in (await terminal.type("webhook", "show")).out
        checked = await terminal.type("check", **WITH_WEBHOOK)
        assert (checked.code, f"FAIL webhook: {URL}, 1 updates wait; last error" in checked.out) == (1, True)


class TestDelete:
    async def test_drops_nothing_that_waits(self, terminal):
        await terminal.type("webhook", "set", **WITH_WEBHOOK)
        terminal.telegram.people.send(PERSON, "keep me")
        gone = await terminal.type("webhook", "delete", "--yes")
        assert gone.code == 0
        assert "1 updates wait at Telegram" in gone.out
        assert terminal.telegram.webhook.target is None
        assert len(terminal.telegram.updates.pending) == 1
        assert (await terminal.type("webhook", "delete", "--yes")).out.startswith("No webhook is set")

    async def test_happens_only_when_it_is_confirmed(self, terminal):
        await terminal.type("webhook", "set", **WITH_WEBHOOK)
        assert (await terminal.type("webhook", "delete")).code == 1
        assert terminal.telegram.webhook.target is not None


class TestCheck:
    async def test_tells_a_webhook_that_is_not_as_the_settings_say(self, terminal):
        missing = await terminal.type("check", **WITH_WEBHOOK)
        assert (missing.code, f"FAIL webhook: Telegram calls nobody, the settings name {URL}" in missing.out) == (1, True)
        await terminal.type("webhook", "set", **WITH_WEBHOOK)
        assert f"ok   webhook: {URL}, 0 updates wait" in (await terminal.type("check", **WITH_WEBHOOK)).out
        polling = await terminal.type("check")
        assert (polling.code, f"FAIL webhook: Telegram calls {URL}, the settings say otherwise" in polling.out) == (1, True)
        changed = await terminal.type("check", **WITH_WEBHOOK | {"GONGHAI_TELEGRAM__SECRET_TOKEN": "hush-2"})
        assert (changed.code, "FAIL webhook: secret or kinds of updates changed" in changed.out) == (1, True)

    async def test_speaks_to_programs(self, terminal):
        found = json.loads((await terminal.type("check", "--json")).out)
        names = ["config", "database", "token", "clock", "webhook", "lag", "outbox", "job sweep", "job reminders", "job digest"]
        assert [each["name"] for each in found] == names
        assert all(each["good"] for each in found)
