"""录入 in the chat: step by step, from a template, from a contact card, and what is said of duplicates."""

import pytest
from sqlalchemy import select

from domain.models import Contact, Customer, TimelineEntry
from domain.timeline import Event

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def filled(phone, name="烟台海天国际贸易有限公司"):
    """All required fields given, one after the other; the next question stands on the screen."""
    await phone.ask("/new")
    await phone.ask(name)
    await phone.ask("烟台")
    await phone.press("展会")
    await phone.ask("王经理")
    return await phone.ask("13812345678")


def rows(office, statement):
    with office.work() as session:
        return list(session.scalars(statement))


def kept(office, name):
    (customer,) = rows(office, select(Customer).where(Customer.name == name))
    return customer


class TestStepByStep:
    async def test_required_fields_then_skip_to_the_review_and_save(self, office):
        lihua = office.phone("lihua")
        await filled(lihua)
        await lihua.press("A 级")
        review = await lihua.press("填好了，去核对")
        assert "名称：烟台海天国际贸易有限公司" in review
        card = await lihua.press("保存")
        assert "✅ 已录入" in card
        assert "负责人：李华 · 剩 90 天" in card
        assert kept(office, "烟台海天国际贸易有限公司").level == "A"

    async def test_a_required_field_cannot_be_skipped(self, office):
        lihua = office.phone("lihua")
        first = await lihua.ask("/new")
        assert "名称*" in first
        assert not any("跳过" in label for label in first.labels)
        assert any("跳过" in label for label in (await filled(lihua, "青岛新客户有限公司")).labels)

    async def test_asks_for_a_choice_where_there_is_nothing_else(self, office):
        lihua = office.phone("lihua")
        assert "请填写 名称*" in await lihua.ask("/new")
        await lihua.ask("青岛新客户有限公司")
        assert "请选择或填写 来源*" in await lihua.ask("青岛")
        assert "请选择 级别" in await filled(lihua)

    async def test_one_step_back_and_a_changed_mind(self, office):
        lihua = office.phone("lihua")
        await lihua.ask("/new")
        await lihua.ask("青岛旧名有限公司")
        assert "名称*" in await lihua.press("上一步")
        await lihua.ask("青岛新名有限公司")
        assert "名称：青岛新名有限公司" in await lihua.ask("青岛")

    @pytest.mark.parametrize(
        ("step", "wrong", "line"),
        [("phone", "电话", "请填写电话或电子邮箱"), ("credit_code", "913502", "统一社会信用代码不对")],
    )
    async def test_a_wrong_value_is_refused_at_its_field_with_the_reason(self, office, step, wrong, line):
        lihua = office.phone("lihua")
        if step == "phone":
            await lihua.ask("/new")
            await lihua.ask("青岛电话有限公司")
            await lihua.ask("青岛")
            await lihua.ask("展会")
            await lihua.ask("王经理")
        else:
            await filled(lihua, "青岛代码有限公司")
            await lihua.press("跳过")
        refused = await lihua.ask(wrong)
        assert line in refused

    async def test_a_draft_survives_cancel_and_is_gone_on_with(self, office):
        lihua = office.phone("lihua")
        await lihua.ask("/new")
        await lihua.ask("青岛草稿有限公司")
        await lihua.ask("/cancel")
        assert "没填完的录入：青岛草稿有限公司" in await lihua.ask("/new")
        assert "名称：青岛草稿有限公司" in await lihua.press("继续填写")

    async def test_english_asks_in_english(self, office):
        office.english("lihua")
        assert "New customer 1/13" in await office.phone("lihua").ask("/new")


class TestOtherWaysIn:
    async def test_one_message_from_the_template(self, office):
        lihua = office.phone("lihua")
        text = "名称: 威海蓝星食品有限公司\n城市：威海\n来源: 转介绍\n联系人: 于洋\n电话: 0631-5200000\n航线: CNWEI → KRINC"
        review = await lihua.ask(text)
        assert "航线：CNWEI → KRINC" in review
        assert "✅ 已录入" in await lihua.press("保存")

    async def test_a_template_that_lacks_something_is_asked_for_it(self, office):
        asked = await office.phone("lihua").ask("名称: 威海缺项有限公司\n城市: 威海")
        assert "来源*" in asked

    async def test_a_shared_contact_is_a_start(self, office):
        lihua = office.phone("lihua")
        asked = await lihua.share("13900001111", "于洋")
        assert "联系人：于洋" in asked
        assert "名称*" in asked
        await lihua.ask("威海名片有限公司")
        await lihua.ask("威海")
        await lihua.press("展会")
        await lihua.press("填好了")
        await lihua.press("保存")
        customer = kept(office, "威海名片有限公司")
        (contact,) = rows(office, select(Contact).where(Contact.customer_id == customer.id))
        assert (contact.name, contact.phone_digits) == ("于洋", "13900001111")


class TestDuplicates:
    async def test_who_has_it_is_said_as_soon_as_the_name_is_typed_and_the_attempt_is_noted(self, office):
        customer = office.customer("青岛重复货代有限公司", owner="chenjie")
        lihua = office.phone("lihua")
        await lihua.ask("/new")
        refused = await lihua.ask("青岛重复货代（有限公司）")
        assert "已有同一客户“青岛重复货代有限公司”，由 陈洁 负责" in refused
        tried = rows(office, select(TimelineEntry).where(TimelineEntry.customer_id == customer.id))
        assert [entry.event for entry in tried][-1] == Event.DUPLICATE_TRIED

    async def test_one_in_the_pool_is_offered(self, office):
        customer = office.customer("青岛公海货代有限公司")
        lihua = office.phone("lihua")
        await lihua.ask("/new")
        assert "正在公海" in await lihua.ask("青岛公海货代有限公司")
        await lihua.press("分配给我")
        assert office.owner(customer) == "lihua"

    async def test_similar_names_and_equal_phones_are_warned_of_before_saving(self, office):
        office.customer("烟台海天国际货运有限公司", owner="chenjie")
        lihua = office.phone("lihua")
        await filled(lihua)
        review = await lihua.press("填好了")
        assert "名称相近的客户" in review
        assert "电话相同的客户" in review
        assert "✅ 已录入" in await lihua.press("保存")


class TestForWhom:
    async def test_a_lead_enters_for_a_member(self, office):
        liu = office.phone("liu")
        await filled(liu, "宁波代录有限公司")
        await liu.press("填好了")
        await liu.press("负责人")
        assert "负责人：陈洁" in await liu.press("陈洁")
        await liu.press("保存")
        assert kept(office, "宁波代录有限公司").owner_id == office.ids["chenjie"]

    async def test_an_admin_enters_into_the_pool(self, office):
        guan = office.phone("guan")
        await filled(guan, "宁波公海录入有限公司")
        await guan.press("填好了")
        await guan.press("保存")
        assert kept(office, "宁波公海录入有限公司").owner_id is None

    async def test_a_salesperson_is_offered_nobody_else(self, office):
        lihua = office.phone("lihua")
        await filled(lihua, "宁波自录有限公司")
        assert not any("负责人" in label for label in (await lihua.press("填好了")).labels)
