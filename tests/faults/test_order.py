"""One person's taps in order, many people side by side."""

import threading
import time
from collections import defaultdict

import pytest

from bot import edge
from bot.callbacks import ShowCustomer

TAPS, PEOPLE, TAPS_EACH = 30, 8, 4


class Turns:
    """When each turn began and ended, by person; each takes a while, so that those which may overlap do."""

    def __init__(self, monkeypatch):
        self.spans = defaultdict(list)
        self.running, self.most = set(), 0
        self._lock = threading.Lock()
        attend = edge._attend

        def timed(session, office, incoming, now):
            with self._lock:
                assert incoming.user_id not in self.running, "two turns of one person at once"
                self.running.add(incoming.user_id)
                self.most = max(self.most, len(self.running))
                self.spans[incoming.user_id].append(incoming.update_id)
            time.sleep(0.02)
            try:
                attend(session, office, incoming, now)
            finally:
                with self._lock:
                    self.running.discard(incoming.user_id)

        monkeypatch.setattr(edge, "_attend", timed)


@pytest.fixture
def turns(monkeypatch):
    return Turns(monkeypatch)


async def greeted(person):
    await person.send("/menu")
    return (await person.see(lambda screen: bool(screen.rows))).id


class TestOnePerson:
    async def test_thirty_taps_are_answered_in_the_order_of_the_taps(self, office_town):
        an = office_town.person("an")
        names = [f"Stop {number:02d}" for number in range(TAPS)]
        customers = [office_town.office.in_pool(name) for name in names]
        async with office_town.bot():
            screen = await greeted(an)
            for customer in customers:
                await an.tap_data(screen, ShowCustomer(customer, None).pack())
            await office_town.quiet()
        shown = [call.parameters["text"] for call in office_town.calls("editMessageText", an)]
        assert [next(name for name in names if name in text) for text in shown] == names


class TestManyPeople:
    async def test_nobody_has_two_turns_at_once_and_on_a_server_people_work_side_by_side(self, office_town, turns):
        people = [office_town.hire(f"tapper{number}", superior="li") for number in range(PEOPLE)]
        customer = office_town.office.in_pool("Looked At")
        async with office_town.bot():
            screens = [await greeted(person) for person in people]
            for _ in range(TAPS_EACH):
                for person, screen in zip(people, screens, strict=True):
                    await person.tap_data(screen, ShowCustomer(customer, None).pack())
            await office_town.quiet()
        assert all(updates == sorted(updates) for updates in turns.spans.values())
        assert sum(len(updates) for updates in turns.spans.values()) == PEOPLE * (TAPS_EACH + 1)
        assert turns.most == 1 if office_town.database.is_sqlite else turns.most > 1
