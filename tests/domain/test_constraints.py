"""What must always hold is refused by the database itself, whatever the code believes: raw SQL on both engines."""

import threading

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from domain import approvals
from domain.permissions import Role

CODE = "9144030071526726XG"


def run(office, statement, **values):
    with office.work() as session:
        return session.execute(text(statement), values).rowcount


def refused(office, statement, **values):
    with pytest.raises(IntegrityError):
        run(office, statement, **values)


class TestOwnership:
    def test_a_customer_has_one_open_ownership(self, office):
        customer = office.enter("an")
        open_one = "INSERT INTO ownerships (customer_id, owner_id, since, gained) VALUES (:c, :o, '2026-03-02', 'claimed')"
        refused(office, open_one, c=customer, o=office.ids["xu"])
        office.release(customer)
        assert run(office, open_one, c=customer, o=office.ids["xu"]) == 1

    @pytest.mark.parametrize(
        "change",
        [
            "until = '2027-01-01'",
            "lost = 'released'",
            "until = '2020-01-01', lost = 'released'",
            "until = '2027-01-01', lost = 'forgotten'",
            "gained = 'stolen'",
        ],
    )
    def test_it_ends_with_a_known_cause_after_it_began(self, office, change):
        refused(office, f"UPDATE ownerships SET {change} WHERE customer_id = :c", c=office.enter("an"))


class TestCustomer:
    @pytest.mark.parametrize(
        "change",
        [
            "stage = 'asleep'",
            "stage = 'cooperating'",
            "stage = 'dormant'",
            "level = 'E'",
            "owner_id = NULL",
            "owned_since = NULL",
            "owner_id = 999999",
            "release_reason = 'boredom'",
            "deleted_at = '2026-03-02'",
            "deleted_by = owner_id",
            "deleted_at = '2026-03-02', deleted_by = owner_id",
            "name_key = NULL",
        ],
    )
    def test_an_owned_one_cannot_become_what_must_not_be(self, office, change):
        refused(office, f"UPDATE customers SET {change} WHERE id = :c", c=office.enter("an"))

    @pytest.mark.parametrize("change", ["pooled_at = NULL", "due_on = '2026-04-01'", "owned_since = '2026-03-02'"])
    def test_nor_one_in_the_pool(self, office, change):
        refused(office, f"UPDATE customers SET {change} WHERE id = :c", c=office.in_pool())

    def test_in_the_bin_the_stage_is_potential(self, office):
        refused(office, "UPDATE customers SET stage = 'quoting' WHERE id = :c", c=office.in_bin("an"))

    def test_and_there_is_no_owner(self, office):
        refused(
            office,
            "UPDATE customers SET owner_id = :o, owned_since = '2026-03-02' WHERE id = :c",
            c=office.in_bin("an"),
            o=office.ids["an"],
        )


class TestDuplicates:
    @pytest.mark.parametrize("column", ["name_key", "credit_code"])
    def test_two_live_customers_never_share(self, office, column):
        first, second = office.enter("an", credit_code=CODE), office.in_pool()
        same = f"UPDATE customers SET {column} = (SELECT {column} FROM customers WHERE id = :a) WHERE id = :b"
        refused(office, same, a=first, b=second)

    @pytest.mark.parametrize("column", ["name_key", "credit_code"])
    def test_one_in_the_bin_may(self, office, column):
        first, second = office.enter("an", credit_code=CODE), office.in_bin("an")
        same = f"UPDATE customers SET {column} = (SELECT {column} FROM customers WHERE id = :a) WHERE id = :b"
        assert run(office, same, a=first, b=second) == 1

    def test_two_live_customers_never_share_a_partner(self, office):
        first, second = office.enter("an"), office.enter("an")
        office.sign(first)
        taken = "UPDATE customers SET stage = 'cooperating', partner_id = (SELECT partner_id FROM customers WHERE id = :a)"
        refused(office, f"{taken} WHERE id = :b", a=first, b=second)


class TestContact:
    def test_one_is_the_main_one(self, office):
        second = "INSERT INTO contacts (customer_id, main, name, phone) VALUES (:c, :main, 'Zhang', '1')"
        customer = office.enter("an")
        refused(office, second, c=customer, main=True)
        assert run(office, second, c=customer, main=False) == 1

    def test_who_can_be_reached(self, office):
        refused(office, "UPDATE contacts SET phone = NULL, email = NULL WHERE customer_id = :c", c=office.enter("an"))


