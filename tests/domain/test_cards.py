"""Messages that show a request or a customer: edited once for each version, never when they show the present one."""

import pytest

from domain import approvals, cards, pool
from domain.cards import FOR_EVER, Place, Subject
from domain.models import Card, RequestBatch
from domain.outbox import Kind, Priority

LOOKED_AND_TOLD = 3
"""Statements: the cards, their edits, and the news for the owner."""


@pytest.fixture
def shown(office):
    """A request whose card was sent to li as message 500."""
    request = office.waiting("xu", office.in_pool(last="an"))
    batch = office.batch_of(request)
    register(office, "li", 500, batch)
    return request, batch


def register(office, who, message, batch, version=None):
    with office.work() as session:
        version = version or session.get_one(RequestBatch, batch).version
    _register(office, who, message, Subject.REQUEST, batch, version)


def show(office, who, message, customer, version=0):
    """The customer's card was sent as this message."""
    _register(office, who, message, Subject.CUSTOMER, customer, version)


def _register(office, who, message, subject, subject_id, version):
    with office.work() as session:
        cards.register(
            session,
            chat_id=office.telegram[who],
            message_id=message,
            user_id=office.ids[who],
            subject=subject,
            subject_id=subject_id,
            version=version,
            now=office.now,
        )


def refresh(office, batch):
    with office.work() as session:
        version = session.get_one(RequestBatch, batch).version
        cards.refresh(session, Subject.REQUEST, [(batch, version)], now=office.now)


def edits(office, who):
    return [edit.body["message_id"] for edit in office.told(who, Kind.REFRESH)]


class TestRefresh:
    def test_a_decision_edits_every_copy_of_the_card(self, office, shown):
        request, batch = shown
        register(office, "zhao", 600, batch)
        office.do(approvals.reject, "li", [request])
        assert (edits(office, "li"), edits(office, "zhao")) == ([500], [600])
        (edit,) = office.told("li", Kind.REFRESH)
        assert (edit.priority, edit.user_id, edit.body["subject_id"]) == (Priority.REPLY, office.ids["li"], batch)

    def test_once_for_a_version(self, office, shown):
        request, batch = shown
        office.do(approvals.reject, "li", [request])
        refresh(office, batch)
        assert edits(office, "li") == [500]

    def test_again_for_the_next(self, office, shown):
        request, batch = shown
        office.do(approvals.reject, "li", [request])
        office.do(approvals.add_reason, "li", batch, "ours")
        assert edits(office, "li") == [500, 500]

    def test_not_where_the_present_version_stands(self, office, shown):
        refresh(office, shown[1])
        assert edits(office, "li") == []

    def test_not_where_it_was_shown_meanwhile(self, office, shown):
        request, _ = shown
        with office.work() as session:
            card = session.query(Card).filter_by(message_id=500).one()
            cards.shown(session, card.id, 2)
        office.do(approvals.reject, "li", [request])
        assert edits(office, "li") == []

    def test_not_the_cards_of_other_requests(self, office, shown):
        other = office.waiting("ye", office.in_pool(last="an"))
        register(office, "li", 501, office.batch_of(other))
        office.do(approvals.reject, "li", [shown[0]])
        assert edits(office, "li") == [500]


class TestRegister:
    def test_a_card_that_changed_on_its_way_is_edited_as_soon_as_it_is_known(self, office, shown):
        request, batch = shown
        office.do(approvals.reject, "li", [request])
        register(office, "zhao", 600, batch, version=1)
        refresh(office, batch)
        assert edits(office, "zhao") == [600]

    def test_a_message_that_comes_to_show_another_request_forgets_the_first(self, office, shown):
        other = office.waiting("ye", office.in_pool(last="an"))
        register(office, "li", 500, office.batch_of(other))
        office.do(approvals.reject, "li", [shown[0]])
        assert edits(office, "li") == []
        office.do(approvals.reject, "li", [other])
        assert edits(office, "li") == [500]


class TestShown:
    def test_an_older_version_does_not_come_back(self, office, shown):
        with office.work() as session:
            card = session.query(Card).filter_by(message_id=500).one()
            cards.shown(session, card.id, 3)
            cards.shown(session, card.id, 2)
            session.refresh(card)
            assert card.version == 3


class TestCustomers:
    def test_one_that_leaves_is_edited_wherever_it_was_shown(self, office):
        customer = office.enter("an")
        show(office, "an", 700, customer)
        show(office, "an", 701, customer)
        show(office, "li", 800, customer)
        office.release(customer)
        assert (edits(office, "an"), edits(office, "li")) == ([700, 701], [800])
        assert {edit.priority for edit in office.told("an", Kind.REFRESH)} == {Priority.URGENT}

    def test_one_that_comes_is_not(self, office):
        customer = office.in_pool()
        show(office, "an", 700, customer, version=1)
        office.do(pool.claim, "an", [customer])
        assert edits(office, "an") == []

    def test_each_time_that_it_leaves(self, office):
        customer = office.enter("an")
        show(office, "an", 700, customer)
        office.release(customer)
        show(office, "an", 700, customer, version=1)
        office.do(pool.claim, "an", [customer])
        office.release(customer)
        assert edits(office, "an") == [700, 700]

    def test_not_where_it_was_forgotten_or_is_only_spoken_of(self, office):
        customer = office.enter("an")
        show(office, "an", 700, customer)
        show(office, "an", 701, customer, version=FOR_EVER)
        with office.work() as session:
            cards.forget(session, [Place(office.telegram["an"], 700), Place(office.telegram["li"], 701)])
        office.release(customer)
        assert edits(office, "an") == []

    def test_a_request_is_not_forgotten(self, office, shown):
        with office.work() as session:
            cards.forget(session, [Place(office.telegram["li"], 500)])
        office.do(approvals.reject, "li", [shown[0]])
        assert edits(office, "li") == [500]

    def test_all_of_a_person_are_edited_but_what_is_only_spoken_of(self, office):
        first, second = office.enter("an"), office.enter("an")
        show(office, "an", 700, first)
        show(office, "an", 701, second, version=FOR_EVER)
        show(office, "li", 800, first)
        with office.work() as session:
            cards.revoke(session, [office.ids["an"]], now=office.now)
        assert (edits(office, "an"), edits(office, "li")) == ([700], [])

    def test_a_message_is_about_the_customer_that_it_shows(self, office):
        first, second = office.enter("an"), office.enter("an")
        show(office, "an", 700, first)
        show(office, "an", 700, second)
        with office.work() as session:
            here, there = Place(office.telegram["an"], 700), Place(office.telegram["li"], 700)
            assert (cards.customer_of(session, here), cards.customer_of(session, there)) == (second, None)

    @pytest.mark.parametrize("batch", [3, 30])
    def test_however_many_leave_it_takes_the_same_statements(self, office, statements, batch):
        customers = [office.enter("an") for _ in range(batch)]
        for number, customer in enumerate(customers):
            show(office, "an", 700 + number, customer)
        statements.clear()
        office.release(*customers)
        assert len([each for each in statements if "cards" in each or "INSERT INTO outbox" in each]) == LOOKED_AND_TOLD
