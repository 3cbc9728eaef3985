"""The command line as it is typed: the real process, its lines and its exit codes.

On SQLite: the commands differ between the databases only in what the domain's tests run on both. What concerns PostgreSQL
(its address in a refusal) is asked of it alone.
"""

import asyncio
import json
import signal
from datetime import UTC, datetime

import pytest

from bot.demo.stage import TOKEN
from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.server import serve
from domain.db import Database
from domain.models import Setting
from tests.bot.terminal import Terminal, ended, heard
from tests.phones import Phone

LINK = "https://t.me/gonghai_demo_bot?start="
ADMIN = 7_100_000_001


@pytest.fixture
async def terminal(tmp_path):
    telegram = Telegram(TOKEN)
    telegram.people.add(ADMIN, "Boss", language_code="en")
    async with serve(telegram) as url:
        yield Terminal(tmp_path, url, telegram)


class TestInit:
    async def test_makes_the_database_and_invites_the_first_admin_again_until_he_joins(self, terminal):
        first, second = await terminal.type("init"), await terminal.type("init")
        assert (first.code, second.code) == (0, 0)
        assert first.last.startswith(LINK)
        assert second.last.startswith(LINK)
        assert first.last != second.last
        assert (terminal.folder / "gonghai.db").exists()
        [admin] = json.loads((await terminal.type("users", "list", "--json")).out)
        assert (admin["login"], admin["role"], admin["active"], admin["bound"]) == ("admin", "admin", True, False)

    async def test_fills_in_the_sample_once(self, terminal):
        filled = await terminal.type("init", "--sample")
        assert filled.code == 0
        assert "Sample people and customers are in." in filled.out
        again = await terminal.type("init", "--sample")
        assert again.code == 1
        assert again.refusal == "The database holds people already; sample data goes into an empty one."
        people = json.loads((await terminal.type("users", "list", "--json")).out)
        assert {person["role"] for person in people} == {"sales", "lead", "admin"}

    async def test_without_a_token_leaves_the_bots_name_to_be_filled_in(self, terminal):
        said = await terminal.type("init", GONGHAI_TELEGRAM__TOKEN="")
        assert said.code == 0
        assert said.last.startswith("https://t.me/YOUR_BOT?start=")
        assert "YOUR_BOT" in said.refusal

    async def test_speaks_the_language_of_the_terminal(self, terminal):
        assert "数据库已是最新版本。" in (await terminal.type("init", LANG="zh_CN.UTF-8")).out


class TestUsers:
    async def test_are_added_listed_invited_and_deactivated(self, terminal):
        await terminal.type("init")
        lead = ("users", "add", "liu", "--name", "刘组长", "--role", "lead", "--company", "青岛", "--department", "二组")
        assert (await terminal.type(*lead)).out == "Added liu.\n"
        sales = ("users", "add", "chen", "--name", "陈洁", "--role", "sales", "--superior", "liu", "--direct-assign")
        assert (await terminal.type(*sales)).code == 0
        listed, table = await asyncio.gather(terminal.type("users", "list", "--json"), terminal.type("users", "list"))
        people = {person["login"]: person for person in json.loads(listed.out)}
        assert people["chen"]["superior"] == "liu"
        assert people["chen"]["direct_assign"] is True
        assert (people["liu"]["company"], people["liu"]["department"]) == ("青岛", "二组")
        assert all(login in table.out for login in ("admin", "chen", "liu", "陈洁"))
        invited = await terminal.type("users", "invite", "CHEN")
        assert invited.last.startswith(LINK)
        assert "within 7 days" in invited.out
        gone = await terminal.type("users", "deactivate", "chen")
        assert gone.out == "Deactivated chen; customers moved: 0.\n"

    async def test_are_refused_in_one_line_with_exit_code_1(self, terminal):
        await terminal.type("init")
        await terminal.type("users", "add", "liu", "--name", "刘组长", "--role", "lead")
        cases = {
            ("add", "LIU", "--name", "x", "--role", "sales"): "The login LIU is taken.",
            ("add", "an", "--name", "x", "--role", "sales", "--department", "二组"): "Please choose the company first.",
            ("invite", "nobody"): "no such colleague to choose: nobody",
            ("deactivate", "liu"): "刘组长 is a lead: choose a successor first.",
        }
        said = await asyncio.gather(*(terminal.type("users", *words) for words in cases))
        assert [each.code for each in said] == [1] * len(cases)
        for each, line in zip(said, cases.values(), strict=True):
            assert line in each.refusal
            assert each.out == ""

    async def test_typed_wrongly_end_with_2(self, terminal):
        wrong = (("users", "add", "x", "--name", "x", "--role", "king"), ("fly",))
        assert [each.code for each in await asyncio.gather(*(terminal.type(*words) for words in wrong))] == [2, 2]


