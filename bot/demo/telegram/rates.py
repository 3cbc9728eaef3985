"""Telegram's rates, off until switched on: for a private chat, for a group and over all."""

import math

from bot.demo.telegram.clock import Clock
from bot.demo.telegram.errors import too_many_requests

_CHAT_BURST = 5.0  # and one a second
_GROUP_BURST = 20.0  # a minute
_MINUTE = 60.0
_OVERALL_BURST = 30.0


class _Bucket:
    def __init__(self, burst: float, per_second: float, now: float) -> None:
        self.burst = burst
        self.per_second = per_second
        self.level = burst
        self.at = now

    def wait(self, now: float) -> float:
        """Seconds until there is room for one more."""
        self.level = min(self.burst, self.level + (now - self.at) * self.per_second)
        self.at = now
        return 0.0 if self.level >= 1 else (1 - self.level) / self.per_second


class Rates:
    """Token buckets over the imitation's clock; every refusal in a row waits longer."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.enabled = False
        self._chats: dict[int, _Bucket] = {}
        self._overall = _Bucket(_OVERALL_BURST, _OVERALL_BURST, clock.seconds())
        self._refusals: dict[int, int] = {}

    def spend(self, chat_id: int) -> None:
        """Count one message to the chat, or refuse it with 429."""
        if not self.enabled:
            return
        now = self.clock.seconds()
        chat = self._chats.setdefault(chat_id, _bucket(chat_id, now))
        wait = max(chat.wait(now), self._overall.wait(now))
        if wait:
            self._refusals[chat_id] = self._refusals.get(chat_id, 0) + 1
            raise too_many_requests(math.ceil(wait) + self._refusals[chat_id] - 1)
        self._refusals.pop(chat_id, None)
        chat.level -= 1
        self._overall.level -= 1


def _bucket(chat_id: int, now: float) -> _Bucket:
    """A full bucket: groups have negative ids."""
    if chat_id < 0:
        return _Bucket(_GROUP_BURST, _GROUP_BURST / _MINUTE, now)
    return _Bucket(_CHAT_BURST, 1.0, now)
