"""The bots that are measured, each in a process of its own: python-telegram-bot's bare echo on two transports, and the product.

`python -m benchmarks.bots NAME URL [DATABASE] [PORT]`; with a port, updates come by webhook. Every line read from
standard input is answered with the processor time used so far.
"""

import asyncio
import json
import logging
import sys
import time
from contextlib import asynccontextmanager, suppress

import structlog
import uvicorn
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from telegram import Update
from telegram.error import TelegramError
from telegram.ext import Application as Echo
from telegram.ext import CallbackQueryHandler

from bot import config
from bot.app import Application
from bot.commands.context import run_async
from bot.transport import AiohttpRequest
from bot.warming import warm_up
from domain.db import Database

TOKEN = "1:bench"
SECRET = "bench"
PATH = "/hook"
CONCURRENT = 256


async def _echo(update, _context) -> None:
    await update.callback_query.answer()
    await update.callback_query.edit_message_text("ok")


async def _shrug(_update, context) -> None:
    if not isinstance(context.error, TelegramError):
        raise context.error


@asynccontextmanager
async def echo(url: str, port: int | None, *, ours: bool):
    """python-telegram-bot alone."""
    builder = Echo.builder().token(TOKEN).base_url(f"{url}/bot").concurrent_updates(CONCURRENT)
    if ours:
        builder = builder.request(AiohttpRequest()).get_updates_request(AiohttpRequest())
    application = builder.updater(None).build() if port else builder.build()
    application.add_handler(CallbackQueryHandler(_echo))
    application.add_error_handler(_shrug)
    async with application:
        await application.start()
        if port:
            async with _hook(application, port):
                yield
        else:
            await application.updater.start_polling(timeout=30)
            yield
            await application.updater.stop()
        await application.stop()


@asynccontextmanager
async def _hook(application: Echo, port: int):
    async def receive(request) -> Response:
        await application.update_queue.put(Update.de_json(json.loads(await request.body()), application.bot))
        return Response()

    routes = [Route(PATH, receive, methods=["POST"])]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), port=port, log_config=None, access_log=False))
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 — it tells in no other way
        await asyncio.sleep(0.01)
    yield
    server.should_exit = True
    with suppress(asyncio.CancelledError):
        await serving


@asynccontextmanager
async def product(url: str, database_url: str, port: int | None):
    """The real Application."""
    hook = {}
    if port:
        hook = {"webhook_url": f"http://127.0.0.1{PATH}", "secret_token": SecretStr(SECRET), "listen": f"127.0.0.1:{port}"}
    telegram = config.Telegram(token=SecretStr(TOKEN), base_url=f"{url}/bot", **hook)
    settings = config.Settings(telegram=telegram, database=config.Database(url=database_url))
    application = Application(settings, Database(database_url), ticking=False)
    warm_up()
    work = asyncio.create_task(application.run())
    await application.ready.wait()
    yield
    application.stop()
    await work


async def main(name: str, url: str, database: str = "", port: str = "") -> None:
    """Run until standard input ends."""
    warnings = structlog.make_filtering_bound_logger(logging.WARNING)
    structlog.configure(wrapper_class=warnings, logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    number = int(port) if port else None
    bot = product(url, database, number) if name == "product" else echo(url, number, ours=name == "ptb-aiohttp")
    async with bot:
        print(json.dumps({"ready": True}), flush=True)
        while await asyncio.to_thread(sys.stdin.readline):
            print(json.dumps({"cpu": time.process_time()}), flush=True)


if __name__ == "__main__":
    (asyncio.run if sys.argv[1] == "ptb-httpx" else run_async)(main(*sys.argv[1:]))
