"""Connections that a fault can cut under the client's feet."""

import asyncio
import socket
import struct
from typing import Any

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol

_TRANSPORT = "gonghai.transport"


class CuttableProtocol(H11Protocol):
    """uvicorn's protocol that shows the application its own connection, so that a fault can cut it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - uvicorn's own signature
        super().__init__(*args, **kwargs)
        self.served = self.app
        self.app = self._with_transport

    async def _with_transport(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope.setdefault("extensions", {})[_TRANSPORT] = self.transport
        await self.served(scope, receive, send)


async def cut(scope: Scope, *, reset: bool) -> None:
    """End the connection of a request without an answer: with a reset, or as a peer that goes away."""
    transport: asyncio.Transport = scope["extensions"][_TRANSPORT]
    if reset:
        peer = transport.get_extra_info("socket")
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()
    await asyncio.sleep(0.01)  # uvicorn must hear of the end before it misses the response
