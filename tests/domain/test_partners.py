"""Looking partners up: for admins, by name or credit code, in pages that stay stable."""

from datetime import timedelta

import pytest

from domain import orders, partners, signing
from domain.credit_code import check_digit
from domain.errors import NoSuchPartnerError, NotAllowedError, NotFoundError
from domain.orders import NewOrder

FIRST17 = "91370200MA3C4QXY1"
CODE = FIRST17 + check_digit(FIRST17)


def make(office, name, credit_code=None):
    with office.work() as session:
        return partners.match_or_create(session, name=name, credit_code=credit_code, now=office.now)


def names(page):
    return [line.name for line in page.lines]


class TestWho:
    def test_an_admin_looks_them_up(self, office):
        known = make(office, "Ocean Star")
        assert names(office.do(partners.find, "qian")) == ["Ocean Star"]
        assert office.do(partners.get, "qian", known).name == "Ocean Star"
        assert office.do(partners.orders, "qian", known) == []

    @pytest.mark.parametrize("who", ["an", "li", "zhao"])
    def test_nobody_else_does(self, office, who):
        known = make(office, "Ocean Star")
        for use_case, *args in ((partners.find,), (partners.get, known), (partners.orders, known)):
            with pytest.raises(NotAllowedError):
                office.do(use_case, who, *args)

    def test_what_is_not_there_is_not_found(self, office):
        with pytest.raises(NotFoundError):
            office.do(partners.get, "qian", 10**9)


class TestFind:
    @pytest.mark.parametrize(
        "text", ["Star", "star freight", "OCEAN  STAR", "ocean-star freight co. ltd", CODE, CODE.lower(), CODE[8:14], " Star "]
    )
    def test_by_a_part_of_the_name_or_the_credit_code(self, office, text):
        make(office, "Ocean Star Freight Co., Ltd", CODE)
        make(office, "Ningbo Harbour")
        page = office.do(partners.find, "qian", text)
        assert (names(page), page.total, page.after) == (["Ocean Star Freight Co., Ltd"], 1, None)

    @pytest.mark.parametrize("text", ["moon", "%", "_", "**"])
    def test_what_nothing_holds_finds_nothing(self, office, text):
        make(office, "Ocean Star")
        assert office.do(partners.find, "qian", text) == ([], 0, None)

    def test_eight_a_page_the_newest_first(self, office):
        made = [make(office, f"Firm {number:02d}") for number in range(17)]
        seen, after = [], None
        while True:
            page = office.do(partners.find, "qian", after=after)
            assert page.total == 17
            seen.append([line.id for line in page.lines])
            if page.after is None:
                break
            after = page.after
        assert [len(ids) for ids in seen] == [8, 8, 1]
        assert [each for ids in seen for each in ids] == made[::-1]

    def test_one_that_comes_meanwhile_shifts_no_page(self, office):
        made = [make(office, f"Firm {number:02d}") for number in range(10)]
        first = office.do(partners.find, "qian")
        make(office, "Firm 99")
        second = office.do(partners.find, "qian", after=first.after)
        assert [line.id for line in (*first.lines, *second.lines)] == made[::-1]


class TestNamed:
    @pytest.mark.parametrize("words", ["Ocean Star", "ocean star co., ltd", CODE, f" {CODE.lower()} "])
    def test_a_name_or_a_credit_code_names_one(self, office, words):
        known = make(office, "Ocean Star", CODE)
        with office.work() as session:
            assert partners.named(session, words) == known

    @pytest.mark.parametrize("words", ["Ocean", "", "?"])
    def test_anything_else_does_not(self, office, words):
        make(office, "Ocean Star", CODE)
        with office.work() as session, pytest.raises(NoSuchPartnerError) as refused:
            partners.named(session, words)
        assert refused.value.who == words


class TestCard:
    def test_it_shows_the_customer_and_the_owner(self, office):
        customer = office.enter("an", "Ocean Star", credit_code=CODE)
        known = office.do(signing.sign, "an", customer)
        expected = (known, "Ocean Star", CODE, True, 0, customer, "Ocean Star", "cooperating", "An")
        assert office.do(partners.get, "qian", known) == expected

    def test_and_the_orders_the_newest_first(self, office):
        known = make(office, "Ocean Star")
        for number, days_ago in (("B", 10), ("C", 1), ("A", 20)):
            day = office.now.today - timedelta(days=days_ago)
            office.do(orders.add, "qian", NewOrder(number, known, day, "fcl"))
        assert [line.number for line in office.do(partners.orders, "qian", known)] == ["C", "B", "A"]
        assert office.do(partners.get, "qian", known).orders == 3
