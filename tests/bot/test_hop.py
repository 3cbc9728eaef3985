"""One operation, one hop, one transaction: kept apart even where they share a commit."""

import asyncio
import threading

import pytest
from sqlalchemy import select

from bot.hop import Hop
from domain.models import Branch


@pytest.fixture
def hop(database):
    hop = Hop(database)
    yield hop
    hop.close()


def keep(name):
    def work(session):
        session.add(Branch(name=name))
        session.flush()
        return name

    return work


def break_down(name):
    def work(session):
        keep(name)(session)
        raise ValueError(name)

    return work


def kept(session):
    return set(session.scalars(select(Branch.name)))


async def all_at_once(hop, works):
    """Asked for while the database is busy, so that SQLite's are done under one commit."""
    busy, free = threading.Event(), threading.Event()

    def occupy(_session):
        busy.set()
        free.wait()

    occupied = asyncio.create_task(hop(occupy))
    await asyncio.to_thread(busy.wait)
    asked = [asyncio.create_task(hop(work)) for work in works]
    await asyncio.sleep(0)
    free.set()
    await occupied
    return await asyncio.gather(*asked, return_exceptions=True)


class TestManyAtOnce:
    async def test_each_is_answered_with_what_it_returned(self, hop):
        names = [f"Branch {number}" for number in range(20)]
        assert await all_at_once(hop, map(keep, names)) == names
        assert await hop(kept) == set(names)

    async def test_one_that_breaks_is_undone_and_the_others_are_kept(self, hop):
        answers = await all_at_once(hop, [keep("before"), break_down("broken"), keep("after")])
        assert [str(answer) for answer in answers] == ["before", "broken", "after"]
        assert isinstance(answers[1], ValueError)
        assert await hop(kept) == {"before", "after"}

    async def test_nobody_is_answered_before_the_commit(self, hop, monkeypatch):
        if not hop.database.is_sqlite:
            pytest.skip("PostgreSQL commits each by itself")

        def full(works):
            list(works)
            raise OSError("disk full")

        monkeypatch.setattr(hop.database, "together", full)
        answers = await all_at_once(hop, [keep("one"), keep("two")])
        assert {str(answer) for answer in answers} == {"disk full"}


class TestOne:
    async def test_that_breaks_leaves_nothing(self, hop):
        with pytest.raises(ValueError, match="alone"):
            await hop(break_down("alone"))
        assert await hop(kept) == set()

    async def test_that_nobody_waits_for_any_more_is_not_begun(self, hop):
        busy, free = threading.Event(), threading.Event()
        occupied = [asyncio.create_task(hop(lambda _: (busy.set(), free.wait()))) for _ in range(hop.database.writers)]
        await asyncio.to_thread(busy.wait)
        late = asyncio.create_task(hop(keep("late")))
        await asyncio.sleep(0)
        late.cancel()
        await asyncio.gather(late, return_exceptions=True)
        free.set()
        await asyncio.gather(*occupied)
        assert await hop(kept) == set()
