"""`POST /user/{uid}/chat/{cid}/…`: everything a person does, by name."""

from collections.abc import Awaitable, Callable

from pydantic import BaseModel
from starlette.requests import Request

from bot.demo.telegram.doors.replies import body
from bot.demo.telegram.errors import PhoneError
from bot.demo.telegram.hands import Hands
from bot.demo.telegram.parameters import Upload
from bot.demo.telegram.people import People

Deed = Callable[[Hands, Request], Awaitable[object]]


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


async def _send(hands: Hands, request: Request) -> object:
    given = _Text.model_validate(await body(request))
    return hands.send(given.text, given.reply_to)


async def _start(hands: Hands, request: Request) -> object:
    given = _Start.model_validate(await body(request))
    return _private(hands).start(hands.user_id, given.payload or "")


async def _tap(hands: Hands, request: Request) -> object:
    given = _Tap.model_validate(await body(request))
    if given.data is not None:
        query_id = hands.tap(given.message_id, given.data)
    elif given.label is not None:
        query_id = hands.tap_label(given.message_id, given.label)
    else:
        query_id = hands.tap_place(given.message_id, given.row or 0, given.column or 0)
    return {"callback_query_id": query_id}


async def _contact(hands: Hands, request: Request) -> object:
    given = _Contact.model_validate(await body(request))
    return hands.contact(given.phone_number, given.first_name, given.last_name)


async def _location(hands: Hands, request: Request) -> object:
    given = _Location.model_validate(await body(request))
    return hands.location(given.latitude, given.longitude)


async def _file(hands: Hands, request: Request) -> object:
    async with request.form() as form:
        part = form.get("file")
        if part is None or isinstance(part, str):
            raise PhoneError("there is no file")
        upload = Upload(part.filename or "file", part.content_type or "application/octet-stream", await part.read())
        return hands.file(str(form.get("as", "document")), upload, str(form.get("caption", "")))


async def _edit(hands: Hands, request: Request) -> object:
    given = _Edit.model_validate(await body(request))
    return hands.edit(given.message_id, given.text)


async def _delete(hands: Hands, request: Request) -> object:
    hands.delete(_Message.model_validate(await body(request)).message_id)
    return {"ok": True}


async def _block(hands: Hands, _request: Request) -> object:
    _private(hands).block(hands.user_id)
    return {"ok": True}


async def _unblock(hands: Hands, _request: Request) -> object:
    _private(hands).unblock(hands.user_id)
    return {"ok": True}


async def _read(hands: Hands, _request: Request) -> object:
    hands.read()
    return {"ok": True}


def _private(hands: Hands) -> People:
    if hands.room.id != hands.user_id:
        raise PhoneError("that is done in the private chat with the bot")
    return hands.telegram.people


DEEDS: dict[str, Deed] = {
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
