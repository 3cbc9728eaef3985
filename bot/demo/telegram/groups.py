"""A group or supergroup: who is in it, and what each of their phones remembers."""

from collections.abc import Collection
from dataclasses import dataclass, field

from bot.demo.telegram.errors import PhoneError
from bot.demo.telegram.membership import Member
from bot.demo.telegram.parameters import Json
from bot.demo.telegram.rooms import Room

_SUPERGROUPS_BELOW = -1_000_000_000_000


@dataclass
class Group(Room):
    """A chat of many; `silent` lets only administrators write, `known` tells that the bot is in it or was."""

    number: int
    title: str
    bot: Member
    people: dict[int, Member] = field(default_factory=dict)
    silent: bool = False
    known: bool = False
    deleted: bool = False
    upgraded_to: int | None = None
    unread: dict[int, int] = field(default_factory=dict)
    keyboards: dict[int, Json] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.card = {"id": self.number, "type": self.kind, "title": self.title}
        self.known |= self.bot.inside

    @property
    def id(self) -> int:
        """The chat's id."""
        return self.number

    @property
    def supergroup(self) -> bool:
        """Whether this is a supergroup, as its id says."""
        return self.number < _SUPERGROUPS_BELOW

    @property
    def kind(self) -> str:
        """The type in Telegram's words."""
        return "supergroup" if self.supergroup else "group"

    @property
    def open(self) -> bool:
        """Whether anything can still happen here."""
        return not self.deleted and self.upgraded_to is None

    @property
    def audience(self) -> Collection[int]:
        """The people who are in."""
        return [user_id for user_id, member in self.people.items() if member.inside] if self.open else []

    def member(self, user_id: int) -> Member | None:
        """Whoever is or was in the group, the bot included."""
        return self.bot if user_id == self.bot.user["id"] else self.people.get(user_id)

    def put(self, member: Member) -> None:
        """Let somebody be what `member` says."""
        if member.user["id"] == self.bot.user["id"]:
            self.bot = member
            self.known |= member.inside
        else:
            self.people[member.user["id"]] = member

    def may_send(self, member: Member, right: str = "can_send_messages") -> bool:
        """Whether a member may send what the right names."""
        if member.leads:
            return True
        return not self.silent and (member.status != "restricted" or member.may(right))

    def insider(self, user_id: int) -> Member:
        """A person who is in the group; PhoneError for anybody else, and for a group that is no more."""
        member = self.people.get(user_id)
        if member is None or not member.inside:
            raise PhoneError("this person is not in the group", 404)
        if not self.open:
            raise PhoneError(f"the group has moved to {self.upgraded_to}" if self.upgraded_to else "the group was deleted")
        return member

    def speaker(self, user_id: int) -> Json:
        """A person who is in and may write."""
        member = self.insider(user_id)
        if not self.may_send(member):
            raise PhoneError("this person may not write in the group")
        return member.user

    def unread_of(self, user_id: int) -> int:
        """How many messages of others a member has not read."""
        return self.unread.get(user_id, 0)

    def leave_unread(self, user_id: int, count: int) -> None:
        """Set that number."""
        self.unread[user_id] = count

    def keyboard_of(self, user_id: int) -> Json | None:
        """What stands in place of the letters on a member's phone."""
        return self.keyboards.get(user_id)

    def show_keyboard(self, user_id: int, markup: Json | None) -> None:
        """Put it there, or take it away."""
        if markup is None:
            self.keyboards.pop(user_id, None)
        else:
            self.keyboards[user_id] = markup
