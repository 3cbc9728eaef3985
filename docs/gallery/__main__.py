"""Take the pictures of docs/gallery.md: `make pictures`, or `python -m docs.gallery [CHAPTER …]` for some chapters alone."""

import asyncio
import os
import shutil
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from playwright.async_api import Browser, async_playwright
from sqlalchemy import update

from bot.demo import stage
from docs.gallery import page
from docs.gallery.cast import cast_of
from docs.gallery.phone import Phone
from docs.gallery.shots import Chapter
from docs.gallery.tour import CHAPTERS
from domain.db import Database
from domain.models import User
from tests.bot.demo.conftest import ARGUMENTS

BEGINS = datetime(2026, 3, 10, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
LOCALES = {"zh": "zh-CN", "en": "en-GB"}


async def main(wanted: list[str]) -> None:
    executable = os.environ.get("GONGHAI_CHROMIUM") or shutil.which("chromium")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        for chapter in CHAPTERS:
            for language in LOCALES:
                if not wanted or chapter.name in wanted:
                    await tell(browser, chapter, language)
        await browser.close()
    page.PAGE.write_text(page.text(CHAPTERS), "utf-8")


async def tell(browser: Browser, chapter: Chapter, language: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with stage.playing(Path(folder), begins=BEGINS) as url:
            speak(Path(folder), language)
            context = await browser.new_context(locale=LOCALES[language], viewport={"width": 390, "height": 844})
            phone = Phone(await context.new_page(), url, Path(folder), cast_of(Path(folder)))
            for shot in chapter.shots:
                for deed in shot.deeds:
                    await phone.do(deed)
                await phone.take(shot, page.picture(shot, language))
                print(page.picture(shot, language), flush=True)
            await phone.close()
            await context.close()


def speak(folder: Path, language: str) -> None:
    """Everybody speaks this language."""
    database = Database(f"sqlite:///{folder / 'demo.db'}")
    with database.unit_of_work() as session:
        session.execute(update(User).values(language=language))
    database.dispose()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
