"""What phones hear at once: one queue for every listener."""

import asyncio
from typing import NamedTuple


class Event(NamedTuple):
    """A named event; data becomes JSON."""

    name: str
    data: object


Queue = asyncio.Queue[Event | None]


EVERYBODY = 0


class Events:
    """Fan-out of events to the listeners of a person; what concerns no one person goes to `EVERYBODY`."""

    def __init__(self) -> None:
        self._listeners: dict[int, list[Queue]] = {}

    def publish(self, user_id: int, name: str, data: object) -> None:
        """Tell everybody who listens for this person."""
        for queue in self._listeners.get(user_id, ()):
            queue.put_nowait(Event(name, data))

    def publish_to_all(self, name: str, data: object) -> None:
        """Tell every listener."""
        for user_id in self._listeners:
            self.publish(user_id, name, data)

    def subscribe(self, user_id: int) -> Queue:
        """A queue of the person's events from now on; None in it is the end."""
        queue: Queue = asyncio.Queue()
        self._listeners.setdefault(user_id, []).append(queue)
        return queue

    def unsubscribe(self, user_id: int, queue: Queue) -> None:
        """Listen no more."""
        self._listeners[user_id].remove(queue)

    def listeners(self, user_id: int) -> int:
        """How many listen for this person."""
        return len(self._listeners.get(user_id, ()))

    def close(self) -> None:
        """End every listener's stream."""
        for queues in self._listeners.values():
            for queue in queues:
                queue.put_nowait(None)
