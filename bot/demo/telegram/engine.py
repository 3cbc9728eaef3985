"""The imitation itself: one bot, its people and their chats, in one asyncio loop and without threads."""

from bot.demo.telegram.access import Access, check, check_content
from bot.demo.telegram.calls import Calls
from bot.demo.telegram.chats import Chat
from bot.demo.telegram.clock import Clock
from bot.demo.telegram.door import Answer, answer
from bot.demo.telegram.errors import bad_request, forbidden
from bot.demo.telegram.events import EVERYBODY, Events
from bot.demo.telegram.faults import Fault, Faults
from bot.demo.telegram.files import Files
from bot.demo.telegram.gatherings import Groups
from bot.demo.telegram.groups import Group
from bot.demo.telegram.keyboards import Markup, check_for_group
from bot.demo.telegram.menus import Menus
from bot.demo.telegram.parameters import Json, Parameters
from bot.demo.telegram.people import People
from bot.demo.telegram.privacy import mentioned
from bot.demo.telegram.queries import Queries
from bot.demo.telegram.rates import Rates
from bot.demo.telegram.rooms import Room
from bot.demo.telegram.updates import Updates
from bot.demo.telegram.webhook import Webhook

BOT_ID = 1_000_000_001
_CALLBACK_LIFE = 15.0


