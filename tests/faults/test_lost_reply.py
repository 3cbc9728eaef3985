"""The call was made, and what became of it nobody learned: what may come twice, what must not, and what is harmless."""

from datetime import timedelta
from functools import partial

import pytest

from bot.transport import AiohttpRequest, Timeouts
from domain import approvals, pool, undecided
from domain.models import OutboxStatus
from tests.faults.scene import APPROVE, REJECT, until

AMBIGUOUS = ("lost_reply", "reset", "500", "502", "slow")
ARRIVED = ("lost_reply", "slow")
READ_SECONDS = 0.5


@pytest.fixture(autouse=True)
def hasty(monkeypatch):
    """The bot waits half a second for an answer, so that `slow` is too slow for it."""
    monkeypatch.setattr("bot.app.AiohttpRequest", partial(AiohttpRequest, timeouts=Timeouts(read=READ_SECONDS)))


def strike(town, kind, method, person, **more):
    town.strike(kind, method=method, chat_id=person.user_id, seconds=READ_SECONDS * 2, **more)


def assign(office):
    customer = office.enter("bai", "Handed Over")
    office.do(pool.assign, "li", [customer], office.ids["an"])


def decide(office):
    request = office.waiting("an", office.in_pool("Decided Upon", last="xu"))
    office.do(approvals.approve, "wu", [request])


def release(office):
    office.release(office.enter("an", "Taken Away"), by="li")


def remind(town):
    """A day later the lead is reminded of a request; of the card itself nothing is left to be sent."""
    town.office.waiting("an", town.office.in_pool("Long Undecided", last="xu"))
    town.forget_what_was_to_be_said()
    with town.office.work() as session:
        undecided.remind(session, now=town.office.now.after(timedelta(hours=25)))


NEWS = {"assigned": (assign, "Handed Over"), "decided": (decide, "Decided Upon"), "released": (release, "Taken Away")}


class TestNews:
    @pytest.mark.parametrize("kind", NEWS)
    async def test_whose_answer_was_lost_is_said_once_more_and_known(self, office_town, kind):
        cause, words = NEWS[kind]
        an = office_town.person("an")
        async with office_town.bot():
            strike(office_town, "lost_reply", "sendMessage", an, contains=words)
            cause(office_town.office)
            await office_town.quiet()
        assert len(an.hearing(words)) == 2
        assert office_town.told(an, kind).status == OutboxStatus.SENT

    @pytest.mark.parametrize("weather", AMBIGUOUS)
    async def test_is_never_missing_whatever_the_weather(self, office_town, weather):
        an, copies = office_town.person("an"), 2 if weather in ARRIVED else 1
        async with office_town.bot():
            strike(office_town, weather, "sendMessage", an, contains="Handed Over")
            assign(office_town.office)
            await office_town.quiet()
            await until(lambda: len(an.hearing("Handed Over")) >= copies, "every copy has arrived")
        assert len(an.hearing("Handed Over")) == copies
        assert office_town.told(an, "assigned").status == OutboxStatus.SENT

    async def test_outlives_a_storm_of_some_seconds(self, office_town):
        an = office_town.person("an")
        async with office_town.bot():
            strike(office_town, "reset", "sendMessage", an, times=2)
            assign(office_town.office)
            await office_town.quiet()
        assert len(an.hearing("Handed Over")) == 1


class TestAReminder:
    @pytest.mark.parametrize("weather", AMBIGUOUS)
    async def test_is_never_said_twice_whatever_the_weather(self, office_town, weather):
        wu = office_town.person("wu")
        strike(office_town, weather, "sendMessage", wu, contains="Long Undecided")
        remind(office_town)
        async with office_town.bot():
            await office_town.quiet()
            if weather in ARRIVED:
                await wu.see("Long Undecided")
        assert len(wu.hearing("Long Undecided")) == (weather in ARRIVED)
        assert office_town.told(wu, "undecided").status == OutboxStatus.UNCERTAIN


class TestAnApprovalCard:
    @pytest.mark.parametrize("weather", AMBIGUOUS)
    async def test_goes_once_more_at_most_and_is_never_missing(self, office_town, weather):
        wu, copies = office_town.person("wu"), 2 if weather in ARRIVED else 1
        async with office_town.bot():
            strike(office_town, weather, "sendMessage", wu, contains="Wanted")
            office_town.office.waiting("an", office_town.office.in_pool("Wanted", last="xu"))
            await office_town.quiet()
            await until(lambda: len(wu.hearing("Wanted")) >= copies, "every copy has arrived")
        assert len(wu.hearing("Wanted")) == copies
        assert office_town.told(wu, "request").status == OutboxStatus.SENT

    async def test_is_given_up_for_uncertain_when_the_answer_is_lost_too_often(self, office_town, monkeypatch):
        monkeypatch.setattr("bot.settling.AGAIN", 1)
        wu = office_town.person("wu")
        async with office_town.bot():
            strike(office_town, "lost_reply", "sendMessage", wu, contains="Wanted", times=5)
            office_town.office.waiting("an", office_town.office.in_pool("Wanted", last="xu"))
            await office_town.quiet()
        assert len(wu.hearing("Wanted")) == 2
        assert office_town.told(wu, "request").status == OutboxStatus.UNCERTAIN

    @pytest.mark.parametrize("tapped", [0, 1], ids=["the twin that nobody knows", "the twin that is known"])
    async def test_either_twin_decides_once_and_both_show_it_in_the_end(self, office_town, tapped):
        customer = office_town.office.in_pool("Wanted", last="xu")
        wu = office_town.person("wu")
        async with office_town.bot():
            strike(office_town, "lost_reply", "sendMessage", wu, contains="Wanted")
            request = office_town.office.waiting("an", customer)
            await office_town.quiet()
            twins = wu.hearing("Wanted")
            reject = twins[0].data(REJECT)
            await wu.tap_on(twins[tapped].id, APPROVE)
            await office_town.quiet()
            await wu.tap_data(twins[1 - tapped].id, reject)
            await office_town.quiet()
        assert len(twins) == 2
        assert office_town.office.request(request).status == "approved"
        assert office_town.office.events(customer).count("request_approved") == 1
        assert [APPROVE in " ".join(screen.labels) for screen in wu.hearing("Wanted")] == [False, False]


class TestAnEdit:
    @pytest.mark.parametrize("weather", AMBIGUOUS)
    async def test_is_repeated_until_it_stands_and_shown_once(self, office_town, weather):
        wu = office_town.person("wu")
        async with office_town.bot():
            request = office_town.office.waiting("an", office_town.office.in_pool("Wanted", last="xu"))
            await office_town.quiet()
            strike(office_town, weather, "editMessageText", wu)
            office_town.office.do(approvals.reject, "wu", [request])
            await office_town.quiet()
        (card,) = wu.hearing("Wanted")
        assert APPROVE not in " ".join(card.labels)
        assert office_town.told(wu, "refresh").status == OutboxStatus.SENT
