"""Messages that show a customer (SPEC 9): masked when it leaves their reader, never forwarded, answered with a follow-up."""

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from domain import departures, pool, profiles, undo, users
from domain.models import Card, Followup, OutboxMessage, OutboxStatus, TimelineEntry
from domain.outbox import Kind
from domain.permissions import Act, Role
from domain.stages import ReleaseReason
from domain.timeline import Event
from tests.bot.office import PHONE

pytestmark = pytest.mark.asyncio(loop_scope="module")

CLOSED = "联系方式已收起"


async def opened(phone, customer):
    """The card of a customer, in the message that the search came in."""
    await phone.ask(customer.name)
    card = await phone.press(customer.name)
    assert PHONE in card
    return card


async def now_in(office, phone, message):
    """What a message says when the bot has said everything."""
    await office.quiet()
    return await phone.shown(message.id)


def release(office, customer, by="zhang"):
    office.do(pool.release, by, [customer.id], reason=ReleaseReason.NO_NEED)


def hand_to_another_team(office, customer):
    release(office, customer)
    office.do(pool.direct_assign, "heping", [customer.id], office.ids["chenjie"])


def followups(office, customer):
    return office.look(select(Followup.text).where(Followup.customer_id == customer.id).order_by(Followup.id))


def edits(office):
    """How often a card was edited because a customer left."""
    return office.look(select(func.count()).where(OutboxMessage.kind == Kind.REFRESH, OutboxMessage.status == OutboxStatus.SENT))


