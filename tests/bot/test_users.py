"""用户管理 in the chat: look people up and change them."""

import pytest

from domain.models import User
from domain.permissions import Role

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def card_of(office, login, admin="guan"):
    """A person's card on the admin's phone."""
    phone = office.phone(admin)
    await phone.ask(f"/users {login}")
    await phone.press(office.names[login])
    return phone


def row(office, login) -> User:
    with office.work() as session:
        return session.get_one(User, office.ids[login])


def superior(office, login):
    superior_id = row(office, login).superior_id
    return next((known for known, number in office.ids.items() if number == superior_id), None)


class TestList:
    async def test_an_admin_sees_everybody_eight_on_a_page(self, office):
        guan = office.phone("guan")
        first = await guan.ask("/users")
        assert "用户管理" in first
        assert sum("销售" in label or "系统管理员" in label for label in first.labels) == 8
        assert "周总 · 销售组长" in first.labels
        second = await guan.press("›")
        assert "‹" in second.labels

    @pytest.mark.parametrize("who", ["lihua", "liu", "zhou"])
    async def test_nobody_else_does(self, office, who):
        refused = await office.phone(who).ask("/users")
        assert "您没有这个权限" in refused
        menu = await office.phone(who).ask("/menu")
        assert not any("用户管理" in label for label in menu.labels)

    async def test_the_menu_leads_there(self, office):
        guan = office.phone("guan")
        await guan.ask("/menu")
        assert "用户管理" in await guan.press("用户管理")

    async def test_in_english(self, office):
        office.english("guan")
        shown = await office.phone("guan").ask("/users")
        assert "Users" in shown
        assert "周总 · Team lead" in shown.labels


class TestSearch:
    @pytest.mark.parametrize(
        ("words", "whom", "others"),
        [("李", "李华", "陈洁"), ("LIHU", "李华", "陈洁"), ("组长", "刘组长", "李华"), ("team lead", "周总", "李华")],
    )
    async def test_by_name_login_or_role_in_either_language(self, office, words, whom, others):
        found = await office.phone("guan").ask(f"/users {words}")
        assert any(whom in label for label in found.labels)
        assert not any(others in label for label in found.labels)

    async def test_by_company_and_department(self, office):
        await office.hire("keji", "柯佳", superior="liu", company="厦门分公司", department="冷链部")
        for words in ("厦门", "冷链 厦门", "冷链 销售"):
            assert "共 1 人" in await office.phone("guan").ask(f"/users {words}")
        assert "没有符合条件的人" in await office.phone("guan").ask("/users 冷链 组长")

    async def test_the_button_asks_for_the_words(self, office):
        guan = office.phone("guan")
        await guan.ask("/users")
        assert "请发送姓名、登录名" in await guan.press("查询")
        found = await guan.ask("孙丽")
        assert "孙丽 · 销售" in found.labels
        assert len((await guan.press("全部")).labels) > len(found.labels)

    async def test_a_card_leads_back_to_the_page_it_was_on(self, office):
        guan = office.phone("guan")
        await guan.ask("/users")
        second = await guan.press("›")
        name = second.labels[0]
        await guan.press(name)
        assert (await guan.press("返回")).labels == second.labels


class TestCard:
    async def test_it_says_everything(self, office):
        office.customer(owner="lihua")
        shown = await (await card_of(office, "lihua")).screen()
        for words in (
            "角色：销售",
            "上级主管：张组长",
            "所属公司：无",
            "直接分配：否",
            "语言：中文",
            "Telegram：已加入",
            "客户 1 个",
        ):
            assert words in shown

    async def test_it_says_who_has_not_joined_and_who_is_away(self, office):
        office.add("nanzi", "南子", Role.SALES, "liu")
        office.send_away("liu", "sunli")
        guan = office.phone("guan")
        assert "⏳ 南子 · 销售" in (await guan.ask("/users nanzi")).labels
        assert "⏳ 未加入" in await guan.screen()
        assert "Telegram：未加入" in await guan.press("南子")
        assert "🌙 刘组长 · 销售组长" in (await guan.ask("/users liu")).labels
        assert "由 孙丽 代理" in await guan.press("刘组长")


class TestSuperior:
    async def test_is_chosen_from_the_leads(self, office):
        await office.hire("bianma", "卞码", superior="liu")
        guan = await card_of(office, "bianma")
        offered = await guan.press("上级主管")
        assert "现在：刘组长" in offered
        assert "张组长" in offered.labels
        assert "李华" not in offered.labels
        assert "✅ 上级主管：刘组长 → 张组长" in await guan.press("张组长")
        assert superior(office, "bianma") == "zhang"

    async def test_can_be_nobody(self, office):
        await office.hire("wuzhu", "吴主", superior="liu")
        guan = await card_of(office, "wuzhu")
        await guan.press("上级主管")
        assert "✅ 上级主管：刘组长 → 无" in await guan.press("无")

    async def test_a_cycle_is_neither_offered_nor_done(self, office):
        guan = await card_of(office, "zhou")
        offered = await guan.press("上级主管")
        assert "刘组长" not in offered.labels
        forged = offered.data("无").replace(":0:", f":{office.ids['liu']}:")
        refused = await guan.forge(offered, forged)
        assert "⚠️ 周总 的上级不能是其下属 刘组长" in refused
        assert "角色：销售组长" in refused
        assert superior(office, "zhou") is None

    async def test_a_move_changes_the_team_at_once(self, office):
        await office.hire("yizu", "易组", superior="liu")
        customer = office.customer(owner="yizu")
        zhang = office.phone("zhang")
        assert customer.name not in str((await zhang.ask("/team")).labels)
        guan = await card_of(office, "yizu")
        await guan.press("上级主管")
        await guan.press("张组长")
        assert any(customer.name in label for label in (await zhang.ask("/team")).labels)


