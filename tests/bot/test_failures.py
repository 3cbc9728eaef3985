import asyncio
import traceback
from datetime import timedelta

import aiohttp
import pytest
from aiohttp.test_utils import unused_port
from telegram.error import NetworkError, RetryAfter, TelegramError

from bot.failures import Failure, FailureKind, classify
from tests.bot.stub_server import (
    TOKEN,
    a_bot_that_is_told,
    calling,
    hangs,
    refuses,
    resets,
    serving,
    shows_page,
    stops_halfway,
)

AMBIGUOUS, FLOOD, GONE, MARKUP, MISSING, MOVED, NOT_SENT, REJECTED, UNCHANGED, WRONG_TOKEN = (
    FailureKind.AMBIGUOUS,
    FailureKind.FLOOD,
    FailureKind.GONE,
    FailureKind.MARKUP,
    FailureKind.MISSING,
    FailureKind.MOVED,
    FailureKind.NOT_SENT,
    FailureKind.REJECTED,
    FailureKind.UNCHANGED,
    FailureKind.TOKEN,
)

NOT_MODIFIED = (
    "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)


async def failure_of(bot, **timeouts):
    with pytest.raises(TelegramError) as caught:
        await bot.send_message(5, "hello", **timeouts)
    assert TOKEN not in "".join(traceback.format_exception(caught.value))
    return classify(caught.value)


async def failure_when_told(answer, **timeouts):
    async with a_bot_that_is_told(answer) as bot:
        return await failure_of(bot, **timeouts)


class TestRefusalsOfTelegram:
    @pytest.mark.parametrize(
        ("status", "description", "kind"),
        [
            (400, NOT_MODIFIED, UNCHANGED),
            (400, 'Bad Request: can\'t parse entities: Unsupported start tag "x" at byte offset 0', MARKUP),
            (400, "Bad Request: message to edit not found", MISSING),
            (400, "Bad Request: message can't be edited", MISSING),
            (400, "Bad Request: MESSAGE_ID_INVALID", MISSING),
            (400, "Bad Request: there is no text in the message to edit", MISSING),
            (400, "Bad Request: message to delete not found", MISSING),
            (400, "Bad Request: chat not found", GONE),
            (400, "Bad Request: PEER_ID_INVALID", GONE),
            (400, "Bad Request: not enough rights to send text messages to the chat", GONE),
            (403, "Forbidden: bot was blocked by the user", GONE),
            (403, "Forbidden: user is deactivated", GONE),
            (403, "Forbidden: bot can't initiate conversation with a user", GONE),
            (403, "Forbidden: bot was kicked from the supergroup chat", GONE),
            (400, "Bad Request: message is too long", REJECTED),
            (400, "Bad Request: BUTTON_DATA_INVALID", REJECTED),
            (400, "Bad Request: query is too old and response timeout expired or query ID is invalid", REJECTED),
            (409, "Conflict: terminated by other getUpdates request", REJECTED),
            (413, "Request Entity Too Large", REJECTED),
            (401, "Unauthorized", WRONG_TOKEN),
            (404, "Not Found", WRONG_TOKEN),
            (500, "Internal Server Error: sent data is invalid", AMBIGUOUS),
            (502, "Bad Gateway", AMBIGUOUS),
            (504, "Gateway Timeout", AMBIGUOUS),
        ],
    )
    async def test_each_is_told_by_what_telegram_says(self, status, description, kind):
        assert (await failure_when_told(refuses(status, description))).kind is kind

    async def test_the_description_is_kept_for_the_log(self):
        failure = await failure_when_told(refuses(400, "Bad Request: chat not found"))
        assert failure.description == "Chat not found"


class TestFlood:
    async def test_says_how_long_to_wait(self):
        failure = await failure_when_told(
            refuses(429, "Too Many Requests: retry after 30", retry_after=30),
        )
        assert (failure.kind, failure.retry_after) == (FLOOD, 30.0)

    @pytest.mark.parametrize(
        ("description", "seconds"),
        [("Too Many Requests: retry after 3", 3.0), ("Too Many Requests", None)],
    )
    async def test_is_known_without_parameters_too(self, description, seconds):
        failure = await failure_when_told(refuses(429, description))
        assert (failure.kind, failure.retry_after) == (FLOOD, seconds)

    @pytest.mark.parametrize("wait", [12, timedelta(seconds=12)])
    def test_seconds_come_from_either_kind_of_duration(self, wait):
        assert classify(RetryAfter(wait)).retry_after == 12.0

    @pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
    def test_seconds_come_from_bare_numbers_of_the_library_too(self, monkeypatch):
        monkeypatch.setenv("PTB_TIMEDELTA", "false")
        assert classify(RetryAfter(12)).retry_after == 12.0


class TestMovedChat:
    async def test_names_the_new_chat(self):
        told = refuses(
            400,
            "Bad Request: group chat was upgraded to a supergroup chat",
            migrate_to_chat_id=-1001234,
        )
        failure = await failure_when_told(told)
        assert (failure.kind, failure.new_chat_id) == (MOVED, -1001234)


class TestLostAnswers:
    @pytest.mark.parametrize("answer", [resets, stops_halfway, shows_page(502), shows_page(200)])
    async def test_what_may_have_arrived_is_ambiguous(self, answer):
        assert (await failure_when_told(answer)).kind is AMBIGUOUS

    async def test_a_hanging_answer_is_ambiguous(self):
        assert (await failure_when_told(hangs, read_timeout=0.05)).kind is AMBIGUOUS

    async def test_a_stalled_request_is_ambiguous(self):
        brief = dict.fromkeys(["pool_timeout", "connect_timeout", "write_timeout", "read_timeout"], 0.05)
        async with a_bot_that_is_told(hangs) as bot:
            with pytest.raises(TelegramError) as caught:
                await bot.send_document(5, bytes(8_000_000), **brief)
        assert classify(caught.value).kind is AMBIGUOUS


class TestRequestsThatNeverLeft:
    async def test_a_refused_connection_is_not_sent(self):
        async with calling(f"http://127.0.0.1:{unused_port()}/bot") as bot:
            assert (await failure_of(bot)).kind is NOT_SENT

    async def test_an_unknown_host_is_not_sent(self):
        async with calling("http://telegram.invalid/bot") as bot:
            assert (await failure_of(bot)).kind is NOT_SENT

    async def test_a_server_without_tls_is_not_sent(self):
        async with serving(hangs) as plain, calling(plain.replace("http:", "https:")) as bot:
            assert (await failure_of(bot)).kind is NOT_SENT

    async def test_waiting_in_vain_for_a_free_connection_is_not_sent(self):
        taken = asyncio.Event()

        async def holds(request):
            taken.set()
            await hangs(request)

        async with a_bot_that_is_told(holds, connections=1) as bot:
            first = asyncio.ensure_future(bot.send_message(5, "takes the only connection"))
            await taken.wait()
            failure = await failure_of(bot, pool_timeout=0.02, connect_timeout=0.02)
            first.cancel()
        assert failure.kind is NOT_SENT

    async def test_a_malformed_address_is_not_sent(self):
        async with calling("http://:99999999/bot") as bot:
            assert (await failure_of(bot)).kind is NOT_SENT

    async def test_a_transport_that_is_shut_down_sends_nothing(self):
        async with calling("http://127.0.0.1:1/bot") as bot:
            pass
        assert (await failure_of(bot)).kind is NOT_SENT


class TestOtherErrors:
    @pytest.mark.parametrize(
        "error",
        [ValueError("odd"), TelegramError("Invalid server response"), NetworkError("odd"), aiohttp.ClientError()],
    )
    def test_what_nobody_knows_is_ambiguous(self, error):
        assert classify(error).kind is AMBIGUOUS

    def test_an_error_without_words_is_described_by_its_name(self):
        assert classify(KeyError()) == Failure(AMBIGUOUS, description="KeyError")
