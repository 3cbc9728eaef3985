"""What the bot may know of a chat and of who is in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.telegram.access import Access
from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.groups import Group
from bot.demo.telegram.membership import Member, permissions
from bot.demo.telegram.methods.registry import method

if TYPE_CHECKING:
    from bot.demo.telegram.engine import Telegram
    from bot.demo.telegram.parameters import Json, Parameters

_FULL: Json = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    },
}


@method("getChat")
def get_chat(telegram: Telegram, parameters: Parameters) -> Json:
    """All about a chat."""
    room = telegram.chat_of(parameters)
    of_many = {"permissions": permissions(silent=room.silent)} if isinstance(room, Group) else {}
    return room.card | _FULL | of_many | room.on_top()


@method("getChatMember")
def get_chat_member(telegram: Telegram, parameters: Parameters) -> Json:
    """Who somebody is in a chat; in a private one there are its person and the bot."""
    room = telegram.chat_of(parameters)
    user_id = parameters.integer("user_id")
    if user_id <= 0:
        raise bad_request("invalid user_id specified")
    if user_id != telegram.bot["id"] and user_id not in telegram.chats:
        raise bad_request("PARTICIPANT_ID_INVALID")
    if isinstance(room, Group):
        return (room.member(user_id) or Member(telegram.chats[user_id].person, "left")).card()
    if user_id == telegram.bot["id"]:
        return Member(telegram.bot).card()
    if user_id != room.id:
        raise bad_request("member not found")
    return Member(telegram.chats[user_id].person).card()


@method("getChatAdministrators")
def get_chat_administrators(telegram: Telegram, parameters: Parameters) -> list[Json]:
    """The owner and the administrators, the bot among them if it is one."""
    group = telegram.chat_of(parameters)
    if not isinstance(group, Group):
        raise bad_request("there are no administrators in the private chat")
    return [member.card() for member in (*group.people.values(), group.bot) if member.leads]


@method("getChatMemberCount")
def get_chat_member_count(telegram: Telegram, parameters: Parameters) -> int:
    """How many are in a chat."""
    room = telegram.chat_of(parameters)
    return len(room.audience) + (room.bot.inside if isinstance(room, Group) else 1)


@method("leaveChat")
def leave_chat(telegram: Telegram, parameters: Parameters) -> bool:
    """Go away from a group."""
    group = telegram.chat_of(parameters, access=Access.EDIT)
    if not isinstance(group, Group):
        raise bad_request("chat member status can't be changed in private chats")
    telegram.groups.turn(group, telegram.bot["id"], "left", by=telegram.bot["id"])
    return True
