"""The database drops every connection in the middle of work: nothing is lost, nothing doubled, and the bot goes on."""

import asyncio
import random

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from domain import db
from domain.models import InboxStatus, OutboxStatus
from tests.faults.cards import deal
from tests.faults.scene import CLAIM, UNDER_WAY

CUTS, SELLERS, CLAIMS_EACH = 10, 10, 4
CUT = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


@pytest.fixture(autouse=True)
def on_a_server(town):
    if town.database.is_sqlite:
        pytest.skip("a file is never away")


async def cut_often(town, rng):
    for _ in range(CUTS):
        await asyncio.sleep(rng.uniform(0.05, 0.3))
        town.database.dispose()
        with town.database.engine.connect() as connection:
            connection.execute(CUT)


class TestConnectionsCut:
    async def test_no_tap_is_lost_and_none_counts_twice(self, office_town):
        rng = random.Random(7)
        sellers = [f"seller{number}" for number in range(SELLERS)]
        people = [office_town.hire(who, superior="li") for who in sellers]
        customers = [office_town.office.in_pool() for _ in range(SELLERS * CLAIMS_EACH)]
        async with office_town.bot():
            dealt = await deal(office_town, {who: customers[n::SELLERS] for n, who in enumerate(sellers)})
            cutting = asyncio.create_task(cut_often(office_town, rng))
            for person, card in dealt:
                await person.tap_on(card.id, CLAIM)
                await asyncio.sleep(0.03)
            await cutting
            await office_town.quiet(seconds=90)
            await people[0].send("still there")
            await people[0].see("still there")
            await office_town.quiet()
        assert [office_town.office.owner(customer) for customer in customers] == sellers * CLAIMS_EACH
        assert {tuple(office_town.office.events(customer)) for customer in customers} == {("entered", "claimed")}
        assert {(update.status, update.attempts) for update in office_town.updates()} == {(InboxStatus.DONE, 0)}
        rows = office_town.outbox()
        assert {row.status for row in rows} == {OutboxStatus.SENT}
        assert not {row.status for row in rows} & set(UNDER_WAY)
        assert sum(len(person.heard) for person in people) == len(dealt) + 1


class TestConnectionsCutWhileIdle:
    def test_are_replaced_unnoticed(self, town, monkeypatch):
        monkeypatch.setattr(db, "IDLE_SECONDS", 0.0)
        before = self._server(town)
        with create_engine(town.database.engine.url, poolclass=NullPool).begin() as apart:
            apart.execute(CUT)
        assert self._server(town) != before

    def _server(self, town):
        """Which of the server's processes a unit of work speaks to."""
        with town.database.unit_of_work() as session:
            return session.scalar(text("SELECT pg_backend_pid()"))
