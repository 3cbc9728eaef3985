"""What an update says, in the few words that the rest of the bot needs."""

from dataclasses import asdict, dataclass
from typing import Any, Self

from telegram import Message, Update

_PRIVATE = "private"
_SPREADSHEETS = (".xlsx", ".xlsm", ".xls", ".csv", ".ods")


@dataclass(frozen=True)
class SharedContact:
    """A contact card that somebody sent."""

    name: str
    phone: str


@dataclass(frozen=True)
class Attachment:
    """What came with a message: a file that Telegram keeps (`photo`, `document`, `voice`, `video`), or a `location`."""

    kind: str
    file_id: str | None = None
    latitude: float | None = None
    longitude: float | None = None

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {name: value for name, value in asdict(self).items() if value is not None}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """As it was kept."""
        return cls(**kept)

    def message(self) -> tuple[str, dict[str, Any]]:
        """The Bot API's method that sends it back, and its parameters."""
        if self.kind == "location":
            return "sendLocation", {"latitude": self.latitude, "longitude": self.longitude}
        return f"send{self.kind.capitalize()}", {self.kind: self.file_id}


@dataclass(frozen=True)
class Document:
    """A file that somebody sent, with its name and how many bytes it has."""

    file_id: str
    name: str
    size: int

    @property
    def is_spreadsheet(self) -> bool:
        """Whether it calls itself one."""
        return self.name.lower().endswith(_SPREADSHEETS)


@dataclass(frozen=True)
class Incoming:
    """One update.

    `data` is a tapped button's, `message_id` the tapped message if it can still be edited. `command` and `text` are what was
    typed: the command without its slash, and what follows it or the whole text; the caption of an `attachment` is its text.
    `reply_to` is the message that it answers.
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
    attachment: Attachment | None = None
    document: Document | None = None
    reply_to: int | None = None

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
    said: dict[str, Any] = {"command": command, "text": rest.strip(), "contact": contact, "attachment": _attachment(message)}
    if message.reply_to_message is not None:
        said["reply_to"] = message.reply_to_message.message_id
    if message.document is not None:
        document = message.document
        said["document"] = Document(document.file_id, document.file_name or "", document.file_size or 0)
    return _incoming(update, message.chat.id, private=private, **said)


def _attachment(message: Message) -> Attachment | None:
    if message.location is not None:
        return Attachment("location", latitude=message.location.latitude, longitude=message.location.longitude)
    if message.photo:
        return Attachment("photo", message.photo[-1].file_id)
    for kind in ("voice", "video", "document"):
        found = getattr(message, kind)
        if found is not None:
            return Attachment(kind, found.file_id)
    return None


def _incoming(update: Update, chat_id: int, *, private: bool, **what: Any) -> Incoming | None:  # noqa: ANN401 — Incoming's fields
    user = update.effective_user
    if user is None:
        return None
    return Incoming(update.update_id, user.id, chat_id, user.language_code or "", private, **what)
