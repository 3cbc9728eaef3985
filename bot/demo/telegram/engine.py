"""The imitation itself: one bot, its people and their chats, in one asyncio loop and without threads."""

from bot.demo.telegram.calls import Calls
from bot.demo.telegram.chats import Chat
from bot.demo.telegram.clock import Clock
from bot.demo.telegram.door import Answer, answer
from bot.demo.telegram.errors import bad_request, forbidden
from bot.demo.telegram.events import EVERYBODY, Events
from bot.demo.telegram.faults import Fault, Faults
from bot.demo.telegram.files import Files
from bot.demo.telegram.keyboards import Markup
from bot.demo.telegram.menus import Menus
from bot.demo.telegram.parameters import Json, Parameters
from bot.demo.telegram.people import People
from bot.demo.telegram.queries import Queries
from bot.demo.telegram.rates import Rates
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
        self.people = People(self)
        self.clock.on_advance(lambda now: self.events.publish_to_all("clock", {"now": now.isoformat()}))

    async def answer(self, method: str, parameters: Parameters) -> Answer:
        """What the Bot API answers to a call, faults and refusals included."""
        return await answer(self, method, parameters)

    def chat_of(self, parameters: Parameters, name: str = "chat_id") -> Chat:
        """The chat that a call names, whether the bot may write there or not."""
        if not parameters.text(name):
            raise bad_request("chat_id is empty")
        chat_id = parameters.integer(name)
        if chat_id == self.bot["id"]:
            raise forbidden("the bot can't send messages to the bot")
        chat = self.chats.get(chat_id)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def writable_chat(self, parameters: Parameters) -> Chat:
        """The chat that a call names, refused unless its person has pressed Start and not blocked the bot."""
        chat = self.chat_of(parameters)
        if not chat.opened:
            raise forbidden("bot can't initiate conversation with a user")
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        return chat

    def say(self, chat: Chat, content: Json, parameters: Parameters, markup: Markup | None = None) -> Json:
        """A new message of the bot, on the person's screen at once."""
        reply = self._replied(chat, parameters)
        self.rates.spend(chat.id)
        message = self.compose(chat, self.bot, content | reply)
        if parameters.flag("protect_content"):
            message["has_protected_content"] = True
        self._apply(chat, message, markup)
        chat.add(message)
        self.events.publish(chat.id, "message", message)
        self.leave_unread(chat, chat.unread + 1)
        return message

    def compose(self, chat: Chat, sender: Json, content: Json) -> Json:
        """A Message object under a fresh id, not yet in the chat."""
        head: Json = {
            "message_id": chat.next_id(),
            "from": sender,
            "chat": chat.card,
            "date": self.clock.stamp(),
        }
        return head | content

    def replace(self, chat: Chat, message: Json) -> Json:
        """Put an edited message in place of the old one; both objects live on for whoever holds them."""
        message["edit_date"] = self.clock.stamp()
        chat.messages[message["message_id"]] = message
        self.events.publish(chat.id, "edited", message)
        return message

    def remove(self, chat: Chat, message_id: int) -> None:
        """Take a message away from both sides."""
        del chat.messages[message_id]
        self.events.publish(chat.id, "deleted", {"chat_id": chat.id, "message_id": message_id})
        if chat.pinned == message_id:
            self.pin(chat, None)

    def pin(self, chat: Chat, message: Json | None) -> None:
        """Keep a message on top of the chat, or nothing."""
        chat.pinned = message["message_id"] if message else None
        self.events.publish(chat.id, "pinned", {"chat_id": chat.id, "message": message})

    def leave_unread(self, chat: Chat, count: int) -> None:
        """Set the number on the chat's badge."""
        chat.unread = count
        self.events.publish(EVERYBODY, "unread", {"user_id": chat.id, "unread": count})

    def announce_commands(self) -> None:
        """Tell every phone which commands it has now."""
        for chat in self.chats.values():
            commands = self.menus.seen_by(chat.person)
            self.events.publish(chat.id, "commands", {"chat_id": chat.id, "commands": commands})

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

    def _apply(self, chat: Chat, message: Json, markup: Markup | None) -> None:
        if markup is None:
            return
        if markup.kind == "inline":
            message["reply_markup"] = markup.body
            return
        chat.uneditable.add(message["message_id"])
        chat.reply_keyboard = None if markup.kind == "remove" else markup.body
        self.events.publish(chat.id, "reply_keyboard", {"chat_id": chat.id, "markup": chat.reply_keyboard})

    def _replied(self, chat: Chat, parameters: Parameters) -> Json:
        given = parameters.json("reply_parameters", "reply parameters")
        if not isinstance(given, dict):
            given = {
                "message_id": parameters.integer("reply_to_message_id"),
                "allow_sending_without_reply": parameters.flag("allow_sending_without_reply"),
            }
        message_id = given.get("message_id")
        if not message_id:
            return {}
        replied = chat.messages.get(message_id) if isinstance(message_id, int) else None
        if replied is None and not given.get("allow_sending_without_reply"):
            raise bad_request("message to be replied not found")
        return {"reply_to_message": _without_reply(replied)} if replied else {}


def _without_reply(message: Json) -> Json:
    return {name: value for name, value in message.items() if name != "reply_to_message"}
