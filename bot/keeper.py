"""Updates on their way into the inbox: what comes while others are being kept is kept after them, all under one commit."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.hop import Hop
from bot.office import Office
from domain import inbox, trouble
from domain.db import Session
from domain.inbox import Incoming


@dataclass(frozen=True)
class _Delivery:
    """Updates that came together; `kept` is answered with the ids that were new."""

    updates: Sequence[Incoming]
    kept: "asyncio.Future[set[int]]" = field(default_factory=lambda: asyncio.get_running_loop().create_future())


class Keeper:
    """Keeps deliveries: one transaction at a time, each for all that wait."""

    def __init__(self, hop: Hop, office: Office) -> None:
        self._hop, self._office = hop, office
        self._waiting: list[_Delivery] = []
        self._keeping: asyncio.Task[None] | None = None

    async def keep(self, updates: Sequence[Incoming]) -> set[int]:
        """Keep updates and return the ids that were new: when this returns they are safe. Raises what the database raises."""
        delivery = _Delivery(updates)
        self._waiting.append(delivery)
        if self._keeping is None or self._keeping.done():
            self._keeping = asyncio.create_task(self._keep_all())
        return await delivery.kept

    async def _keep_all(self) -> None:
        while self._waiting:
            deliveries, self._waiting = self._waiting, []
            try:
                await self._together(deliveries)
            except Exception as broken:  # noqa: BLE001 — told to whoever delivered
                if trouble.passes(broken) or len(deliveries) == 1:
                    _refuse(deliveries, broken)
                else:
                    await self._apart(deliveries)

    async def _apart(self, deliveries: Sequence[_Delivery]) -> None:
        """One of them cannot be kept: the others are."""
        for delivery in deliveries:
            try:
                await self._together([delivery])
            except Exception as broken:  # noqa: BLE001 — as above
                _refuse([delivery], broken)

    async def _together(self, deliveries: Sequence[_Delivery]) -> None:
        updates = [update for delivery in deliveries for update in delivery.updates]

        def store(session: Session) -> set[int]:
            return inbox.store(session, updates, now=self._office.now())

        new = await self._hop(store)
        for delivery in deliveries:
            mine = new & {update.update_id for update in delivery.updates}
            new -= mine  # delivered twice at once, it is new to one of them
            if not delivery.kept.done():
                delivery.kept.set_result(mine)


def _refuse(deliveries: Sequence[_Delivery], broken: Exception) -> None:
    for delivery in deliveries:
        if not delivery.kept.done():
            delivery.kept.set_exception(broken)
