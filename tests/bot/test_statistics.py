"""Statistics: one's own numbers, the team's person by person, other days by a button, in both languages.

On SQLite alone: the counting runs on both databases in the domain's tests.
"""

import pytest

pytestmark = pytest.mark.asyncio(loop_scope="module")

ENGINES = ("sqlite",)


async def test_a_salesperson_sees_his_own(office):
    office.customers(2, owner="lihua")
    shown = await office.phone("lihua").ask("/stats")
    assert "统计 · 7 天" in shown
    assert "录入 2 · 领取 0" in shown or "在手 2" in shown
    assert "王伟" not in shown


async def test_a_lead_sees_the_team_person_by_person(office):
    office.customer(owner="lihua")
    shown = await office.phone("zhang").ask("/stats")
    assert "共 3 人" in shown
    assert "李华" in shown
    assert "陈洁" not in shown


async def test_other_days_by_a_button(office):
    zhang = office.phone("zhang")
    shown = await zhang.press_on(await zhang.ask("/stats"), "今天")
    assert "统计 · 今天" in shown
    assert "• 今天" in shown.labels


async def test_in_english(office):
    office.english("zhang")
    shown = await office.phone("zhang").ask("/stats")
    assert "Statistics · 7 days" in shown
    assert "3 people" in shown


async def test_from_the_menu(office):
    lihua = office.phone("lihua")
    shown = await lihua.press_on(await lihua.ask("/menu"), "统计")
    assert "统计 · 7 天" in shown
