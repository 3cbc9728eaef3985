"""编辑 on the card: a field picked, typed, chosen or emptied, and what is refused."""

import pytest
from sqlalchemy import select

from bot.callbacks import ShowCustomer
from bot.payloads.editing import AskChange, ChooseChange, EmptyField, KeepMarks, ListChanges, MarkChange
from domain import pool
from domain.edit_form import FIELDS
from domain.models import Customer
from domain.stages import Stage
from tests.bot.forgeries import FORBIDDEN, STALE, UNSEEN

pytestmark = pytest.mark.asyncio(loop_scope="module")

CODE = "9144030071526726XG"


async def edit(phone, customer, *labels):
    """From the customer's name to its card, 编辑, and on by these buttons; returns the last screen."""
    await phone.ask(customer.name)
    screen = await phone.press(customer.name)
    for label in ("编辑", *labels):
        screen = await phone.press_on(screen, label)
    return screen


async def card(phone, customer):
    return await phone.forge(await phone.screen(), ShowCustomer(customer.id, None).pack())


class TestCard:
    async def test_offers_what_the_owner_may_do_and_copies_with_one_tap(self, office):
        customer = office.customer(owner="lihua", credit_code=CODE)
        await office.phone("lihua").ask(customer.name)
        shown = await office.phone("lihua").press(customer.name)
        assert ["✏️ 编辑", "📝 记跟进", "🕘 时间线"] in shown.rows
        assert shown.rows[-3:-1] == [["📋 名称", "📋 电话", "📋 信用代码"], ["删除"]]
        copies = shown.message["reply_markup"]["inline_keyboard"][-3]
        assert [button["copy_text"]["text"] for button in copies] == [customer.name, "13812345678", CODE]

    async def test_offers_only_the_timeline_in_the_pool_and_copies_no_phone(self, office):
        customer = office.customer()
        await office.phone("lihua").ask(customer.name)
        shown = await office.phone("lihua").press(customer.name)
        assert ["🕘 时间线"] in shown.rows
        assert shown.rows[-2] == ["📋 名称"]
        assert not any("编辑" in label or "跟进" in label for label in shown.labels)


