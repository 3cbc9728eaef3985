"""The partner that a row of a customer names: who is linked with whom, and who is refused."""

import pytest
from sqlalchemy import select

from domain.models import Partner
from tests.domain.office import MONDAY
from tests.spreadsheets.desk import counts
from tests.spreadsheets.sheets import customer

CODE, OTHER_CODE = "91350211M00010000T", "91370200MA3C0X1Y59"


def signed(name, **cells):
    return customer(name, 客户状态="合作阶段", 负责人登录名="an", **cells)


@pytest.fixture
def known(desk):
    """Adds a partner that is there already."""

    def add(name, code=None, *, valid=True):
        with desk.office.work() as session:
            row = Partner(name=name, name_key=name.lower(), credit_code=code, valid=valid, created_at=MONDAY.utc)
            session.add(row)
            session.flush()
            return row.id

    return add


def partner_of(desk, name):
    """Name, credit code and validity of a customer's partner."""
    with desk.office.work() as session:
        row = session.get_one(Partner, desk.named(name).partner_id)
        return row.name, row.credit_code, row.valid


class TestThePartner:
    @pytest.mark.parametrize("word", ["star", "STAR Co., Ltd", CODE.lower()])
    def test_is_the_known_one_of_that_name_or_credit_code_valid_again(self, desk, known, word):
        known("Star", CODE, valid=False)
        desk.customers(signed("Sailing One", 合作伙伴=word))
        assert partner_of(desk, "Sailing One") == ("Star", CODE, True)

    def test_is_made_with_the_customers_credit_code_when_nobody_has_that_name(self, desk):
        desk.customers(signed("Sailing One", 合作伙伴="Star Ltd", 统一社会信用代码=CODE))
        assert partner_of(desk, "Sailing One") == ("Star Ltd", CODE, True)

    def test_of_the_same_credit_code_is_the_same_whatever_it_is_called(self, desk, known):
        known("Star", CODE)
        desk.customers(signed("Sailing One", 合作伙伴="Moon", 统一社会信用代码=CODE))
        assert partner_of(desk, "Sailing One")[0] == "Star"

    def test_that_is_named_goes_before_the_one_of_the_customers_own_name(self, desk, known):
        known("Sailing")
        known("Star")
        desk.customers(signed("Sailing Ltd", 合作伙伴="Star"))
        assert partner_of(desk, "Sailing Ltd")[0] == "Star"

    def test_that_nobody_names_has_the_customers_name(self, desk):
        desk.customers(signed("Sailing One", 合作伙伴=""))
        assert partner_of(desk, "Sailing One")[0] == "Sailing One"

    def test_of_somebody_who_did_not_sign_is_nobodys(self, desk, known):
        """A partner that another row brings to mind does not keep out a customer of the same name that has none."""
        desk.customers(signed("Owner", 合作伙伴="Moon"))
        known("Star", OTHER_CODE)
        summary = desk.customers(customer("Moon"), customer("Star"), signed("Sailing", 合作伙伴="Star"))
        assert counts(summary) == {"done": 3}
        assert desk.named("Star").partner_id is None


class TestRefused:
    def test_is_one_of_a_live_customer_saying_whose(self, desk):
        desk.customers(signed("Sailing One", 合作伙伴="Star"))
        [said] = desk.reasons(signed("Sailing Two", 合作伙伴="star"))
        assert said.startswith("The partner “Star” ")
        assert "Sailing One" in said

    def test_is_a_second_customer_of_the_same_new_partner(self, desk):
        said = desk.reasons(signed("Sailing One", 合作伙伴="Star"), signed("Sailing Two", 合作伙伴="STAR"), signed("Star"))
        assert said == ["", "the same as row 2 of this file", "the same as row 2 of this file"]

    def test_is_a_credit_code_that_nobody_has(self, desk):
        [said] = desk.reasons(signed("Sailing One", 合作伙伴=CODE))
        assert said == f"No partner has the name or credit code “{CODE}”."

    def test_is_a_partner_of_a_customer_who_did_not_sign(self, desk):
        said = desk.reasons(
            customer("Sailing One", 客户状态="报价阶段", 合作伙伴="Star"), customer("Sailing Two", 客户状态="?", 合作伙伴="Star")
        )
        assert said == [
            "合作伙伴: “Star” needs a customer that is cooperating or dormant",
            "客户状态: “?” is not one of the choices",
        ]

    def test_is_a_name_without_letters_or_too_long(self, desk):
        said = desk.reasons(signed("Sailing One", 合作伙伴="···"), signed("Sailing Two", 合作伙伴="x" * 201))
        assert said == ["合作伙伴: “···” has no letters", "合作伙伴: too long"]


def test_nobody_is_left_behind_by_what_was_refused(desk):
    desk.reasons(signed("Sailing One", 合作伙伴=CODE), signed("Sailing Two", 合作伙伴="Star"))
    with desk.office.work() as session:
        assert session.scalars(select(Partner)).all() == []
