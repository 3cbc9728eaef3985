"""What every chat has, private or not: messages by id, a pin, and the people who see it."""

from abc import ABC, abstractmethod
from collections.abc import Collection
from dataclasses import dataclass, field

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.parameters import Json


@dataclass(kw_only=True)
class Room(ABC):
    """A chat: its messages oldest first, under ids of its own; `card` is the Chat object of its messages."""

    last_id: int = 0
    pinned: int | None = None
    messages: dict[int, Json] = field(default_factory=dict)
    uneditable: set[int] = field(default_factory=set)
    card: Json = field(init=False)

    @property
    @abstractmethod
    def id(self) -> int:
        """The chat's id: the person's in a private chat, else negative."""

    @property
    @abstractmethod
    def audience(self) -> Collection[int]:
        """On whose phones the chat is."""

    @abstractmethod
    def speaker(self, user_id: int) -> Json:
        """The person who is about to write there; PhoneError if no phone would let them."""

    @abstractmethod
    def unread_of(self, user_id: int) -> int:
        """How much somebody has not read yet."""

    @abstractmethod
    def leave_unread(self, user_id: int, count: int) -> None:
        """Set that number."""

    @abstractmethod
    def keyboard_of(self, user_id: int) -> Json | None:
        """What stands in place of the letters on somebody's phone."""

    @abstractmethod
    def show_keyboard(self, user_id: int, markup: Json | None) -> None:
        """Put it there, or take it away."""

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
