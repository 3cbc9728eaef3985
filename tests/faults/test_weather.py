"""Bad weather at Telegram: floods, silence, blocks, refusals and repeats."""

import asyncio
from urllib.parse import urlsplit

import pytest

from bot.demo.telegram import server
from bot.routes import COMMANDS
from bot.screens import Screen as Shown
from domain import pool
from domain.models import OutboxMessage, OutboxStatus
from tests.faults.scene import APPROVE, CLAIM, until


def searches(prefix, times):
    return [f"{prefix} {number:02d}" for number in range(times)]


def in_order(person, wanted):
    """What of the wanted words the bot has said, in its order."""
    return [words for screen in person.heard for words in wanted if words in screen]


class TestAFloodInOneChat:
    async def test_holds_up_that_chat_alone_and_keeps_its_order(self, office_town):
        an, xu = office_town.person("an"), office_town.person("xu")
        hers, his = searches("hers", 4), searches("his", 4)
        async with office_town.bot():
            office_town.strike("429", chat_id=an.user_id, retry_after=2, times=1)
            for mine, yours in zip(hers, his, strict=True):
                await an.send(mine)
                await xu.send(yours)
            await until(lambda: in_order(xu, his) == his, "the other chat goes on")
            held_up = in_order(an, hers)
            await office_town.quiet()
        assert held_up == []
        assert in_order(an, hers) == hers


class TestTelegramOutOfReach:
    async def test_everything_arrives_afterwards_once_and_in_order(self, town):
        port = urlsplit(town.url).port
        town.found()
        an, wu = town.person("an"), town.person("wu")
        wanted = searches("before the silence", 5)
        async with town.bot():
            await an.send(wanted[0])
            await an.see(wanted[0])
            await town.silence()
            customers = [town.office.enter("bai", name) for name in wanted[1:]]
            for customer in customers:
                town.office.do(pool.assign, "li", [customer], town.office.ids["an"])
            town.office.waiting("bai", town.office.in_pool("Asked in Silence", last="xu"))
            await until(lambda: town.outbox(OutboxMessage.error.is_not(None)), "a send was tried in vain")
            async with server.serve(town.telegram, port=port):
                await town.quiet()
        assert in_order(an, wanted) == wanted
        assert len(wu.hearing("Asked in Silence")) == 1


class TestABlockedApprover:
    async def test_the_next_in_the_chain_gets_the_card(self, office_town):
        wu, zhao = office_town.person("wu"), office_town.person("zhao")
        async with office_town.bot():
            office_town.telegram.chats[wu.user_id].blocked = True
            office_town.office.waiting("an", office_town.office.in_pool("Wanted", last="xu"))
            card = await zhao.see_request("Wanted")
            await zhao.tap_on(card.id, APPROVE)
            await office_town.quiet()
        assert wu.hearing("Wanted") == []
        assert office_town.person("an").hearing("Wanted")
        assert office_town.told(wu, "request").status == OutboxStatus.FAILED


class TestMarkupThatTelegramCannotRead:
    async def test_goes_out_as_plain_text(self, office_town, monkeypatch):
        monkeypatch.setitem(COMMANDS, "menu", lambda turn: Shown(f"<b>never closed, {turn.actor.name} &lt;3"))
        an = office_town.person("an")
        async with office_town.bot():
            await an.send("/menu")
            await office_town.quiet()
        assert [screen.text for screen in an.heard] == ["never closed, An <3"]


class TestATappedMessageThatIsGone:
    async def test_the_answer_comes_as_a_new_message(self, office_town):
        customer = office_town.office.in_pool("Found")
        an = office_town.person("an")
        async with office_town.bot():
            card = await an.open_card("Found")
            office_town.strike("slow", method="editMessageText", chat_id=an.user_id, seconds=0.3)
            await an.tap_on(card.id, CLAIM)
            await until(lambda: office_town.office.owner(customer), "the claim is done")
            await an.delete(card.id)
            await office_town.quiet()
        assert office_town.office.owner(customer) == "an"
        assert an.heard[-1].id > card.id
        assert "Found" in an.heard[-1]


class TestAnUpdateDeliveredTwice:
    @pytest.mark.parametrize("way", ["polling", "webhook"])
    async def test_changes_nothing(self, office_town, way, free_port):
        an = office_town.person("an")
        customers = [office_town.office.in_pool(f"Once {number}") for number in range(4)]
        settings = office_town.webhook(free_port) if way == "webhook" else {}
        async with office_town.bot(**settings):
            if settings:
                await office_town.call("setWebhook", url=settings["webhook_url"], secret_token="secret")
            cards = [await an.open_card(f"Once {number}") for number in range(4)]
            office_town.strike("duplicate", times=4)
            for card in cards:
                await an.tap_on(card.id, CLAIM)
            await office_town.quiet()
            await office_town.call("deleteWebhook")
        assert [office_town.office.events(customer).count("claimed") for customer in customers] == [1, 1, 1, 1]
        kept = [update.update_id for update in office_town.updates()]
        assert len(kept) == len(set(kept)) == 12


class TestAChangeOfTheWay:
    async def test_no_update_is_lost_between_polling_and_webhook(self, office_town, free_port):
        an, wanted = office_town.person("an"), searches("stage", 9)
        webhook = office_town.webhook(free_port)
        stages = [wanted[:3], wanted[3:6], wanted[6:]]
        for stage, settings in zip(stages, ({}, webhook, {}), strict=True):
            await an.send(stage[0])
            if settings:
                await office_town.call("setWebhook", url=settings["webhook_url"], secret_token="secret")
            else:
                await office_town.call("deleteWebhook")
            async with office_town.bot(**settings):
                await an.send(stage[1])
                await office_town.quiet()
            await an.send(stage[2])
        await office_town.call("deleteWebhook")
        async with office_town.bot():
            await office_town.quiet()
        assert in_order(an, wanted) == wanted
        assert len(office_town.updates()) == len(wanted)


class TestTakenTogether:
    async def test_a_storm_passes_and_everybody_has_heard_everything_once(self, office_town):
        people = office_town.people(("an", "bai", "xu", "ye"))
        wanted = searches("storm", 5)
        async with office_town.bot():
            for kind in ("500", "502", "reset", "lost_reply"):
                office_town.strike(kind, method="answerCallbackQuery")
            for kind in ("429", "502", "lost_reply"):
                office_town.strike(kind, method="getUpdates")
            office_town.strike("429", method="sendMessage", times=4)
            await asyncio.gather(*(send_all(person, wanted) for person in people))
            await office_town.quiet()
        assert [in_order(person, wanted) for person in people] == [wanted] * 4


async def send_all(person, wanted):
    for words in wanted:
        await person.send(words)