class TestRole:
    async def test_a_change_changes_the_rights_and_the_menu_of_telegram(self, office):
        phone = await office.hire("shengzhi", "盛芝", superior="liu")
        assert "team" not in await phone.commands()
        guan = await card_of(office, "shengzhi")
        await guan.press("角色")
        assert "✅ 角色：销售 → 销售组长" in await guan.press("销售组长")
        await office.quiet()
        assert "team" in await phone.commands()
        assert "本组客户" in await phone.ask("/team")

    async def test_a_lead_with_members_cannot_become_sales(self, office):
        guan = await card_of(office, "liu")
        offered = await guan.press("角色")
        refused = await guan.forge(offered, offered.data("销售"))
        assert "⚠️ 刘组长 还有 3 位组员" in refused
        assert row(office, "liu").role == Role.LEAD

    async def test_in_english_too(self, office):
        office.english("guan")
        guan = await card_of(office, "liu")
        offered = await guan.press("Role")
        assert "⚠️ 刘组长 has 3 members" in await guan.forge(offered, offered.data("Sales"))

    async def test_the_last_admin_keeps_it_and_another_may_give_it_up(self, office):
        guan = await card_of(office, "guan")
        offered = await guan.press("角色")
        assert "⚠️ 关管理 是最后一位系统管理员" in await guan.forge(offered, offered.data("销售组长"))
        second = await office.hire("linguan", "临管", Role.ADMIN)
        await second.ask("/users linguan")
        await second.press("临管")
        await second.press("角色")
        after = await second.press("销售组长")
        assert "✅ 角色：系统管理员 → 销售组长" in after
        assert not any("用户管理" in label for label in after.labels)
        assert "您没有这个权限" in await second.ask("/users")


class TestPlace:
    async def test_a_company_and_a_department_are_typed_or_chosen(self, office):
        await office.hire("xinren", "辛仁", superior="liu")
        guan = await card_of(office, "xinren")
        assert "请先选择所属公司" in await guan.press("所属部门")
        await guan.press("所属公司")
        assert "✅ 所属公司：无 → 宁波分公司" in await guan.ask("宁波分公司")
        await guan.press("所属部门")
        assert "✅ 所属部门：无 → 空运部" in await guan.ask("空运部")
        await office.hire("xinren2", "辛二", superior="liu")
        guan = await card_of(office, "xinren2")
        await guan.press("所属公司")
        assert "✅ 所属公司：无 → 宁波分公司" in await guan.press("宁波分公司")
        await guan.press("所属部门")
        assert "✅ 所属部门：无 → 空运部" in await guan.press("空运部")

    async def test_long_names_to_choose_from_have_a_row_each(self, office):
        await office.hire("changmingzi", "长名", superior="liu")
        guan = await card_of(office, "changmingzi")
        await guan.press("所属公司")
        await guan.ask("海纳国际货运青岛分公司")
        offered = await guan.press("所属公司")
        assert ["海纳国际货运青岛分公司"] in offered.rows
        assert ["无"] in offered.rows
        await guan.press("取消")
        assert (await guan.press("角色")).rows[0] == ["销售", "销售组长"]

    async def test_a_name_too_long_is_asked_for_again(self, office):
        await office.hire("changming", "常明", superior="liu")
        guan = await card_of(office, "changming")
        await guan.press("姓名")
        again = await guan.ask("长" * 61)
        assert "⚠️ 太长了" in again
        assert "✅ 姓名：常明 → 常一明" in await guan.ask("常一明")

    async def test_a_name_of_markup_breaks_no_screen(self, office):
        await office.hire("biaoji", "标记", superior="liu")
        guan = await card_of(office, "biaoji")
        await guan.press("姓名")
        assert "<b>&李" in await guan.ask("<b>&李")


class TestSpecialRight:
    async def test_is_given_and_shows_at_once(self, office):
        phone = await office.hire("zhipai", "直派", superior="liu")
        customer = office.customer()
        await phone.ask(customer.name)
        assert "直接分配" not in (await phone.press(customer.name)).labels
        guan = await card_of(office, "zhipai")
        await guan.press("直接分配")
        assert "✅ 直接分配：否 → 是" in await guan.press("是")
        await phone.ask(customer.name)
        assert "直接分配" in (await phone.press(customer.name)).labels


class TestLanguage:
    async def test_is_set_for_somebody_else_with_his_menu(self, office):
        phone = await office.hire("yingyu", "英语", superior="liu")
        guan = await card_of(office, "yingyu")
        await guan.press("语言")
        assert "✅ 语言：中文 → English" in await guan.press("English")
        await office.quiet()
        assert (await phone.commands())["pool"] == "Public pool"
        assert "Public pool" in str((await phone.ask("/menu")).labels)
