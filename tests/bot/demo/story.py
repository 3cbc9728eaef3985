"""The main story on two phones: claim on the left, approve on the right. Told by a test, and by the pictures of the README."""

from pathlib import Path

from playwright.async_api import Locator, Page, expect

from bot.demo import sample
from domain.db import Database
from domain.models import ClaimRequest, Customer, User

SALESPERSON, LEAD = (person for person in sample.PEOPLE if person.login in ("lihaiyan", "sunlihua"))
LABELS = {
    "zh": {"claim": "分配给我", "approve": "同意", "pool": "客户公海", "waiting": "待审核", "approved": "已同意"},
    "en": {
        "claim": "Claim",
        "approve": "Approve",
        "pool": "Public pool",
        "waiting": "Waiting for approval",
        "approved": "Approved",
    },
}


def customer_of_another_team(folder: Path) -> str:
    """A customer in the pool that the lead's team owned last and that nobody waits for."""
    database = Database(f"sqlite:///{folder / 'demo.db'}")
    with database.unit_of_work() as session:
        lead = session.query(User).filter_by(login=LEAD.login).one()
        asked = session.query(ClaimRequest.customer_id)
        pool = session.query(Customer).filter(Customer.owner_id.is_(None), Customer.deleted_at.is_(None))
        found = pool.filter(Customer.last_lead_id == lead.id, Customer.id.not_in(asked)).order_by(Customer.id).first()
        name = found.name
    database.dispose()
    return name


def phone(page: Page, side: str) -> Locator:
    return page.locator(f'[data-phone="{side}"]')


def button(page: Page, side: str, label: str) -> Locator:
    """The newest button on that phone whose label holds the words."""
    return phone(page, side).locator(f'[data-label*="{label}"]').last


def newest(page: Page, side: str, text: str) -> Locator:
    """The newest bubble on that phone that holds the text."""
    return phone(page, side).locator("[data-message-id]").filter(has_text=text).last


async def say(page: Page, side: str, text: str) -> None:
    await phone(page, side).get_by_test_id("input").fill(text)
    await phone(page, side).get_by_test_id("send").click()


async def open_phones(page: Page, url: str, language: str = "zh") -> None:
    """Both phones with their menus; in English both people choose English first."""
    await page.goto(f"{url}/#left={SALESPERSON.telegram_id}&right={LEAD.telegram_id}")
    await expect(button(page, "left", "客户公海")).to_be_visible()
    await expect(button(page, "right", "客户公海")).to_be_visible()
    if language == "en":
        await page.get_by_test_id("language-en").click()
        for side in ("left", "right"):
            await say(page, side, "/lang")
            await button(page, side, "English").click()
            await expect(newest(page, side, "The language is now English")).to_be_visible()


async def find_and_claim(page: Page, customer: str, language: str = "zh") -> None:
    """The salesperson searches the customer, opens its card and claims it; he sees that it waits."""
    words = LABELS[language]
    await say(page, "left", customer[:8])
    await button(page, "left", customer[:8]).click()
    await button(page, "left", words["claim"]).click()
    await expect(newest(page, "left", words["waiting"])).to_be_visible()


async def approve(page: Page, customer: str, language: str = "zh") -> None:
    """The lead sees the card and approves with one tap; both chats change."""
    words = LABELS[language]
    await expect(newest(page, "right", customer)).to_be_visible()
    await button(page, "right", words["approve"]).click()
    await expect(newest(page, "right", words["approved"])).to_be_visible()
    await expect(newest(page, "left", LEAD.name)).to_be_visible()
