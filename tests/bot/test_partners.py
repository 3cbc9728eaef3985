"""合作伙伴: an admin's list, the search in it and the card of each."""

from datetime import timedelta

import pytest

from bot.payloads.partners import OpenPartners, SearchPartners, ShowPartner, TurnPartners
from domain import orders, pool, recycle_bin, signing
from domain.credit_code import check_digit
from domain.orders import NewOrder
from domain.stages import ReleaseReason
from tests.bot.partnership import fresh_name, partner, partner_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def find(office, name, who="guan"):
    """The list of the partners that hold this text."""
    return await office.phone(who).ask(f"/partners {name}")


class TestList:
    async def test_it_shows_owner_and_orders_and_leads_to_the_card(self, office):
        customer = office.customer(fresh_name(), owner="lihua")
        office.do(signing.sign, "lihua", customer.id)
        listed = await find(office, customer.name)
        assert f"合作伙伴：{customer.name}" in listed
        assert "共 1 个" in listed
        assert [f"{customer.name} · 李华 · 0 个订单"] in listed.rows
        card = await office.phone("guan").press(customer.name)
        assert f"客户：{customer.name}，由 李华 负责" in card
        assert "有效 · 0 个订单" in card

    async def test_eight_a_page_and_every_one_once(self, office):
        base = fresh_name()
        for number in range(10):
            partner(office, f"{base}{number}")
        guan = office.phone("guan")
        first = await find(office, base)
        second = await guan.press("›")
        names = [label.split(" · ")[0] for label in (*first.labels, *second.labels) if label.startswith(base)]
        assert names == [f"{base}{number}" for number in reversed(range(10))]
        assert (await guan.press("‹")).rows == first.rows

    async def test_it_is_in_the_menu_and_can_be_searched_from_there(self, office):
        name = fresh_name()
        first17 = "91370200000000777"
        partner(office, name, first17 + check_digit(first17))
        guan = office.phone("guan")
        await guan.ask("/menu")
        listed = await guan.press("合作伙伴")
        assert "🔍 查询" in listed.labels
        assert "请发送名称或统一社会信用代码" in await guan.press("查询")
        assert f"{name} · 0 个订单" in (await guan.ask(first17[8:])).labels
        assert "合作伙伴\n共" in await guan.press("全部")

    async def test_the_question_can_be_left(self, office):
        guan = office.phone("guan")
        await guan.ask("/partners")
        await guan.press("查询")
        assert "合作伙伴\n" in await guan.press("取消")
        assert "查询：青岛" in await guan.ask("青岛")

    async def test_what_nothing_holds_is_said(self, office):
        listed = await find(office, "<没有这家>")
        assert "合作伙伴：<没有这家>" in listed
        assert "没有符合条件的合作伙伴" in listed


class TestCard:
    async def test_a_void_one_says_so_and_takes_no_order(self, office):
        customer = office.customer(fresh_name(), owner="lihua")
        office.do(signing.sign, "lihua", customer.id)
        office.do(recycle_bin.delete, "zhang", [customer.id])
        assert f"🚫 {customer.name} · 0 个订单" in (await find(office, customer.name)).labels
        card = await office.phone("guan").press(customer.name)
        assert "🚫 失效" in card
        assert "没有关联客户" in card
        assert "登记订单" not in "".join(card.labels)

    async def test_the_orders_stand_newest_first_and_the_rest_as_a_number(self, office):
        known = partner(office, fresh_name())
        today = office.now.today
        for number in range(12):
            order = NewOrder(f"P{known}-{number:02d}", known, today - timedelta(days=number), "fcl" if number else "<自拟>")
            office.do(orders.add, "guan", order)
        guan = office.phone("guan")
        card = await guan.forge(await guan.ask("/menu"), ShowPartner(known, None).pack())
        assert card.text.index(f"P{known}-00 · <自拟>") < card.text.index(f"P{known}-09 · 整箱")
        assert "其余 2 个未列出" in card

    async def test_it_leads_to_the_customer_in_the_pool_too(self, office):
        customer = office.customer(fresh_name(), owner="lihua")
        office.do(signing.sign, "lihua", customer.id)
        office.do(pool.release, "zhang", [customer.id], ReleaseReason.PRICE)
        await find(office, customer.name)
        guan = office.phone("guan")
        assert "在公海" in await guan.press(customer.name)
        assert "合作阶段" in await guan.press("查看客户")

    async def test_in_english(self, office):
        office.english("guan")
        customer = office.customer(fresh_name(), owner="lihua")
        office.do(signing.sign, "lihua", customer.id)
        listed = await find(office, customer.name)
        assert "Partners: " in listed
        assert "1 in all" in listed
        card = await office.phone("guan").press(customer.name)
        assert "valid · no orders" in card
        assert f"Customer: {customer.name}, with 李华" in card


class TestWho:
    @pytest.mark.parametrize("who", ["lihua", "zhang", "zhou"])
    async def test_nobody_but_an_admin(self, office, who):
        customer = office.customer(fresh_name(), owner="lihua")
        office.do(signing.sign, "lihua", customer.id)
        known = partner_of(office, customer)
        phone = office.phone(who)
        menu = await phone.ask("/menu")
        assert "🤝 合作伙伴" not in menu.labels
        assert "您没有这个权限" in await phone.ask("/partners")
        for payload in (OpenPartners(), ShowPartner(known, None), SearchPartners(1)):
            assert "您没有这个权限" in await phone.forge(menu, payload.pack())
        assert "这个按钮已失效" in await phone.forge(menu, TurnPartners(1, 0).pack())
