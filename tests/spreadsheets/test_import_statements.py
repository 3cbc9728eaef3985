"""Looking at two hundred rows, and keeping them, asks the database no more often than twenty do: one chunk is one chunk."""

import pytest

from domain import partners
from domain.spreadsheets.layout import SheetName
from tests.spreadsheets.desk import counts
from tests.spreadsheets.sheets import customer

FEW, MANY = 20, 200
PORTIONS = 10
"""So many statements more may keep them: what a thousand rows of other sheets and tables are is written in portions."""


def customers(desk, names):
    row = {"客户状态": "合作阶段", "负责人登录名": "an", "录入时间": "2025-01-01"}
    talk = {"跟进时间": "2026-01-01", "跟进人登录名": "bai", "跟进内容": "x"}
    owned = {"负责人登录名": "xu", "开始时间": "2025-01-01", "结束时间": "2025-06-01"}
    return {
        "客户": [customer(name, **row, 合作伙伴=f"{name} 伙伴") for name in names],
        "其他联系人": [{"所属客户": name, "联系人": "Zhou", "电话": "13900000000"} for name in names],
        "跟进记录": [{"所属客户": name, **talk} for name in names for _ in range(2)],
        "历任负责人": [{"所属客户": name, **owned} for name in names],
    }


def left_out(desk, names):
    """Half of them are there already, and of a third of all something is wrong."""
    for name in names[::2]:
        desk.office.in_pool(name)
    return {"客户": [customer(name, 城市="" if place % 3 == 2 else "Qingdao") for place, name in enumerate(names)]}


def partners_of(desk, names):
    return {"合作伙伴": [{"合作伙伴名称": name, "统一社会信用代码": ""} for name in names]}


def orders(desk, names):
    with desk.office.work() as session:
        for name in names[:3]:
            partners.match_or_create(session, name=name, credit_code=None, now=desk.office.now)
    row = {"下单日期": "2026-02-27", "业务类型": "fcl"}
    return {"订单": [{"订单号": name, "合作伙伴名称": names[place % 3], **row} for place, name in enumerate(names)]}


def users(desk, names):
    row = {"角色": "销售", "上级登录名": "li", "所属公司": "Tianjin", "所属部门": "Sales"}
    return {"用户": [{"登录名": f"p{name.replace(' ', '')}", "姓名": name, **row} for name in names]}


FILES = {
    "customers with everything": (SheetName.CUSTOMERS, customers),
    "customers that are left out": (SheetName.CUSTOMERS, left_out),
    "partners": (SheetName.PARTNERS, partners_of),
    "orders": (SheetName.ORDERS, orders),
    "users": (SheetName.USERS, users),
}


class TestStatements:
    @pytest.mark.parametrize("what", FILES)
    def test_do_not_grow_with_rows(self, desk, statements, what):
        kind, sheets = FILES[what]

        def asked(count):
            path = desk.file(**sheets(desk, [f"Fleet{count} {number}" for number in range(count)]))
            plan = desk.plan(path, kind)
            statements.clear()
            desk.drive().look(plan)
            looking = len(statements)
            desk.drive().keep(plan)
            assert counts(plan.summary())["done"] >= count // 3
            return looking, len(statements) - looking

        few, many = asked(FEW), asked(MANY)
        assert many[0] == few[0]
        assert few[1] <= many[1] <= few[1] + PORTIONS
