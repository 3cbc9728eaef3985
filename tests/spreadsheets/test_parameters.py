"""No statement of an import takes more parameters because the file is longer: a database takes only so many."""

import pytest
from sqlalchemy import event

from domain.spreadsheets import pieces
from domain.spreadsheets.layout import SheetName
from tests.spreadsheets.desk import counts
from tests.spreadsheets.sheets import customer

AT_ONCE = 20
ROWS = 70


@pytest.fixture
def largest(founded, monkeypatch):
    """How many parameters the largest lists of the statements from here on have had."""
    database, _ = founded
    monkeypatch.setattr(pieces, "MOST", AT_ONCE)
    found = []

    def hear(_connection, _cursor, statement, parameters, _context, executemany):
        if statement.lstrip().startswith("SELECT") and not executemany:
            found.append(len(parameters))

    event.listen(database.engine, "before_cursor_execute", hear)
    yield lambda: max(found)
    event.remove(database.engine, "before_cursor_execute", hear)


def person(number):
    return {"登录名": f"p{number}", "姓名": f"P{number}", "角色": "销售", "所属公司": f"Co {number}", "所属部门": f"D {number}"}


def order(number):
    return {"订单号": f"O-{number}", "合作伙伴名称": f"Sailing {number}", "下单日期": "2026-02-27"}


class TestParameters:
    def test_of_users_with_companies_of_their_own(self, desk, largest):
        path = desk.file(用户=[person(number) for number in range(ROWS)])
        assert counts(desk.bring(path, SheetName.USERS)) == {"done": ROWS}
        assert largest() <= AT_ONCE + 1

    def test_of_a_customer_with_whom_everybody_has_talked(self, desk, largest):
        for number in range(ROWS):
            desk.office.hire(f"p{number}", superior="li", joined=False)
        talks = [
            {"所属客户": "Sailing One", "跟进时间": "2026-01-01", "跟进人登录名": f"p{number}", "跟进内容": "x"}
            for number in range(ROWS)
        ]
        assert counts(desk.customers(customer("Sailing One"), 跟进记录=talks)) == {"done": 1}
        assert largest() <= AT_ONCE + 1

    @pytest.mark.parametrize(
        ("kind", "title", "row"),
        [
            (SheetName.CUSTOMERS, "客户", lambda number: customer(f"Sailing {number}", 客户状态="合作阶段", 负责人登录名="an")),
            (SheetName.PARTNERS, "合作伙伴", lambda number: {"合作伙伴名称": f"Sailing {number}", "统一社会信用代码": ""}),
            (SheetName.ORDERS, "订单", order),
        ],
    )
    def test_of_rows_that_come_in_chunks(self, desk, largest, kind, title, row):
        plan = desk.plan(desk.file(**{title: [row(number) for number in range(ROWS)]}), kind)
        plan._importing.chunk = AT_ONCE
        desk.drive().look(plan)
        desk.drive().keep(plan)
        assert plan.summary().rows == ROWS
        assert largest() <= 3 * AT_ONCE
