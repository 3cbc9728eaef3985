"""What changes while a message is on its way, and what must not hold up the others."""

import asyncio
import threading

import pytest

from bot.notices.rendering import Outgoing
from bot.screens import Shows
from bot.settling import Sent, settle
from domain import access, approvals, outbox
from domain.clock import now_in
from domain.models import OutboxStatus
from domain.outbox import Kind
from domain.presence import Presence
from tests.domain.office import SHANGHAI
from tests.faults.scene import APPROVE, until


@pytest.fixture
def asked(office_town):
    """A request that wu is to decide."""
    return office_town.office.waiting("an", office_town.office.in_pool("Wanted", last="xu"))


def decided(person):
    (card,) = person.hearing("Wanted")
    return APPROVE not in " ".join(card.labels)


class TestACardOnItsWay:
    async def test_shows_the_decision_that_overtook_it(self, office_town, asked):
        wu = office_town.person("wu")
        office_town.strike("slow", method="sendMessage", chat_id=wu.user_id, seconds=0.5)
        async with office_town.bot():
            await until(lambda: office_town.told(wu, "request").status == OutboxStatus.SENDING, "the card is on its way")
            office_town.office.do(approvals.reject, "wu", [asked])
            await office_town.quiet()
        assert decided(wu)

    async def test_shows_it_too_when_a_screen_of_before_comes_last(self, office_town, asked):
        wu, office = office_town.person("wu"), office_town.office
        async with office_town.bot():
            card = await wu.see_request("Wanted")
            await office_town.quiet()
            office.do(approvals.reject, "wu", [asked])
            await office_town.quiet()
            params = {"chat_id": wu.user_id, "message_id": card.id, "text": f"Wanted, still\n{APPROVE}"}
            shows = {"subject": "request", "subject_id": office.batch_of(asked), "version": 1}
            body = {"method": "editMessageText", "params": params, "shows": shows}
            to = {"chat_id": wu.user_id, "user_id": office.ids["wu"]}
            with office.work() as session:
                outbox.tell_chat(session, key="late", kind=Kind.REPLY, body=body, now=now_in(SHANGHAI), **to)
            await office_town.quiet()
        assert decided(wu)
        assert not wu.hearing("still")

    async def test_misses_no_decision_that_is_committed_while_it_is_noted(self, office_town, asked):
        office, wu = office_town.office, office_town.person("wu")
        with office.work() as session:
            (row,) = outbox.claim(session, now=now_in(SHANGHAI), limit=1)
        sent = Sent(row, Outgoing("sendMessage", {}, Shows("request", office.batch_of(asked), 1)), message_id=500)

        def note():
            with office_town.database.unit_of_work() as session:
                settle(session, [sent], now=now_in(SHANGHAI))

        noting = threading.Thread(target=note)
        with office.work() as session:
            actor = access.actor_by_id(session, office.ids["wu"])
            approvals.reject(session, actor, [asked], now=now_in(SHANGHAI))
            noting.start()
            await asyncio.sleep(0.3)
        await asyncio.to_thread(noting.join)
        assert office_town.told(wu, "refresh").body["message_id"] == 500


class TestABrokenMessage:
    async def test_fails_by_itself_and_holds_up_no_other(self, office_town, asked):
        an, office = office_town.person("an"), office_town.office
        with office.work() as session:
            to = {"chat_id": an.user_id, "user_id": office.ids["an"]}
            outbox.tell_chat(session, key="broken", kind=Kind.DECIDED, body={}, now=now_in(SHANGHAI), **to)
        async with office_town.bot():
            await office_town.person("wu").see_request("Wanted")
            await office_town.quiet()
        assert office_town.told(an, "decided").status == OutboxStatus.FAILED


class TestPresence:
    def test_of_one_process_is_seen_by_the_next_until_it_ends(self, database):
        first, second, third = (Presence(database) for _ in range(3))
        with first.entering() as alone:
            assert alone
        with second.entering() as alone:
            assert alone == database.is_sqlite
        first.leave()
        second.leave()
        with third.entering() as alone:
            assert alone
        third.leave()
