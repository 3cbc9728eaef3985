"""The demo's page in a real browser, against the real imitation of Telegram; the bot's part is played by hand."""

from pathlib import Path

import httpx
import pytest
import pytest_asyncio
from playwright.async_api import expect
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

import bot.demo
from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.http import routes
from bot.demo.telegram.server import serve

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

PAGE = Path(bot.demo.__file__).parent / "phones"
HOSTILE = '<img src=x onerror="document.title=1"></span><b>'
WANG, LI, ZHAO = 1001, 1002, 1003


class House:
    """One address for all tests, so that the browser keeps the page's files; behind it stands the test's own imitation."""

    application = None
    url = None

    def move_in(self, telegram):
        self.application = Starlette(routes=[*routes(telegram), Mount("/", StaticFiles(directory=PAGE, html=True))])

    async def __call__(self, scope, receive, send):
        await self.application(scope, receive, send)


class Stage:
    """The imitation with three people, the page in front of it, and what the bot says."""

    def __init__(self, telegram, url, page):
        self.telegram = telegram
        self.url = url
        self.page = page
        self.complaints = []
        self.client = httpx.AsyncClient(base_url=f"{url}/bot{telegram.token}/", timeout=20, trust_env=False)

    async def bot(self, method, **parameters):
        answer = (await self.client.post(method, json=parameters)).json()
        assert answer["ok"], answer
        return answer["result"]

    async def say(self, chat_id, text, rows=(), **more):
        keyboard = {"reply_markup": {"inline_keyboard": rows}} if rows else {}
        return await self.bot("sendMessage", chat_id=chat_id, text=text, **keyboard, **more)

    async def update(self, kind):
        """The next update of that kind; earlier ones are passed over."""
        offset = 0
        while True:
            for update in await self.bot("getUpdates", offset=offset, timeout=5):
                offset = update["update_id"] + 1
                if kind in update:
                    return update[kind]

    async def open(self, left=WANG, right=LI, *, width=1280, height=900):
        page = self.page
        await page.set_viewport_size({"width": width, "height": height})
        await page.goto(f"{self.url}/#left={left}&right={right}")
        await expect(page.locator("[data-phone=left]")).to_have_attribute("data-person", str(left))
        return page

    async def __aenter__(self):
        self.page.on("console", self._heard)
        self.page.on("pageerror", self._broke)
        return self

    async def __aexit__(self, *_):
        await self.page.goto("about:blank")
        self.page.remove_listener("console", self._heard)
        self.page.remove_listener("pageerror", self._broke)
        await self.client.aclose()
        await self.telegram.close()

    def _heard(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _broke(self, error):
        self.complaints.append(str(error))


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house():
    made = House()
    async with serve(Telegram(), app=made) as made.url:
        yield made


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def tab(browser):
    context = await browser.new_context(locale="zh-CN")
    context.set_default_timeout(10_000)
    yield await context.new_page()
    await context.close()


@pytest_asyncio.fixture(loop_scope="module")
async def stage(house, tab):
    telegram = Telegram()
    telegram.people.add(WANG, "王海洋", note="销售 · 海运一组", started=True)
    telegram.people.add(LI, "李静怡", note="销售组长 · 海运一组", started=True)
    telegram.people.add(ZHAO, HOSTILE, note="销售 · 空运组", started=True)
    house.move_in(telegram)
    async with Stage(telegram, house.url, tab) as made:
        yield made
    assert made.complaints == []


def phone(page, side):
    return page.locator(f"[data-phone={side}]")


def bubble(page, side, message):
    return phone(page, side).locator(f"[data-message-id='{message['message_id']}']").get_by_test_id("bubble")


async def choose(page, side, person):
    await phone(page, side).get_by_test_id("switcher").click()
    await phone(page, side).locator(f"button[data-person='{person}']").click()


class TestMessages:
    async def test_markup_in_names_and_texts_is_only_text(self, stage):
        page = await stage.open(left=ZHAO)
        said = await stage.say(ZHAO, f"客户 {HOSTILE} & co", [[{"text": HOSTILE, "callback_data": "x"}]])
        await expect(bubble(page, "left", said)).to_contain_text(f"客户 {HOSTILE} & co")
        await expect(phone(page, "left").get_by_test_id("switcher")).to_contain_text(HOSTILE)
        await expect(phone(page, "left").locator(".key .label")).to_have_text(HOSTILE)
        await expect(page.locator("img[src=x]")).to_have_count(0)
        await expect(page).to_have_title("公海 Gonghai")

    async def test_entities_count_utf_16_units(self, stage):
        page = await stage.open()
        said = await stage.say(WANG, "🚢🌊 <b>海航 <i>A级</i></b> <code>C000123</code> 完", parse_mode="HTML")
        await expect(bubble(page, "left", said).locator("strong")).to_have_text("海航 A级")
        await expect(bubble(page, "left", said).locator("strong em")).to_have_text("A级")
        await expect(bubble(page, "left", said).locator("code")).to_have_text("C000123")

    async def test_an_edit_changes_the_bubble_where_it_stands_and_a_deletion_removes_it(self, stage):
        page = await stage.open()
        card = await stage.say(WANG, "等待审核", [[{"text": "查看", "callback_data": "view"}]])
        later = await stage.say(WANG, "后来")
        await expect(bubble(page, "left", later)).to_contain_text("后来")
        await stage.bot("editMessageText", chat_id=WANG, message_id=card["message_id"], text="已同意")
        await expect(bubble(page, "left", card)).to_contain_text("已同意")
        await expect(bubble(page, "left", card)).to_contain_text("已编辑")
        await expect(phone(page, "left").get_by_test_id("bubble")).to_have_count(2)
        await expect(phone(page, "left").locator("[data-label=查看]")).to_have_count(0)
        await stage.bot("deleteMessage", chat_id=WANG, message_id=card["message_id"])
        await expect(phone(page, "left").get_by_test_id("bubble")).to_have_count(1)

    async def test_a_pinned_message_stays_on_top_and_follows_its_edits(self, stage):
        page = await stage.open()
        board = await stage.say(LI, "看板: 等待 3")
        await stage.bot("pinChatMessage", chat_id=LI, message_id=board["message_id"])
        pinned = phone(page, "right").get_by_test_id("pinned")
        await expect(pinned).to_contain_text("等待 3")
        await stage.bot("editMessageText", chat_id=LI, message_id=board["message_id"], text="看板: 等待 2")
        await expect(pinned).to_contain_text("等待 2")
        await stage.bot("unpinChatMessage", chat_id=LI)
        await expect(pinned).to_be_hidden()

    async def test_a_document_can_be_saved(self, stage):
        page = await stage.open()
        await stage.client.post("sendDocument", data={"chat_id": WANG}, files={"document": ("客户.xlsx", b"rows")})
        async with page.expect_download() as saved:
            await phone(page, "left").get_by_test_id("bubble").get_by_role("link").click()
        download = await saved.value
        assert download.suggested_filename == "客户.xlsx"
        assert await (await page.request.get(download.url)).body() == b"rows"


class TestDeeds:
    async def test_a_tap_asks_the_bot_and_shows_its_answer(self, stage):
        page = await stage.open()
        said = await stage.say(LI, "王海洋 申请领取", [[{"text": "✅ 同意", "callback_data": "ok", "style": "success"}]])
        key = phone(page, "right").locator("[data-label='✅ 同意']")
        await key.click()
        query = await stage.update("callback_query")
        assert (query["data"], query["from"]["id"], query["message"]["message_id"]) == ("ok", LI, said["message_id"])
        await expect(key).to_have_attribute("aria-busy", "true")
        await stage.bot("answerCallbackQuery", callback_query_id=query["id"], text="已同意")
        await expect(phone(page, "right").get_by_test_id("toast")).to_have_text("已同意")
        await expect(key).to_have_attribute("aria-busy", "false")
        await expect(phone(page, "left").get_by_test_id("toast")).to_have_count(0)

    async def test_an_alert_waits_for_the_person(self, stage):
        page = await stage.open()
        await stage.say(WANG, "客户", [[{"text": "领取", "callback_data": "claim"}]])
        await phone(page, "left").locator("[data-label=领取]").click()
        query = await stage.update("callback_query")
        await stage.bot("answerCallbackQuery", callback_query_id=query["id"], text="已被别人领取", show_alert=True)
        alert = phone(page, "left").get_by_test_id("alert")
        await expect(alert).to_contain_text("已被别人领取")
        await alert.get_by_role("button").click()
        await expect(alert).to_have_count(0)

    async def test_the_menu_sends_a_command(self, stage):
        await stage.bot("setMyCommands", commands=[{"command": "pool", "description": "客户公海"}])
        page = await stage.open()
        await phone(page, "left").get_by_test_id("menu").click()
        await phone(page, "left").locator("[data-command=pool]").click()
        assert (await stage.update("message"))["text"] == "/pool"

    async def test_a_typed_line_is_sent_as_a_reply_to_its_message(self, stage):
        page = await stage.open()
        said = await stage.say(WANG, "上次谈得怎么样?")
        await bubble(page, "left", said).dblclick()
        await expect(phone(page, "left").get_by_test_id("reply-bar")).to_contain_text("上次谈得怎么样?")
        await phone(page, "left").get_by_test_id("input").fill("要报价")
        await phone(page, "left").get_by_test_id("input").press("Enter")
        update = await stage.update("message")
        assert (update["text"], update["reply_to_message"]["message_id"]) == ("要报价", said["message_id"])
        await expect(phone(page, "left").get_by_test_id("bubble").last).to_contain_text("要报价")
        await expect(phone(page, "left").get_by_test_id("input")).to_have_value("")

    async def test_a_newcomer_presses_start(self, stage):
        stage.telegram.people.add(1009, "新同事")
        page = await stage.open(left=1009)
        await expect(phone(page, "left").get_by_test_id("input")).to_be_hidden()
        await phone(page, "left").get_by_test_id("start").click()
        assert (await stage.update("message"))["text"] == "/start"
        await expect(phone(page, "left").get_by_test_id("input")).to_be_visible()

    async def test_a_reply_keyboard_speaks_for_the_person(self, stage):
        page = await stage.open()
        keyboard = {"keyboard": [[{"text": "跳过"}, {"text": "取消"}]], "resize_keyboard": True, "one_time_keyboard": True}
        await stage.bot("sendMessage", chat_id=WANG, text="城市?", reply_markup=keyboard)
        await phone(page, "left").get_by_test_id("reply-keyboard").locator("[data-label=跳过]").click()
        assert (await stage.update("message"))["text"] == "跳过"
        await expect(phone(page, "left").get_by_test_id("reply-keyboard")).to_be_hidden()


class TestPeople:
    async def test_a_phone_changes_hands_and_two_may_swap(self, stage):
        await stage.say(ZHAO, "给第三个人")
        page = await stage.open()
        await choose(page, "left", ZHAO)
        await expect(phone(page, "left").get_by_test_id("bubble")).to_contain_text("给第三个人")
        assert page.url.endswith(f"#left={ZHAO}&right={LI}")
        await choose(page, "left", LI)
        await expect(phone(page, "left")).to_have_attribute("data-person", str(LI))
        await expect(phone(page, "right")).to_have_attribute("data-person", str(ZHAO))

    async def test_the_badge_counts_who_is_not_shown_until_they_look(self, stage):
        page = await stage.open()
        badge = phone(page, "right").get_by_test_id("switcher").get_by_test_id("badge")
        await expect(badge).to_have_count(0)
        await stage.say(ZHAO, "一")
        await stage.say(ZHAO, "二")
        await expect(badge).to_have_text("2")
        await choose(page, "left", ZHAO)
        await expect(badge).to_have_count(0)


class TestLayout:
    async def test_a_narrow_window_shows_one_phone_at_a_time(self, stage):
        page = await stage.open(width=390, height=844)
        await expect(phone(page, "left")).to_be_visible()
        await expect(phone(page, "right")).to_be_hidden()
        box = await phone(page, "left").get_by_test_id("log").bounding_box()
        assert box["width"] <= 390
        await page.get_by_test_id("segment-right").click()
        await expect(phone(page, "right")).to_be_visible()
        await expect(phone(page, "left")).to_be_hidden()

    async def test_the_clock_moves_on_by_a_day(self, stage):
        page = await stage.open()
        await stage.say(WANG, "昨天的话")
        await expect(phone(page, "left").locator(".day")).to_have_text("今天")
        await page.get_by_test_id("advance-1").click()
        await expect(phone(page, "left").locator(".day")).to_have_text("昨天")

    async def test_the_language_is_kept(self, stage):
        page = await stage.open()
        await expect(phone(page, "left").get_by_test_id("input")).to_have_attribute("placeholder", "消息")
        await page.get_by_test_id("language-en").click()
        await expect(phone(page, "left").get_by_test_id("input")).to_have_attribute("placeholder", "Message")
        await page.reload()
        await expect(phone(page, "left").get_by_test_id("input")).to_have_attribute("placeholder", "Message")
        await page.get_by_test_id("language-zh").click()
        await expect(phone(page, "left").get_by_test_id("input")).to_have_attribute("placeholder", "消息")

    async def test_whoever_reads_upwards_is_told_of_news(self, stage):
        for number in range(4):
            await stage.say(WANG, f"第 {number} 条" + "\n。" * 15)
        page = await stage.open()
        scroller = phone(page, "left").locator(".scroller")
        await expect(phone(page, "left").get_by_test_id("bubble").last).to_be_in_viewport()
        await scroller.hover()
        await page.mouse.wheel(0, -2000)
        down = phone(page, "left").get_by_test_id("to-bottom")
        await expect(down).to_be_visible()
        await stage.say(WANG, "新消息")
        await expect(down).to_have_text("1")
        await down.click()
        await expect(phone(page, "left").get_by_test_id("bubble").last).to_be_in_viewport()
        await expect(down).to_be_hidden()
