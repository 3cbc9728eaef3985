"""A Bot API server as trivial as can be, in a process of its own: it hands out taps and notes when each was answered and edited.

It reads one play a line from standard input and writes what came of it to standard output, both JSON. Nothing is checked:
what it costs must not show in the figures of the bots that talk to it.
"""

import asyncio
import json
import re
import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

BATCH = 100
PUSHES = 40
PATIENCE = 10.0
_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_QUERY = re.compile(rb"callback_query_id=(\d+)")
_MESSAGE = re.compile(rb"message_id=(\d+)")
_TIMEOUT = re.compile(rb"timeout=(\d+)")
_BOT = {"id": 1, "is_bot": True, "first_name": "bench", "username": "bench_bot"}
_SENT = {"message_id": 1, "date": 1_700_000_000, "chat": {"id": 1, "type": "private", "first_name": "x"}, "text": "ok"}


def _ok(result: Any) -> bytes:
    body = json.dumps({"ok": True, "result": result}).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


class Play:
    """Taps handed out: so many outstanding at a time, or so many a second. A tap is done when it was answered and edited."""

    def __init__(self, first: int, spec: dict[str, Any], hand_out: Callable[[int, dict[str, Any]], None]) -> None:
        self._first, self._data, self._hand_out = first, spec["data"], hand_out
        self._outstanding, self._rate = spec.get("outstanding", 0), spec.get("rate")
        self._people = spec["accounts"]
        self._free = deque(self._people)
        self._done = asyncio.Event()
        self._tapped: list[tuple[int, float]] = []
        self._answered: dict[int, float] = {}
        self._edited: dict[int, float] = {}
        self._complete = 0
        self._heard = time.perf_counter()

    async def run(self) -> dict[str, Any]:
        """Play it to its end, or until the bot has been silent too long."""
        began = time.perf_counter()
        if self._rate is None:
            for _ in range(min(self._outstanding, len(self._data))):
                self._tap()
        for number in range(len(self._data) if self._rate else 0):
            await asyncio.sleep(max(0.0, began + number / self._rate - time.perf_counter()))
            self._tap()
        await self._end()
        return self._told(began)

    async def _end(self) -> None:
        while self._left:
            heard = self._heard
            with suppress(TimeoutError):
                await asyncio.wait_for(self._done.wait(), PATIENCE)
            if self._heard == heard:
                return

    @property
    def _left(self) -> int:
        return len(self._data) - self._complete

    def answered(self, number: int) -> None:
        self._note(self._answered, self._edited, number)

    def edited(self, number: int) -> None:
        self._note(self._edited, self._answered, number)

    def _note(self, mine: dict[int, float], other: dict[int, float], number: int) -> None:
        place = number - self._first
        if not 0 <= place < len(self._tapped) or place in mine:
            return
        mine[place] = self._heard = time.perf_counter()
        self._complete += place in other
        if place in other and self._rate is None:
            self._free.append(self._tapped[place][0])
            self._tap()
        if not self._left:
            self._done.set()

    def _tap(self) -> None:
        place = len(self._tapped)
        if place == len(self._data):
            return
        number = self._first + place
        person = self._people[place % len(self._people)] if self._rate else self._free.popleft()
        self._tapped.append((person, time.perf_counter()))
        self._hand_out(number, _tap_of(number, person, self._data[place]))

    def _told(self, began: float) -> dict[str, Any]:
        def waited(noted: dict[int, float]) -> list[float]:
            return [1000 * (at - self._tapped[place][1]) for place, at in noted.items()]

        seconds = max([began, *self._edited.values(), *self._answered.values()]) - began
        return {"seconds": seconds, "lost": self._left, "answer": waited(self._answered), "edit": waited(self._edited)}


def _tap_of(number: int, person: int, data: str) -> dict[str, Any]:
    user = {"id": person, "is_bot": False, "first_name": "同事", "language_code": "zh-hans"}
    chat = {"id": person, "type": "private", "first_name": "同事"}
    message = {"message_id": number, "date": 1_700_000_000, "chat": chat, "from": _BOT, "text": "上海海天国际货运有限公司"}
    query = {"id": str(number), "from": user, "message": message, "chat_instance": "1", "data": data}
    return {"update_id": number, "callback_query": query}


