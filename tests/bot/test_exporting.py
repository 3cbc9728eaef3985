"""Exports through the chat: asked for with one tap, made beside the conversation, told as they go, sent as a file (SPEC 7)."""

import asyncio
import io
import os
import sys

import openpyxl
import pytest
from sqlalchemy import select

from bot import workbooks
from domain import recycle_bin, signing, workbook_tasks
from domain.masking import MASK
from domain.models import SpooledPiece
from domain.permissions import Role
from domain.stages import Stage

pytestmark = pytest.mark.asyncio(loop_scope="module")

ENGINES = ("sqlite",)
"""Each export costs a process; what the databases do differently is tried in test_workbooks."""


async def file_of(office, phone):
    """The newest file in a chat: its name, its caption and its pages as rows."""
    await office.quiet()
    message = [each for each in await phone.messages() if "document" in each][-1]
    stored = office.telegram.files.find(message["document"]["file_id"])
    pages = openpyxl.load_workbook(io.BytesIO(stored.upload.content))
    return stored.upload.name, message["caption"], {page.title: list(page.iter_rows(values_only=True)) for page in pages}


async def names_in(office, phone, sheet="客户", column=1):
    _, _, pages = await file_of(office, phone)
    return {row[column] for row in pages[sheet][1:]}


BUSY = """
import json, os, pathlib, sys
pathlib.Path({mark!r}).write_text(str(os.getpid()))
print(json.dumps(dict(phase="writing", done=4000, total=10000)), flush=True)
sys.stdin.buffer.read()
"""
"""A process that tells how far it is and is never done."""


class Processes:
    """What works on exports in place of what really does; after it, what really does."""

    def __init__(self, monkeypatch, folder):
        self._mark = folder / "pid"
        self._real, self._planned = workbooks.command(), []
        monkeypatch.setattr(workbooks, "command", self._next)
        monkeypatch.setattr(workbooks, "FIRST_BEAT", 0.1)

    def never_done(self):
        self._planned.append((sys.executable, "-c", BUSY.format(mark=str(self._mark))))

    def dying(self, times):
        self._planned += [(sys.executable, "-c", "raise SystemExit('out of memory')")] * times

    def alive(self):
        """Whether the process that is never done is there."""
        try:
            os.kill(int(self._mark.read_text()), 0)
        except (ProcessLookupError, FileNotFoundError, ValueError):
            return False
        return True

    async def ended(self):
        async with asyncio.timeout(10):
            while self.alive():  # noqa: ASYNC110 — a process that was killed tells nobody
                await asyncio.sleep(0.01)

    def _next(self):
        return self._planned.pop(0) if self._planned else self._real


@pytest.fixture
def processes(monkeypatch, tmp_path):
    return Processes(monkeypatch, tmp_path)


class TestExport:
    async def test_all_that_the_filter_finds_comes_as_a_file_and_the_admins_hear_of_it(self, office):
        quoting = office.customers(2, owner="chenjie", stage=Stage.QUOTING)
        office.customer(owner="chenjie")
        liu, guan = office.phones("liu", "guan")
        await liu.ask("/team")
        await liu.press("报价阶段")
        card = await liu.press("导出 Excel")
        assert "本组客户 · 报价阶段" in await liu.wait_on(card, "✅ 完成，共 2 条")
        assert await names_in(office, liu) == {each.name for each in quoting}
        name, caption, _ = await file_of(office, liu)
        assert name.startswith("客户 20")
        assert name.endswith(".xlsx")
        assert caption == "本组客户 · 报价阶段，共 2 条"
        assert "刘组长 导出了 2 条：本组客户 · 报价阶段" in await guan.wait_for("导出了")

    async def test_the_list_stays_where_it_is(self, office):
        office.customer(owner="chenjie")
        liu = office.phone("liu")
        listed = await liu.ask("/team")
        card = await liu.press("导出 Excel")
        assert card.id != listed.id
        assert (await liu.shown(listed.id)).labels == listed.labels

    async def test_what_is_selected_comes_and_nothing_else(self, office):
        first, second, _ = office.customers(3, owner="chenjie")
        liu = office.phone("liu")
        await liu.ask("/team")
        await liu.press("多选")
        await liu.press(first.name)
        await liu.press(second.name)
        card = await liu.press("导出 Excel (2)")
        await liu.wait_on(card, "✅ 完成，共 2 条")
        assert await names_in(office, liu) == {first.name, second.name}

    async def test_the_pool_comes_masked_to_a_lead(self, office):
        office.customer()
        liu = office.phone("liu")
        await liu.ask("/pool")
        await liu.wait_on(await liu.press("导出 Excel"), "✅")
        _, _, pages = await file_of(office, liu)
        heading, row = pages["客户"]
        assert MASK in row[heading.index("电话")]

    async def test_an_admin_takes_the_bins_and_the_partners(self, office):
        customer = office.customer(owner="chenjie")
        office.do(signing.sign, "chenjie", customer.id)
        guan = office.phone("guan")
        await guan.ask("/bin")
        await guan.wait_on(await guan.press("导出 Excel"), "✅")
        await guan.ask(f"/partners {customer.name}")
        card = await guan.press("导出 Excel")
        assert f"合作伙伴 · {customer.name}" in await guan.wait_on(card, "✅ 完成，共 1 条")
        assert await names_in(office, guan, "合作伙伴", 0) == {customer.name}

    async def test_in_english_everything_is_english(self, office):
        office.english("liu")
        office.customer(owner="chenjie", stage=Stage.QUOTING)
        liu = office.phone("liu")
        await liu.ask("/team")
        card = await liu.press("Export to Excel")
        await liu.wait_on(card, "✅ Done: one row.")
        _, caption, pages = await file_of(office, liu)
        assert caption == "Team customers, one row"
        heading, row = pages["Customers"]
        assert row[heading.index("Stage")] == "Quoting"

    async def test_what_was_sent_is_kept_no_longer(self, office):
        office.customer(owner="chenjie")
        liu = office.phone("liu")
        await liu.ask("/team")
        await liu.wait_on(await liu.press("导出 Excel"), "✅")
        await office.quiet()
        assert office.look(select(SpooledPiece.id)) == []


