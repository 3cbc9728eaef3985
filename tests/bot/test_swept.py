"""What the sweep took, on the phones: the owner and the lead hear of it, and the next one for whoever cannot."""

from datetime import timedelta

import pytest
import pytest_asyncio

from domain.timetable import at, wall_time

pytestmark = pytest.mark.asyncio(loop_scope="module")
ENGINES = ("sqlite",)  # what is swept and told to whom is tried in tests/domain/test_sweep.py, on both databases


@pytest_asyncio.fixture(loop_scope="module")
async def night(office):
    """Goes to the morning on which the owner is warned for the last time, and over the next night."""

    async def fall():
        for clock in ("08:31", "00:06"):
            day = office.now.today + timedelta(days=1)
            office.later(seconds=(at(wall_time(clock), day, office.now.zone) - office.now.utc).total_seconds())
            await office.tick()
            await office.quiet()

    return fall


class TestWhatTheSweepTook:
    async def test_is_told_to_the_owner_and_to_the_lead(self, office, night):
        lost = office.customer(owner="lihua", left=1)
        await night()
        own = await office.phone("lihua").wait_for("您的 1 个客户已过期限")
        teams = await office.phone("zhang").wait_for("张组长组的 1 个客户已过期限")
        assert lost.name in own
        assert lost.name in teams
        assert "代 " not in own
        assert lost.name in await office.phone("lihua").press_on(own, f"🔍 查看 · {lost.name}")
        assert office.owner(lost) is None

    async def test_is_told_to_the_lead_for_an_owner_who_has_blocked_the_bot_saying_for_whom(self, office, night):
        lost = office.customer(owner="sunli", left=1)
        office.may_lose(1)
        await office.tick()
        office.telegram.chats[office.phone("sunli").user_id].blocked = True
        await night()
        heard = await office.phone("liu").wait_for("您的 1 个客户已过期限")
        assert lost.name in heard
        assert "代 孙丽" in heard
