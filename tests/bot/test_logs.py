import asyncio
import io
import json
import logging

import pytest
import structlog
from telegram import Bot
from telegram.error import InvalidToken
from telegram.request import HTTPXRequest

from bot.config import Log
from bot.logs import QUIET, configure
from tests.bot.stub_server import TOKEN, calling, refuses, serving

ANOTHER_TOKEN = "987654321:" + "B" * 35


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def _undone():
    root = logging.getLogger()
    names = [root.name, *QUIET, "httpcore.http11"]
    before = root.handlers[:], {name: logging.getLogger(name).level for name in names}
    structured = structlog.get_config()
    yield
    root.handlers, levels = before
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    structlog.configure(**structured)
    structlog.contextvars.clear_contextvars()


@pytest.fixture
def out():
    return io.StringIO()


def events(out):
    return [json.loads(line) for line in out.getvalue().splitlines()]


def raised(message):
    raise ValueError(message)


class TestForm:
    def test_auto_is_json_away_from_a_terminal(self, out):
        configure(Log(), stream=out)
        structlog.get_logger("bot.sender").info("sent", 青岛=1)
        [event] = events(out)
        assert (event["event"], event["level"], event["logger"], event["青岛"]) == ("sent", "info", "bot.sender", 1)
        assert event["timestamp"].endswith("Z")

    def test_auto_is_text_on_a_terminal(self):
        out = Terminal()
        configure(Log(), stream=out)
        structlog.get_logger("bot.sender").info("sent")
        assert "sent" in out.getvalue()
        assert not out.getvalue().startswith("{")

    def test_either_can_be_set(self, out):
        configure(Log(format="text"), stream=out)
        structlog.get_logger("bot").warning("as text")
        assert not out.getvalue().startswith("{")
        terminal = Terminal()
        configure(Log(format="json"), stream=terminal)
        structlog.get_logger("bot").warning("as json")
        assert events(terminal)[0]["event"] == "as json"

    def test_lines_of_the_standard_library_look_the_same(self, out):
        configure(Log(), stream=out)
        logging.getLogger("elsewhere").warning("%s of %s", 1, 2)
        [event] = events(out)
        assert (event["event"], event["level"], event["logger"]) == ("1 of 2", "warning", "elsewhere")

    def test_being_configured_twice_logs_once(self, out):
        configure(Log(), stream=out)
        configure(Log(), stream=out)
        logging.getLogger("elsewhere").warning("once")
        assert len(events(out)) == 1

    def test_a_traceback_is_one_field(self, out):
        configure(Log(), stream=out)
        try:
            raised("odd")
        except ValueError:
            structlog.get_logger("bot").exception("failed")
        [event] = events(out)
        assert "ValueError: odd" in event["exception"]


class TestContext:
    def test_what_is_bound_is_on_every_line(self, out):
        configure(Log(), stream=out)
        with structlog.contextvars.bound_contextvars(update_id=7, actor="li"):
            structlog.get_logger("bot").info("ours")
            logging.getLogger("elsewhere").warning("theirs")
        structlog.get_logger("bot").info("after")
        assert [event.get("update_id") for event in events(out)] == [7, 7, None]


class TestLevels:
    def test_what_is_below_the_level_is_not_logged(self, out):
        configure(Log(level="WARNING"), stream=out)
        structlog.get_logger("bot").info("quiet")
        structlog.get_logger("bot").warning("loud")
        assert [event["event"] for event in events(out)] == ["loud"]

    @pytest.mark.parametrize("name", [*QUIET, "telegram.ext", "httpx._client", "uvicorn.error", "apscheduler.scheduler"])
    def test_libraries_speak_of_trouble_alone(self, out, name):
        configure(Log(level="DEBUG"), stream=out)
        logging.getLogger(name).info("chatter")
        logging.getLogger(name).warning("trouble")
        assert [event["event"] for event in events(out)] == ["trouble"]

    def test_a_higher_level_holds_for_libraries_too(self, out):
        configure(Log(level="ERROR"), stream=out)
        logging.getLogger("telegram").warning("trouble")
        assert out.getvalue() == ""


