"""Server-sent events."""

import json
from collections.abc import AsyncIterator

from starlette.responses import Response, StreamingResponse

from bot.demo.telegram.events import Event, Events, Queue


def event_stream(events: Events, user_id: int, first: list[Event]) -> Response:
    """The listener's events as a response that never ends by itself; `first` come at once."""
    stream = _stream(events, user_id, events.subscribe(user_id), first)
    return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


async def _stream(events: Events, user_id: int, queue: Queue, first: list[Event]) -> AsyncIterator[str]:
    try:
        yield ": open\n\n" + "".join(map(_written, first))
        while (event := await queue.get()) is not None:
            yield _written(event)
    finally:
        events.unsubscribe(user_id, queue)


def _written(event: Event) -> str:
    return f"event: {event.name}\ndata: {json.dumps(event.data, ensure_ascii=False)}\n\n"