class Telegram:
    """A Telegram with one bot; `callback_life` is how many seconds a tap may wait for its answer.

    `timezone` (IANA) is the one in which the phones show all times; without it each browser uses its own.
    """

    def __init__(
        self,
        token: str = "1:demo-token",  # noqa: S107 - opens nothing but this imitation
        *,
        username: str = "gonghai_demo_bot",
        name: str = "公海",
        callback_life: float = _CALLBACK_LIFE,
        timezone: str | None = None,
    ) -> None:
        self.token = token
        self.bot: Json = {"id": BOT_ID, "is_bot": True, "first_name": name, "username": username}
        self.profile: dict[tuple[str, str], str] = {}
        self.menu_button: Json = {"type": "commands"}
        self.clock = Clock(timezone)
        self.chats: dict[int, Chat] = {}
        self.updates = Updates(self.clock)
        self.events = Events()
        self.calls = Calls()
        self.faults = Faults()
        self.rates = Rates(self.clock)
        self.files = Files()
        self.menus = Menus()
        self.queries = Queries(self.clock, callback_life)
        self.webhook = Webhook(self.updates, self.clock, self.answer)
        self.groups = Groups(self)
        self.people = People(self)
        self.clock.on_advance(lambda now: self.events.publish_to_all("clock", {"now": now.isoformat()}))

    async def answer(self, method: str, parameters: Parameters) -> Answer:
        """What the Bot API answers to a call, faults and refusals included."""
        return await answer(self, method, parameters)

    def room(self, chat_id: int) -> Room | None:
        """The chat with that id, as far as the bot knows it."""
        group = self.groups.all.get(chat_id)
        return group if group and group.known else self.chats.get(chat_id)

    def chat_of(self, parameters: Parameters, name: str = "chat_id", access: Access = Access.READ) -> Room:
        """The chat that a call names, refused unless the bot may do there what it wants."""
        if not parameters.text(name):
            raise bad_request("chat_id is empty")
        chat_id = parameters.integer(name)
        if chat_id == self.bot["id"]:
            raise forbidden("the bot can't send messages to the bot")
        room = self.room(chat_id)
        if room is None:
            raise bad_request("chat not found")
        check(room, access)
        return room

    def writable_chat(self, parameters: Parameters) -> Room:
        """The chat that a call names, refused unless the bot may write there."""
        return self.chat_of(parameters, access=Access.WRITE)

    def say(self, room: Room, content: Json, parameters: Parameters, markup: Markup | None = None) -> Json:
        """A new message of the bot, on every screen at once."""
        check_content(room, content)
        if markup and isinstance(room, Group):
            check_for_group(markup.body)
        reply = self._replied(room, parameters)
        self.rates.spend(room.id)
        message = self.compose(room, self.bot, content | reply)
        if parameters.flag("protect_content"):
            message["has_protected_content"] = True
        self._apply(room, message, markup)
        self.deliver(room, message)
        return message

    def deliver(self, room: Room, message: Json) -> None:
        """Put a message into its chat and on every screen; for all but its sender it is unread."""
        room.add(message)
        self.tell(room, "message", message)
        for user_id in room.audience:
            if user_id != message["from"]["id"]:
                self.leave_unread(room, user_id, room.unread_of(user_id) + 1)

    def tell(self, room: Room, name: str, data: object) -> None:
        """Tell everybody who sees the chat of an event."""
        for user_id in room.audience:
            self.events.publish(user_id, name, data)

    def compose(self, room: Room, sender: Json, content: Json) -> Json:
        """A Message object under a fresh id, not yet in the chat."""
        head: Json = {
            "message_id": room.next_id(),
            "from": sender,
            "chat": room.card,
            "date": self.clock.stamp(),
        }
        return head | content

    def replace(self, room: Room, message: Json) -> Json:
        """Put an edited message in place of the old one; both objects live on for whoever holds them."""
        message["edit_date"] = self.clock.stamp()
        room.messages[message["message_id"]] = message
        self.tell(room, "edited", message)
        return message

    def remove(self, room: Room, message_id: int) -> None:
        """Take a message away from all sides."""
        del room.messages[message_id]
        self.tell(room, "deleted", {"chat_id": room.id, "message_id": message_id})
        if room.pinned == message_id:
            self.pin(room, None)

    def pin(self, room: Room, message: Json | None) -> None:
        """Keep a message on top of the chat, or nothing."""
        room.pinned = message["message_id"] if message else None
        self.tell(room, "pinned", {"chat_id": room.id, "message": message})

    def show_keyboard(self, room: Room, user_id: int, markup: Json | None) -> None:
        """Change what stands in place of the letters on somebody's phone."""
        room.show_keyboard(user_id, markup)
        self.events.publish(user_id, "reply_keyboard", {"chat_id": room.id, "markup": markup})

    def leave_unread(self, room: Room, user_id: int, count: int) -> None:
        """Set the number on the chat's badge; only private chats have one that everybody watches."""
        room.leave_unread(user_id, count)
        if isinstance(room, Chat):
            self.events.publish(EVERYBODY, "unread", {"user_id": user_id, "unread": count})

    def commands_for(self, room: Room, user_id: int) -> list[Json]:
        """The menu of commands that somebody sees in a chat."""
        if isinstance(room, Group):
            member = room.people[user_id]
            return self.menus.seen_in_group(member.user, room.id, leads=member.leads)
        return self.menus.seen_by(self.chats[user_id].person)

    def announce_commands(self, *rooms: Room) -> None:
        """Tell the phones which commands they have now, in these chats or in all."""
        for room in rooms or (*self.chats.values(), *self.groups.all.values()):
            for user_id in room.audience:
                commands = self.commands_for(room, user_id)
                self.events.publish(user_id, "commands", {"chat_id": room.id, "commands": commands})

    def strike(self, fault: Fault) -> None:
        """Let a fault come: on a call, or for `duplicate` on the delivery of updates."""
        if fault.kind == "duplicate":
            self.updates.deliver_twice(fault.times)
        else:
            self.faults.add(fault)

    def calm(self) -> None:
        """Fair weather."""
        self.faults.clear()
        self.updates.deliver_twice(0)

    async def close(self) -> None:
        """Let go of everybody who waits: pollers, listeners, deliveries."""
        self.updates.close()
        self.events.close()
        await self.webhook.stop()

    def _apply(self, room: Room, message: Json, markup: Markup | None) -> None:
        if markup is None:
            return
        if markup.kind == "inline":
            message["reply_markup"] = markup.body
            return
        room.uneditable.add(message["message_id"])
        for user_id in room.audience:
            if isinstance(room, Chat) or not markup.body.get("selective") or self._meant(message, user_id):
                self.show_keyboard(room, user_id, None if markup.kind == "remove" else markup.body)

    def _meant(self, message: Json, user_id: int) -> bool:
        """Whether a selective keyboard is for somebody: for whom the message answers or mentions."""
        mentions = mentioned(message)
        person = self.chats[user_id].person
        asked = message.get("reply_to_message", {}).get("from", {}).get("id")
        return asked == user_id or user_id in mentions or f"@{person.get('username')}".lower() in mentions

    def _replied(self, room: Room, parameters: Parameters) -> Json:
        given = parameters.json("reply_parameters", "reply parameters")
        if not isinstance(given, dict):
            given = {
                "message_id": parameters.integer("reply_to_message_id"),
                "allow_sending_without_reply": parameters.flag("allow_sending_without_reply"),
            }
        message_id = given.get("message_id")
        if not message_id:
            return {}
        replied = room.messages.get(message_id) if isinstance(message_id, int) else None
        if replied is None and not given.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        return {"reply_to_message": _without_reply(replied)} if replied else {}


def _without_reply(message: Json) -> Json:
    return {name: value for name, value in message.items() if name != "reply_to_message"}
