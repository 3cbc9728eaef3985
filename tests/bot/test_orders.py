"""登记订单: number, kind and day, confirmed; from the customer's card and from the partner's."""

import itertools

import pytest
from sqlalchemy import select, update

from bot.payloads.orders import AskOrder, ChooseOrderDay, ChooseOrderKind, LeaveOrder, OrderOfCustomer, OrderOfPartner, SaveOrder
from domain import orders, signing
from domain.models import Customer, Order
from domain.orders import NewOrder
from domain.stages import Stage
from tests.bot.partnership import fresh_name, partner, partner_of

pytestmark = pytest.mark.asyncio(loop_scope="module")
_numbers = itertools.count(1)


@pytest.fixture
def customer(office):
    """A cooperating customer of lihua."""
    made = office.customer(fresh_name(), owner="lihua")
    office.do(signing.sign, "lihua", made.id)
    return made


@pytest.fixture
def number(customer):
    """A number that no other order has."""
    return f"HN-{customer.id}-{next(_numbers)}"


async def begin(office, who, customer, label="登记订单"):
    phone = office.phone(who)
    await phone.ask(customer.name)
    await phone.press(customer.name)
    return await phone.press(label)


def kept(office, number):
    with office.work() as session:
        found = session.execute(select(Order.kind, Order.ordered_on, Order.recorded_by).where(Order.number == number))
        return [tuple(row) for row in found]


class TestGuided:
    async def test_number_kind_day_and_confirm(self, office, customer, number):
        zhang = office.phone("zhang")
        asked = await begin(office, "zhang", customer)
        assert f"登记订单：{customer.name}" in asked
        assert "请发送订单号" in asked
        assert f"订单号：{number}" in await zhang.ask(number)
        assert "业务：整箱" in await zhang.press("整箱")
        check = await zhang.press("今天")
        assert "请核对" in check
        assert kept(office, number) == []
        card = await zhang.press("确认")
        assert f"✅ 已登记订单 {number}" in card
        assert f"合作伙伴：{customer.name} · 1 单" in card
        assert kept(office, number) == [("fcl", office.now.today, office.ids["zhang"])]

    async def test_kind_and_day_can_be_typed_and_the_kind_skipped(self, office, customer, number):
        zhang = office.phone("zhang")
        await begin(office, "zhang", customer)
        await zhang.ask(number)
        await zhang.press("跳过")
        back = await zhang.press("上一步")
        assert "什么业务" in back
        assert "业务：散货 <自拟>" in await zhang.ask("散货 <自拟>")
        day = office.now.today.replace(year=office.now.today.year - 1)
        await zhang.ask(day.isoformat())
        await zhang.press("确认")
        assert kept(office, number) == [("散货 <自拟>", day, office.ids["zhang"])]

    async def test_what_cannot_be_is_asked_for_again_with_the_reason(self, office, customer, number):
        zhang = office.phone("zhang")
        await begin(office, "zhang", customer)
        assert "⚠️ 太长了" in await zhang.ask("9" * 61)
        await zhang.ask(number)
        assert "⚠️ 太长了" in await zhang.ask("长" * 61)
        await zhang.press("跳过")
        assert "⚠️ 看不懂这个日期" in await zhang.ask("上周三")
        refused = await zhang.ask("2199-01-01")
        assert "⚠️ 日期不能晚于今天" in refused
        assert "今天" in refused.labels

    async def test_a_number_that_is_known_is_told_at_once_with_whose_it_is(self, office, customer, number):
        other = partner(office, fresh_name())
        office.do(orders.add, "guan", NewOrder(number, other, office.now.today))
        await begin(office, "zhang", customer)
        asked = await office.phone("zhang").ask(number)
        assert f"⚠️ 订单号 {number} 已登记在" in asked
        assert "请发送订单号" in asked

    async def test_also_when_somebody_was_quicker(self, office, customer, number):
        zhang = office.phone("zhang")
        await begin(office, "zhang", customer)
        await zhang.ask(number)
        await zhang.press("跳过")
        await zhang.press("昨天")
        office.do(orders.add, "guan", NewOrder(number, partner_of(office, customer), office.now.today))
        refused = await zhang.press("确认")
        assert f"⚠️ 订单号 {number} 已登记在" in refused
        assert "✅ 确认" in refused.labels

    async def test_a_second_tap_records_nothing_more(self, office, customer, number):
        zhang = office.phone("zhang")
        await begin(office, "zhang", customer)
        await zhang.ask(number)
        await zhang.press("空运")
        check = await zhang.press("昨天")
        saving = check.data("确认")
        await zhang.forge(check, saving)
        assert "这个按钮已失效" in await zhang.forge(check, saving)
        assert len(kept(office, number)) == 1

    async def test_cancelled_nothing_is_kept_and_text_is_a_search_again(self, office, customer, number):
        zhang = office.phone("zhang")
        await begin(office, "zhang", customer)
        assert "合作阶段" in await zhang.press("取消")
        assert f"查询：{number}" in await zhang.ask(number)
        assert kept(office, number) == []

    async def test_in_english(self, office, customer, number):
        office.english("zhang")
        zhang = office.phone("zhang")
        assert "Please send the order number" in await begin(office, "zhang", customer, "Record an order")
        await zhang.ask(number)
        await zhang.press("FCL")
        assert "⚠️ That is not a date" in await zhang.ask("last week")
        assert "Please check" in await zhang.press("Yesterday")
        assert f"✅ The order {number} is recorded." in await zhang.press("Confirm")


