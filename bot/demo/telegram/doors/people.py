"""`/user/…`: what the phones ask and do."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.doors.deeds import DEEDS
from bot.demo.telegram.doors.replies import door
from bot.demo.telegram.doors.streams import event_stream
from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.events import EVERYBODY, Event
from bot.demo.telegram.people import PhoneError


def people_routes(telegram: Telegram) -> list[BaseRoute]:
    """The door of the phones."""
    return [
        Route("/user/people", door(telegram, _people)),
        Route("/user/events", door(telegram, _badges)),
        Route("/user/{uid:int}/events", door(telegram, _events)),
        Route("/user/{uid:int}/chats", door(telegram, _chats)),
        Route("/user/{uid:int}/file/{file_id}", door(telegram, _file)),
        Route("/user/{uid:int}/chat/{cid:int}", door(telegram, _chat)),
        Route("/user/{uid:int}/chat/{cid:int}/{deed}", door(telegram, _act), methods=["POST"]),
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
    chat = telegram.people.chat(request.path_params["uid"])
    return [{"chat": chat.card, "unread": chat.unread, "last": chat.last()}]


async def _chat(telegram: Telegram, request: Request) -> object:
    chat = _own_chat(telegram, request)
    return {
        "chat": chat.card | chat.on_top(),
        "messages": list(chat.messages.values()),
        "commands": telegram.menus.seen_by(chat.person),
        "reply_keyboard": chat.reply_keyboard,
        "unread": chat.unread,
        "started": chat.opened,
        "blocked": chat.blocked,
    }


async def _act(telegram: Telegram, request: Request) -> object:
    deed = DEEDS.get(request.path_params["deed"])
    if deed is None:
        raise PhoneError("no phone can do that", 404)
    return await deed(telegram, _own_chat(telegram, request).id, request)


async def _file(telegram: Telegram, request: Request) -> Response:
    stored = telegram.files.find(request.path_params["file_id"])
    if stored is None or not telegram.people.chat(request.path_params["uid"]).holds(stored.file_id):
        raise PhoneError("there is no such file in this chat", 404)
    headers = {"X-Content-Type-Options": "nosniff"}
    if stored.kind == "document":
        headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(stored.upload.name, safe='')}"
    return Response(stored.upload.content, media_type=stored.mime_type, headers=headers)


def _own_chat(telegram: Telegram, request: Request) -> Chat:
    if request.path_params["uid"] != request.path_params["cid"]:
        raise PhoneError("a private chat's id is the user's id", 404)
    return telegram.people.chat(request.path_params["uid"])
