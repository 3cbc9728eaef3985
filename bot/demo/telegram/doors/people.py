"""`/user/…`: what the phones ask and do."""

import re
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.doors.deeds import DEEDS
from bot.demo.telegram.doors.replies import door
from bot.demo.telegram.doors.streams import event_stream
from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.errors import PhoneError
from bot.demo.telegram.events import EVERYBODY, Event
from bot.demo.telegram.groups import Group
from bot.demo.telegram.hands import Hands
from bot.demo.telegram.parameters import Json
from bot.demo.telegram.rooms import Room

_CHAT_ID = re.compile(r"-?\d{1,18}")


def people_routes(telegram: Telegram) -> list[BaseRoute]:
    """The door of the phones."""
    return [
        Route("/user/people", door(telegram, _people)),
        Route("/user/events", door(telegram, _badges)),
        Route("/user/{uid:int}/events", door(telegram, _events)),
        Route("/user/{uid:int}/chats", door(telegram, _chats)),
        Route("/user/{uid:int}/file/{file_id}", door(telegram, _file)),
        Route("/user/{uid:int}/chat/{cid}", door(telegram, _chat)),
        Route("/user/{uid:int}/chat/{cid}/{deed}", door(telegram, _act), methods=["POST"]),
    ]


async def _people(telegram: Telegram, _request: Request) -> object:
    persons = [chat.person | {"note": chat.note, "color": chat.color} for chat in telegram.chats.values()]
    return {"bot": telegram.bot, "people": persons}


async def _badges(telegram: Telegram, _request: Request) -> Response:
    counts = [Event("unread", {"user_id": chat.id, "unread": chat.unread}) for chat in telegram.chats.values()]
    return event_stream(telegram.events, EVERYBODY, counts)


async def _events(telegram: Telegram, request: Request) -> Response:
    return event_stream(telegram.events, request.path_params["uid"], [])


async def _chats(telegram: Telegram, request: Request) -> object:
    user_id: int = request.path_params["uid"]
    return [
        {"chat": room.card, "unread": room.unread_of(user_id), "last": room.last()} for room in telegram.people.rooms(user_id)
    ]


async def _chat(telegram: Telegram, request: Request) -> object:
    hands = _hands(telegram, request)
    room, user_id = hands.room, hands.user_id
    return {
        "chat": room.card | room.on_top(),
        "messages": list(room.messages.values()),
        "commands": telegram.commands_for(room, user_id),
        "reply_keyboard": room.keyboard_of(user_id),
        "unread": room.unread_of(user_id),
    } | _standing(room)


def _standing(room: Room) -> Json:
    if isinstance(room, Group):
        members = [member.card() for member in (*room.people.values(), room.bot) if member.inside]
        return {"started": room.bot.inside, "blocked": False, "members": members}
    assert isinstance(room, Chat)
    return {"started": room.opened, "blocked": room.blocked}


async def _act(telegram: Telegram, request: Request) -> object:
    deed = DEEDS.get(request.path_params["deed"])
    if deed is None:
        raise PhoneError("no phone can do that", 404)
    return await deed(_hands(telegram, request), request)


async def _file(telegram: Telegram, request: Request) -> Response:
    stored = telegram.files.find(request.path_params["file_id"])
    rooms = telegram.people.rooms(request.path_params["uid"])
    if stored is None or not any(room.holds(stored.file_id) for room in rooms):
        raise PhoneError("there is no such file in this chat", 404)
    headers = {"X-Content-Type-Options": "nosniff"}
    if stored.kind == "document":
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stored.upload.name, safe='')}"
    return Response(stored.upload.content, media_type=stored.mime_type, headers=headers)


def _hands(telegram: Telegram, request: Request) -> Hands:
    chat_id = request.path_params["cid"]
    if not _CHAT_ID.fullmatch(chat_id):
        raise PhoneError("a chat's id is a number", 404)
    return telegram.people.in_chat(request.path_params["uid"], int(chat_id))
