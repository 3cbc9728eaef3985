"""Moments of the past at which people work: by day, nine to six by the organisation's clock, never later than now."""

import random
from datetime import date, datetime, timedelta

from domain.clock import Moment

_OPENS = timedelta(hours=9)
_MINUTES = 9 * 60
_WEEKEND = 5


class Days:
    """The past of one moment."""

    def __init__(self, now: Moment, rng: random.Random) -> None:
        self.now = now
        self._rng = rng

    def day(self, ago: int) -> date:
        """The organisation's calendar day so many days ago; a negative number is to come."""
        return self.now.today - timedelta(days=ago)

    def at(self, ago: int) -> datetime:
        """Some minute of the working hours of that day, in UTC."""
        opened = self.now.start_of_day(self.day(ago)) + _OPENS
        wanted = opened + timedelta(minutes=self._rng.randrange(_MINUTES))
        return min(wanted, self.now.utc - timedelta(minutes=5))

    def between(self, first: datetime, last: datetime) -> datetime:
        """A working minute between two instants, on a weekday where there is room for one."""
        oldest, newest = ((self.now.today - self.now.local(each).date()).days for each in (first, last))
        ago = self._rng.randint(newest, oldest)
        while ago < oldest and self.day(ago).weekday() >= _WEEKEND:
            ago += 1
        return min(max(self.at(ago), first + timedelta(minutes=10)), last)
