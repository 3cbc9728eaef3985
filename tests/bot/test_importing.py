"""Imports through the chat: a workbook is sent, looked at, told in numbers, confirmed, and its report comes back (SPEC 7)."""

import sys

import pytest
from sqlalchemy import func, select

from bot import workbooks
from domain import recycle_bin
from domain.models import Customer, WorkbookTask
from tests.spreadsheets.dying import BETWEEN
from tests.spreadsheets.sheets import customer, workbook

pytestmark = pytest.mark.asyncio(loop_scope="module")
ENGINES = ("sqlite",)
PATIENCE = 60
NASTY = "<b>新&客户\u202e🚢\"';{$x}%0d\\.xlsx"


def content(tmp_path, **sheets):
    return workbook(tmp_path / "sheet.xlsx", **sheets).read_bytes()


def kept(office, name):
    with office.work() as session:
        return session.query(Customer).filter_by(name=name, deleted_at=None).count()


async def sent(phone, name, file):
    """Send a file; the card that comes of it."""
    message = await phone.send_file(name, file)
    return await phone._answer(message)


async def until(phone, card, words):
    return await phone.wait_for(lambda each: each.id == card.id and words in each, timeout=PATIENCE)


class TestImport:
    async def test_a_file_is_looked_at_confirmed_and_kept(self, office, tmp_path):
        guan = office.phone("guan")
        file = content(tmp_path, 客户=[customer("Chat One", 负责人登录名="lihua"), customer("Chat Two", 城市="")])
        card = await sent(guan, NASTY, file)
        assert "<b>新&客户" in card
        asked = await until(guan, card, "可导入 1 行")
        assert "不能导入 1 行" in asked
        assert "第 3 行：城市：必填" in asked
        assert kept(office, "Chat One") == 0
        await guan.press_on(asked, "⬇️ 下载报告")
        await guan.wait_for("导入报告：<b>新&客户", timeout=PATIENCE)
        await guan.press_on(asked, "✅ 确认")
        done = await until(guan, card, "已导入 1 行")
        assert "确认" not in str(done.labels)
        assert kept(office, "Chat One") == 1
        again = await sent(guan, "again.xlsx", file)
        assert "导入过" in await until(guan, again, "⚠️")

    async def test_cancelled_nothing_is_kept(self, office, tmp_path):
        guan = office.phone("guan")
        card = await sent(guan, "later.xlsx", content(tmp_path, 客户=[customer("Chat Three")]))
        asked = await until(guan, card, "可导入 1 行")
        assert asked.labels == ["✅ 确认", "✖ 取消"]
        await guan.press_on(asked, "✖ 取消")
        await until(guan, card, "已取消")
        assert kept(office, "Chat Three") == 0

    async def test_one_in_the_bin_comes_back_when_it_is_asked_for(self, office, tmp_path):
        guan = office.phone("guan")
        binned = office.customer("Chat Binned", owner="lihua")
        office.do(recycle_bin.delete, "guan", [binned.id])
        card = await sent(guan, "bin.xlsx", content(tmp_path, 客户=[customer("Chat Binned"), customer("Chat Four")]))
        asked = await until(guan, card, "在回收站 1 行")
        await guan.press_on(asked, "♻️ 导入，并恢复 1 个")
        await until(guan, card, "已恢复 1 行")
        assert (kept(office, "Chat Binned"), kept(office, "Chat Four")) == (1, 1)

    async def test_what_cannot_come_back_is_refused_saying_why(self, office, tmp_path):
        guan, code = office.phone("guan"), "91350211M00010000T"
        binned = office.customer("Chat Gone", owner="lihua", credit_code=code)
        office.do(recycle_bin.delete, "guan", [binned.id])
        office.customer("Chat Gone", owner="chenjie")
        card = await sent(guan, "gone.xlsx", content(tmp_path, 客户=[customer("Chat Ten", 统一社会信用代码=code)]))
        asked = await until(guan, card, "在回收站 1 行")
        assert "“Chat Gone”" in asked
        assert not any("确认" in label for label in asked.labels)
        await guan.press_on(asked, "♻️ 导入，并恢复 1 个")
        told = await until(guan, card, "不能导入 1 行")
        assert "陈洁" in told
        assert "已恢复" not in told
        assert kept(office, "Chat Gone") == 1

    async def test_in_english_everything_is_english(self, office, tmp_path):
        office.english("guan")
        guan = office.phone("guan")
        binned = office.customer("Chat English", owner="lihua")
        office.do(recycle_bin.delete, "guan", [binned.id])
        file = content(tmp_path, 客户=[customer("Chat English"), customer("Chat Twelve"), customer("", 城市="")])
        card = await sent(guan, "english.xlsx", file)
        asked = await until(guan, card, "in the recycle bin: 1")
        assert "“Chat English” was deleted by 关管理" in asked
        assert asked.labels == ["♻️ Import and restore 1", "✅ Confirm", "✖ Cancel", "⬇️ Get the report"]
        await guan.press_on(asked, "Import and restore 1")
        done = await until(guan, card, "restored: 1")
        assert "imported: 1" in done
        assert "refused: 1" in done

    async def test_several_kinds_in_one_file_are_asked_about(self, office, tmp_path):
        guan = office.phone("guan")
        file = content(
            tmp_path, 客户=[customer("Chat Five")], 合作伙伴=[{"合作伙伴名称": "Chat Partner", "统一社会信用代码": ""}]
        )
        card = await sent(guan, "both.xlsx", file)
        asked = await until(guan, card, "导入哪一种")
        await guan.press_on(asked, "合作伙伴")
        asked = await until(guan, card, "可导入 1 行")
        assert "合作伙伴，共 1 行" in asked
        await guan.press_on(asked, "✖ 取消")

    async def test_what_is_no_workbook_is_refused_in_one_line(self, office):
        guan = office.phone("guan")
        card = await sent(guan, "picture.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(100))
        assert "不是 Excel 工作簿" in await until(guan, card, "⚠️")

    async def test_others_are_told_that_they_may_not(self, office, tmp_path):
        for who in ("lihua", "liu"):
            assert "没有这个权限" in await sent(office.phone(who), "mine.xlsx", content(tmp_path, 客户=[customer("Chat Six")]))
        with office.work() as session:
            assert session.query(WorkbookTask).filter_by(user_id=office.ids["lihua"]).count() == 0

    async def test_a_bar_tells_how_far_it_is_others_do_not_wait_and_a_cancelled_one_says_what_is_kept(
        self, office, tmp_path, monkeypatch
    ):
        guan, lihua = office.phones("guan", "lihua")
        card = await sent(guan, "long.xlsx", content(tmp_path, 客户=[customer(f"Long {number}") for number in range(300)]))
        asked = await until(guan, card, "可导入 300 行")
        held = (sys.executable, "-m", "tests.spreadsheets.dying", "bench", "2", BETWEEN, "hold")
        monkeypatch.setattr(workbooks, "command", lambda: held)
        monkeypatch.setattr(workbooks, "FIRST_BEAT", 0.1)
        monkeypatch.setattr(workbooks, "BEAT", 0.2)
        await guan.press_on(asked, "✅ 确认")
        told = await until(guan, card, "正在写入…")
        assert "▓" in told
        assert " / 300" in told
        assert "客户公海" in await lihua.ask("/pool")
        assert "还没有结束" in await sent(guan, "other.xlsx", content(tmp_path, 客户=[customer("Chat Thirteen")]))
        over = await guan.press_on(told, "✖ 取消")
        assert "已取消" in over
        there = office.look(select(func.count()).select_from(Customer).where(Customer.name.startswith("Long ")))[0]
        assert 0 < there < 300
        assert f"已导入 {there} 行；再发一次同一个文件" in over

    async def test_import_says_what_to_send(self, office):
        assert ".xlsx" in await office.phone("guan").ask("/import")
        assert "没有这个权限" in await office.phone("lihua").ask("/import")
