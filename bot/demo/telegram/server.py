"""Serving over HTTP inside the running loop, beside whatever else lives there."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

import uvicorn
from starlette.types import ASGIApp

from bot.demo.telegram.connections import CuttableProtocol
from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.http import application

_BACKLOG = 2048


class _Server(uvicorn.Server):
    """A server that says when it is ready, and leaves signals to whoever owns the process."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def serve(telegram: Telegram, host: str = "127.0.0.1", port: int = 0, *, app: ASGIApp | None = None) -> AsyncIterator[str]:
    """Serve the imitation, or an application composed around it, and yield its base URL; port 0 is any free one."""
    listening = _bound(host, port)
    server = _Server(_config(app or application(telegram)))
    task = asyncio.create_task(server.serve([listening]))
    try:
        await server.ready.wait()
        yield f"http://{host}:{listening.getsockname()[1]}"
    finally:
        await telegram.close()
        server.should_exit = True
        with suppress(asyncio.CancelledError):
            await task
        listening.close()


def _bound(host: str, port: int) -> socket.socket:
    """A bound socket that says it is TCP: asyncio sends small answers at once only on such ones."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind((host, port))
    return bound


def _config(app: ASGIApp) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        http=CuttableProtocol,
        ws="none",
        log_config=None,
        access_log=False,
        timeout_keep_alive=75,
        timeout_graceful_shutdown=1,
        backlog=_BACKLOG,
    )
