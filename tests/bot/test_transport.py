import io
import traceback

import aiohttp
import pytest
from aiohttp import web
from telegram import InputFile, InputMediaDocument
from telegram.error import NetworkError, TimedOut
from telegram.request import RequestData

from bot import transport
from bot.transport import AiohttpRequest, Timeouts
from tests.bot.stub_server import MESSAGE, TOKEN, a_bot_that_is_told, answers, calling, hangs, resets, serving


class Recorder:
    """Answers with a message and keeps what it was sent."""

    def __init__(self, result=MESSAGE):
        self.result = result
        self.requests = []
        self.connections = set()

    async def __call__(self, request):
        self.connections.add(request.transport.get_extra_info("peername"))
        form = await request.post()
        fields = {name: _content(value) for name, value in form.items()}
        self.requests.append((request.path, request.content_type, fields))
        return web.json_response({"ok": True, "result": self.result})


def _content(value):
    return (value.filename, value.file.read()) if isinstance(value, web.FileField) else value


@pytest.fixture
def telegram():
    return Recorder()


class TestBodies:
    async def test_parameters_go_as_a_form(self, telegram):
        async with a_bot_that_is_told(telegram) as bot:
            message = await bot.send_message(5, "青岛 & <b>海航</b>", parse_mode="HTML")
        assert message.text == "hello"
        assert telegram.requests == [
            (
                f"/bot{TOKEN}/sendMessage",
                "application/x-www-form-urlencoded",
                {"chat_id": "5", "text": "青岛 & <b>海航</b>", "parse_mode": "HTML"},
            ),
        ]

    @pytest.mark.parametrize("in_memory", [True, False])
    async def test_a_file_goes_as_multipart_under_its_own_name(self, telegram, in_memory):
        workbook = InputFile(io.BytesIO(b"PK\x03\x04"), "客户 100%.xlsx", read_file_handle=in_memory)
        async with a_bot_that_is_told(telegram) as bot:
            await bot.send_document(5, workbook, caption="导出")
        assert telegram.requests == [
            (
                f"/bot{TOKEN}/sendDocument",
                "multipart/form-data",
                {"chat_id": "5", "caption": "导出", "document": ("客户 100%.xlsx", b"PK\x03\x04")},
            ),
        ]

    async def test_attached_files_keep_the_names_that_the_parameters_use(self):
        telegram = Recorder([MESSAGE, MESSAGE])
        media = [InputMediaDocument(b"one", filename="1.txt"), InputMediaDocument(b"two", filename="2.txt")]
        async with a_bot_that_is_told(telegram) as bot:
            await bot.send_media_group(5, media)
        [(_, _, fields)] = telegram.requests
        attached = [name for name in fields if name not in {"chat_id", "media"}]
        assert len(attached) == 2
        assert all(f"attach://{name}" in fields["media"] for name in attached)

    async def test_a_call_without_parameters_has_an_empty_body(self):
        telegram = Recorder(result=True)
        async with a_bot_that_is_told(telegram) as bot:
            assert await bot.close()
        assert telegram.requests[0][2] == {}

    async def test_a_download_gives_the_bytes(self):
        async def file(request):
            return web.Response(body=b"\x00\x01")

        async with serving(file) as base_url, AiohttpRequest() as request:
            assert await request.retrieve(f"{base_url}{TOKEN}/photo.jpg") == b"\x00\x01"


class TestConnections:
    async def test_one_connection_serves_call_after_call(self, telegram):
        async with a_bot_that_is_told(telegram) as bot:
            for _ in range(5):
                await bot.send_message(5, "again")
        assert len(telegram.connections) == 1

    async def test_it_can_be_opened_again_after_it_was_shut_down(self):
        async with serving(answers(200, result=True)) as base_url:
            request = AiohttpRequest()
            for _ in range(2):
                await request.initialize()
                await request.initialize()
                assert await request.post(f"{base_url}{TOKEN}/close") is True
                await request.shutdown()
                await request.shutdown()

    async def test_a_redirect_is_not_followed(self):
        async def redirect(request):
            return web.Response(status=302, headers={"Location": "/elsewhere"})

        async with serving(redirect) as base_url, AiohttpRequest() as request:
            assert (await request.do_request(f"{base_url}{TOKEN}/close", "POST"))[0] == 302