class TestRequest:
    @pytest.fixture
    def request_id(self, office):
        return office.waiting("xu", office.in_pool(last="an"))

    def test_one_waits_for_a_customer(self, office, request_id):
        again = "INSERT INTO claim_requests (batch_id, customer_id, status) SELECT batch_id, customer_id, 'waiting'"
        refused(office, f"{again} FROM claim_requests WHERE id = :r", r=request_id)

    def test_a_decision_has_a_time_and_waiting_has_none(self, office, request_id):
        refused(office, "UPDATE claim_requests SET status = 'approved' WHERE id = :r", r=request_id)
        refused(office, "UPDATE claim_requests SET decided_at = '2026-03-02' WHERE id = :r", r=request_id)

    def test_a_decision_is_one_of_those_known(self, office, request_id):
        refused(office, "UPDATE claim_requests SET status = 'postponed', decided_at = '2026-03-02' WHERE id = :r", r=request_id)

    @pytest.mark.parametrize("status", ["approved", "cancelled", "waiting"])
    def test_there_is_no_second_one(self, office, request_id, status):
        office.do(approvals.reject, "li", [request_id])
        decided_at = "NULL" if status == "waiting" else "'2026-03-02'"
        second = f"UPDATE claim_requests SET status = :s, decided_at = {decided_at} WHERE id = :r"
        refused(office, second, s=status, r=request_id)

    def test_its_reason_may_still_be_added(self, office, request_id):
        office.do(approvals.reject, "li", [request_id])
        assert run(office, "UPDATE claim_requests SET reason = 'ours' WHERE id = :r", r=request_id) == 1


class TestTimeline:
    def test_it_cannot_be_changed(self, office):
        refused(office, "UPDATE timeline SET event = 'nothing' WHERE customer_id = :c", c=office.enter("an"))

    def test_nor_removed(self, office):
        refused(office, "DELETE FROM timeline WHERE customer_id = :c", c=office.enter("an"))


class TestStaff:
    @pytest.mark.parametrize("below", ["zhao", "li", "an"])
    def test_nobody_stands_above_himself(self, office, below):
        refused(office, "UPDATE users SET superior_id = :s WHERE id = :u", u=office.ids["zhao"], s=office.ids[below])

    def test_a_whole_team_moved_at_once_is_checked_too(self, office):
        wrong = "UPDATE users SET superior_id = :s WHERE superior_id = :u OR id = :u"
        refused(office, wrong, u=office.ids["zhao"], s=office.ids["an"])

    @pytest.mark.parametrize(
        "change",
        [
            "role = 'boss'",
            "language = 'de'",
            "away_until = '2026-04-01'",
            "stand_in_id = superior_id",
            "login = 'bai'",
            "name = NULL",
        ],
    )
    def test_nobody_becomes_what_nobody_is(self, office, change):
        refused(office, f"UPDATE users SET {change} WHERE id = :u", u=office.ids["an"])

    def test_nobody_stands_in_for_himself(self, office):
        alone = "UPDATE users SET away_until = '2026-04-01', stand_in_id = id WHERE id = :u"
        refused(office, alone, u=office.ids["an"])

    def test_an_account_is_one_persons(self, office):
        taken = "UPDATE users SET telegram_id = :t WHERE id = :u"
        refused(office, taken, t=office.telegram["bai"], u=office.ids["an"])


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
class TestStaffAtOnce:
    def test_two_who_put_each_other_above_make_no_cycle(self, own_office, database):
        for login in ("feng", "gao"):
            own_office.hire(login, Role.LEAD)
        above = text("UPDATE users SET superior_id = :s WHERE id = :u")
        feng, gao = own_office.ids["feng"], own_office.ids["gao"]
        refusals = []

        def second():
            try:
                with database.unit_of_work() as session:
                    session.execute(above, {"s": feng, "u": gao})
            except IntegrityError as refusal:
                refusals.append(refusal)

        waiting = threading.Thread(target=second)
        with database.unit_of_work() as session:
            session.execute(above, {"s": gao, "u": feng})
            waiting.start()
            waiting.join(timeout=0.2)
            assert waiting.is_alive()
        waiting.join()
        assert len(refusals) == 1
        assert own_office.person("gao").superior_id is None


class TestLedgers:
    def test_a_key_is_told_once(self, office):
        row = (
            "INSERT INTO outbox (key, kind, chat_id, priority, body, created_at) VALUES ('k', 'reply', 1, 0, '{}', '2026-03-02')"
        )
        run(office, row)
        refused(office, row)

    @pytest.mark.parametrize("change", ["status = 'sending'", "lease_until = '2026-03-02'", "status = 'lost'"])
    def test_only_what_is_being_sent_has_a_lease(self, office, change):
        office.waiting("xu", office.in_pool(last="an"))
        refused(office, f"UPDATE outbox SET {change} WHERE status = 'pending'")

    def test_an_update_comes_once(self, office):
        row = "INSERT INTO inbox (update_id, lane, payload, received_at) VALUES (5, 1, '{}', '2026-03-02')"
        run(office, row)
        refused(office, row)

    def test_a_message_shows_one_thing(self, office):
        row = """INSERT INTO cards (chat_id, message_id, user_id, subject, subject_id, version, created_at)
                 VALUES (1, 1, :u, 'request', 1, 1, '2026-03-02')"""
        run(office, row, u=office.ids["an"])
        refused(office, row, u=office.ids["an"])

    def test_a_code_invites_one_person(self, office):
        refused(office, "UPDATE invitations SET code_hash = 'same'")
