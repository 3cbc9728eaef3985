"""Taps that wait for their answer."""

import itertools
from dataclasses import dataclass

from bot.demo.telegram.clock import Clock
from bot.demo.telegram.errors import OLD_QUERY, bad_request
from bot.demo.telegram.parameters import Json


@dataclass(frozen=True)
class Query:
    """A tap: who, in which chat, on which message, with which data."""

    id: str
    user_id: int
    chat_id: int
    message_id: int
    data: str
    asked_at: float

    def summary(self) -> Json:
        """The tap for the workshop's list."""
        return {
            "callback_query_id": self.id,
            "user_id": self.user_id,
            "chat_id": self.chat_id,
            "message_id": self.message_id,
            "data": self.data,
            "date": int(self.asked_at),
        }


class Queries:
    """Callback queries without an answer; each takes exactly one, within its life."""

    def __init__(self, clock: Clock, life: float) -> None:
        self.clock = clock
        self.life = life
        self._waiting: dict[str, Query] = {}
        self._ids = itertools.count(4_000_000_000_000_001)

    def ask(self, user_id: int, chat_id: int, message_id: int, data: str) -> Query:
        """A new tap."""
        query = Query(str(next(self._ids)), user_id, chat_id, message_id, data, self.clock.seconds())
        self._waiting[query.id] = query
        return query

    def answer(self, query_id: str) -> Query:
        """Take the answer; refused for a tap that is unknown, answered or too old."""
        query = self._waiting.get(query_id)
        if query is None or self.clock.seconds() - query.asked_at > self.life:
            raise bad_request(OLD_QUERY)
        return self._waiting.pop(query_id)

    def unanswered(self) -> list[Query]:
        """Every tap that nobody answered, too old ones as well."""
        return list(self._waiting.values())
