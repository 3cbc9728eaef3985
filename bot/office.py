"""What the whole program agrees on: the rules given, time zone, language, the bot's own name, and the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

import structlog

from domain.clock import Moment, now_in
from domain.db import Session
from domain.policy import Policy
from domain.rules import Rules, current
from domain.timetable import USUAL, Timetable

log = structlog.get_logger()


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

    @property
    def given(self) -> Rules:
        """The rules as the settings describe them."""
        return Rules(policy=self.policy, timetable=self.timetable)

    def rules(self, session: Session) -> Rules:
        """The rules in force. A change that cannot hold (any more) is logged, once, and passed over."""
        found = current(session, self.given)
        _complain(found.ignored)
        return found


@lru_cache(maxsize=8)
def _complain(ignored: tuple[str, ...]) -> None:
    if ignored:
        log.warning("rules_ignored", rules=ignored)
