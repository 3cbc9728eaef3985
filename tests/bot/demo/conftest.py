"""A real browser for the demo's page."""

import os
import shutil

import pytest
import pytest_asyncio
from playwright.async_api import async_playwright

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser():
    executable = os.environ.get("GONGHAI_CHROMIUM") or shutil.which("chromium")
    if executable is None:
        pytest.skip("no chromium on the PATH, and GONGHAI_CHROMIUM names none")
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield launched
        await launched.close()
