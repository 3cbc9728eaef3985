"""Time as an argument: an instant in UTC and the organisation's calendar day that goes with it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class Moment:
    """When an operation happens: `utc` is aware UTC, `zone` the organisation's time zone, whose days count (SPEC 4)."""

    utc: datetime
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if self.utc.tzinfo is None:
            raise ValueError(self.utc)

    @property
    def today(self) -> date:
        """The organisation's calendar day."""
        return self.utc.astimezone(self.zone).date()

    def local(self, instant: datetime) -> datetime:
        """An instant as the organisation's wall clock shows it."""
        return instant.astimezone(self.zone)

    def start_of_day(self, day: date) -> datetime:
        """The UTC instant at which `day` begins for the organisation."""
        return datetime.combine(day, time.min, self.zone).astimezone(UTC)

    def after(self, span: timedelta) -> "Moment":
        """The moment `span` later, in the same zone."""
        return Moment(self.utc + span, self.zone)


def now_in(zone: ZoneInfo) -> Moment:
    """The present moment."""
    return Moment(datetime.now(UTC), zone)


def day_of(instant: str | None, zone: str) -> str | None:
    """The calendar day in a zone of an instant as SQLite keeps it, both as texts: what PostgreSQL can tell by itself."""
    if instant is None:
        return None
    return datetime.fromisoformat(instant).replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date().isoformat()
