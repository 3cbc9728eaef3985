"""Two replicas of the real process behind one webhook, on one PostgreSQL: raced, restarted in turn, and killed."""

import asyncio
import itertools
import random
import socket
from contextlib import AsyncExitStack, asynccontextmanager

import pytest
import pytest_asyncio
from sqlalchemy import update

from domain.clock import now_in
from domain.models import InboxStatus, OutboxMessage, OutboxStatus
from tests.domain.office import SHANGHAI
from tests.faults.cards import deal
from tests.faults.crowd import Crowd, nothing_was_lost_and_no_effect_came_twice, twins
from tests.faults.process import BotProcess
from tests.faults.scene import CLAIM, until
from tests.faults.test_race import holder, refusals

SEED = 20261125
TAPS = 90
SECRET = "webhook-secret"


@pytest.fixture(params=["postgresql"])
def database_url(request, postgresql):
    """SQLite takes one process only."""
    url = postgresql.fresh()
    yield url
    postgresql.drop(url)


@pytest.fixture
def crowd(office_town):
    """Twenty people, who are there before the bots."""
    return Crowd(office_town, random.Random(SEED))


def free_ports(count):
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


class Replicas:
    """Two bots at the addresses of which deliveries take turns."""

    def __init__(self, town, folder):
        self.town, self.ports = town, free_ports(2)
        self.bots = [self._bot(folder / f"replica{number}", port) for number, port in enumerate(self.ports)]

    def _bot(self, folder, port):
        folder.mkdir()
        settings = {
            "GONGHAI_TELEGRAM__WEBHOOK_URL": "http://127.0.0.1:1/telegram",
            "GONGHAI_TELEGRAM__SECRET_TOKEN": SECRET,
            "GONGHAI_TELEGRAM__LISTEN": f"127.0.0.1:{port}",
        }
        return BotProcess(self.town, folder, **settings)

    async def listen(self):
        """Telegram begins to deliver, to one and the other in turn."""
        self.deliver_to(0, 1)
        await self.town.call("setWebhook", url="http://127.0.0.1:1/telegram", secret_token=SECRET)

    def deliver_to(self, *numbers):
        """From now on these take turns."""
        urls = [f"http://127.0.0.1:{self.ports[number]}/telegram" for number in numbers]
        self.town.telegram.webhook.spread = itertools.cycle(urls)

    def errors(self):
        return [line for bot in self.bots for line in bot.logged("error", "critical")]

    def turns(self):
        """How many turns each replica took."""
        return [sum(line["event"] == "turn" for line in bot.logged("info")) for bot in self.bots]


@asynccontextmanager
async def replicas_of(town, folder):
    replicas = Replicas(town, folder)
    async with AsyncExitStack() as running:
        await asyncio.gather(*(running.enter_async_context(bot) for bot in replicas.bots))
        await replicas.listen()
        yield replicas


@pytest_asyncio.fixture
async def replicas(office_town, tmp_path):
    async with replicas_of(office_town, tmp_path) as replicas:
        yield replicas


class TestARace:
    async def test_across_replicas_has_one_winner_for_each_customer(self, office_town, replicas):
        office, customers = office_town.office, [office_town.office.in_pool() for _ in range(4)]
        sellers = [office_town.hire(f"seller{n:02d}", superior=("li", "wu")[n % 2]).name.lower() for n in range(16)]
        cards = await deal(office_town, dict.fromkeys(sellers, customers))
        await asyncio.gather(*(person.tap_on(card.id, CLAIM) for person, card in cards))
        await office_town.quiet()
        holders = {customer: holder(office, customer) for customer in customers}
        for person in office_town.people(sellers):
            lost_to = [name for name in holders.values() if name != person.name]
            assert sorted(refusals(person).elements()) == sorted(lost_to), await person.transcript()
        assert all(replicas.turns()), "both took part"
        assert replicas.errors() == []


class TestARollingRestart:
    async def test_under_load_loses_and_doubles_nothing(self, office_town, crowd, replicas):
        await crowd.greet()
        for bot in replicas.bots:
            tapping = asyncio.create_task(crowd.tap_often(TAPS // 3))
            await asyncio.sleep(crowd.rng.uniform(0.1, 0.3))
            await bot.stop()
            await bot.start()
            await tapping
        await crowd.tap_often(TAPS // 3)
        await office_town.quiet(seconds=120)
        assert not twins(office_town, (*crowd.leads, *crowd.sellers))
        assert crowd.taps == TAPS
        await crowd.tap_until_decided()
        nothing_was_lost_and_no_effect_came_twice(office_town, crowd)
        assert replicas.errors() == []
        assert all(replicas.turns()), "both took part"


class TestAKilledReplica:
    async def test_leaves_its_lanes_at_once_and_its_messages_with_the_lease(self, office_town, crowd, replicas):
        an = office_town.person("an")
        dying, _ = replicas.bots
        await crowd.greet()
        await office_town.quiet()
        replicas.deliver_to(0)
        office_town.strike("slow", method="sendMessage", chat_id=an.user_id, seconds=60)
        await an.send("/my")
        in_flight = (OutboxMessage.status == OutboxStatus.SENDING, OutboxMessage.chat_id == an.user_id)
        (caught,) = await until(lambda: office_town.outbox(*in_flight), "the answer is on its way")
        tapping = asyncio.create_task(crowd.tap_often(TAPS // 3))
        await asyncio.sleep(0.2)
        await dying.kill()
        replicas.deliver_to(1)
        await an.send("/pool")
        await until(lambda: {each.status for each in office_town.updates()} == {InboxStatus.DONE}, "the lane goes on")
        await tapping
        (still,) = office_town.outbox(*in_flight)
        assert still.id == caught.id, "the message waits for its lease"
        let_leases_end(office_town)
        await office_town.quiet()
        await dying.start()
        replicas.deliver_to(0, 1)
        await crowd.tap_until_decided()
        assert {row.status for row in office_town.outbox(OutboxMessage.chat_id == an.user_id)} == {OutboxStatus.SENT}
        nothing_was_lost_and_no_effect_came_twice(office_town, crowd)


def let_leases_end(town):
    """Half a minute passes for what a dead process had in flight."""
    with town.database.unit_of_work() as session:
        flying = update(OutboxMessage).where(OutboxMessage.status == OutboxStatus.SENDING)
        session.execute(flying.values(lease_until=now_in(SHANGHAI).utc))
