"""The ledger of what people did: when each operation was tapped and answered, and what it must have left behind."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from benchmarks.weather.phones import Message, Phone, Wanted

PATIENCE = 180.0

Effect = tuple[str, int]
"""An event of the timeline and who did it."""


class Told(NamedTuple):
    """A message that an act must cause: its kind in the outbox, whom it is for, which customer it is about."""

    kind: str
    user_id: int
    customer_id: int


class Operation(NamedTuple):
    """One thing that somebody did; times are the loop's."""

    kind: str
    began: float
    ended: float


class NeverAnsweredError(Exception):
    """Nothing came of it that could be seen."""


@dataclass
class Ledger:
    """What was done. `effects` are in order for each customer; `owners` is whose each is in the end (None: nobody's)."""

    done: list[Operation] = field(default_factory=list)
    effects: dict[int, list[Effect]] = field(default_factory=lambda: defaultdict(list))
    owners: dict[int, int | None] = field(default_factory=dict)
    winners: dict[int, list[int]] = field(default_factory=dict)
    told: Counter[Told] = field(default_factory=Counter)
    unanswered: list[str] = field(default_factory=list)
    taps_again: int = 0

    def expect(self, customer_id: int, event: str, by: int) -> None:
        """An act on a customer was begun that must have this effect."""
        self.effects[customer_id].append((event, by))


class Pace:
    """So many operations a second, at even distances; what could not be kept is not made up for."""

    def __init__(self, per_second: float) -> None:
        self._gap, self._next = 1 / per_second, 0.0

    async def turn(self) -> None:
        now = asyncio.get_running_loop().time()
        self._next = max(now, self._next + self._gap)
        await asyncio.sleep(self._next - now)


async def answered(ledger: Ledger, phone: Phone, kind: str, deed: Callable[[], Awaitable[None]], wanted: Wanted) -> Message:
    """Do something and wait for what it must lead to. An operation without a kind is a step of a longer one."""
    clock = asyncio.get_running_loop().time
    seen = phone.expect(wanted)
    began = clock()
    await deed()
    try:
        message = await asyncio.wait_for(seen, PATIENCE)
    except TimeoutError:
        ledger.unanswered.append(f"{kind}: {phone.member.name}")
        raise NeverAnsweredError(kind) from None
    ledger.done.append(Operation(kind, began, clock()))
    return message
