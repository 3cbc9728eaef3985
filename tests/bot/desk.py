"""The conversation without the wires: updates go through the real turn on a real database, answers are read from the outbox.

For what is done to every screen many times over. What the people of `tests.domain.office` say and tap is answered at once.
"""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import event, select

from bot.app import office_of
from bot.callbacks import Payload
from bot.config import Settings
from bot.edge import take_turn
from domain import inbox
from domain.db import Database
from domain.inbox import Incoming
from domain.models import OutboxMessage
from tests.domain.office import Office


@dataclass(frozen=True)
class Reply:
    """What a person reads, and what stands on the buttons below it."""

    method: str
    params: dict[str, Any]
    statements: int

    @property
    def text(self) -> str:
        return self.params.get("text", "")

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return [button for row in self.params.get("reply_markup", {}).get("inline_keyboard", []) for button in row]

    @property
    def labels(self) -> list[str]:
        return [button["text"] for button in self.buttons]

    def data(self, label: str) -> str:
        """What the first button with these words carries."""
        return next(button["callback_data"] for button in self.buttons if label in button["text"] and "callback_data" in button)

    def __contains__(self, words: str) -> bool:
        return words in self.text


class Desk:
    """Everybody's phone at once, on one database."""

    def __init__(self, database: Database) -> None:
        self.people = Office(database.unit_of_work).found()
        self.house = replace(office_of(Settings()), clock=lambda _zone: self.people.now)
        self._database = database
        self._updates = 0
        self.statements: list[str] = []
        event.listen(database.engine, "before_cursor_execute", self._hear)

    def say(self, login: str, text: str) -> Reply:
        """A message or a command."""
        return self._turn({"message": {**self._message(login), "from": self._person(login), "text": text}}, login)

    def share(self, login: str, phone: str, name: str) -> Reply:
        """A contact card."""
        contact = {"phone_number": phone, "first_name": name}
        return self._turn({"message": {**self._message(login), "from": self._person(login), "contact": contact}}, login)

    def send_file(self, login: str, name: str, size: int = 1000) -> Reply:
        """A document, which Telegram keeps."""
        document = {"file_id": "F", "file_unique_id": "f", "file_name": name, "file_size": size}
        return self._turn({"message": {**self._message(login), "from": self._person(login), "document": document}}, login)

    def tap(self, login: str, data: str | Payload) -> Reply:
        """A button, whoever drew it."""
        carried = data.pack() if isinstance(data, Payload) else data
        query = {"id": str(self._updates), "from": self._person(login), "chat_instance": "1", "data": carried}
        return self._turn({"callback_query": {**query, "message": {**self._message(login), "text": "…"}}}, login)

    def press(self, login: str, reply: Reply, label: str) -> Reply:
        """The button with these words."""
        return self.tap(login, reply.data(label))

    def _turn(self, body: dict[str, Any], login: str) -> Reply:
        self._updates += 1
        number, house = self._updates, self.house
        with self._database.unit_of_work() as session:
            lane = self.people.telegram[login]
            inbox.store(session, [Incoming(number, lane, {"update_id": number, **body})], now=house.now())
        before = len(self.statements)
        with self._database.unit_of_work() as session:
            assert take_turn(session, house)
        used = len(self.statements) - before
        with self._database.unit_of_work() as session:
            said = session.scalars(select(OutboxMessage.body).where(OutboxMessage.key == f"update:{number}")).one()
        return Reply(said["method"], said["params"], used)

    def _message(self, login: str) -> dict[str, Any]:
        chat = {"id": self.people.telegram[login], "type": "private", "first_name": login}
        return {"message_id": self._updates + 1, "date": 1, "chat": chat}

    def _person(self, login: str) -> dict[str, Any]:
        return {"id": self.people.telegram[login], "is_bot": False, "first_name": login}

    def _hear(self, _connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith(("SAVEPOINT", "RELEASE", "BEGIN")):
            self.statements.append(statement)