class TestCommand:
    async def test_a_lead_chooses_among_what_he_may(self, office):
        office.customer(owner="chenjie")
        liu = office.phone("liu")
        asked = await liu.ask("/export")
        assert asked.labels == ["我的客户", "本组客户", "客户公海", "主菜单"]
        await liu.wait_on(await liu.press("本组客户"), "✅ 完成，共 1 条")

    async def test_an_admin_finds_the_templates_there(self, office):
        guan = office.phone("guan")
        asked = await guan.ask("/export")
        assert asked.labels == ["本组客户", "客户公海", "客户回收站", "合作伙伴", "📄 导入模板", "主菜单"]
        await guan.wait_on(await guan.press("导入模板"), "✅ 完成")
        await office.quiet()
        names = {each["document"]["file_name"] for each in await guan.messages() if "document" in each}
        assert names == {f"导入模板-{kind}.xlsx" for kind in ("客户", "用户", "合作伙伴", "订单")}

    async def test_a_salesperson_is_refused_and_offered_no_button(self, office):
        office.customer(owner="lihua")
        lihua = office.phone("lihua")
        assert "您没有这个权限" in await lihua.ask("/export")
        for command in ("/my", "/pool", "/bin"):
            assert not any("导出" in label for label in (await lihua.ask(command)).labels)

    async def test_a_lead_finds_no_button_below_his_bin(self, office):
        assert not any("导出" in label for label in (await office.phone("liu").ask("/bin")).labels)


class TestTrouble:
    async def test_nothing_found_is_said_in_a_line(self, office):
        gone = office.customer(owner="chenjie")
        liu = office.phone("liu")
        listed = await liu.ask("/team")
        office.do(recycle_bin.delete, "liu", [gone.id])
        assert "没有可导出的内容" in await liu.wait_on(await liu.press_on(listed, "导出 Excel"), "⚠️")
        assert (await liu.ask("/team")).rows == [["主菜单"]]

    async def test_one_at_a_time_for_a_person(self, office, processes):
        office.customer(owner="chenjie")
        processes.never_done()
        liu = office.phone("liu")
        await liu.ask("/team")
        card = await liu.press("导出 Excel")
        assert "还没有结束" in await liu.press("导出 Excel")
        assert "已取消" in await liu.press_on(card, "取消")

    async def test_a_cancelled_one_ends_its_process_and_sends_nothing(self, office, processes):
        office.customer(owner="chenjie")
        processes.never_done()
        liu = office.phone("liu")
        await liu.ask("/team")
        card = await liu.press("导出 Excel")
        assert "4,000 / 10,000" in await liu.wait_on(card, "▓▓▓▓░░░░░░ 40%")
        assert processes.alive()
        assert (await liu.press_on(card, "取消")).labels == []
        await processes.ended()
        await office.quiet()
        assert "已取消" in await liu.shown(card.id)
        assert not any("document" in each for each in await liu.messages())

    async def test_nobody_waits_while_another_exports(self, office, processes):
        office.customer(owner="chenjie")
        processes.never_done()
        liu, lihua = office.phones("liu", "lihua")
        await liu.ask("/team")
        card = await liu.press("导出 Excel")
        await liu.wait_on(card, "40%")
        assert "客户公海" in await lihua.ask("/pool")
        assert "本组客户" in await liu.ask("/team")
        await liu.press_on(card, "取消")
        await processes.ended()

    async def test_one_whose_process_dies_is_done_again(self, office, processes, complaints):
        office.customer(owner="chenjie")
        processes.dying(times=1)
        liu = office.phone("liu")
        await liu.ask("/team")
        await liu.wait_on(await liu.press("导出 Excel"), "✅ 完成，共 1 条")
        [line] = complaints.lines
        assert "workbook_broke" in line
        assert "out of memory" in line
        complaints.lines.clear()

    async def test_one_that_dies_each_time_is_given_up_with_a_line(self, office, processes, complaints):
        office.customer(owner="chenjie")
        processes.dying(times=workbook_tasks.MOST_FAILURES)
        liu = office.phone("liu")
        await liu.ask("/team")
        card = await liu.press("导出 Excel")
        assert "抱歉" in await liu.wait_on(card, "⚠️")
        assert len(complaints.lines) == workbook_tasks.MOST_FAILURES
        complaints.lines.clear()

    async def test_a_right_lost_meanwhile_is_lost(self, office, processes):
        office.customer(owner="chenjie")
        processes.dying(times=0)
        liu = office.phone("liu")
        await liu.ask("/team")
        screen = await liu.screen()
        office.change("liu", role=Role.SALES)
        try:
            assert "您没有这个权限" in await liu.press_on(screen, "导出 Excel")
        finally:
            office.change("liu", role=Role.LEAD)
