"""The imitation's clock: the machine's time plus what has been advanced by hand."""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime


class Clock:
    """Real time that can be moved forward, never back; `timezone` is the one that the phones show.

    While `movable` is false, the workshop's door refuses to move it. `pass_by` is how that door moves it: by one jump, unless
    somebody lives through the time between.
    """

    def __init__(self, timezone: str | None = None) -> None:
        self.timezone = timezone
        self.movable = True
        self.pass_by: Callable[[float], Awaitable[None]] = self._jump
        self._ahead = 0.0
        self._listeners: list[Callable[[datetime], None]] = []

    def seconds(self) -> float:
        """Unix time, as the imitation sees it."""
        return time.time() + self._ahead

    def stamp(self) -> int:
        """Unix time in whole seconds, as Bot API objects carry it."""
        return int(self.seconds())

    def now(self) -> datetime:
        """The same instant as aware UTC."""
        return datetime.fromtimestamp(self.seconds(), UTC)

    def advance(self, seconds: float) -> datetime:
        """Move the clock forward and tell the listeners; answers the new time, ValueError for a step back."""
        if seconds < 0:
            raise ValueError(seconds)
        self._ahead += seconds
        for listener in self._listeners:
            listener(self.now())
        return self.now()

    def begin(self, instant: datetime) -> None:
        """Run from another instant than the machine's: for pictures that are to be the same tomorrow."""
        self._ahead = instant.timestamp() - time.time()

    def on_advance(self, listener: Callable[[datetime], None]) -> None:
        """Call `listener(now)` whenever somebody advances the clock."""
        self._listeners.append(listener)

    async def _jump(self, seconds: float) -> None:
        self.advance(seconds)
