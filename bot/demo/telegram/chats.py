"""A person and the private chat between that person and the bot."""

from dataclasses import dataclass, field

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.parameters import Json

_CHAT_FIELDS = ("first_name", "last_name", "username")


@dataclass
class Chat:
    """One person's phone: the messages by id, oldest first, and what the client remembers."""

    person: Json
    note: str = ""
    color: str = ""
    opened: bool = False
    blocked: bool = False
    unread: int = 0
    last_id: int = 0
    reply_keyboard: Json | None = None
    pinned: int | None = None
    menu_button: Json | None = None
    messages: dict[int, Json] = field(default_factory=dict)
    uneditable: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        names = {name: self.person[name] for name in _CHAT_FIELDS if self.person.get(name)}
        self.card: Json = {"id": self.person["id"], "type": "private"} | names

    @property
    def id(self) -> int:
        """The chat's id, which is the person's."""
        return int(self.person["id"])

    def add(self, message: Json) -> None:
        """Put a message at the end, under an id that was never used in this chat."""
        self.messages[message["message_id"]] = message

    def next_id(self) -> int:
        """A message id greater than all before."""
        self.last_id += 1
        return self.last_id

    def find(self, message_id: int, deed: str) -> Json:
        """A message that is still there; `deed` says what was wanted, as in "message to edit not found"."""
        message = self.messages.get(message_id)
        if message is None:
            raise bad_request(f"message to {deed} not found")
        return message

    def on_top(self) -> Json:
        """The pinned message as a field of the chat, if there is one."""
        return {"pinned_message": self.messages[self.pinned]} if self.pinned else {}

    def holds(self, file_id: str) -> bool:
        """Whether a file was sent in this chat, by whomever."""
        return any(file_id in _file_ids(message) for message in self.messages.values())

    def last(self) -> Json | None:
        """The newest message."""
        return next(reversed(self.messages.values()), None)


def _file_ids(message: Json) -> set[str]:
    files = [message[kind] for kind in ("document", "voice") if kind in message]
    return {file["file_id"] for file in [*files, *message.get("photo", [])]}
