"""Take the README's pictures from the demo: `make pictures`. Needs chromium on the PATH, or GONGHAI_CHROMIUM."""

import asyncio
import os
import shutil
import tempfile
from pathlib import Path

from playwright.async_api import Page, async_playwright, expect

from bot.demo import stage
from tests.bot.demo import story
from tests.bot.demo.conftest import ARGUMENTS

PICTURES = Path(__file__).parent / "pictures"
SETTLED_MS = 900
PICTURES_OF = ("1-claim", "2-card", "3-approved", "4-next-day")
LANGUAGES = ("zh", "en")


async def main() -> None:
    executable = os.environ.get("GONGHAI_CHROMIUM") or shutil.which("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        for language in LANGUAGES:
            await tell(await browser.new_page(viewport={"width": 1280, "height": 900}, locale="zh-CN"), language)
        await browser.close()


async def tell(page: Page, language: str) -> None:
    claim, card, approved, next_day = (f"{language}-{name}" for name in PICTURES_OF)
    words = story.LABELS[language]
    with tempfile.TemporaryDirectory() as folder:
        async with stage.playing(Path(folder)) as url:
            customer = story.customer_of_another_team(Path(folder))
            await story.open_phones(page, url, language)
            await story.button(page, "left", words["pool"]).click()
            await story.newest(page, "left", words["pool"]).wait_for()
            await take(page, claim)
            await story.find_and_claim(page, customer, language)
            await story.newest(page, "right", customer).wait_for()
            await take(page, card)
            await story.approve(page, customer, language)
            await take(page, approved)
            await page.get_by_test_id("advance-1").click()
            await expect(page.get_by_test_id("advance-1")).to_be_enabled(timeout=60_000)
            await to_the_newest(page)
            await take(page, next_day)
    await page.close()


async def to_the_newest(page: Page) -> None:
    for side in ("left", "right"):
        down = story.phone(page, side).get_by_test_id("to-bottom")
        if await down.is_visible():
            await down.click()


async def take(page: Page, name: str) -> None:
    await page.mouse.move(0, 0)
    await page.wait_for_timeout(SETTLED_MS)
    await page.screenshot(path=PICTURES / f"{name}.png")
    print(PICTURES / f"{name}.png")


if __name__ == "__main__":
    asyncio.run(main())
