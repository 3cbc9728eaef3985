"""The story that the demo is for, driven as people would drive it."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.demo import stage
from tests.bot.demo import story

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]


@pytest_asyncio.fixture(loop_scope="module")
async def demo(tmp_path):
    async with stage.playing(tmp_path) as url:
        yield url


@pytest_asyncio.fixture(loop_scope="module")
async def page(browser):
    opened = await browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    yield opened
    await opened.close()


class TestTheMainStory:
    @pytest.mark.parametrize("language", ["zh", "en"])
    async def test_a_claim_on_the_left_phone_is_approved_with_one_tap_on_the_right(self, demo, page, tmp_path, language):
        customer = story.customer_of_another_team(tmp_path)
        await story.open_phones(page, demo, language)
        await story.find_and_claim(page, customer, language)
        await story.approve(page, customer, language)
        await story.say(page, "left", "/my")
        await story.say(page, "left", customer[:8])
        await story.button(page, "left", customer[:8]).click()
        await expect(story.newest(page, "left", story.SALESPERSON.name)).to_contain_text(customer)

    async def test_a_narrow_screen_shows_one_phone_that_works(self, demo, page):
        await page.set_viewport_size({"width": 390, "height": 844})
        await page.goto(f"{demo}/#left={story.SALESPERSON.telegram_id}&right={story.LEAD.telegram_id}")
        await story.button(page, "left", "客户公海").click()
        await expect(story.newest(page, "left", "客户公海")).to_be_visible()
        await expect(story.phone(page, "right")).to_be_hidden()
