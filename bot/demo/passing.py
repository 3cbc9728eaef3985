"""Time passing in the demo: on the way to another day every morning between is lived through, as the bot would have lived it.

Each day the bot looks when the quiet hours end and when the digest is due, and all that it has to say is said before the clock
goes on. So a week that is skipped shows a week's messages, each under its own day, and whoever was warned on Monday loses the
customer on Tuesday.
"""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.app import Application
from bot.demo.telegram.clock import Clock
from domain.timetable import USUAL, at

STOPS = (USUAL.quiet_hours.end, USUAL.digest_time)
LOOK_AGAIN = 0.05
PATIENCE = 400
"""So many looks."""


class Passing:
    """Moves the clock of the demo, one mover at a time."""

    def __init__(self, clock: Clock, application: Application, zone: ZoneInfo) -> None:
        self._clock, self._application, self._zone = clock, application, zone
        self._one_at_a_time = asyncio.Lock()

    async def pass_by(self, seconds: float) -> None:
        """Let that much time pass, with all that falls due in it."""
        async with self._one_at_a_time:
            start = self._clock.now()
            end = start + timedelta(seconds=seconds)
            for moment in [*stops(start, end, self._zone), end]:
                await self._at_rest()
                self._clock.advance(max(0.0, (moment - self._clock.now()).total_seconds()))
                await self._application.look_at_the_clock()
            await self._at_rest()

    async def _at_rest(self) -> None:
        """Wait until everything is said; what cannot be said now holds nobody up for long."""
        for _ in range(PATIENCE):
            if await self._application.at_rest():
                return
            await asyncio.sleep(LOOK_AGAIN)


def stops(start: datetime, end: datetime, zone: ZoneInfo, times: Sequence[time] = STOPS) -> Iterator[datetime]:
    """The moments after `start` and before `end` at which one of these times of day comes, in order."""
    day = start.astimezone(zone).date()
    while day <= end.astimezone(zone).date():
        yield from (moment for wall in times if start < (moment := at(wall, day, zone)) < end)
        day += timedelta(days=1)
