"""Command lists by scope and language, and which of them a person sees."""

import re
from typing import NamedTuple

from bot.demo.telegram.errors import ApiError, bad_request
from bot.demo.telegram.parameters import Json

_NAME = re.compile(r"[a-z0-9_]{1,32}")
_DESCRIPTION = 256
_MOST = 100


class Scope(NamedTuple):
    """For whom a list is: a kind, for most of which a chat is named, for one a member of it too."""

    kind: str
    chat_id: int = 0
    user_id: int = 0


_DEFAULT = Scope("default")
_CHATLESS = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")


class Menus:
    """Everything that setMyCommands was told."""

    def __init__(self) -> None:
        self._lists: dict[tuple[Scope, str], list[Json]] = {}

    def put(self, scope: Scope, language: str, commands: list[Json]) -> None:
        """Set the list of one scope and language; an empty list deletes it."""
        if commands:
            self._lists[scope, language] = commands
        else:
            self._lists.pop((scope, language), None)

    def get(self, scope: Scope, language: str) -> list[Json]:
        """Exactly that list."""
        return self._lists.get((scope, language), [])

    def seen_by(self, person: Json) -> list[Json]:
        """The list in a person's private chat: the narrowest scope wins, in it the person's language."""
        return self._first(person, [Scope("chat", int(person["id"])), Scope("all_private_chats"), _DEFAULT])

    def seen_in_group(self, person: Json, group_id: int, *, leads: bool) -> list[Json]:
        """The list that a member of a group sees; administrators have scopes of their own before those for all."""
        scopes = [
            Scope("chat_member", group_id, int(person["id"])),
            *([Scope("chat_administrators", group_id)] if leads else []),
            Scope("chat", group_id),
            *([Scope("all_chat_administrators")] if leads else []),
            Scope("all_group_chats"),
            _DEFAULT,
        ]
        return self._first(person, scopes)

    def _first(self, person: Json, scopes: list[Scope]) -> list[Json]:
        language = str(person.get("language_code") or "").split("-")[0]
        for scope in scopes:
            for each in (language, ""):
                if found := self._lists.get((scope, each)):
                    return found
        return []


def scope_of(given: object) -> Scope:
    """The scope that a call names; without one it is the default."""
    if given is None:
        return _DEFAULT
    if not isinstance(given, dict):
        raise _unreadable("expected an Object")
    kind = given.get("type")
    if kind in _CHATLESS:
        return Scope(kind)
    if kind not in ("chat", "chat_administrators", "chat_member"):
        raise _unreadable("Unsupported type specified")
    user_id = _number(given, "user_id") if kind == "chat_member" else 0
    if user_id < 0 or (kind == "chat_member" and not user_id):
        raise _unreadable("Invalid user_id specified")
    return Scope(kind, _number(given, "chat_id"), user_id)


def _number(given: Json, name: str) -> int:
    if given.get(name) is None:
        raise _unreadable(f'Can\'t find field "{name}"')
    try:
        return int(given[name])
    except (TypeError, ValueError):
        raise bad_request("chat not found") if name == "chat_id" else _unreadable(f"Invalid {name} specified") from None


def _unreadable(words: str) -> ApiError:
    return bad_request(f"can't parse BotCommandScope: {words}")


def checked(commands: object) -> list[Json]:
    """The commands of a call, refused when one is not well formed."""
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object")
    if len(commands) > _MOST:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    return [_command(each) for each in commands]


def _command(given: object) -> Json:
    if not isinstance(given, dict) or "command" not in given or "description" not in given:
        raise bad_request("can't parse BotCommand: expected an Object with command and description")
    name = str(given["command"]).removeprefix("/")
    description = str(given["description"]).strip()
    if not _NAME.fullmatch(name):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= _DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
