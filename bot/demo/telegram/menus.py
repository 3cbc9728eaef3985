"""Command lists by scope and language, and which of them a person sees."""

import re

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.parameters import Json

_NAME = re.compile(r"[a-z0-9_]{1,32}")
_DESCRIPTION = 256
_MOST = 100
Scope = tuple[str, int]
_FOR_ALL: tuple[Scope, ...] = (("all_private_chats", 0), ("default", 0))
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
        language = str(person.get("language_code") or "").split("-")[0]
        for scope in (("chat", int(person["id"])), *_FOR_ALL):
            for each in (language, ""):
                if found := self._lists.get((scope, each)):
                    return found
        return []


def scope_of(given: object) -> Scope:
    """The scope that a call names; without one it is the default."""
    if given is None:
        return ("default", 0)
    kind = given.get("type") if isinstance(given, dict) else None
    if kind in _CHATLESS:
        return (str(kind), 0)
    if kind not in ("chat", "chat_administrators", "chat_member"):
        raise bad_request("can't parse BotCommandScope: Unsupported type specified")
    assert isinstance(given, dict)
    return (str(kind), _chat_id(given.get("chat_id")))


def _chat_id(value: object) -> int:
    try:
        return int(str(value))
    except ValueError:
        raise bad_request("chat not found") from None


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
