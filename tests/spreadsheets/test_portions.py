"""Portions: prepared a step ahead by another process, as large as whoever waits for the database can bear."""

import pytest

from domain.spreadsheets.imports.customers import Customers
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.plans import Plan
from domain.spreadsheets.preparing import Preparer
from tests.spreadsheets.desk import counts
from tests.spreadsheets.sheets import customer

ROWS = 10


@pytest.fixture
def asked(monkeypatch) -> list[int]:
    """Three rows a portion; which rows the other process is asked for."""
    monkeypatch.setattr(Customers, "chunk", 3)
    heard: list[int] = []
    ask = Preparer.ask

    def overheard(preparer, portion):
        heard.extend(row.number for row in portion.rows)
        ask(preparer, portion)

    monkeypatch.setattr(Preparer, "ask", overheard)
    return heard


def fleet() -> dict[str, list[dict[str, object]]]:
    """Customers of which one is wrong and one the twin of another, with what belongs to them."""
    customers = [customer(f"Fleet {n}", 负责人登录名="an" if n % 2 else "") for n in range(ROWS)]
    customers[4] = customer("Fleet 4", 电话="12")
    customers[7] = customer("fleet 1")
    said = [{"所属客户": f"Fleet {n}", "跟进时间": "2026-01-01", "跟进人登录名": "an", "跟进内容": f"x{n}"} for n in range(ROWS)]
    return {"客户": customers, "跟进记录": said}


class TestAhead:
    def test_another_process_prepares_all_but_the_first_portion(self, desk, asked):
        plan = desk.plan(desk.file(**fleet()), SheetName.CUSTOMERS)
        desk.drive().keep(plan)
        assert asked == [row.number for row in plan.gathered.scratch.every(SheetName.CUSTOMERS)][3:]

    def test_few_rows_are_not_worth_one(self, desk, asked):
        desk.customers(*[customer(f"Fleet {n}") for n in range(3)])
        assert desk.names() == ["Fleet 0", "Fleet 1", "Fleet 2"]
        assert asked == []

    def test_what_comes_of_it_is_the_same(self, desk, asked):
        summary = desk.bring(desk.file(**fleet()))
        assert asked
        assert desk.names() == [f"Fleet {n}" for n in range(ROWS) if n not in (4, 7)]
        assert counts(summary) == {"refused": 1, "duplicate": 1, "done": 8}
        assert desk.named("Fleet 9").owner_id == desk.office.ids["an"]
        assert desk.named("Fleet 9").last_followup_at is not None

    def test_a_process_that_breaks_costs_nothing_but_time(self, desk, asked, monkeypatch):
        monkeypatch.setattr(Preparer, "take", lambda preparer: preparer.end() or _taken(preparer))
        desk.bring(desk.file(**fleet()))
        assert len(desk.names()) == ROWS - 2


_taken = Preparer.take


class TestFitting:
    @pytest.fixture
    def plan(self, desk) -> Plan:
        return desk.plan(desk.file(客户=[customer("Fleet")]), SheetName.CUSTOMERS)

    def test_a_portion_that_took_twice_too_long_is_halved(self, plan):
        before = plan.portion
        plan.fit(0.5)
        assert plan.portion == before // 2

    def test_one_that_was_quick_grows_by_half_at_most(self, plan):
        plan.fit(0.1)
        before = plan.portion
        plan.fit(100)
        assert plan.portion == before * 3 // 2

    def test_it_stays_between_a_few_rows_and_a_few_hundred(self, plan):
        plan.fit(0)
        assert plan.portion == 4
        for _ in range(50):
            plan.fit(2)
        assert plan.portion == 500