class TestTheTokenIsTakenOut:
    @pytest.fixture(autouse=True, params=["json", "text"])
    def _configured(self, out, request):
        configure(Log(level="DEBUG", format=request.param), TOKEN, out)

    def test_of_messages_fields_and_context(self, out):
        with structlog.contextvars.bound_contextvars(url=f"https://api.telegram.org/bot{TOKEN}/getMe"):
            structlog.get_logger("bot").info(f"starting {TOKEN}", token=TOKEN, nested={"list": [TOKEN]}, error=KeyError(TOKEN))
        assert "starting" in out.getvalue()
        assert TOKEN not in out.getvalue()

    def test_of_tracebacks_and_their_causes(self, out):
        try:
            try:
                raised(f"no answer from /bot{TOKEN}/getMe")
            except ValueError as cause:
                raise RuntimeError("failed") from cause
        except RuntimeError:
            logging.getLogger("elsewhere").exception("stopped by %s", TOKEN)
        assert "no answer from" in out.getvalue()
        assert TOKEN not in out.getvalue()

    def test_in_its_escaped_form(self, out):
        logging.getLogger("elsewhere").warning("GET /?token=%s", TOKEN.replace(":", "%3A"))
        assert "[token]" in out.getvalue()
        assert TOKEN.split(":")[1] not in out.getvalue()

    def test_of_other_bots_too(self, out):
        logging.getLogger("elsewhere").warning("GET /bot%s/getMe", ANOTHER_TOKEN)
        assert ANOTHER_TOKEN not in out.getvalue()

    async def test_of_what_httpx_logs(self, out):
        for name in ("httpx", "httpcore", "telegram"):
            logging.getLogger(name).setLevel(logging.DEBUG)
        async with serving(refuses(401, "Unauthorized")) as base_url, HTTPXRequest() as request:
            with pytest.raises(InvalidToken):
                await Bot(TOKEN, base_url=base_url, request=request).get_me()
        assert "getMe" in out.getvalue()
        assert TOKEN not in out.getvalue()

    async def test_of_what_a_forgotten_task_leaves(self, out):
        async with calling("http://127.0.0.1:1/bot") as bot:
            task = asyncio.ensure_future(bot.get_me())
            await asyncio.wait([task])
        logging.getLogger("asyncio").error("never retrieved", exc_info=task.exception())
        assert "NetworkError" in out.getvalue()
        assert TOKEN not in out.getvalue()


class TestPersonalData:
    @pytest.mark.parametrize(
        ("text", "kept"),
        [
            ("call 13812345678", "call [phone]"),
            ("call 138 1234 5678 now", "call [phone] now"),
            ("电话13812345678。", "电话[phone]。"),
            ("call +86 138-1234-5678", "call [phone]"),
            ("call +49 (30) 901820", "call [phone]"),
            ("call 0532-85712345", "call [phone]"),
            ("write to li.wei+crm@qdhh.com.cn", "write to [e-mail]"),
        ],
    )
    def test_is_taken_out_of_messages(self, out, text, kept):
        configure(Log(), stream=out)
        logging.getLogger("elsewhere").warning(text)
        assert events(out)[0]["event"] == kept

    @pytest.mark.parametrize(
        "text",
        [
            "customer C000001 of 2026-11-23",
            "chat -1001381234567",
            "update 912345678",
            "credit code 91370200MA3C000000",
            "listening on 127.0.0.1:8080",
            "took 0.138123456 s",
        ],
    )
    def test_what_only_resembles_it_stays(self, out, text):
        configure(Log(), stream=out)
        logging.getLogger("elsewhere").warning(text)
        assert events(out)[0]["event"] == text

    def test_is_taken_out_of_fields_but_numbers_stay_numbers(self, out):
        configure(Log(), stream=out)
        structlog.get_logger("bot").info("card", contact={"phone": "13812345678"}, chat_id=13812345678)
        [event] = events(out)
        assert (event["contact"], event["chat_id"]) == ({"phone": "[phone]"}, 13812345678)

    def test_is_taken_out_of_tracebacks(self, out):
        configure(Log(), stream=out)
        try:
            raised("duplicate key (13812345678, li@qdhh.com)")
        except ValueError:
            logging.getLogger("elsewhere").exception("failed")
        assert "duplicate key ([phone], [e-mail])" in events(out)[0]["exception"]