class TestBadSettings:
    @pytest.mark.parametrize(
        ("config", "line"),
        [
            ("[org]\nnam = 'x'", "org.nam: no such setting; known here: name, timezone, language, digest_time, quiet_hours"),
            ("[rules]\nsigning_days = 'soon'", 'rules.signing_days = "soon": not a whole number 1..3650'),
            ("[org]\ntimezone = 'Mars/Base'", 'org.timezone = "Mars/Base": not a time zone known here'),
            ("[org\n", "config.toml: "),
            ("[database]\nurl = 'sqlite:////no/such/folder/g.db'", "cannot be opened: unable to open database file"),
            ("[database]\nurl = 'postgresql://crm:hush@127.0.0.1:1/crm'", "cannot be opened: "),
        ],
    )
    async def test_end_it_in_one_clear_line_with_exit_code_2(self, terminal, config, line):
        terminal.write(config)
        said = await terminal.type("init")
        assert said.code == 2
        assert line in said.refusal
        assert "hush" not in said.out + said.err

    async def test_end_every_command(self, terminal):
        terminal.write("[org]\nname = 7")
        for said in await asyncio.gather(*(terminal.type(*words) for words in (("run",), ("check",), ("users", "list")))):
            assert (said.code, said.refusal) == (2, "org.name = 7: not a name")

    async def test_include_a_config_that_is_not_there(self, terminal):
        said = await terminal.type("--config", "none.toml", "init")
        assert (said.code, said.refusal) == (2, "none.toml: No such file or directory")

    async def test_include_a_token_that_is_missing_or_unknown_where_one_is_needed(self, terminal):
        await terminal.type("init")
        missing = await terminal.type("run", GONGHAI_TELEGRAM__TOKEN="")
        assert (missing.code, missing.refusal) == (2, "telegram.token: missing: the token that @BotFather gave")
        unknown = await terminal.type("run", GONGHAI_TELEGRAM__TOKEN="2:other", GONGHAI_LOG__LEVEL="ERROR")
        assert (unknown.code, unknown.refusal) == (2, "telegram.token: Telegram does not know this token.")


class TestCheck:
    async def test_tells_that_all_is_well(self, terminal):
        await terminal.type("init")
        said = await terminal.type("check")
        assert said.code == 0
        assert [line[:4] for line in said.out.splitlines()] == ["ok  "] * 10
        assert "token: @gonghai_demo_bot" in said.out
        assert "0 updates and 0 messages wait" in said.out

    async def test_tells_what_is_missing_and_ends_with_1(self, terminal):
        said = await terminal.type("check", GONGHAI_TELEGRAM__TOKEN="")
        assert said.code == 1
        assert "FAIL telegram.token: missing" in said.out
        assert "FAIL The database is not at this version's schema" in said.out

    async def test_tells_both_values_of_a_rule_changed_in_the_chat_and_what_cannot_hold(self, terminal):
        await terminal.type("init")
        stored = {"signing_days": 45, "held_limit": 0, "followup_days": "soon"}
        database = Database(f"sqlite:///{terminal.folder / 'gonghai.db'}")
        with database.unit_of_work() as session:
            session.add_all(Setting(name=name, value=value, changed_at=datetime.now(UTC)) for name, value in stored.items())
        database.dispose()
        said = await terminal.type("check")
        assert said.code == 1
        assert "ok   rule signing_days: 45 days in force (changed in the chat), 90 days in the file" in said.out
        assert 'FAIL rule followup_days = "soon": changed in the chat to what cannot hold, and ignored' in said.out
        assert "held_limit" not in said.out

    async def test_tells_a_token_that_telegram_does_not_know_from_a_telegram_that_cannot_be_reached(self, terminal):
        await terminal.type("init")
        unknown, away = await asyncio.gather(
            terminal.type("check", GONGHAI_TELEGRAM__TOKEN="2:other"),
            terminal.type("check", GONGHAI_TELEGRAM__BASE_URL="http://127.0.0.1:1/bot"),
        )
        assert (unknown.code, away.code) == (1, 1)
        assert "FAIL telegram.token: Telegram does not know this token." in unknown.out
        assert "FAIL token: Telegram cannot be reached" in away.out


class TestRun:
    async def test_is_refused_on_a_database_without_the_schema(self, terminal):
        said = await terminal.type("run")
        assert said.code == 1
        assert "run `gonghai init` first" in said.refusal

    async def test_serves_until_it_is_told_to_stop_and_the_next_one_goes_on(self, terminal):
        link = (await terminal.type("init")).last
        process = await terminal.start("run")
        await heard(process, "running")
        async with Phone(terminal.url, ADMIN) as boss:
            await boss.start(link.removeprefix(LINK))
            await boss.wait_for("系统管理员")
            second = await terminal.type("run", GONGHAI_LOG__LEVEL="ERROR")
            assert second.code == 1
            assert "Another bot is running on gonghai.db: SQLite takes one." in second.refusal
            process.send_signal(signal.SIGTERM)
            assert await ended(process) == 0
            await boss.send("/pool")
            again = await terminal.start("run")
            await boss.wait_for("客户公海", timeout=30)
            again.send_signal(signal.SIGINT)
            assert await ended(again) == 0
        assert terminal.telegram.queries.unanswered() == []
