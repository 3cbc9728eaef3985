"""Whether the bot may read, change or write in a chat, in Telegram's words."""

from enum import IntEnum

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.errors import bad_request, forbidden, upgraded
from bot.demo.telegram.groups import Group
from bot.demo.telegram.parameters import Json
from bot.demo.telegram.rooms import Room

_SENT = {
    "text": ("can_send_messages", "text messages"),
    "location": ("can_send_messages", "locations"),
    "document": ("can_send_documents", "documents"),
    "photo": ("can_send_photos", "photos"),
    "voice": ("can_send_voice_notes", "voice notes"),
}


class Access(IntEnum):
    """What a call wants of a chat; each includes those before."""

    READ = 1
    EDIT = 2
    WRITE = 3


def check(room: Room, access: Access) -> None:
    """Refuse a call to a chat that does not let the bot do what it wants."""
    if isinstance(room, Group):
        _check_group(room, access)
    elif isinstance(room, Chat) and access is Access.WRITE:
        _check_private(room)


def check_content(room: Room, content: Json) -> None:
    """Refuse what the bot may not send as a member of the group."""
    if not isinstance(room, Group):
        return
    for name, (right, words) in _SENT.items():
        if name in content and not room.may_send(room.bot, right):
            raise bad_request(f"not enough rights to send {words} to the chat")


def _check_private(chat: Chat) -> None:
    if not chat.opened:
        raise forbidden("bot can't initiate conversation with a user")
    if chat.blocked:
        raise forbidden("bot was blocked by the user")


def _check_group(group: Group, access: Access) -> None:
    """A basic group can be read by whoever was in it; a supergroup by its members alone."""
    if group.upgraded_to is not None:
        raise upgraded(group.upgraded_to)
    if not group.supergroup and access is Access.READ:
        return
    if group.deleted and not group.supergroup:
        raise forbidden("the group chat was deleted")
    if group.deleted or group.bot.status == "kicked":
        raise forbidden(f"bot was kicked from the {group.kind} chat")
    if not group.bot.inside:
        raise forbidden(f"bot is not a member of the {group.kind} chat")
