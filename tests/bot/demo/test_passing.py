"""Time passing in the demo: +1 day and +7 days on the page bring what the bot would have said meanwhile."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.demo import sample, stage
from bot.demo.passing import stops
from tests.bot.demo import story

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 10, 12, tzinfo=SHANGHAI)
DAWN = datetime(2026, 3, 10, 7, tzinfo=SHANGHAI)
DAY = 86_400
LEADS = {"sunlihua", "wangzhiqiang", "chensiyuan"}


class Phones:
    """What stands on everybody's phone."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def texts(self, person: sample.SamplePerson) -> list[str]:
        chat = await self.client.get(f"/user/{person.telegram_id}/chat/{person.telegram_id}")
        return [message.get("text", "") for message in chat.json()["messages"]]

    async def digests(self) -> dict[str, list[str]]:
        """The first lines of everybody's digests."""
        heard = {person.login: await self.texts(person) for person in sample.PEOPLE}
        return {login: [text.splitlines()[0] for text in texts if text.startswith("☀️")] for login, texts in heard.items()}

    async def pass_by(self, days: int) -> None:
        answer = await self.client.post("/control/clock", json={"advance": days * DAY})
        assert answer.is_success, answer.text


async def welcomed(phones: Phones) -> None:
    for _ in range(400):
        if any("请选择" in text for text in await phones.texts(sample.PEOPLE[-1])):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("nobody was welcomed")


class TestStops:
    def test_are_the_mornings_between_two_instants(self):
        found = [
            moment.astimezone(SHANGHAI) for moment in stops(NOON.astimezone(UTC), NOON.replace(day=12).astimezone(UTC), SHANGHAI)
        ]
        assert [f"{moment:%d %H:%M}" for moment in found] == ["11 08:00", "11 08:30", "12 08:00", "12 08:30"]

    def test_leave_out_the_instants_themselves(self):
        first, last = NOON.replace(hour=8), NOON.replace(hour=8, minute=30)
        assert list(stops(first.astimezone(UTC), last.astimezone(UTC), SHANGHAI)) == []


@pytest.mark.asyncio(loop_scope="module")
class TestPassing:
    async def test_a_demo_opened_at_noon_is_calm_and_a_day_later_everybody_hears_one_digest(self, tmp_path):
        async with (
            stage.playing(tmp_path, begins=NOON) as url,
            httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as client,
        ):
            phones = Phones(client)
            await welcomed(phones)
            assert not any((await phones.digests()).values())
            await phones.pass_by(1)
            heard = await phones.digests()
            assert {login for login, digests in heard.items() if digests} >= LEADS
            assert {digest.split()[1] for digests in heard.values() for digest in digests} == {"03-11"}
            assert max(map(len, heard.values())) == 1

    async def test_a_demo_opened_at_dawn_has_that_mornings_digest_still_to_come(self, tmp_path):
        async with (
            stage.playing(tmp_path, begins=DAWN) as url,
            httpx.AsyncClient(base_url=url, timeout=60, trust_env=False) as client,
        ):
            phones = Phones(client)
            await welcomed(phones)
            assert not any((await phones.digests()).values())
            await phones.pass_by(1)
            assert set((await phones.digests())["sunlihua"]) == {"☀️ 03-10 周二"}


@pytest.mark.browser
@pytest.mark.asyncio(loop_scope="module")
class TestTheButtons:
    @pytest_asyncio.fixture(loop_scope="module")
    async def page(self, browser):
        opened = await browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
        yield opened
        await opened.close()

    async def test_a_day_brings_the_leads_digest_and_a_week_announces_what_was_released(self, page, tmp_path):
        async with stage.playing(tmp_path, begins=NOON) as url:
            await story.open_phones(page, url)
            await page.get_by_test_id("advance-1").click()
            await expect(story.newest(page, "right", "☀️ 03-11 周三")).to_be_visible(timeout=20_000)
            await expect(page.get_by_test_id("clock")).to_contain_text("3月11日")
            await expect(page.get_by_test_id("advance-7")).to_be_enabled(timeout=20_000)
            await expect(story.newest(page, "right", "系统收回到公海")).to_have_count(0)
            await page.get_by_test_id("advance-7").click()
            await expect(page.get_by_test_id("advance-7")).to_be_enabled(timeout=60_000)
            await expect(story.newest(page, "right", "孙丽华组")).to_contain_text("进入公海")
            days = Counter(await story.phone(page, "right").locator("[data-message-id] strong").all_inner_texts())
            assert [days[f"03-{day} {name}"] for day, name in ((12, "周四"), (15, "周日"), (18, "周三"))] == [1, 1, 1]