async def _push(port: int, waiting: "asyncio.Queue[bytes]") -> None:
    """One kept-alive connection to a webhook."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    with suppress(asyncio.CancelledError):
        while True:
            writer.write(await waiting.get())
            head = await reader.readuntil(b"\r\n\r\n")
            length = _LENGTH.search(head)
            await reader.readexactly(int(length[1]) if length else 0)
    writer.close()


class Server:
    """What all connections share: the play that is on, the taps that wait, the polls that wait for them."""

    def __init__(self) -> None:
        self._play: Play | None = None
        self._next = 1
        self._ready: deque[dict[str, Any]] = deque()
        self._polls: deque[asyncio.Transport] = deque()
        self._pushes: Sequence[asyncio.Queue[bytes]] = ()

    async def play(self, spec: dict[str, Any]) -> dict[str, Any]:
        """Play one line of standard input."""
        target = spec.get("webhook")
        self._ready.clear()
        ports = target["ports"] if target else []
        self._pushes = [asyncio.Queue() for _ in ports]
        self._play = Play(self._next, spec, self._push_to(target) if target else self._queue)
        self._next += len(spec["data"])
        doors = [*zip(ports, self._pushes, strict=True)] * (PUSHES // max(1, len(ports)))
        pushing = [asyncio.create_task(_push(*door)) for door in doors]
        told = await self._play.run()
        for task in pushing:
            task.cancel()
        return told

    def _queue(self, _number: int, update: dict[str, Any]) -> None:
        self._ready.append(update)
        if len(self._ready) == 1:
            asyncio.get_running_loop().call_soon(self._flush)

    def _flush(self) -> None:
        while self._ready and self._polls:
            transport = self._polls.popleft()
            if not transport.is_closing():
                batch = [self._ready.popleft() for _ in range(min(BATCH, len(self._ready)))]
                transport.write(_ok(batch))

    def _push_to(self, target: dict[str, Any]) -> Callable[[int, dict[str, Any]], None]:
        """Hand out to the ports in turn, as a balancer before replicas would."""
        head = f"POST {target['path']} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        head += f"X-Telegram-Bot-Api-Secret-Token: {target['secret']}\r\n"

        def push(number: int, update: dict[str, Any]) -> None:
            body = json.dumps(update).encode()
            self._pushes[number % len(self._pushes)].put_nowait(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)

        return push

    def call(self, transport: asyncio.Transport, method: bytes, body: bytes) -> None:
        """Answer one call of the Bot API."""
        if method == b"getUpdates":
            self._poll(transport, body)
        elif method == b"answerCallbackQuery":
            transport.write(_TRUE)
            self._note(_QUERY, body, lambda play, number: play.answered(number))
        elif method == b"editMessageText":
            transport.write(_MESSAGE_SENT)
            self._note(_MESSAGE, body, lambda play, number: play.edited(number))
        else:
            transport.write(_OTHERS.get(method, _TRUE))

    def _note(self, pattern: re.Pattern[bytes], body: bytes, note: Callable[[Play, int], None]) -> None:
        found = pattern.search(body)
        if self._play is not None and found:
            note(self._play, int(found[1]))

    def _poll(self, transport: asyncio.Transport, body: bytes) -> None:
        seconds = _TIMEOUT.search(body)
        self._polls.append(transport)
        self._flush()
        if transport in self._polls:
            asyncio.get_running_loop().call_later(int(seconds[1]) if seconds else 0, self._give_up, transport)

    def _give_up(self, transport: asyncio.Transport) -> None:
        """The oldest poll of this connection has waited long enough; a later one of the same connection may end early."""
        if transport in self._polls:
            self._polls.remove(transport)
            transport.write(_ok([]))


_TRUE, _MESSAGE_SENT = _ok(True), _ok(_SENT)  # noqa: FBT003 — the answer itself
_OTHERS = {b"getMe": _ok(_BOT), b"sendMessage": _MESSAGE_SENT, b"getWebhookInfo": _ok({"url": "", "pending_update_count": 0})}


class Connection(asyncio.Protocol):
    """HTTP/1.1, kept alive, bodies with a length."""

    def __init__(self, server: Server) -> None:
        self._server, self._buffer = server, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while True:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            length = _LENGTH.search(head)
            size = int(length[1]) if length else 0
            if not found or len(rest) < size:
                return
            self._buffer = rest[size:]
            path = head.split(b" ", 2)[1]
            self._server.call(self._transport, path.rpartition(b"/")[2], rest[:size])


async def main() -> None:
    """Serve until standard input ends."""
    loop, server = asyncio.get_running_loop(), Server()
    listening = await loop.create_server(lambda: Connection(server), "127.0.0.1", 0, backlog=2048)
    print(json.dumps({"port": listening.sockets[0].getsockname()[1]}), flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        print(json.dumps(await server.play(json.loads(line))), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
