"""A server that answers one way, and the real Bot that calls it."""

import asyncio
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer
from telegram import Bot

from bot.transport import AiohttpRequest, Timeouts

TOKEN = "123456789:AAE-secret_part_of_the_token_0123456"
MESSAGE = {"message_id": 7, "date": 1_700_000_000, "chat": {"id": 5, "type": "private"}, "text": "hello"}


def answers(status, **payload):
    async def answer(request):
        return web.json_response({"ok": status == 200, **payload}, status=status)

    return answer


def refuses(status, description, **parameters):
    extra = {"parameters": parameters} if parameters else {}
    return answers(status, error_code=status, description=description, **extra)


def shows_page(status):
    async def answer(request):
        page = "<html><body>Bad Gateway</body></html>"
        return web.Response(text=page, status=status, content_type="text/html")

    return answer


async def hangs(request):
    await asyncio.Event().wait()


async def resets(request):
    await request.read()
    request.transport.abort()


async def stops_halfway(request):
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"ok": true')
    request.transport.abort()
    return response


@asynccontextmanager
async def serving(answer):
    """The base address of a server on which every method of the Bot API is answered so."""

    async def every_method(request):
        return await answer(request)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", every_method)
    server = TestServer(app, handler_cancellation=True)
    await server.start_server()
    try:
        yield str(server.make_url("/bot"))
    finally:
        await server.close()


@asynccontextmanager
async def calling(base_url, *, connections=256, **timeouts):
    """A real Bot on our transport."""
    request = AiohttpRequest(connections=connections, timeouts=Timeouts(**timeouts))
    async with request:
        yield Bot(TOKEN, base_url=base_url, request=request, get_updates_request=request)


@asynccontextmanager
async def a_bot_that_is_told(answer, **options):
    async with serving(answer) as base_url, calling(base_url, **options) as bot:
        yield bot
