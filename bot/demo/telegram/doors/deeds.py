"""`POST /user/{uid}/chat/{cid}/…`: everything a person does, by name."""

from collections.abc import Awaitable, Callable

from pydantic import BaseModel
from starlette.requests import Request

from bot.demo.telegram.doors.replies import body
from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.parameters import Upload
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
