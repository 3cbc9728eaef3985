"""kill -9 in the middle of a sweep, of a digest and of their sending: what is left is what an undisturbed run leaves.

`GONGHAI_TEST_KILLS` is how often each of the two is killed: ten times in a test run, more by hand.
"""

import asyncio
import os
import random
from collections import Counter

import pytest

from domain.models import OutboxMessage, OutboxStatus
from domain.presence import Presence
from tests.faults.lives import Lives, zone_at_noon
from tests.faults.morning import JOBS, founded, runs, screens, state, swept
from tests.faults.scene import town_like, until

KILLS = int(os.environ.get("GONGHAI_TEST_KILLS", "10"))
WHILE_SENDING = 3
TEAMS = 6 + KILLS
SEED = 20_261_125
PAUSE = 0.02
A_STEP, THE_DIGEST = 0.3, 0.15
AN_ANSWER = 0.3


class Killer:
    """Kills one life after the other at random moments, and notes what was under way."""

    def __init__(self, town, lives):
        self.town, self.lives, self.chance = town, lives, random.Random(SEED)
        self.in_flight = Counter()
        self.hits = Counter()

    async def kill_in(self, job, longest, never=""):
        """Kill while a step of the job is under way, or between two."""
        before = self.lives.steps(job)
        pid = await self.lives.begin(pause=PAUSE, chunk=1, never=never)
        await self.lives.at_work(job, before)
        await self._kill(pid, longest)
        self.hits[job] += job in runs(self.town)[1]

    async def finish(self, job):
        """Let the job be done, and nothing after it."""
        if job not in runs(self.town)[0]:
            pid = await self.lives.begin(chunk=1, never="digest")
            await until(lambda: job in runs(self.town)[0], f"{job} is done")
            await self._kill(pid, 0)

    async def kill_while_sending(self):
        """Kill while Telegram lets the bot wait for its answers."""
        self.town.strike("slow", method="sendMessage", seconds=AN_ANSWER, times=1000)
        pid = await self.lives.begin()
        await until(self._in_flight, "messages are on their way")
        await self._kill(pid, AN_ANSWER)
        self.town.telegram.faults.clear()

    async def _kill(self, pid, longest):
        await asyncio.sleep(self.chance.uniform(0, longest))
        await self.lives.end(pid)
        await until(lambda: deserted(self.town), "the database knows that it is dead")
        caught = self._in_flight()
        self.hits["with messages in flight"] += bool(caught)
        self.in_flight.update(row.chat_id for row in caught)

    def _in_flight(self):
        return self.town.outbox(OutboxMessage.status == OutboxStatus.SENDING)


def deserted(town):
    presence = Presence(town.database)
    with presence.entering() as alone:
        pass
    presence.leave()
    return alone


async def all_done(town, lives):
    """A life that nobody disturbs, until everything is done and said."""
    pid = await lives.begin()
    await until(lambda: len(runs(town)[0]) == JOBS, "every job is done")
    await town.quiet()
    await lives.end(pid)


@pytest.mark.timeout(900)
async def test_killed_again_and_again_it_leaves_what_an_undisturbed_run_leaves(town, copied, tmp_path, record_property):
    zone = zone_at_noon()
    founded(town, zone, TEAMS)
    async with town_like(town, copied(town.database)) as calm, Lives(calm, tmp_path, zone) as lives:
        await all_done(calm, lives)
        wanted, shown = state(calm), screens(calm)
        assert swept(calm) == (2 * TEAMS, TEAMS)

    async with Lives(town, tmp_path, zone) as lives:
        killer = Killer(town, lives)
        for _ in range(KILLS):
            await killer.kill_in("sweep", A_STEP, never="digest")
        await killer.finish("sweep")
        for _ in range(KILLS):
            await killer.kill_in("digest", THE_DIGEST)
        for _ in range(WHILE_SENDING):
            await killer.kill_while_sending()
        await all_done(town, lives)
        errors = lives.errors()

    twice = screens(town) - shown
    twins = Counter(chat for chat, _ in twice.elements())
    report = f"{dict(killer.hits)} of {2 * KILLS + WHILE_SENDING} kills, {twins.total()} messages twice"
    record_property("twins", report)
    print(f"\n{town.database.engine.dialect.name}: {report}")  # noqa: T201 - a figure of the report
    assert errors == []
    assert state(town) == wanted
    assert shown <= screens(town)
    assert set(twice) <= set(shown)
    assert twins <= killer.in_flight
    assert min(killer.hits["sweep"], killer.hits["digest"]) > KILLS / 2
