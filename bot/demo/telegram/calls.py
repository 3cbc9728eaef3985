"""The log of Bot API calls, in the order in which they were answered."""

import json
from collections import deque
from typing import NamedTuple

from bot.demo.telegram.parameters import Json

_KEPT = 20_000


class Call(NamedTuple):
    """One call: its number, what was asked, and the answer as it was written."""

    number: int
    method: str
    parameters: Json
    status: int
    answer: bytes
    at: float

    def summary(self) -> Json:
        """The call as the workshop shows it: `answer` is null when it was not JSON or nothing was sent."""
        return {
            "n": self.number,
            "method": self.method,
            "params": self.parameters,
            "status": self.status,
            "answer": json.loads(self.answer) if self.answer.startswith(b"{") else None,
            "at": self.at,
        }


class Calls:
    """The newest twenty thousand calls."""

    def __init__(self) -> None:
        self._calls: deque[Call] = deque(maxlen=_KEPT)
        self._count = 0

    def add(self, method: str, parameters: Json, status: int, answer: bytes, at: float) -> None:
        """Note a call."""
        self._count += 1
        self._calls.append(Call(self._count, method, parameters, status, answer, at))

    def after(self, number: int) -> list[Call]:
        """The calls later than the given number."""
        return [call for call in self._calls if call.number > number]