class TestWhatItDoes:
    async def test_a_dormant_customer_wakes_and_the_screen_says_so(self, office, customer, number):
        with office.work() as session:
            session.execute(update(Customer).where(Customer.id == customer.id).values(stage=Stage.DORMANT))
        zhang = office.phone("zhang")
        await begin(office, "zhang", customer)
        await zhang.ask(number)
        await zhang.press("跳过")
        await zhang.press("今天")
        card = await zhang.press("确认")
        assert "客户由沉睡转为合作阶段" in card
        assert "合作阶段" in card
        assert "剩 180 天" in card

    async def test_from_the_partners_card_an_admin_records_one_without_a_customer(self, office, number):
        name = fresh_name()
        partner(office, name)
        guan = office.phone("guan")
        await guan.ask(f"/partners {name}")
        await guan.press(name)
        await guan.press("登记订单")
        await guan.ask(number)
        await guan.press("铁路")
        await guan.press("今天")
        card = await guan.press("确认")
        assert "有效 · 1 个订单" in card
        assert f"{number} · 铁路" in card
        assert name in "".join((await guan.press("返回")).labels)


class TestWho:
    @pytest.mark.parametrize(("who", "offered"), [("lihua", False), ("zhang", True), ("zhou", True), ("guan", True)])
    async def test_leads_and_admins_have_the_button_and_the_owner_has_not(self, office, customer, who, offered):
        phone = office.phone(who)
        await phone.ask(customer.name)
        assert ("📦 登记订单" in (await phone.press(customer.name)).labels) == offered

    async def test_before_signing_nobody_has(self, office):
        customer = office.customer(fresh_name(), owner="lihua")
        zhang = office.phone("zhang")
        await zhang.ask(customer.name)
        assert "登记订单" not in "".join((await zhang.press(customer.name)).labels)

    @pytest.mark.parametrize(("who", "line"), [("lihua", "您没有这个权限"), ("wangwei", "找不到"), ("liu", "找不到")])
    async def test_nobody_else_begins_one_by_any_button(self, office, customer, who, line):
        phone = office.phone(who)
        menu = await phone.ask("/menu")
        for payload in (OrderOfCustomer(customer.id, None), OrderOfPartner(partner_of(office, customer), None)):
            assert line in await phone.forge(menu, payload.pack())

    async def test_nor_goes_on_with_what_another_began(self, office, customer, number):
        await begin(office, "zhang", customer)
        check = await office.phone("zhang").ask(number)
        order = int(check.data("跳过").split(":")[2])
        zhou = office.phone("zhou")
        menu = await zhou.ask("/menu")
        for payload in (
            AskOrder(order, 0),
            ChooseOrderKind(order, 0),
            ChooseOrderDay(order, 0),
            SaveOrder(order),
            LeaveOrder(order),
        ):
            assert "这个按钮已失效" in await zhou.forge(menu, payload.pack())

    async def test_no_step_is_jumped_over(self, office, customer):
        asked = await begin(office, "zhang", customer)
        order = int(asked.data("取消").split(":")[2])
        zhang = office.phone("zhang")
        forged = (AskOrder(order, 3), AskOrder(order, -1), ChooseOrderKind(order, 0), ChooseOrderDay(order, 0), SaveOrder(order))
        for payload in forged:
            refused = await zhang.forge(asked, payload.pack())
            assert "这个按钮已失效" in refused
            assert "请发送订单号" in refused
