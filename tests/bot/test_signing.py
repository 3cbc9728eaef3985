"""签单 on the customer's card: what it will do, the choice where nothing matches, and what became of it."""

import pytest
from sqlalchemy import select

from bot.payloads.signing import AskSigning, ChoosePartner, ConfirmSigning
from domain import partners, signing
from domain.credit_code import check_digit
from domain.models import Customer, Partner
from domain.stages import Stage
from tests.bot import partnership
from tests.bot.partnership import fresh_name, partner_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def sign(office, who, customer, label="签单"):
    """Find the customer and ask what signing would do."""
    phone = office.phone(who)
    await phone.ask(customer.name)
    await phone.press(customer.name[:12])
    return await phone.press(label)


def stage(office, customer):
    return office.look(select(Customer.stage).where(Customer.id == customer.id))[0]


class TestNoPartnerYet:
    async def test_it_says_that_a_new_one_will_be_made_and_confirmed_makes_it(self, office):
        customer = office.customer(fresh_name(), owner="lihua")
        asked = await sign(office, "lihua", customer)
        assert "将新建一个同名的" in asked
        assert asked.rows == [["✅ 确认", "✖ 取消"]]
        card = await office.phone("lihua").press("确认")
        assert card.id == asked.id
        assert f"✅ 已签单，新建了合作伙伴“{customer.name}”" in card
        assert "合作阶段" in card
        assert "剩 180 天" in card
        assert f"🤝 合作伙伴：{customer.name} · 无订单" in card
        assert "签单" not in "".join(card.labels)

    async def test_cancelled_nothing_has_happened(self, office):
        customer = office.customer(fresh_name(), owner="lihua")
        await sign(office, "lihua", customer)
        card = await office.phone("lihua").press("取消")
        assert "🤝 签单" in card.labels
        assert stage(office, customer) == Stage.POTENTIAL

    async def test_a_double_tap_signs_once_and_says_so(self, office):
        customer = office.customer(fresh_name(), owner="lihua")
        asked = await sign(office, "lihua", customer)
        confirming = asked.data("确认")
        lihua = office.phone("lihua")
        await lihua.forge(asked, confirming)
        again = await lihua.forge(asked, confirming)
        assert f"⚠️ “{customer.name}”已经签单" in again
        assert "合作阶段" in again

    async def test_in_english(self, office):
        office.english("lihua")
        customer = office.customer(fresh_name(), owner="lihua")
        asked = await sign(office, "lihua", customer, "Sign")
        assert "a new one of the same name will be made" in asked
        card = await office.phone("lihua").press("Confirm")
        assert f"✅ Signed: the partner “{customer.name}” was made." in card
        assert f"Partner: {customer.name} · no orders" in card


class TestMatch:
    async def test_the_partner_of_the_same_name_is_shown_and_linked(self, office):
        customer = office.customer(fresh_name(), owner="lihua")
        known = partnership.partner(office, customer.name + "有限公司")
        asked = await sign(office, "zhang", customer)
        assert "将关联这个合作伙伴" in asked
        assert f"{customer.name}有限公司" in asked
        assert "✅ 已签单，关联合作伙伴" in await office.phone("zhang").press("确认")
        assert partner_of(office, customer) == known

    async def test_a_void_one_becomes_valid_again(self, office):
        customer = office.customer(fresh_name(), owner="lihua")
        known = partnership.partner(office, customer.name, valid=False)
        assert "并使它重新有效" in await sign(office, "lihua", customer)
        assert "重新有效" in await office.phone("lihua").press("确认")
        assert office.look(select(Partner.valid).where(Partner.id == known)) == [True]

    async def test_another_credit_code_under_the_same_name_is_pointed_out(self, office):
        name = fresh_name()
        codes = [first17 + check_digit(first17) for first17 in ("91370200000000001", "91370200000000002")]
        customer = office.customer(name, owner="lihua", credit_code=codes[0])
        partnership.partner(office, name, codes[1])
        asked = await sign(office, "lihua", customer)
        assert codes[1] in asked
        assert f"⚠️ 统一社会信用代码不同：客户是 {codes[0]}" in asked


class TestSimilar:
    async def test_they_are_offered_with_a_new_one_and_the_choice_is_confirmed(self, office):
        name = fresh_name()
        customer = office.customer(name, owner="lihua")
        near = partnership.partner(office, f"{name}北方")
        asked = await sign(office, "lihua", customer)
        assert "没有完全匹配的合作伙伴" in asked
        assert [f"{name}北方"] in asked.rows
        assert asked.rows[-2:] == [["➕ 新建合作伙伴"], ["✖ 取消"]]
        lihua = office.phone("lihua")
        assert "将关联这个合作伙伴" in await lihua.press(f"{name}北方")
        assert f"✅ 已签单，关联合作伙伴“{name}北方”" in await lihua.press("确认")
        assert partner_of(office, customer) == near

    async def test_a_new_one_is_made_when_it_is_none_of_them(self, office):
        name = fresh_name()
        customer = office.customer(name, owner="lihua")
        near = partnership.partner(office, f"{name}北方")
        await sign(office, "lihua", customer)
        lihua = office.phone("lihua")
        assert "将新建一个同名的" in await lihua.press("新建合作伙伴")
        await lihua.press("确认")
        assert partner_of(office, customer) not in (None, near)

    async def test_a_partner_of_somebody_elses_customer_is_refused_saying_whose(self, office):
        name = fresh_name()
        customer, theirs = office.customer(name, owner="lihua"), office.customer(f"{name}北方", owner="chenjie")
        office.do(signing.sign, "chenjie", theirs.id)
        await sign(office, "lihua", customer)
        card = await office.phone("lihua").press(f"{name}北方")
        assert f"⚠️ 合作伙伴“{name}北方”已关联客户“{name}北方”，由 陈洁 负责" in card
        assert "🤝 签单" in card.labels
        assert stage(office, customer) == Stage.POTENTIAL


class TestWho:
    @pytest.mark.parametrize("who", ["lihua", "zhang", "zhou", "guan"])
    async def test_the_owner_his_leads_and_the_admin_have_the_button(self, office, who):
        customer = office.customer(fresh_name(), owner="lihua")
        await sign(office, who, customer)
        assert "✅ 已签单" in await office.phone(who).press("确认")

    async def test_in_the_pool_nobody_has_it(self, office):
        customer = office.customer()
        for who in ("lihua", "zhang", "guan"):
            phone = office.phone(who)
            await phone.ask(customer.name)
            assert "🤝 签单" not in (await phone.press(customer.name)).labels

    @pytest.mark.parametrize("language", ["zh", "en"])
    async def test_a_colleague_cannot_by_any_button(self, office, language):
        customer = office.customer(owner="lihua")
        wangwei = office.phone("wangwei")
        office.change("wangwei", language=language)
        menu = await wangwei.ask("/menu")
        for payload in (AskSigning(customer.id, None), ChoosePartner(customer.id, 0, None), ConfirmSigning(customer.id, 0, None)):
            refused = await wangwei.forge(menu, payload.pack())
            assert ("找不到，或者您无权查看" if language == "zh" else "you may not see it") in refused
        assert stage(office, customer) == Stage.POTENTIAL

    async def test_only_what_was_offered_can_be_linked(self, office):
        customer = office.customer(fresh_name(), owner="lihua")
        other = partnership.partner(office, fresh_name())
        asked = await sign(office, "lihua", customer)
        assert "⚠️ 找不到" in await office.phone("lihua").forge(asked, ConfirmSigning(customer.id, other, None).pack())
        assert office.do(partners.get, "guan", other).customer is None