class TestTimeouts:
    def test_the_read_timeout_of_the_constructor_is_what_calls_without_one_use(self):
        assert AiohttpRequest().read_timeout == 5.0
        assert AiohttpRequest(timeouts=Timeouts(read=None)).read_timeout is None

    async def test_a_call_may_wait_longer_than_the_default(self):
        telegram = Recorder(result=[])
        async with a_bot_that_is_told(telegram, read=0.000001) as bot:
            assert await bot.get_updates(timeout=0, read_timeout=10) == ()

    @pytest.mark.parametrize(
        ("method", "files", "total"),
        [("POST", False, 11.0), ("POST", True, 28.0), ("GET", False, None)],
    )
    async def test_a_call_is_bounded_as_a_whole_and_a_download_by_its_pauses(self, monkeypatch, method, files, total):
        used = []

        def note(self, *args, timeout, **kwargs):
            used.append(timeout)
            raise aiohttp.ClientConnectionError

        monkeypatch.setattr(aiohttp.ClientSession, "request", note)
        data = RequestData()
        data.contains_files = files
        timeouts = Timeouts(pool=1, connect=2, write=3, media_write=20, read=5)
        async with AiohttpRequest(timeouts=timeouts) as request:
            with pytest.raises(NetworkError):
                await request.do_request("http://127.0.0.1/", method, data)
        assert used == [aiohttp.ClientTimeout(total=total, connect=3, sock_connect=2, sock_read=5)]

    async def test_without_any_timeout_it_waits_for_ever(self, telegram):
        forever = {"pool": None, "connect": None, "write": None, "read": None}
        async with a_bot_that_is_told(telegram, **forever) as bot:
            assert (await bot.send_message(5, "hello")).message_id == 7


class TestErrors:
    async def test_a_late_answer_is_timed_out_by_aiohttp(self):
        async with a_bot_that_is_told(hangs) as bot:
            with pytest.raises(TimedOut) as caught:
                await bot.send_message(5, "hello", read_timeout=0.02)
        assert isinstance(caught.value.__cause__, aiohttp.SocketTimeoutError)

    async def test_a_lost_connection_is_a_network_error_of_aiohttp(self):
        async with a_bot_that_is_told(resets) as bot:
            with pytest.raises(NetworkError) as caught:
                await bot.send_message(5, "hello")
        assert not isinstance(caught.value, TimedOut)
        assert isinstance(caught.value.__cause__, aiohttp.ClientConnectionError)

    async def test_a_page_of_a_gateway_leaves_no_line_in_the_log(self, caplog):
        async def page(request):
            return web.Response(text="<html>", status=502)

        async with a_bot_that_is_told(page) as bot:
            with pytest.raises(NetworkError, match="Bad Gateway"):
                await bot.send_message(5, "hello")
        assert [record for record in caplog.records if record.name.startswith("telegram")] == []


class TestTheTokenStaysSecret:
    @pytest.mark.parametrize(
        "failing",
        [
            aiohttp.ConnectionTimeoutError(f"Connection timeout to host https://api.telegram.org/bot{TOKEN}/x"),
            aiohttp.InvalidURL(f"https://[api/bot{TOKEN}/x", f"bad bot{TOKEN}"),
            aiohttp.ClientHttpProxyError(
                aiohttp.RequestInfo(
                    aiohttp.client.URL(f"https://api/bot{TOKEN}/x"),
                    "CONNECT",
                    {},
                    aiohttp.client.URL(f"https://api/bot{TOKEN}/x"),
                ),
                (),
                status=407,
                message="Proxy Authentication Required",
            ),
        ],
        ids=lambda error: type(error).__name__,
    )
    async def test_no_exception_and_no_cause_names_it(self, monkeypatch, failing):
        def fail(*args, **kwargs):
            raise failing

        monkeypatch.setattr(aiohttp.ClientSession, "request", fail)
        async with calling("https://api.telegram.org/bot") as bot:
            with pytest.raises(NetworkError) as caught:
                await bot.send_message(5, "hello")
        cause = caught.value.__cause__
        assert type(cause) is type(failing)
        assert TOKEN not in "".join(traceback.format_exception(caught.value)) + repr(cause) + str(cause)

    async def test_the_host_is_still_told(self, monkeypatch):
        def fail(*args, **kwargs):
            raise aiohttp.ConnectionTimeoutError(f"Connection timeout to host https://api.example:81/bot{TOKEN}/x")

        monkeypatch.setattr(aiohttp.ClientSession, "request", fail)
        async with calling("https://api.example:81/bot") as bot:
            with pytest.raises(TimedOut, match=r"Connection timeout to host https://api\.example:81"):
                await bot.send_message(5, "hello")


class TestProxies:
    @pytest.fixture(autouse=True)
    def _fresh(self, monkeypatch):
        for name in ("http_proxy", "https_proxy", "no_proxy", "all_proxy"):
            monkeypatch.delenv(name, raising=False)
            monkeypatch.delenv(name.upper(), raising=False)
        transport._proxy_of.cache_clear()
        yield
        transport._proxy_of.cache_clear()

    def test_the_one_of_the_environment_is_used(self, monkeypatch):
        monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
        assert transport._proxy("https://api.telegram.org/bot") == "http://proxy.example:3128"

    @pytest.mark.parametrize("url", ["https://127.0.0.1/bot", "https://[::1]:8443/bot", "https://inside.example/bot"])
    def test_this_machine_and_exempted_hosts_are_called_directly(self, monkeypatch, url):
        monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
        monkeypatch.setenv("NO_PROXY", "inside.example")
        assert transport._proxy(url) is None

    async def test_calls_go_through_it(self, monkeypatch, telegram):
        async with serving(telegram) as proxy:
            monkeypatch.setenv("HTTP_PROXY", proxy.removesuffix("/bot"))
            async with calling("http://telegram.invalid/bot") as bot:
                assert (await bot.send_message(5, "hello")).message_id == 7
