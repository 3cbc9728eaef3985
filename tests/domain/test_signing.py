"""Signing: which partner a customer is linked with, who may, and what starts with it."""

from datetime import timedelta

import pytest

from domain import orders, partners, recycle_bin, signing
from domain.credit_code import check_digit
from domain.errors import AlreadySignedError, NotAllowedError, NotFoundError, PartnerTakenError
from domain.models import Partner
from domain.orders import NewOrder
from domain.policy import Policy
from domain.stages import Level, Stage

NAME = "Qingdao Haihang International Freight Co., Ltd"
NEAR = "Qingdao Haihang Freight Limited"


def code(number):
    first = f"91370200{number:09d}"
    return first + check_digit(first)


def partner(office, name, credit_code=None, *, valid=True):
    """A partner that the business system knows."""
    with office.work() as session:
        made = partners.match_or_create(session, name=name, credit_code=credit_code, now=office.now)
        session.get_one(Partner, made).valid = valid
    return made


def look(office, partner_id):
    return office.do(partners.get, "qian", partner_id)


def order(office, partner_id, number="ORD-1"):
    office.do(orders.add, "qian", NewOrder(number, partner_id, office.now.today))


class TestWho:
    @pytest.mark.parametrize("who", ["an", "li", "zhao", "qian"])
    def test_the_owner_his_leads_and_an_admin_may(self, office, who):
        customer = office.enter("an")
        office.do(signing.sign, who, customer)
        assert office.customer(customer).stage == Stage.COOPERATING

    @pytest.mark.parametrize("who", ["bai", "wu", "ye"])
    def test_for_anybody_else_the_customer_does_not_exist(self, office, who):
        customer = office.enter("an")
        for use_case in (signing.propose, signing.sign):
            with pytest.raises(NotFoundError):
                office.do(use_case, who, customer)

    @pytest.mark.parametrize("who", ["an", "li", "qian"])
    def test_nobody_signs_in_the_pool(self, office, who):
        customer = office.in_pool()
        for use_case in (signing.propose, signing.sign):
            with pytest.raises(NotAllowedError):
                office.do(use_case, who, customer)

    def test_nor_in_the_bin(self, office):
        customer = office.in_bin("an")
        with pytest.raises(NotAllowedError):
            office.do(signing.sign, "an", customer)

    def test_nor_twice(self, office):
        customer = office.enter("an", NAME)
        office.do(signing.sign, "an", customer)
        for use_case in (signing.propose, signing.sign):
            with pytest.raises(AlreadySignedError) as refused:
                office.do(use_case, "li", customer)
            assert refused.value.name == NAME

    def test_nor_what_is_not_there(self, office):
        with pytest.raises(NotFoundError):
            office.do(signing.sign, "qian", 10**9)


class TestMatch:
    def test_the_credit_code_counts_before_the_name(self, office):
        by_code, by_name = partner(office, "Former Name", code(1)), partner(office, NAME)
        customer = office.enter("an", NAME, credit_code=code(1))
        assert office.do(signing.propose, "an", customer).partner.id == by_code
        assert office.do(signing.sign, "an", customer) == by_code != by_name

    def test_then_the_normalised_name(self, office):
        known = partner(office, "QINGDAO  HAIHANG（INTERNATIONAL）FREIGHT co ltd")
        customer = office.enter("an", NAME)
        assert office.do(signing.sign, "an", customer) == known

    def test_a_partner_found_by_name_gets_the_credit_code_that_it_lacked(self, office):
        known = partner(office, NAME)
        customer = office.enter("an", NAME, credit_code=code(2))
        office.do(signing.sign, "an", customer)
        assert look(office, known).credit_code == code(2)

    def test_but_keeps_the_one_that_it_has(self, office):
        known = partner(office, NAME, code(3))
        customer = office.enter("an", NAME, credit_code=code(4))
        office.do(signing.sign, "an", customer)
        assert look(office, known).credit_code == code(3)

    def test_none_at_all_is_created_with_name_and_credit_code(self, office):
        customer = office.enter("an", NAME, credit_code=code(5))
        assert office.do(signing.propose, "an", customer) == (NAME, code(5), None, [])
        made = look(office, office.do(signing.sign, "an", customer))
        assert (made.name, made.credit_code, made.valid, made.customer_id) == (NAME, code(5), True, customer)

    def test_a_void_one_becomes_valid_again(self, office):
        known = partner(office, NAME, valid=False)
        office.do(signing.sign, "an", office.enter("an", NAME))
        assert look(office, known).valid

    def test_looking_first_changes_nothing(self, office):
        known = partner(office, NAME, valid=False)
        customer = office.enter("an", NAME)
        office.do(signing.propose, "an", customer)
        assert not look(office, known).valid
        assert office.customer(customer).stage == Stage.POTENTIAL


