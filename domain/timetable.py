"""When the organisation is spoken to: the digest's time and the quiet hours, on its own wall clock (SPEC 6)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from domain.clock import Moment

SWEEP_TIME = time(0, 5)
"""A little after the deadline day, which belongs to the owner whole."""


class QuietHours(NamedTuple):
    """The part of the day, perhaps over midnight, in which only what is urgent is sent; empty when start is end."""

    start: time
    end: time

    @classmethod
    def parse(cls, value: object) -> Self:
        """`HH:MM-HH:MM`. Raises ValueError."""
        start, _, end = str(value).partition("-")
        return cls(wall_time(start), wall_time(end))

    def __contains__(self, moment: object) -> bool:
        """Whether a time of day lies within."""
        assert isinstance(moment, time)
        if self.start <= self.end:
            return self.start <= moment < self.end
        return moment >= self.start or moment < self.end

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


@dataclass(frozen=True, kw_only=True)
class Timetable:
    """The organisation's day."""

    digest_time: time
    quiet_hours: QuietHours

    def quiet(self, now: Moment) -> bool:
        """Whether only what is urgent may be said now."""
        return now.local(now.utc).time() in self.quiet_hours


USUAL = Timetable(digest_time=time(8, 30), quiet_hours=QuietHours(time(21), time(8)))
"""What holds until an organisation says otherwise."""


def at(wall: time, day: date, zone: ZoneInfo) -> datetime:
    """The UTC instant of a time of day on a day; where the clocks skip it or show it twice, there is still exactly one."""
    return datetime.combine(day, wall, zone).astimezone(UTC)


def wall_time(value: object) -> time:
    """`HH:MM`. Raises ValueError."""
    text = str(value)
    if len(text) != len("08:30"):
        raise ValueError(value)
    return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 — a time of day has no zone
