"""Each person's own Telegram menu: the commands of his role in his language (SPEC 5)."""

from typing import Any

from bot.locales import LANGUAGES, texts_for
from domain import outbox
from domain.clock import Moment
from domain.db import Session
from domain.outbox import Kind
from domain.permissions import Role

_EVERYBODY = ("menu", "my", "pool", "todo", "bin", "new", "find", "stats", "lang", "help", "cancel")
_LEADING = ("menu", "my", "team", "pool", "todo", "bin", "new", "find", "stats", "export", "lang", "help", "cancel")
_RULING = (*_LEADING[:-5], "users", "partners", "stats", "export", "import", "settings", "lang", "help", "cancel")
_BY_ROLE = {Role.SALES: _EVERYBODY, Role.LEAD: _LEADING, Role.ADMIN: _RULING}
STRANGERS = ("start",)
BOT_CHAT = 0
"""The outbox lane of what is said to no chat: a menu that Telegram refuses holds up nobody's messages."""


def commands_of(role: Role) -> tuple[str, ...]:
    """The commands that a role finds in its menu, in order."""
    return _BY_ROLE[role]


def set_personal(session: Session, *, chat_id: int, role: Role, language: str, key: str, now: Moment) -> None:
    """Queue the person's menu; `key` tells one change from the next."""
    scope = {"type": "chat", "chat_id": chat_id}
    body = {"method": "setMyCommands", "params": {"commands": _described(commands_of(role), language), "scope": scope}}
    outbox.tell_chat(session, key=f"menu:{chat_id}:{key}", kind=Kind.MENU, chat_id=BOT_CHAT, body=body, now=now)


def set_default(session: Session, *, language: str, now: Moment) -> None:
    """Queue the menu that people see before they join, once for each wording."""
    for code in LANGUAGES:
        params: dict[str, Any] = {"commands": _described(STRANGERS, code)}
        if code != language:
            params["language_code"] = code
        words = "|".join(command["description"] for command in params["commands"])
        body = {"method": "setMyCommands", "params": params}
        outbox.tell_chat(session, key=f"menu:default:{code}:{words}", kind=Kind.MENU, chat_id=BOT_CHAT, body=body, now=now)


def _described(commands: tuple[str, ...], language: str) -> list[dict[str, str]]:
    texts = texts_for(language)
    return [{"command": command, "description": texts.plain(f"command-{command}")} for command in commands]
