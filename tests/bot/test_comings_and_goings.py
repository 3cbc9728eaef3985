"""用户管理 in the chat: who comes and who goes, by invitation, deactivation and hire."""

import re

import pytest
from sqlalchemy import select

from bot.callbacks import unpack
from domain import pool
from domain.models import Invitation, OutboxMessage, User
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


class TestInvite:
    async def test_the_link_is_a_message_of_its_own_that_lets_in_once(self, office):
        office.add("xinlai", "新来", Role.SALES, "liu")
        guan = await card_of(office, "xinlai")
        assert "请转发给 新来" in await guan.press("邀请")
        letter = await guan.wait_for("您好，新来")
        assert letter.labels == []
        link = re.search(r"https://t\.me/(\w+)\?start=(\S+)", letter.text)
        newcomer = office.stranger("新来")
        assert "欢迎加入，新来" in await newcomer.open_link(link[2])
        assert "邀请链接已于" in await office.stranger().open_link(link[2])
        assert link[1] == office.telegram.bot["username"]

    async def test_the_code_is_nowhere_in_the_database(self, office):
        office.add("mima", "米马", Role.SALES, "liu")
        guan = await card_of(office, "mima")
        await guan.press("邀请")
        code = re.search(r"start=(\S+)", (await guan.wait_for("您好，米马")).text)[1]
        assert not any(code in str(body) for body in office.look(select(OutboxMessage.body)))
        assert code not in office.look(select(Invitation.code_hash))

    async def test_a_new_link_ends_the_older_one(self, office):
        office.add("liangci", "梁慈", Role.SALES, "liu")
        guan = await card_of(office, "liangci")
        codes = []
        for _ in range(2):
            await guan.press("邀请")
            await office.quiet()
            codes.append(re.search(r"start=(\S+)", (await guan.screen()).text)[1])
        assert codes[0] != codes[1]
        assert "已过期" in await office.stranger().open_link(codes[0])
        assert "欢迎加入" in await office.stranger().open_link(codes[1])

    async def test_it_is_written_in_the_language_of_the_invited(self, office):
        office.add("yingwen", "Wen", Role.SALES, "liu", language="en")
        guan = await card_of(office, "yingwen")
        await guan.press("邀请")
        assert "valid for 7 days, one use" in await guan.wait_for("Hello Wen!")


class TestDeactivate:
    async def test_all_go_to_somebody_after_the_numbers_and_a_yes(self, office):
        phone = await office.hire("zouren", "邹仁", superior="liu")
        customers = office.customers(2, owner="zouren")
        office.do(pool.claim, "zouren", [office.customer(last="lihua").id])
        guan = await card_of(office, "zouren")
        asked = await guan.press("停用")
        assert "客户 2 个" in asked
        assert "其提出的申请 1 个，将取消" in asked
        await guan.press("交给同事")
        assert "确认停用，并全部交给 孙丽？" in await guan.press("孙丽")
        done = await guan.press("确认")
        assert "✅ 已停用 邹仁，2 个客户交给 孙丽。" in done
        assert "🚫 已停用" in done
        assert [office.owner(customer) for customer in customers] == ["sunli", "sunli"]
        assert "公司内部" in await phone.ask("/my")

    async def test_or_into_the_pool(self, office):
        await office.hire("fangqi", "方其", superior="liu")
        customer = office.customer(owner="fangqi")
        guan = await card_of(office, "fangqi")
        await guan.press("停用")
        assert "把 1 个客户全部释放到公海" in await guan.press("全部释放到公海")
        assert "1 个客户进入公海" in await guan.press("确认")
        assert office.owner(customer) is None

    async def test_cancelled_nothing_happens(self, office):
        await office.hire("buzou", "卜走", superior="liu")
        customer = office.customer(owner="buzou")
        guan = await card_of(office, "buzou")
        await guan.press("停用")
        await guan.press("全部释放到公海")
        assert "角色：销售" in await guan.press("取消")
        assert office.owner(customer) == "buzou"
        assert row(office, "buzou").active

    async def test_a_lead_needs_a_successor_who_gets_the_team(self, office):
        await office.hire("lingdui", "凌队", Role.LEAD, "zhou")
        await office.hire("duiyuan", "段元", superior="lingdui")
        guan = await card_of(office, "lingdui")
        asked = await guan.press("停用")
        assert "组员 1 人" in asked
        assert not any("公海" in label for label in asked.labels)
        offered = await guan.press("选择接任者")
        assert "李华" not in offered.labels
        await guan.press("刘组长")
        assert "✅ 已停用 凌队" in await guan.press("确认")
        assert superior(office, "duiyuan") == "liu"

    async def test_the_old_buttons_of_the_gone_and_a_second_yes_are_refused(self, office):
        phone = await office.hire("jiuniu", "九牛", superior="liu")
        customer = office.customer()
        await phone.ask(customer.name)
        shown = await phone.press(customer.name)
        guan = await card_of(office, "jiuniu")
        sure = await guan.press("停用")
        yes = sure.data("停用")
        await guan.forge(sure, yes)
        assert "公司内部" in await phone.press_on(shown, "分配给我")
        assert office.owner(customer) is None
        assert "按钮已失效" in await guan.forge(sure, yes)

    async def test_nobody_is_offered_to_deactivate_himself(self, office):
        shown = await (await card_of(office, "guan")).screen()
        assert not any("停用" in label for label in shown.labels)

    async def test_in_english(self, office):
        office.english("guan")
        await office.hire("leaver", "Leaver", superior="liu")
        office.customer(owner="leaver")
        guan = await card_of(office, "leaver")
        assert "One customer" in await guan.press("Deactivate")
        await guan.press("Release all to the pool")
        assert "Leaver is deactivated; customers now in the pool: 1." in await guan.press("Confirm")


