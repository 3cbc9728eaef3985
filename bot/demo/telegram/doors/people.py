"""`/user/…`: what the phones ask and do."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.doors.replies import body, guarded
from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.events import Events, Queue
from bot.demo.telegram.parameters import Json, Upload
from bot.demo.telegram.people import PhoneError

Deed = Callable[[Telegram, int, Request], Awaitable[object]]


class _Text(BaseModel):
    text: str
    reply_to: int | None = None


class _Start(BaseModel):
    payload: str | None = None


class _Tap(BaseModel):
    message_id: int
    data: str | None = None
    label: str | None = None
    row: int | None = None
    column: int | None = None


class _Contact(BaseModel):
    phone_number: str
    first_name: str
    last_name: str | None = None


class _Location(BaseModel):
    latitude: float
    longitude: float


class _Edit(BaseModel):
    message_id: int
    text: str


class _Message(BaseModel):
    message_id: int


async def _send(telegram: Telegram, user_id: int, request: Request) -> object:
    given = _Text.model_validate(await body(request))
    return telegram.people.send(user_id, given.text, reply_to=given.reply_to)


async def _start(telegram: Telegram, user_id: int, request: Request) -> object:
    given = _Start.model_validate(await body(request))
    return telegram.people.start(user_id, given.payload or "")


async def _tap(telegram: Telegram, user_id: int, request: Request) -> object:
    given = _Tap.model_validate(await body(request))
    people = telegram.people
    if given.data is not None:
        query_id = people.tap(user_id, given.message_id, given.data)
    elif given.label is not None:
        query_id = people.tap_label(user_id, given.message_id, given.label)
    else:
        query_id = people.tap_place(user_id, given.message_id, given.row or 0, given.column or 0)
    return {"callback_query_id": query_id}


async def _contact(telegram: Telegram, user_id: int, request: Request) -> object:
    given = _Contact.model_validate(await body(request))
    return telegram.people.contact(user_id, given.phone_number, given.first_name, given.last_name)


async def _location(telegram: Telegram, user_id: int, request: Request) -> object:
    given = _Location.model_validate(await body(request))
    return telegram.people.location(user_id, given.latitude, given.longitude)


async def _file(telegram: Telegram, user_id: int, request: Request) -> object:
    async with request.form() as form:
        part = form.get("file")
        if part is None or isinstance(part, str):
            raise PhoneError("there is no file")
        upload = Upload(part.filename or "file", part.content_type or "application/octet-stream", await part.read())
        return telegram.people.file(user_id, str(form.get("as", "document")), upload, str(form.get("caption", "")))


async def _edit(telegram: Telegram, user_id: int, request: Request) -> object:
    given = _Edit.model_validate(await body(request))
    return telegram.people.edit(user_id, given.message_id, given.text)


async def _delete(telegram: Telegram, user_id: int, request: Request) -> object:
    telegram.people.delete(user_id, _Message.model_validate(await body(request)).message_id)
    return {"ok": True}


async def _block(telegram: Telegram, user_id: int, _request: Request) -> object:
    telegram.people.block(user_id)
    return {"ok": True}


async def _unblock(telegram: Telegram, user_id: int, _request: Request) -> object:
    telegram.people.unblock(user_id)
    return {"ok": True}


async def _read(telegram: Telegram, user_id: int, _request: Request) -> object:
    telegram.people.read(user_id)
    return {"ok": True}


_DEEDS: dict[str, Deed] = {
    "send": _send,
    "start": _start,
    "tap": _tap,
    "contact": _contact,
    "location": _location,
    "file": _file,
    "edit": _edit,
    "delete": _delete,
    "block": _block,
    "unblock": _unblock,
    "read": _read,
}


def people_routes(telegram: Telegram) -> list[BaseRoute]:
    """The door of the phones."""

    async def people(_request: Request) -> Response:
        persons = [chat.person | {"note": chat.note, "color": chat.color} for chat in telegram.chats.values()]
        return JSONResponse({"bot": telegram.bot, "people": persons})

    async def chats(request: Request) -> Response:
        return await guarded(lambda: _listed(telegram.people.chat(request.path_params["uid"])))

    async def chat(request: Request) -> Response:
        return await guarded(lambda: _shown(telegram, _own_chat(telegram, request)))

    async def act(request: Request) -> Response:
        deed = _DEEDS.get(request.path_params["deed"])
        if deed is None:
            return JSONResponse({"error": "no phone can do that"}, 404)
        return await guarded(lambda: deed(telegram, _own_chat(telegram, request).id, request))

    async def events(request: Request) -> Response:
        user_id = request.path_params["uid"]
        stream = _stream(telegram.events, user_id, telegram.events.subscribe(user_id))
        return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    return [
        Route("/user/people", people),
        Route("/user/{uid:int}/chats", chats),
        Route("/user/{uid:int}/chat/{cid:int}", chat),
        Route("/user/{uid:int}/chat/{cid:int}/{deed}", act, methods=["POST"]),
        Route("/user/{uid:int}/events", events),
    ]


def _own_chat(telegram: Telegram, request: Request) -> Chat:
    if request.path_params["uid"] != request.path_params["cid"]:
        raise PhoneError("a private chat's id is the user's id", 404)
    return telegram.people.chat(request.path_params["uid"])


def _listed(chat: Chat) -> list[Json]:
    return [{"chat": chat.card, "unread": chat.unread, "last": chat.last()}]


def _shown(telegram: Telegram, chat: Chat) -> Json:
    return {
        "chat": chat.card,
        "messages": list(chat.messages.values()),
        "commands": telegram.menus.seen_by(chat.person),
        "reply_keyboard": chat.reply_keyboard,
        "unread": chat.unread,
        "started": chat.opened,
        "blocked": chat.blocked,
    }


async def _stream(events: Events, user_id: int, queue: Queue) -> AsyncIterator[str]:
    try:
        yield ": open\n\n"
        while (event := await queue.get()) is not None:
            yield f"event: {event.name}\ndata: {json.dumps(event.data, ensure_ascii=False)}\n\n"
    finally:
        events.unsubscribe(user_id, queue)