class TestSimilar:
    def test_they_are_offered_when_nothing_matches_the_likest_first(self, office):
        near, nearer = partner(office, NEAR), partner(office, "Qingdao Haihang International Freights")
        partner(office, "Ningbo Ocean Star")
        offered = office.do(signing.propose, "an", office.enter("an", NAME))
        assert offered.partner is None
        assert [each.id for each in offered.similar] == [nearer, near]

    def test_they_are_found_among_many_that_share_a_word(self, office):
        for number in range(60):
            partner(office, f"Freight {number:02d}")
        near = partner(office, NEAR)
        assert [each.id for each in office.do(signing.propose, "an", office.enter("an", NAME)).similar] == [near]

    def test_the_chosen_one_is_linked(self, office):
        near = partner(office, NEAR)
        customer = office.enter("an", NAME)
        assert office.do(signing.propose, "an", customer, partner_id=near).partner.id == near
        assert office.do(signing.sign, "an", customer, partner_id=near) == near

    def test_without_a_choice_a_new_one_is_created(self, office):
        near = partner(office, NEAR)
        assert office.do(signing.sign, "an", office.enter("an", NAME)) != near

    def test_one_that_was_not_offered_cannot_be_chosen(self, office):
        far = partner(office, "Ningbo Ocean Star")
        customer = office.enter("an", NAME)
        for use_case in (signing.propose, signing.sign):
            with pytest.raises(NotFoundError):
                office.do(use_case, "an", customer, partner_id=far)

    def test_nor_any_but_the_one_that_matches(self, office):
        partner(office, NAME)
        near = partner(office, NEAR)
        with pytest.raises(NotFoundError):
            office.do(signing.sign, "an", office.enter("an", NAME), partner_id=near)


class TestTaken:
    def test_a_partner_of_another_live_customer_is_refused_saying_whose(self, office):
        known = partner(office, NEAR)
        first, second = office.enter("ye", "Haihang Qingdao Freight"), office.enter("an", NAME, credit_code=code(6))
        office.do(signing.sign, "ye", first, partner_id=known)
        for use_case in (signing.propose, signing.sign):
            with pytest.raises(PartnerTakenError) as refused:
                office.do(use_case, "an", second, partner_id=known)
            assert (refused.value.customer, refused.value.owner) == ("Haihang Qingdao Freight", "Ye")
        assert office.customer(second).stage == Stage.POTENTIAL

    def test_one_whose_customer_lies_in_the_pool_has_no_owner(self, office):
        known = partner(office, NEAR)
        first, second = office.enter("ye", "Haihang Qingdao Freight"), office.enter("an", NAME)
        office.do(signing.sign, "ye", first, partner_id=known)
        office.release(first)
        with pytest.raises(PartnerTakenError) as refused:
            office.do(signing.sign, "an", second, partner_id=known)
        assert refused.value.owner is None

    def test_after_that_customer_is_deleted_it_is_free_again(self, office):
        first = office.enter("an", NAME)
        known = office.do(signing.sign, "an", first)
        office.do(recycle_bin.delete, "li", [first])[0].raise_if_refused()
        assert not look(office, known).valid
        second = office.enter("ye", NAME)
        assert office.do(signing.sign, "ye", second) == known
        assert look(office, known).valid


class TestWhatItStarts:
    def test_the_dormancy_clock_replaces_the_signing_clock(self, office):
        customer = office.enter("an")
        office.later(days=10)
        office.do(signing.sign, "an", customer)
        row = office.customer(customer)
        assert row.signing_deadline is None
        assert row.dormancy_deadline == row.due_on == office.now.today + timedelta(days=180)

    def test_by_the_level_when_the_rules_say_so(self, office):
        office.policy = Policy(dormancy_days_by_level={"A": 60})
        customer = office.enter("an", level=Level.A)
        office.do(signing.sign, "an", customer)
        assert office.customer(customer).due_on == office.now.today + timedelta(days=60)

    def test_orders_that_the_partner_has_already_are_remembered(self, office):
        known = partner(office, NAME)
        order(office, known)
        customer = office.enter("an", NAME)
        office.do(signing.sign, "an", customer)
        assert office.customer(customer).last_order_at == office.now.start_of_day(office.now.today)

    def test_it_is_in_the_timeline(self, office):
        customer = office.enter("an", stage=Stage.QUOTING)
        made = office.do(signing.sign, "li", customer)
        signed = office.timeline(customer)[-1]
        assert (signed.event, signed.actor_id) == ("signed", office.ids["li"])
        assert signed.detail == {"partner_id": made, "stage": ["quoting", "cooperating"]}
