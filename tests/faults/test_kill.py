"""kill -9 in the middle of work, again and again: every tap has its effect once, and every message arrives."""

import asyncio
import random
from collections import Counter

import pytest

from domain.models import OutboxMessage, OutboxStatus
from tests.faults.crowd import Crowd, nothing_was_lost_and_no_effect_came_twice, twins
from tests.faults.process import BotProcess
from tests.faults.scene import until

KILLS = {"sqlite": 30, "postgresql": 10}
TAPS = 300
SEED = 20260302


class Killer:
    """Kills the bot at random moments while people tap, and notes what was on its way each time."""

    def __init__(self, town, crowd, bot):
        self.town, self.crowd, self.bot = town, crowd, bot
        self.in_flight = Counter()
        self.kills = self.kills_in_flight = 0

    async def kill(self, times):
        for _ in range(times):
            tapping = asyncio.create_task(self.crowd.tap_often(TAPS // times))
            await self._until_it_has_said(self.crowd.rng.randint(1, TAPS // times))
            await asyncio.sleep(self.crowd.rng.uniform(0.05, 0.6))
            await self.bot.kill()
            self._look_at_the_wreck()
            await tapping
            await self.bot.start()

    async def _until_it_has_said(self, more):
        """However slow the machine, every life of the bot gets something done."""
        wanted = self._said() + more
        await until(lambda: self._said() >= wanted, "the bot is at work")

    def _said(self):
        return len(self.town.calls("sendMessage")) + len(self.town.calls("editMessageText"))

    def _look_at_the_wreck(self):
        caught = self.town.outbox(OutboxMessage.status == OutboxStatus.SENDING)
        self.kills += 1
        self.kills_in_flight += bool(caught)
        self.in_flight.update(row.chat_id for row in caught)


class TestKilledInTheMiddleOfWork:
    @pytest.mark.timeout(900)
    async def test_nothing_is_lost_and_no_effect_comes_twice(self, office_town, tmp_path, record_property):
        town = office_town
        crowd = Crowd(town, random.Random(SEED))
        kills = KILLS["sqlite" if town.database.is_sqlite else "postgresql"]
        async with BotProcess(town, tmp_path) as bot:
            await crowd.greet()
            killer = Killer(town, crowd, bot)
            await killer.kill(kills)
            await town.quiet(seconds=120)
            errors = bot.logged("error", "critical")

        found = twins(town, (*crowd.leads, *crowd.sellers))
        report = f"{killer.kills} kills, {killer.kills_in_flight} with something in flight, {found.total()} messages sent twice"
        record_property("twins", report)
        print(f"\n{town.database.engine.dialect.name}: {report}")  # noqa: T201 - a figure of the report
        assert errors == []
        assert found <= killer.in_flight
        assert crowd.taps == TAPS
        nothing_was_lost_and_no_effect_came_twice(town, crowd)
