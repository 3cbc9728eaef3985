"""What the whole program agrees on: rules, time zone, language, the bot's own name, and the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from domain.clock import Moment, now_in
from domain.policy import Policy


@dataclass(frozen=True)
class Office:
    """The organisation as the settings describe it.

    `clock` tells the present moment; the demo's can be moved on. `bot_name` is known once Telegram has said it.
    """

    policy: Policy
    zone: ZoneInfo
    language: str
    clock: Callable[[ZoneInfo], Moment] = now_in
    bot_name: str = ""

    def now(self) -> Moment:
        """The present moment in the organisation's zone."""
        return self.clock(self.zone)