class TestWhenACustomerLeaves:
    async def test_a_released_one_is_masked_in_its_former_owners_message(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        card = await opened(lihua, customer)
        release(office, customer)
        masked = await now_in(office, lihua, card)
        assert customer.name in masked
        assert PHONE not in masked
        assert "领取后可见完整联系方式" in masked

    async def test_one_of_another_team_by_now_is_closed(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        card = await opened(lihua, customer)
        hand_to_another_team(office, customer)
        closed = await now_in(office, lihua, card)
        assert CLOSED in closed
        assert (PHONE in closed, customer.name in closed) == (False, False)
        assert closed.labels == ["主菜单"]

    async def test_a_lead_who_may_see_it_yet_sees_the_present_owner(self, office):
        customer = office.customer(owner="lihua")
        zhang = office.phone("zhang")
        card = await opened(zhang, customer)
        office.do(pool.assign, "zhang", [customer.id], office.ids["wangwei"])
        present = await now_in(office, zhang, card)
        assert (PHONE in present, "负责人：王伟" in present) == (True, True)

    async def test_every_message_that_shows_it_is_edited(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        cards = [await opened(lihua, customer), await opened(lihua, customer)]
        assert cards[0].id != cards[1].id
        release(office, customer)
        assert [PHONE in await now_in(office, lihua, card) for card in cards] == [False, False]

    async def test_who_leaves_the_firm_keeps_no_card(self, office):
        customer = office.customer(owner="sunli")
        liu = office.phone("liu")
        card = await opened(liu, customer)
        leaver = await office.hire("leaver", "离职者", superior="liu")
        own = await opened(leaver, office.customer(owner="leaver"))
        office.do(departures.deactivate, "guan", office.ids["leaver"], successor_id=office.ids["chenjie"])
        closed = await now_in(office, leaver, own)
        assert (CLOSED in closed, PHONE in closed, closed.labels) == (True, False, [])
        assert PHONE in await now_in(office, liu, card)

    async def test_what_an_undo_takes_away_is_masked_too(self, office):
        customer = office.customer(owner="lihua")
        before = office.do(lambda session, _actor: undo.standing(session, [customer.id]), "zhang")
        outcomes = office.do(pool.assign, "zhang", [customer.id], office.ids["wangwei"])
        kept = office.do(undo.keep, "zhang", Act.ASSIGN, before, outcomes)
        wangwei = office.phone("wangwei")
        card = await opened(wangwei, customer)
        office.do(undo.undo, "zhang", kept)
        assert CLOSED in await now_in(office, wangwei, card)

    async def test_nothing_of_it_counts_as_opened_in_the_pool(self, office):
        office.set_rule("mask_pool_contacts", value=False)
        office.set_rule("pool_views_per_day", value=5)
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        card = await opened(lihua, customer)
        release(office, customer)
        assert PHONE not in await now_in(office, lihua, card)
        assert office.look(select(TimelineEntry.id).where(TimelineEntry.event == Event.CONTACTS_OPENED)) == []


class TestEveryScreenThatTellsHowToReachIt:
    @pytest.mark.parametrize("path", [["编辑", "联系人"], ["编辑", "联系人", "电话"], ["时间线"]])
    async def test_is_closed_as_the_card_is(self, office, path):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        screen = await opened(lihua, customer)
        for label in path:
            screen = await lihua.press_on(screen, label)
        hand_to_another_team(office, customer)
        assert CLOSED in await now_in(office, lihua, screen)

    async def test_the_customer_behind_a_request_too(self, office):
        customer = office.customer(last="lihua")
        office.do(pool.claim, "chenjie", [customer.id])
        await office.quiet()
        zhang = office.phone("zhang")
        await zhang.press("同意")
        looked = await office.phone("chenjie").press("查看")
        assert PHONE in looked
        release(office, customer, by="liu")
        assert PHONE not in await now_in(office, office.phone("chenjie"), looked)

    async def test_what_somebody_opened_in_an_open_pool_and_another_claimed(self, office):
        office.set_rule("mask_pool_contacts", value=False)
        customer = office.customer(last="lihua")
        chenjie = office.phone("chenjie")
        card = await opened(chenjie, customer)
        office.do(pool.claim, "lihua", [customer.id], policy=replace(office.house.policy, mask_pool_contacts=False))
        assert CLOSED in await now_in(office, chenjie, card)


class TestWhoseRightsShrink:
    async def test_a_lead_whose_member_moves_to_another_team_has_the_cards_closed(self, office):
        await office.hire("mover", "调动者", superior="zhang")
        customer = office.customer(owner="mover")
        zhang, zhou = office.phones("zhang", "zhou")
        hers, above = await opened(zhang, customer), await opened(zhou, customer)
        office.do(users.set_superior, "guan", office.ids["mover"], office.ids["liu"])
        assert CLOSED in await now_in(office, zhang, hers)
        assert PHONE in await now_in(office, zhou, above)

    async def test_a_lead_who_is_one_no_longer_too(self, office):
        await office.hire("deputy", "副组长", role=Role.LEAD, superior="zhang")
        await office.hire("member", "组员", superior="deputy")
        customer = office.customer(owner="member")
        deputy = office.phone("deputy")
        card = await opened(deputy, customer)
        office.do(users.set_superior, "guan", office.ids["member"], office.ids["zhang"])
        office.do(profiles.set_role, "guan", office.ids["deputy"], Role.SALES)
        assert CLOSED in await now_in(office, deputy, card)

    async def test_an_account_that_was_left_has_them_closed_and_the_new_one_hears_nothing(self, office):
        old = await office.hire("traveller", "换号者", superior="zhang")
        card = await opened(old, office.customer(owner="traveller"))
        new = await office.join("traveller")
        assert CLOSED in await now_in(office, old, card)
        assert [screen for screen in await new.screens() if CLOSED in screen] == []


class TestWhatIsLeftAlone:
    async def test_a_message_that_shows_a_list_by_now(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        listed = await lihua.press_on(await opened(lihua, customer), "返回")
        release(office, customer)
        assert (await now_in(office, lihua, listed)).text == listed.text

    async def test_a_message_that_shows_another_customer_by_now(self, office):
        gone, kept = office.customers(2, owner="lihua")
        lihua = office.phone("lihua")
        await lihua.ask("/my")
        card = await lihua.press_on(await lihua.press(gone.name), "返回")
        other = await lihua.press_on(card, kept.name)
        release(office, gone)
        assert (await now_in(office, lihua, other)).text == other.text

    async def test_a_card_that_shows_already_how_it_is(self, office):
        customer = office.customer(owner="lihua")
        await opened(office.phone("zhang"), customer)
        before = edits(office)
        await office.phone("lihua").ask("/my")
        office.do(pool.assign, "zhang", [customer.id], office.ids["wangwei"])
        await office.quiet()
        await opened(office.phone("wangwei"), customer)
        assert edits(office)[0] == before[0] + 1

    async def test_a_masked_card_is_not_remembered(self, office):
        customer = office.customer(last="lihua")
        chenjie = office.phone("chenjie")
        await chenjie.ask(customer.name)
        assert PHONE not in await chenjie.press(customer.name)
        await office.quiet()
        assert office.look(select(Card.id).where(Card.subject_id == customer.id, Card.subject == "customer")) == []


class TestProtection:
    async def test_what_may_show_a_card_is_not_to_be_forwarded(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        card = await opened(lihua, customer)
        assert card.message["has_protected_content"] is True

    async def test_an_invitation_is_there_to_be_forwarded(self, office):
        office.add("newcomer", "新同事", superior="zhang")
        guan = office.phone("guan")
        await guan.ask("/users")
        await guan.press("新同事")
        await guan.press("邀请")
        await office.quiet()
        sent = (await guan.chat())["messages"]
        links = [message for message in sent if "?start=" in message.get("text", "")]
        assert [message.get("has_protected_content", False) for message in links] == [False]


class TestAReply:
    async def test_to_a_card_is_a_follow_up(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        card = await opened(lihua, customer)
        done = await lihua._answer(await lihua.send("王经理下周定舱", reply_to=card.id))
        assert ("✅ 已记录" in done, customer.name in done) == (True, True)
        assert followups(office, customer) == ["王经理下周定舱"]

    async def test_to_what_was_logged_is_one_more(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        card = await opened(lihua, customer)
        done = await lihua._answer(await lihua.send("第一次", reply_to=card.id))
        await lihua.ask("/menu")
        await lihua._answer(await lihua.send("第二次", reply_to=done.id))
        assert followups(office, customer) == ["第一次", "第二次"]

    async def test_to_the_news_of_an_assignment_is_a_follow_up(self, office):
        customer = office.customer(owner="lihua")
        office.do(pool.assign, "zhang", [customer.id], office.ids["wangwei"])
        wangwei = office.phone("wangwei")
        await office.quiet()
        [news] = [message for message in (await wangwei.chat())["messages"] if customer.name in message.get("text", "")]
        await wangwei._answer(await wangwei.send("已致电", reply_to=news["message_id"]))
        assert followups(office, customer) == ["已致电"]

    async def test_with_a_day_completes_what_was_just_logged(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        card = await opened(lihua, customer)
        done = await lihua._answer(await lihua.send("约好了", reply_to=card.id))
        assert "下次跟进" in await lihua._answer(await lihua.send("3天后", reply_to=done.id))
        assert followups(office, customer) == ["约好了"]

    async def test_comes_before_a_question_that_is_open(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        card = await opened(lihua, customer)
        await lihua.ask("/new")
        await lihua._answer(await lihua.send("另一条", reply_to=card.id))
        assert followups(office, customer) == ["另一条"]

    async def test_by_whom_it_has_left_is_refused_in_one_line(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        card = await opened(lihua, customer)
        hand_to_another_team(office, customer)
        refused = await lihua._answer(await lihua.send("还在谈", reply_to=card.id))
        assert "✅" not in refused
        assert followups(office, customer) == []

    async def test_to_any_other_message_is_what_it_always_was(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        menu = await lihua.ask("/menu")
        found = await lihua._answer(await lihua.send(customer.name, reply_to=menu.id))
        assert ("查询" in found, customer.name in " ".join(found.labels)) == (True, True)
        assert followups(office, customer) == []

    async def test_a_command_in_a_reply_is_a_command(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        card = await opened(lihua, customer)
        assert "李华" in await lihua._answer(await lihua.send("/menu", reply_to=card.id))
        assert followups(office, customer) == []
