"""Three hundred customers spread over owners, pool and bins: how many of each sort, and whose they are."""

import random
from collections.abc import Iterator
from itertools import cycle

from bot.demo.sample.companies import Company, companies
from bot.demo.sample.histories import Histories
from bot.demo.sample.people import AIR, LEADS, SEA_ONE, SEA_TWO
from bot.demo.sample.staff import Staff
from domain.seeding import PastCustomer
from domain.stages import Stage

DUE_IN = {0: 2, 1: 3, 3: 4, 7: 5}
"""How many signing deadlines lie so many days ahead."""

DORMANT_IN = (1, 3, 7)
"""Dormancy deadlines that are near, one customer each."""

COOPERATING = 25
WOKEN = 3
OPEN = 125
DORMANT = 6
UNOWNED_AGES = (150,) * 14 + (64,) * 15 + (12,) * 11 + (1,) * 2
"""How many days ago the admin imported the customers that nobody ever owned."""

RELEASED_BY_TEAM = 20
OVERDUE_BY_TEAM = 5
BINNED = 10

_STAGES = (Stage.POTENTIAL,) * 4 + (Stage.INTERESTED,) * 3 + (Stage.QUOTING,) * 3


class Spread:
    """Deals companies out to people of their own ground while there are any."""

    def __init__(self, rng: random.Random, histories: Histories, staff: Staff) -> None:
        self._rng, self._histories, self._staff = rng, histories, staff
        self._piles: dict[bool, list[Company]] = {True: [], False: []}
        for company in companies(rng):
            self._piles[company.north].append(company)
        self._owners = cycle(self._hands())

    def customers(self) -> list[PastCustomer]:
        """Everybody, the oldest records first, as their codes will tell."""
        made = [*self._owned(), *self._pooled(), *self._binned()]
        return sorted(made, key=lambda past: past.created_at)

    def _hands(self) -> list[int]:
        """Who gets the next one: salespeople three times as often as their leads."""
        hands = [person for team in LEADS for person in self._staff.team(team) * 3 + [self._staff.ids[LEADS[team]]]]
        return self._rng.sample(hands, len(hands))

    def _company(self, owner_id: int) -> Company:
        north = self._staff.lead_of(owner_id) != self._staff.ids[LEADS[AIR]]
        return (self._piles[north] or self._piles[not north]).pop()

    def _anyone(self) -> tuple[Company, int]:
        owner_id = next(self._owners)
        return self._company(owner_id), owner_id

    def _owned(self) -> Iterator[PastCustomer]:
        for left, count in DUE_IN.items():
            for _ in range(count):
                yield self._histories.owned(*self._anyone(), self._rng.choice(_STAGES), left=left)
        for _ in range(OPEN):
            yield self._histories.owned(*self._anyone(), self._rng.choice(_STAGES))
        for left in DORMANT_IN:
            yield self._histories.cooperating(*self._anyone(), left=left)
        for _ in range(COOPERATING - len(DORMANT_IN)):
            yield self._histories.cooperating(*self._anyone())
        for _ in range(WOKEN):
            yield self._histories.woken(*self._anyone())

    def _pooled(self) -> Iterator[PastCustomer]:
        for _ in range(DORMANT):
            yield self._histories.dormant(*self._anyone())
        for team in (SEA_ONE, SEA_TWO, AIR):
            members = cycle(self._staff.team(team))
            for _ in range(RELEASED_BY_TEAM):
                owner_id = next(members)
                yield self._histories.released(self._company(owner_id), owner_id, self._rng.randint(0, 110))
            for _ in range(OVERDUE_BY_TEAM):
                owner_id = next(members)
                yield self._histories.overdue(self._company(owner_id), owner_id, self._rng.randint(1, 60))
        for ago in UNOWNED_AGES:
            pile = max(self._piles.values(), key=len)
            yield self._histories.unowned(pile.pop(), ago)

    def _binned(self) -> Iterator[PastCustomer]:
        for place in range(BINNED):
            company, owner_id = self._anyone()
            by = self._staff.lead_of(owner_id) if place % 3 == 0 else owner_id
            yield self._histories.deleted(company, owner_id, self._rng.randint(1, 30), by=by)
