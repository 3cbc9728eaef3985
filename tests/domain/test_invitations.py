from datetime import timedelta

import pytest
from sqlalchemy import text

from domain import access, departures, invitations, pool
from domain.errors import (
    AccountTakenError,
    InvitationExpiredError,
    InvitationUnknownError,
    InvitationUsedError,
    NoSuchPersonError,
    NotAllowedError,
    TooManyGuessesError,
)
from domain.outbox import Kind
from domain.policy import Policy

NEW_PHONE = 8_000_000_001


def invite(office, who, by="qian"):
    return office.do(invitations.invite, by, office.ids[who])


def join(office, code, telegram=NEW_PHONE):
    with office.work() as session:
        return invitations.join(session, telegram, code, now=office.now)


def guess(office, telegram=NEW_PHONE):
    with pytest.raises(InvitationUnknownError):
        join(office, "wrong", telegram)
    with office.work() as session:
        invitations.note_guess(session, telegram, now=office.now)


@pytest.fixture
def newcomer(office):
    office.hire("feng", superior="li", joined=False)
    return "feng"


class TestInvite:
    def test_the_code_fits_a_start_link_and_only_its_hash_is_kept(self, office, newcomer):
        code = invite(office, newcomer)
        assert len(code) <= 64
        assert set(code) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
        with office.work() as session:
            assert code not in str(session.execute(text("SELECT * FROM invitations")).all())

    def test_no_two_are_alike(self, office, newcomer):
        assert len({invite(office, newcomer) for _ in range(20)}) == 20

    def test_a_new_one_ends_those_before(self, office, newcomer):
        first, second = invite(office, newcomer), invite(office, newcomer)
        with pytest.raises(InvitationExpiredError):
            join(office, first)
        assert join(office, second).id == office.ids[newcomer]

    @pytest.mark.parametrize("who", ["an", "li", "zhao"])
    def test_only_an_admin_invites(self, office, newcomer, who):
        with pytest.raises(NotAllowedError):
            invite(office, newcomer, by=who)

    def test_whoever_is_gone_is_not_invited(self, office):
        office.do(departures.deactivate, "qian", office.ids["an"])
        with pytest.raises(NoSuchPersonError):
            invite(office, "an")


class TestJoin:
    def test_the_account_is_bound(self, office, newcomer):
        actor = join(office, invite(office, newcomer))
        assert (actor.id, actor.team_lead_id) == (office.ids[newcomer], office.ids["li"])
        with office.work() as session:
            assert access.find_actor(session, NEW_PHONE) == actor

    def test_a_link_admits_once(self, office, newcomer):
        code = invite(office, newcomer)
        join(office, code)
        used_at = office.now.utc
        office.later(hours=1)
        with pytest.raises(InvitationUsedError) as refused:
            join(office, code, telegram=NEW_PHONE + 1)
        assert refused.value.used_at == used_at

    def test_it_admits_until_its_days_are_over(self, office, newcomer):
        office.policy = Policy(invitation_days=7)
        code = invite(office, newcomer)
        office.later(days=7, seconds=-1)
        assert join(office, code).id == office.ids[newcomer]

    def test_but_not_longer(self, office, newcomer):
        office.policy = Policy(invitation_days=7)
        code = invite(office, newcomer)
        office.later(days=7)
        with pytest.raises(InvitationExpiredError) as refused:
            join(office, code)
        assert refused.value.expired_at == office.now.utc

    def test_a_code_that_never_was_is_unknown(self, office):
        with pytest.raises(InvitationUnknownError):
            join(office, "wrong")

    def test_whoever_was_deactivated_meanwhile_stays_out(self, office, newcomer):
        code = invite(office, newcomer)
        office.do(departures.deactivate, "qian", office.ids[newcomer])
        with pytest.raises(InvitationExpiredError):
            join(office, code)


class TestAccount:
    def test_of_somebody_else_is_taken(self, office, newcomer):
        with pytest.raises(AccountTakenError) as refused:
            join(office, invite(office, newcomer), telegram=office.telegram["an"])
        assert refused.value.name == "An"
        assert office.person("an").telegram_id == office.telegram["an"]

    def test_of_somebody_gone_is_free(self, office, newcomer):
        office.do(departures.deactivate, "qian", office.ids["an"])
        join(office, invite(office, newcomer), telegram=office.telegram["an"])
        with office.work() as session:
            assert access.find_actor(session, office.telegram["an"]).id == office.ids[newcomer]
        assert office.person("an").telegram_id is None

    def test_a_new_one_takes_the_place_of_the_old_which_is_told(self, office):
        old = office.telegram["an"]
        join(office, invite(office, "an"))
        assert office.person("an").telegram_id == NEW_PHONE
        (word,) = office.told("an", Kind.ACCOUNT_MOVED)
        assert (word.chat_id, word.user_id) == (old, None)
        with office.work() as session:
            assert access.find_actor(session, old) is None

    def test_what_was_to_be_said_goes_to_the_new_one(self, office):
        office.do(pool.pool_assign, "li", [office.in_pool()], office.ids["an"])
        join(office, invite(office, "an"))
        assert office.told("an", Kind.ASSIGNED) == []
        office.telegram["an"] = NEW_PHONE
        assert len(office.told("an", Kind.ASSIGNED)) == 1

    def test_the_same_one_again_changes_nothing(self, office):
        join(office, invite(office, "an"), telegram=office.telegram["an"])
        assert office.told("an", Kind.ACCOUNT_MOVED) == []


class TestGuesses:
    def test_five_close_the_door_even_to_a_true_code(self, office, newcomer):
        code = invite(office, newcomer)
        for _ in range(5):
            guess(office)
        with pytest.raises(TooManyGuessesError) as refused:
            join(office, code)
        assert refused.value.again_at == office.now.utc + timedelta(hours=1)

    def test_four_do_not(self, office, newcomer):
        code = invite(office, newcomer)
        for _ in range(4):
            guess(office)
        assert join(office, code).id == office.ids[newcomer]

    def test_after_an_hour_it_opens_again(self, office, newcomer):
        code = invite(office, newcomer)
        for _ in range(5):
            guess(office)
        office.later(hours=1)
        assert join(office, code).id == office.ids[newcomer]

    def test_they_count_for_their_own_account(self, office, newcomer):
        code = invite(office, newcomer)
        for _ in range(5):
            guess(office, telegram=NEW_PHONE + 1)
        assert join(office, code).id == office.ids[newcomer]
