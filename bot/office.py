"""What the whole program agrees on: the rules given, time zone, language, the bot's own name, and the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from domain.clock import Moment, now_in
from domain.db import Session
from domain.policy import Policy
from domain.rules import Rules, current
from domain.timetable import USUAL, Timetable


@dataclass(frozen=True)
class Office:
    """The organisation as the settings describe it; `rules` are those in force, which admins may have changed since.

    `clock` tells the present moment; the demo's can be moved on. `bot_name` is known once Telegram has said it.
    """

    policy: Policy
    zone: ZoneInfo
    language: str
    clock: Callable[[ZoneInfo], Moment] = now_in
    bot_name: str = ""
    timetable: Timetable = USUAL

    def now(self) -> Moment:
        """The present moment in the organisation's zone."""
        return self.clock(self.zone)

    def rules(self, session: Session) -> Rules:
        """The rules in force."""
        return current(session, Rules(policy=self.policy, timetable=self.timetable))
