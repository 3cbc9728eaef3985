"""What phones hear at once: one queue for every listener."""

import asyncio
from collections.abc import AsyncIterator
from typing import NamedTuple


class Event(NamedTuple):
    """A named event; data becomes JSON."""

    name: str
    data: object


class Events:
    """Fan-out of events to the listeners of a person."""

    def __init__(self) -> None:
        self._listeners: dict[int, list[asyncio.Queue[Event | None]]] = {}

    def publish(self, user_id: int, name: str, data: object) -> None:
        """Tell everybody who listens for this person."""
        for queue in self._listeners.get(user_id, ()):
            queue.put_nowait(Event(name, data))

    def publish_to_all(self, name: str, data: object) -> None:
        """Tell every listener."""
        for user_id in self._listeners:
            self.publish(user_id, name, data)

    async def listen(self, user_id: int) -> AsyncIterator[Event]:
        """The person's events from now on, until `close`."""
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self._listeners.setdefault(user_id, []).append(queue)
        try:
            while (event := await queue.get()) is not None:
                yield event
        finally:
            self._listeners[user_id].remove(queue)

    def close(self) -> None:
        """End every listener's stream."""
        for queues in self._listeners.values():
            for queue in queues:
                queue.put_nowait(None)
