"""What an update says, in the few words that the rest of the bot needs."""

from dataclasses import dataclass
from typing import Any

from telegram import Message, Update

_PRIVATE = "private"


@dataclass(frozen=True)
class SharedContact:
    """A contact card that somebody sent."""

    name: str
    phone: str


@dataclass(frozen=True)
class Incoming:
    """One update.

    `data` is a tapped button's, `message_id` the tapped message if it can still be edited. `command` and `text` are what was
    typed: the command without its slash, and what follows it or the whole text.
    """

    update_id: int
    user_id: int
    chat_id: int
    language_code: str
    private: bool
    data: str | None = None
    message_id: int | None = None
    command: str | None = None
    text: str = ""
    reachable: bool | None = None
    contact: SharedContact | None = None

    @property
    def invitation_code(self) -> str:
        """The code of a link that was followed, if this is one."""
        return self.text if self.command == "start" else ""


def read(payload: dict[str, Any]) -> Incoming | None:
    """The update as Telegram sent it, read; None for what the bot has no use for."""
    update = Update.de_json(payload, None)
    if update.my_chat_member is not None:
        return _membership(update)
    if update.callback_query is not None:
        return _tap(update)
    return _words(update, update.message) if update.message is not None else None


def lane_of(payload: dict[str, Any]) -> int:
    """What orders this update among others: the person who caused it, else the chat, else nothing."""
    for part in payload.values():
        if isinstance(part, dict):
            source = part.get("from") or part.get("chat") or {}
            return int(source.get("id", 0))
    return 0


def _membership(update: Update) -> Incoming | None:
    member = update.my_chat_member
    assert member is not None
    reachable = member.new_chat_member.status not in ("kicked", "left")
    return _incoming(update, member.chat.id, private=member.chat.type == _PRIVATE, reachable=reachable)


def _tap(update: Update) -> Incoming | None:
    query = update.callback_query
    assert query is not None
    if query.message is None:
        return _incoming(update, query.from_user.id, private=True, data=query.data)
    chat = query.message.chat
    editable = query.message.message_id if isinstance(query.message, Message) else None
    return _incoming(update, chat.id, private=chat.type == _PRIVATE, data=query.data or "", message_id=editable)


def _words(update: Update, message: Message) -> Incoming | None:
    text = message.text or message.caption or ""
    command, rest = None, text
    if text.startswith("/"):
        head, _, rest = text[1:].partition(" ")
        command = head.partition("@")[0].lower()
    contact = None
    if message.contact is not None:
        name = " ".join(filter(None, [message.contact.first_name, message.contact.last_name]))
        contact = SharedContact(name, message.contact.phone_number)
    private = message.chat.type == _PRIVATE
    return _incoming(update, message.chat.id, private=private, command=command, text=rest.strip(), contact=contact)


def _incoming(update: Update, chat_id: int, *, private: bool, **what: Any) -> Incoming | None:  # noqa: ANN401 — Incoming's fields
    user = update.effective_user
    if user is None:
        return None
    return Incoming(update.update_id, user.id, chat_id, user.language_code or "", private, **what)
