"""Users, partners and orders from workbooks."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from domain import partners
from domain.models import Branch, Customer, Department, Invitation, Order, Partner, TimelineEntry, User
from domain.spreadsheets.layout import SheetName
from domain.stages import Stage
from tests.domain.office import MONDAY
from tests.spreadsheets.desk import counts

USERS, PARTNERS, ORDERS = SheetName.USERS, SheetName.PARTNERS, SheetName.ORDERS
CODE = "91350211M00010000T"


def person(login, role="销售", superior="", **cells):
    return {"登录名": login, "姓名": login.title(), "角色": role, "上级登录名": superior, **cells}


def order(number, partner, day="2026-02-27", **cells):
    return {"订单号": number, "合作伙伴名称": partner, "下单日期": day, **cells}


class TestUsers:
    def bring(self, desk, *rows, by="qian"):
        return desk.bring(desk.file(用户=list(rows)), USERS, by)

    def test_superiors_may_stand_anywhere_in_the_file(self, desk):
        summary = self.bring(desk, person("c", superior="B"), person("b", "销售组长", "a"), person("a", "lead", "zhao"))
        assert counts(summary) == {"done": 3}
        with desk.office.work() as session:
            named = {user.login: user for user in session.scalars(select(User))}
            above = {login: next((o.login for o in named.values() if o.id == u.superior_id), None) for login, u in named.items()}
        assert {login: above[login] for login in "abc"} == {"a": "zhao", "b": "a", "c": "b"}

    def test_nobody_is_invited_by_it(self, desk):
        with desk.office.work() as session:
            before = len(session.scalars(select(Invitation)).all())
        self.bring(desk, person("a"))
        with desk.office.work() as session:
            assert len(session.scalars(select(Invitation)).all()) == before

    def test_companies_departments_and_the_special_right_come_along(self, desk):
        self.bring(
            desk,
            person("a", 所属公司="Tianjin", 所属部门="Sales", 直接分配="是"),
            person("b", 所属公司="Tianjin", 所属部门="Air"),
        )
        with desk.office.work() as session:
            user = session.scalars(select(User).where(User.login == "a")).one()
            assert session.get_one(Branch, user.branch_id).name == "Tianjin"
            assert session.get_one(Department, user.department_id).name == "Sales"
            assert user.direct_assign
            told = session.scalars(select(TimelineEntry.event).where(TimelineEntry.user_id == user.id)).all()
        assert told == ["user_added"]

    @pytest.mark.parametrize(
        ("rows", "reasons"),
        [
            ([person("AN")], ["The login AN is taken."]),
            ([person("a"), person("A")], ["", "the same as row 2 of this file"]),
            ([person("a", superior="nobody")], ["There is no such colleague to choose: nobody"]),
            ([person("a", superior="an")], ["An is not a team lead and cannot be a superior."]),
            ([person("a", "lead", "b"), person("b", "lead", "a")], ["A cannot answer to b, who stands below."]),
            ([person("a", "lead", "nobody"), person("b", superior="a")], ["There is no such colleague to choose: nobody"]),
            ([person("a", "boss")], ["角色: “boss” is not one of the choices"]),
            ([person("a", 所属部门="Sales")], ["所属部门: needs the company too"]),
        ],
    )
    def test_what_cannot_be_says_why(self, desk, rows, reasons):
        said = desk.reasons(*rows, kind=USERS, title="用户")
        assert said[: len(reasons)] == reasons

    def test_whoever_hangs_on_a_refused_row_is_refused_too(self, desk):
        said = desk.reasons(person("b", superior="a"), person("a", "lead", "nobody"), person("c"), kind=USERS, title="用户")
        assert said == ["There is no such colleague to choose: a", "There is no such colleague to choose: nobody", ""]


class TestPartners:
    def test_each_is_known_once_by_name_and_by_credit_code(self, desk):
        rows = [
            {"合作伙伴名称": "Ocean Star Co., Ltd", "统一社会信用代码": CODE},
            {"合作伙伴名称": "ocean star", "统一社会信用代码": ""},
            {"合作伙伴名称": "Other", "统一社会信用代码": CODE.lower()},
            {"合作伙伴名称": "Moon", "统一社会信用代码": "123"},
        ]
        path = desk.file(合作伙伴=rows)
        assert counts(desk.bring(path, PARTNERS)) == {"done": 1, "duplicate": 2, "refused": 1}
        said = desk.reasons(rows[1], rows[2], kind=PARTNERS, title="合作伙伴")
        assert said == ["The partner “Ocean Star Co., Ltd” is known already"] * 2


class TestOrders:
    @pytest.fixture
    def signed(self, desk):
        """A dormant customer in the hands of `an`, with its partner."""
        customer = desk.office.enter("an", "Sailing One")
        with desk.office.work() as session:
            partner = partners.match_or_create(session, name="Sailing One", credit_code=CODE, now=MONDAY)
            row = session.get_one(Customer, customer)
            row.partner_id, row.stage = partner, Stage.DORMANT
            row.signing_deadline = row.due_on = None
        return customer

    def test_an_order_wakes_and_restarts_the_clock_whatever_the_order_of_rows(self, desk, signed):
        rows = [order("O-2", "whoever", 统一社会信用代码=CODE), order("O-1", "sailing one", "2025-12-01", 业务类型="fcl")]
        assert counts(desk.bring(desk.file(订单=rows), ORDERS)) == {"done": 2}
        kept = desk.office.customer(signed)
        assert (kept.stage, kept.last_order_at) == (Stage.COOPERATING, MONDAY.start_of_day(date(2026, 2, 27)))
        assert kept.due_on == date(2026, 2, 27) + timedelta(days=desk.office.policy.dormancy_days)
        assert desk.office.events(signed)[1:] == ["ordered", "ordered", "woken"]
        with desk.office.work() as session:
            assert session.scalars(select(Order.number).order_by(Order.id)).all() == ["O-2", "O-1"]

    def test_one_too_old_wakes_nobody(self, desk, signed):
        desk.bring(desk.file(订单=[order("O-1", "Sailing One", "2024-01-01")]), ORDERS)
        assert desk.office.customer(signed).stage == Stage.DORMANT

    def test_what_cannot_be_says_why(self, desk, signed):
        with desk.office.work() as session:
            session.add(Partner(name="Void", name_key="void", valid=False, created_at=MONDAY.utc))
        desk.bring(desk.file(订单=[order("O-1", "Sailing One")]), ORDERS)
        said = desk.reasons(
            order("O-1", "Sailing One"),
            order("O-2", "Moon"),
            order("O-3", "Void"),
            order("O-4", "Sailing One", "2026-03-03"),
            order("O-5", "Sailing One", "soon"),
            order("O-6", "Sailing One", 业务类型="x" * 61),
            order("O-7", "Sailing One"),
            order("O-7", "Sailing One"),
            kind=ORDERS,
            title="订单",
        )
        assert said == [
            "The order O-1 is recorded for “Sailing One” already.",
            "No partner has the name or credit code “Moon”.",
            "The partner “Void” is void: sign a customer to it before recording orders.",
            "下单日期: 2026-03-03 lies in the future",
            "下单日期: “soon” is not a date; write 2026-11-25",
            "业务类型: too long",
            "",
            "the same as row 8 of this file",
        ]
