"""The lives of customers, many at once: claimed at once, by request or in a race, worked on, and let go.

A story's customer is its own, so that all that must stand in its timeline is known; the people are everybody's.
"""

import asyncio
import itertools
import random
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack

from benchmarks.weather.hands import Hands
from benchmarks.weather.ledger import Ledger, NeverAnsweredError, Pace
from benchmarks.weather.phones import Phone, RefusedError
from benchmarks.weather.staff import Stock

WORKS = 4
RACERS = 4


class Town:
    """The people, the customers that nobody has begun on, and the ledger."""

    def __init__(self, phones: Mapping[int, Phone], stock: Iterator[Stock], ledger: Ledger, pace: Pace, seed: int) -> None:
        self.phones, self._stock, self.ledger, self._pace = phones, stock, ledger, pace
        self._seeds = itertools.count(seed * 1_000_000)
        self.sellers = [phone for phone in phones.values() if phone.member.id != phone.member.lead_id]
        self.closing = asyncio.Event()
        self.refused: list[str] = []

    async def live(self) -> None:
        """One story after the other, until the town closes."""
        while not self.closing.is_set():
            story = _Story(self, next(self._stock), random.Random(next(self._seeds)))
            try:
                await story.tell()
            except NeverAnsweredError:
                continue
            except RefusedError as error:
                self.refused.append(str(error))

    def hands(self, rng: random.Random, phone: Phone, customer: Stock) -> Hands:
        return Hands(self.ledger, self._pace, rng, phone, customer)

    def team(self, lead_id: int) -> list[Phone]:
        return [phone for phone in self.sellers if phone.member.lead_id == lead_id]


class _Story:
    def __init__(self, town: Town, customer: Stock, rng: random.Random) -> None:
        self.town, self.customer, self.rng = town, customer, rng
        self.notes = itertools.count(1)

    def _by(self, phone: Phone) -> Hands:
        return self.town.hands(self.rng, phone, self.customer)

    @property
    def _owner(self) -> Phone | None:
        owner_id = self.town.ledger.owners.get(self.customer.id)
        return None if owner_id is None else self.town.phones[owner_id]

    async def tell(self) -> None:
        self.town.ledger.owners[self.customer.id] = None
        await self._begin()
        for _ in range(WORKS):
            if self.town.closing.is_set():
                return
            await self._work()
        await self._end()

    async def _begin(self) -> None:
        last = self.customer.last_lead_id
        if last is None:
            await (self._race() if self.rng.random() < 0.4 else self._claim(self.rng.choice(self.town.sellers)))
        elif self.rng.random() < 0.3:
            await self._claim(self.rng.choice(self.town.team(last)))
        else:
            await self._ask(last)

    async def _claim(self, phone: Phone) -> None:
        async with phone.lock:
            await self._by(phone).claim()

    async def _ask(self, last: int) -> None:
        asking = self.rng.choice([phone for phone in self.town.sellers if phone.member.lead_id != last])
        ending = self.rng.random()
        async with asking.lock:
            card = await self._by(asking).ask(last)
            if ending < 0.15:
                await self._by(asking).take_back(card)
        if ending >= 0.15:
            lead = self.town.phones[last]
            async with lead.lock:
                await self._by(lead).decide(asking.member.id, yes=ending > 0.35)
        if self._owner is None:
            await self._claim(self.rng.choice(self.town.team(last)))

    async def _race(self) -> None:
        """Some people open the card, then all tap at once: one has it, the others are told who."""
        racers = sorted(self.rng.sample(self.town.sellers, RACERS), key=lambda phone: phone.member.id)
        async with AsyncExitStack() as held:
            for phone in racers:
                await held.enter_async_context(phone.lock)
            cards = [await self._by(phone).card() for phone in racers]
            ends = await asyncio.gather(
                *(self._by(phone).race(card) for phone, card in zip(racers, cards, strict=True)), return_exceptions=True
            )
        won = [phone.member.id for phone, end in zip(racers, ends, strict=True) if end is True]
        self.town.ledger.winners[self.customer.id] = won
        if len(won) != 1 or any(isinstance(end, BaseException) for end in ends):
            raise NeverAnsweredError("race")
        self.town.ledger.expect(self.customer.id, "claimed", won[0])
        self.town.ledger.owners[self.customer.id] = won[0]

    async def _work(self) -> None:
        owner = self._owner
        assert owner is not None
        lead = self.town.phones[owner.member.lead_id]
        what = self.rng.choice(("follow", "follow", "extend", "assign", "delete", "look", "look"))
        undo = self.rng.random() < 0.4
        who = lead if what in ("extend", "assign") or (what == "look" and self.rng.random() < 0.3) else owner
        async with who.lock:
            await self._done(self._by(who), what, owner, undo=undo)

    async def _done(self, hands: Hands, what: str, owner: Phone, *, undo: bool) -> None:
        if what == "follow":
            await hands.follow_up(next(self.notes))
        elif what == "extend":
            await hands.extend(undo=undo)
        elif what == "assign":
            others = [phone for phone in self.town.team(owner.member.lead_id) if phone is not owner]
            await hands.assign(self.rng.choice(others), owner.member.id, undo=undo)
        elif what == "delete":
            await hands.delete(undo=undo)
        else:
            await hands.look_around()

    async def _end(self) -> None:
        owner = self._owner
        assert owner is not None
        lead = self.town.phones[owner.member.lead_id]
        async with lead.lock:
            await self._by(lead).release(owner.member.id, undo=self.rng.random() < 0.3)
