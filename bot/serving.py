"""Serving HTTP inside a program that owns its signals: a port taken at once or refused, let go once the calls are answered."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.setting_values import Address

GRACE_SECONDS = 10


class PortRefusedError(Exception):
    """An address on which nothing can listen: it is taken, or not of this machine."""

    def __init__(self, address: Address, why: str) -> None:
        super().__init__(address, why)
        self.address, self.why = address, why


class Server(uvicorn.Server):
    """An application on an address, whose port is taken when this is made. Raises PortRefusedError."""

    def __init__(self, app: ASGIApp, address: Address) -> None:
        super().__init__(
            uvicorn.Config(
                app, log_config=None, lifespan="off", access_log=False, ws="none", timeout_graceful_shutdown=GRACE_SECONDS
            )
        )
        self._socket = _bound(address)

    async def run_until_cancelled(self) -> None:
        """Serve; in the end the port is let go once the calls under way are answered."""
        try:
            await self.serve([self._socket])
        except asyncio.CancelledError:
            if self.started:
                await self.shutdown([self._socket])
            raise
        finally:
            self._socket.close()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """They belong to whoever owns the process."""
        yield


def _bound(address: Address) -> socket.socket:
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(tuple(address))
    except OSError as error:
        bound.close()
        raise PortRefusedError(address, error.strerror or str(error)) from error
    return bound
