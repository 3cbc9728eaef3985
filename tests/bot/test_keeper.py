"""Updates that come side by side are kept together, and each delivery is answered for itself."""

import asyncio

import pytest

from bot.hop import Hop
from bot.keeper import Keeper
from bot.office import Office
from domain import inbox
from domain.inbox import Incoming
from domain.policy import Policy
from tests.domain.office import SHANGHAI

UNKEEPABLE = Incoming(2**70, 1, {"update_id": 2**70})


@pytest.fixture
def keeper(database):
    hop = Hop(database)
    yield Keeper(hop, Office(policy=Policy(), zone=SHANGHAI, language="zh"))
    hop.close()


@pytest.fixture
def stored(monkeypatch):
    """How many updates went into the inbox at a time."""
    store, sizes = inbox.store, []

    def counted(session, updates, *, now):
        sizes.append(len(updates))
        return store(session, updates, now=now)

    monkeypatch.setattr(inbox, "store", counted)
    return sizes


def update(number):
    return Incoming(number, number, {"update_id": number})


async def keep(keeper, *deliveries):
    return await asyncio.gather(*map(keeper.keep, deliveries), return_exceptions=True)


async def test_what_comes_meanwhile_is_kept_under_one_commit(keeper, stored):
    assert await keep(keeper, *([update(number)] for number in range(5))) == [{number} for number in range(5)]
    assert sum(stored) == 5
    assert len(stored) < 5


async def test_what_was_delivered_twice_at_once_is_new_to_one_of_them(keeper):
    assert await keep(keeper, [update(7)], [update(7)], [update(7), update(8)]) == [{7}, set(), {8}]
    assert await keep(keeper, [update(7)]) == [set()]


async def test_one_that_cannot_be_kept_keeps_no_other_out(keeper):
    first, broken, last = await keep(keeper, [update(1)], [UNKEEPABLE], [update(2)])
    assert (first, last) == ({1}, {2})
    assert isinstance(broken, Exception)
    assert await keep(keeper, [update(1), update(2)]) == [set()]