class TestReactivate:
    async def test_he_comes_back_with_one_tap_and_joins_by_a_new_link(self, office):
        phone = await office.hire("huilai", "惠来", superior="liu")
        guan = await card_of(office, "huilai")
        await guan.press("停用")
        gone = await guan.press("停用")
        assert gone.labels == ["↩️ 恢复启用", "‹ 返回"]
        back = await guan.press("恢复启用")
        for words in ("✅ 已恢复启用 惠来", "上级主管：刘组长", "Telegram：未加入"):
            assert words in back
        assert "请重新选择" not in back
        assert "公司内部" in await phone.ask("/my")
        await guan.press("邀请")
        code = re.search(r"start=(\S+)", (await guan.wait_for("您好，惠来")).text)[1]
        assert "欢迎加入，惠来" in await phone.open_link(code)

    async def test_a_superior_who_leads_no_team_any_more_is_to_be_chosen_anew(self, office):
        await office.hire("jiudui", "旧队", Role.LEAD, "zhou")
        await office.hire("guyou", "顾友", superior="jiudui")
        guan = await card_of(office, "guyou")
        await guan.press("停用")
        await guan.press("停用")
        office.change("jiudui", role=Role.SALES)
        back = await guan.press("恢复启用")
        assert "原上级主管 旧队 已不带团队，请重新选择" in back
        assert "上级主管：无" in back

    async def test_a_second_tap_finds_him_back(self, office):
        await office.hire("erci", "二次", superior="liu")
        guan = await card_of(office, "erci")
        await guan.press("停用")
        gone = await guan.press("停用")
        await guan.press("恢复启用")
        assert "按钮已失效" in await guan.forge(gone, gone.data("恢复启用"))
        assert row(office, "erci").active

    async def test_in_english(self, office):
        office.english("guan")
        await office.hire("comer", "Comer", superior="liu")
        guan = await card_of(office, "comer")
        await guan.press("Deactivate")
        await guan.press("Deactivate")
        assert "Comer is active again and needs a new invitation" in await guan.press("Reactivate")


class TestHire:
    async def test_login_name_role_superior_and_a_look_before(self, office):
        office.change("liu", language="en")
        guan = office.phone("guan")
        await guan.ask("/users")
        assert "请发送登录名" in await guan.press("新增用户")
        assert "⚠️ 登录名 LIHUA 已被使用" in await guan.ask("LIHUA")
        assert "请发送姓名" in await guan.ask("xiaoqian")
        assert "请选择角色" in await guan.ask("小钱")
        assert "请选择上级主管" in await guan.press("销售")
        review = await guan.press("刘组长")
        for words in ("登录名：xiaoqian", "姓名：小钱", "角色：销售", "上级主管：刘组长", "确认添加？"):
            assert words in review
        done = await guan.press("确认")
        assert "✅ 已添加 小钱" in done
        with office.work() as session:
            added = session.query(User).filter_by(login="xiaoqian").one()
            assert (added.role, added.superior_id, added.language) == (Role.SALES, office.ids["liu"], "en")
        await guan.press("邀请")
        letter = await guan.wait_for("Hello 小钱!")
        code = re.search(r"start=(\S+)", letter.text)[1]
        assert "Welcome, 小钱!" in await office.stranger("小钱").open_link(code)

    async def test_the_company_and_department_are_the_superiors(self, office):
        await office.hire("zongbu", "宗部", Role.LEAD, "zhou", company="大连分公司", department="项目部")
        guan = office.phone("guan")
        await guan.ask("/users")
        await guan.press("新增用户")
        await guan.ask("xiaosun")
        await guan.ask("小孙")
        await guan.press("销售")
        review = await guan.press("宗部")
        assert "所属公司：大连分公司" in review
        assert "所属部门：项目部" in review
        assert "所属部门：项目部" in await guan.press("确认")

    async def test_an_admin_answers_to_nobody(self, office):
        guan = office.phone("guan")
        await guan.ask("/users")
        await guan.press("新增用户")
        await guan.ask("xiaoguan")
        await guan.ask("小关")
        assert "上级主管：无" in await guan.press("系统管理员")
        assert "角色：系统管理员" in await guan.press("确认")

    async def test_one_may_go_back_and_nothing_is_kept_before_the_end(self, office):
        guan = office.phone("guan")
        await guan.ask("/users")
        await guan.press("新增用户")
        await guan.ask("huitou")
        await guan.press("上一步")
        await guan.ask("huitou2")
        await guan.ask("回头")
        assert "登录名：huitou2" in await guan.screen()
        assert "用户管理" in await guan.press("取消")
        assert "没有符合条件的人" in await guan.ask("/users huitou")

    async def test_a_step_ahead_is_out_of_date(self, office):
        guan = office.phone("guan")
        await guan.ask("/users")
        await guan.press("新增用户")
        asked = await guan.ask("qiangpao")
        view = unpack(asked.data("上一步")).view
        for forged in (f"1:uha:{view}:4:0", f"1:uhr:{view}:sales", f"1:uhw:{view}:0", f"1:uhs:{view}"):
            assert "按钮已失效" in await guan.forge(asked, forged)

    async def test_a_login_taken_meanwhile_is_told_over_the_answers(self, office):
        guan = office.phone("guan")
        await guan.ask("/users")
        await guan.press("新增用户")
        await guan.ask("qiangming")
        await guan.ask("抢名")
        await guan.press("系统管理员")
        office.add("qiangming", "先到")
        refused = await guan.press("确认")
        assert "⚠️ 登录名 qiangming 已被使用" in refused
        assert "姓名：抢名" in refused