class TestTyping:
    async def test_a_field_is_picked_and_typed(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        asked = await edit(lihua, customer, "城市")
        assert "现在：青岛" in asked
        done = await lihua.ask("宁波")
        assert "✅ 已修改：城市" in done
        assert "城市：宁波" in done
        assert "宁波" in await lihua.press_on(done, "返回")

    @pytest.mark.parametrize("who", ["zhang", "zhou", "guan"])
    async def test_leads_and_admins_may_too(self, office, who):
        customer = office.customer(owner="lihua")
        await edit(office.phone(who), customer, "城市")
        assert "✅ 已修改：城市" in await office.phone(who).ask("宁波")

    async def test_the_main_contact_has_fields_of_his_own(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        fields = await edit(lihua, customer, "联系人")
        assert "电话：13812345678" in fields
        await lihua.press_on(fields, "电话")
        assert "⚠️ 请填写电话号码" in await lihua.ask("12")
        assert "电话：139 0000 1111" in await lihua.ask("139 0000 1111")

    async def test_what_is_wrong_is_told_at_the_field_and_asked_again(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await edit(lihua, customer, "信用代码")
        refused = await lihua.ask("9144030071526726XX")
        assert "⚠️ 统一社会信用代码不对" in refused
        assert "请发送新的 统一社会信用代码" in refused
        assert "✅ 已修改：统一社会信用代码" in await lihua.ask(CODE.lower())

    async def test_a_name_that_another_has_is_refused_saying_who(self, office):
        customer, theirs = office.customer(owner="lihua"), office.customer(owner="chenjie")
        free = office.customer()
        lihua = office.phone("lihua")
        await edit(lihua, customer, "名称")
        assert f"已有同一客户“{theirs.name}”，由 陈洁 负责" in await lihua.ask(theirs.name)
        assert f"已有同一客户“{free.name}”，正在公海" in await lihua.ask(free.name)
        assert "✅ 已修改：名称" in await lihua.ask(f"{customer.name}有限公司")

    async def test_the_same_value_changes_nothing(self, office):
        customer = office.customer(owner="lihua")
        await edit(office.phone("lihua"), customer, "城市")
        assert "城市 没有变化" in await office.phone("lihua").ask("青岛")

    async def test_the_volume_has_a_number_and_a_unit(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await edit(lihua, customer, "业务特性", "月货量")
        assert "⚠️ 请写数量和单位" in await lihua.ask("很多")
        assert "月货量：20 TEU" in await lihua.ask("20TEU")
        assert "月货量：20 TEU" in await card(lihua, customer)

    async def test_back_stops_waiting_so_that_text_is_a_search_again(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await lihua.press_on(await edit(lihua, customer, "城市"), "返回")
        assert "查询：宁波" in await lihua.ask("宁波")
        assert "青岛" in await card(lihua, customer)

    @pytest.mark.parametrize("away", ["/pool", "/my"])
    async def test_a_command_stops_it_too(self, office, away):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await edit(lihua, customer, "名称")
        await lihua.ask(away)
        assert "查询：宁波" in await lihua.ask("宁波")
        assert office.look(select(Customer.name).where(Customer.id == customer.id)) == [customer.name]

    async def test_so_does_another_card(self, office):
        customer, other = office.customers(2, owner="lihua")
        lihua = office.phone("lihua")
        listed = await lihua.ask("/my")
        await edit(lihua, customer, "名称")
        await lihua.press_on(listed, other.name)
        assert "查询：宁波" in await lihua.ask("宁波")

    async def test_a_customer_that_left_meanwhile_ends_it(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await edit(lihua, customer, "城市")
        office.do(pool.assign, "zhang", [customer.id], office.ids["wangwei"])
        assert UNSEEN in await lihua.ask("宁波")
        assert "查询：宁波" in await lihua.ask("宁波")


class TestChoosing:
    async def test_the_stage_has_buttons_for_the_non_cooperating_ones(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        asked = await edit(lihua, customer, "客户状态")
        assert [label for row in asked.rows[:-1] for label in row] == ["✓ 潜在阶段", "意向阶段", "报价阶段"]
        assert "客户状态：报价阶段" in await lihua.press_on(asked, "报价阶段")

    async def test_a_cooperating_customers_stage_is_not_offered(self, office):
        customer = office.customer(owner="lihua", stage=Stage.COOPERATING)
        lihua = office.phone("lihua")
        fields = await edit(lihua, customer)
        assert "客户状态" not in fields.labels
        forged = AskChange(customer.id, None, FIELDS.index("stage")).pack()
        assert "⚠️ 这个阶段不能直接更改" in await lihua.forge(fields, forged)

    async def test_the_level_is_tapped_or_typed(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        asked = await edit(lihua, customer, "级别")
        done = await lihua.press_on(asked, "B 级")
        assert "级别：B" in done
        await lihua.press_on(done, "级别")
        assert "⚠️ 请从给出的选项中选择" in await lihua.ask("E")
        assert "级别：A" in await lihua.ask("a")

    async def test_services_are_ticked_and_then_kept_together(self, office):
        customer = office.customer(owner="lihua", services=("fcl", "保险"))
        lihua = office.phone("lihua")
        asked = await edit(lihua, customer, "业务特性", "服务")
        ticked = await lihua.press_on(asked, "空运")
        assert ["☑ 整箱", "拼箱", "☑ 空运"] in ticked.rows
        assert "服务：整箱、空运、保险" in await lihua.press_on(ticked, "保存")

    async def test_services_may_be_typed_in_words(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await edit(lihua, customer, "业务特性", "服务")
        assert "服务：空运、报关" in await lihua.ask("空运、Customs")

    async def test_the_source_is_tapped_or_typed(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        done = await lihua.press_on(await edit(lihua, customer, "来源"), "转介绍")
        assert "来源：转介绍" in done

    async def test_what_may_be_empty_is_emptied(self, office):
        customer = office.customer(owner="lihua", industry="化工")
        lihua = office.phone("lihua")
        done = await lihua.press_on(await edit(lihua, customer, "行业"), "清空")
        assert "✅ 已修改：行业" in done
        assert "行业：" not in done
        assert not any("清空" in label for label in (await lihua.press_on(done, "城市")).labels)


class TestRefused:
    async def test_for_those_who_may_not(self, office):
        theirs, free = office.customer(owner="chenjie"), office.customer()
        lihua = office.phone("lihua")
        menu = await lihua.ask("/menu")
        city = FIELDS.index("city")
        for payload in (
            lambda each: ListChanges(each.id, None, 0),
            lambda each: AskChange(each.id, None, city),
            lambda each: EmptyField(each.id, None, FIELDS.index("industry")),
            lambda each: ChooseChange(each.id, None, FIELDS.index("level"), 0),
            lambda each: MarkChange(each.id, None, FIELDS.index("services"), 1),
            lambda each: KeepMarks(each.id, None, FIELDS.index("services"), 1),
        ):
            assert UNSEEN in await lihua.forge(menu, payload(theirs).pack())
            assert FORBIDDEN in await lihua.forge(menu, payload(free).pack())

    async def test_a_required_field_stays_filled(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        forged = EmptyField(customer.id, None, FIELDS.index("city")).pack()
        assert "⚠️ 不能为空" in await lihua.forge(await edit(lihua, customer), forged)

    async def test_buttons_of_fields_and_choices_that_do_not_exist(self, office):
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        fields = await edit(lihua, customer)
        number, level, city = customer.id, FIELDS.index("level"), FIELDS.index("city")
        for payload in (
            ListChanges(number, None, 3),
            AskChange(number, None, 99),
            AskChange(number, None, -1),
            ChooseChange(number, None, level, 4),
            ChooseChange(number, None, city, 0),
            ChooseChange(number, None, FIELDS.index("services"), 0),
            MarkChange(number, None, city, 1),
            KeepMarks(number, None, level, 1),
            EmptyField(number, None, 99),
        ):
            assert STALE in await lihua.forge(fields, payload.pack())


class TestEnglish:
    async def test_edits_in_english(self, office):
        office.english("lihua")
        customer = office.customer(owner="lihua")
        lihua = office.phone("lihua")
        await lihua.ask(customer.name)
        fields = await lihua.press_on(await lihua.press(customer.name), "Edit")
        assert fields.rows[0] == ["· Basics ·", "Business", "Contact"]
        quoting = await lihua.press_on(await lihua.press_on(fields, "Stage"), "Quoting")
        assert "✅ Changed: Stage" in quoting
        asked = await lihua.press_on(quoting, "City")
        assert "Now: 青岛" in asked
        assert "City: Ningbo" in await lihua.ask("Ningbo")
