"""One phone of the real demo in a real browser, driven by what buttons mean."""

import asyncio
import io
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import openpyxl
from PIL import Image
from playwright.async_api import Page
from sqlalchemy import select

from bot.callbacks import Payload, unpack
from bot.demo import sample
from docs.gallery.shots import Become, Card, Deed, Invite, Pass, Photo, Reply, Say, Shot, Tap, Workbook
from domain import inbox, invitations, outbox, workbook_tasks
from domain.clock import Moment
from domain.db import Database
from domain.models import OutboxStatus, User
from domain.policy import Policy

IDS = {person.login: person.telegram_id for person in sample.PEOPLE}
WIDTH = 390
LOWEST, HIGHEST = 300, 2000
QUALITY = 35
DAY = 86_400
PATIENCE = 30.0
STILL_SECONDS = 0.12

_SHOW_LAST = """rows => {
  const all = [...document.querySelectorAll('[data-phone=left] [data-message-id]')];
  const shown = new Set(all.slice(-rows));
  for (const row of all) row.style.display = shown.has(row) ? '' : 'none';
  for (const day of document.querySelectorAll('[data-phone=left] .day')) day.style.display = 'none';
  document.activeElement?.blur();
}"""
_HEIGHT = """() => {
  const log = document.querySelector('[data-phone=left] .log');
  const list = log.querySelector('.list');
  return innerHeight - log.clientHeight + list.scrollHeight;
}"""
_BUTTONS = """() => [...document.querySelectorAll('[data-phone=left] [data-message-id]')].map(
  row => [...row.querySelectorAll('[data-tap]')].map(key => key.dataset.tap))"""
_PRESS = """([row, place]) => document.querySelectorAll('[data-phone=left] [data-message-id]')[row]
  .querySelectorAll('[data-tap]')[place].click()"""


class NoSuchButtonError(Exception):
    """The screen is not the one that the tour expects."""


class Phone:
    """`cast` fills the gaps in what is said."""

    def __init__(self, page: Page, url: str, place: Path, cast: dict[str, str]) -> None:
        self._page, self._url, self._cast = page, url, cast
        self._database = Database(f"sqlite:///{place / 'demo.db'}")
        self._client = httpx.AsyncClient(base_url=url, timeout=120, trust_env=False)
        self._who = 0

    async def close(self) -> None:
        await self._client.aclose()
        self._database.dispose()

    async def do(self, deed: Deed) -> None:
        """One deed, and all that comes of it."""
        match deed:
            case Become(login):
                self._who = IDS[login]
                await self._page.goto(f"{self._url}/#left={self._who}")
                await self._page.locator(f"[data-phone=left][data-person='{self._who}'] [data-message-id]").first.wait_for(
                    state="attached"
                )
            case Invite(login):
                self._cast["invitation"] = await asyncio.to_thread(self._invite, login)
            case Say(text):
                await self._act("send", json={"text": text.format(**self._cast)})
            case Reply(text):
                newest = self._page.locator("[data-phone=left] [data-message-id]").last
                number = await newest.get_attribute("data-message-id")
                await self._act("send", json={"text": text, "reply_to": int(number or 0)})
            case Tap():
                await self._page.evaluate(_PRESS, await self._find(deed))
            case Pass(days):
                (await self._client.post("/control/clock", json={"advance": days * DAY})).raise_for_status()
            case _:
                await self._hand_over(deed)
        await self._still()

    async def take(self, shot: Shot, path: Path) -> None:
        """The picture: the phone's screen around the newest messages."""
        await self._page.evaluate(_SHOW_LAST, shot.rows)
        await self._page.set_viewport_size({"width": WIDTH, "height": HIGHEST})
        height = await self._page.evaluate(_HEIGHT)
        await self._page.set_viewport_size({"width": WIDTH, "height": max(LOWEST, min(height, HIGHEST))})
        await self._page.wait_for_timeout(250)
        data = await self._page.locator("[data-phone=left] .screen").screenshot(animations="disabled", scale="css")
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.open(io.BytesIO(data)).convert("RGB").save(path, "WEBP", quality=QUALITY, method=6)

    async def _hand_over(self, deed: Photo | Card | Workbook) -> None:
        match deed:
            case Photo(caption):
                await self._act(
                    "file", files={"file": ("photo.jpg", _picture(), "image/jpeg")}, data={"as": "photo", "caption": caption}
                )
            case Card(name, phone):
                await self._act("contact", json={"phone_number": phone, "first_name": name})
            case Workbook(rows):
                cells = [[cell.format(**self._cast) for cell in row] for row in rows]
                await self._act("file", files={"file": ("customers.xlsx", _workbook(cells))}, data={"as": "document"})

    def _invite(self, login: str) -> str:
        now = Moment(datetime.now(UTC), ZoneInfo("Asia/Shanghai"))
        with self._database.unit_of_work() as session:
            person = session.scalars(select(User).where(User.login == login)).one()
            person.telegram_id = None
            return invitations.invite(session, None, person.id, policy=Policy(), now=now)

    async def _act(self, act: str, **content: object) -> None:
        (await self._client.post(f"/user/{self._who}/chat/{self._who}/{act}", **content)).raise_for_status()

    async def _find(self, wanted: Tap) -> tuple[int, int]:
        """The newest message that has such a button, and the button's place there."""
        rows = [[unpack(data) for data in row] for row in await self._page.evaluate(_BUTTONS)]
        for row in range(len(rows) - 1, -1, -1):
            fitting = [place for place, found in enumerate(rows[row]) if _fits(found, wanted)]
            if fitting:
                return row, fitting[wanted.place]
        raise NoSuchButtonError(wanted, rows[-1] if rows else [])

    async def _still(self) -> None:
        """Wait until the bot has said all that it has to say."""
        async with asyncio.timeout(PATIENCE):
            calm = 0
            while calm < 2:  # noqa: PLR2004 - an update may be on its way to the inbox
                await asyncio.sleep(STILL_SECONDS)
                calm = calm + 1 if await asyncio.to_thread(self._at_rest) else 0

    def _at_rest(self) -> bool:
        with self._database.unit_of_work() as session:
            said = outbox.counts(session)
            if workbook_tasks.under_way(session):
                return False
            return not (inbox.pending(session) or said.get(OutboxStatus.PENDING) or said.get(OutboxStatus.SENDING))


def _fits(found: Payload | None, wanted: Tap) -> bool:
    return type(found) is wanted.payload and all(getattr(found, name) == value for name, value in wanted.wanted.items())


def _workbook(rows: list[list[str]]) -> bytes:
    """A file as people fill it in."""
    book, kept = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(kept)
    return kept.getvalue()


def _picture() -> bytes:
    """Something to see in a photo."""
    drawn = Image.linear_gradient("L").resize((480, 320)).convert("RGB")
    kept = io.BytesIO()
    drawn.save(kept, "JPEG")
    return kept.getvalue()
