"""A person and the private chat between that person and the bot."""

from collections.abc import Collection
from dataclasses import dataclass

from bot.demo.telegram.errors import PhoneError
from bot.demo.telegram.parameters import Json
from bot.demo.telegram.rooms import Room

_CHAT_FIELDS = ("first_name", "last_name", "username")


@dataclass
class Chat(Room):
    """One person's chat with the bot, and what the client remembers."""

    person: Json
    note: str = ""
    color: str = ""
    opened: bool = False
    blocked: bool = False
    unread: int = 0
    reply_keyboard: Json | None = None
    menu_button: Json | None = None

    def __post_init__(self) -> None:
        names = {name: self.person[name] for name in _CHAT_FIELDS if self.person.get(name)}
        self.card: Json = {"id": self.person["id"], "type": "private"} | names

    @property
    def id(self) -> int:
        """The chat's id, which is the person's."""
        return int(self.person["id"])

    @property
    def audience(self) -> Collection[int]:
        """The one person."""
        return (self.id,)

    def speaker(self, user_id: int) -> Json:  # noqa: ARG002 - nobody else is here
        """The person; whoever writes has opened the chat."""
        if self.blocked:
            raise PhoneError("the bot is blocked: unblock it first")
        self.opened = True
        return self.person

    def unread_of(self, user_id: int) -> int:  # noqa: ARG002 - nobody else is here
        """How many messages of the bot the person has not read."""
        return self.unread

    def leave_unread(self, user_id: int, count: int) -> None:  # noqa: ARG002 - nobody else is here
        """Set that number."""
        self.unread = count

    def keyboard_of(self, user_id: int) -> Json | None:  # noqa: ARG002 - nobody else is here
        """What stands in place of the letters."""
        return self.reply_keyboard

    def show_keyboard(self, user_id: int, markup: Json | None) -> None:  # noqa: ARG002 - nobody else is here
        """Put it there, or take it away."""
        self.reply_keyboard = markup
