"""Buttons that nobody was given: each is refused in one clear line, and nothing changes."""

import asyncio
import re
from collections.abc import AsyncIterator, Iterable

import pytest
import pytest_asyncio

from bot.callbacks import OpenTodo, Payload, TurnPeople, TurnTo
from domain import pool
from tests.bot.conftest import looked_over
from tests.bot.forgeries import FORGED, HUGE, STALE, Scene
from tests.bot.forgeries_filters import FILTERS
from tests.bot.forgeries_partners import PARTNERSHIP
from tests.bot.forgeries_people import PEOPLE
from tests.bot.forgeries_record import RECORD
from tests.bot.office import Office
from tests.phones import Screen

pytestmark = pytest.mark.asyncio(loop_scope="module")

EVERY = {**FORGED, **FILTERS, **PARTNERSHIP, **PEOPLE, **RECORD}

GARBAGE = (
    "",
    " ",
    ":",
    "1",
    "1:",
    "::::",
    "2:m",
    "0:m",
    "11:m",
    "1:zz",
    "1:M",
    "menu",
    "公海",
    "1:c:公:",
    "1:c:1_000:",
    "1:c:٣:",
    "1:c: 1:",
    "1:c:1.5:",
    "1:c:1:1:1",
    "1:y::1",
    "1:p:-1",
    "1:\x00",
    "'; DROP TABLE customers; --",
    f"1:c:{'9' * 59}",
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def scene(open_office, complaints) -> AsyncIterator[Scene]:
    """One scene for all forgers: they leave it as it was."""
    async with looked_over(open_office, complaints):
        yield await _set(open_office)


async def _set(office: Office) -> Scene:
    theirs, free, mine = office.customer(owner="chenjie"), office.customer(), office.customer(owner="liu")
    asked = office.customer(last="chenjie")
    liu = office.phone("liu")
    office.do(pool.claim, "lihua", [asked.id])
    await liu.wait_for("领取申请")
    await liu.ask(mine.name)
    await liu.press(mine.name)
    await liu.press("释放")
    released = await liu.press("价格")
    listed = await liu.ask("/team")
    views = [_number(listed, "多选")]
    for act, answer in (("分配", "孙丽"), ("释放", "价格"), ("延长期限", "+7"), ("删除", "确认")):
        await liu.ask("/team")
        await liu.press(theirs.name)
        views.append(_number(await liu.press(act), answer))
    views.append(_number(await liu.ask("/new"), "一条消息"))
    await asyncio.gather(*(office.phone(login).ask("/menu") for login in office.names))
    return Scene(office, theirs, free, *office.request_of(asked), *views, undo=_number(released, "撤销"))


def _number(screen: Screen, label: str) -> int:
    """The first number that a button carries."""
    assert any(label in shown for shown in screen.labels), f"no {label} among {screen.labels}"
    return int(screen.data(label).split(":")[2])


async def refuse(office: Office, taps: Iterable[tuple[str, str, str]]) -> None:
    """Let each person tap, read the line once, and find everything as it was."""
    before = office.everything()
    for who, data, line in taps:
        phone = office.phone(who)
        chat = office.telegram.chats[phone.user_id]
        seen = len(chat.messages)
        screen = await phone.forge(Screen.of(chat.last()), data)
        assert line in screen, f"{who} tapped {data!r}\n\n{screen.text}"
        assert len(re.findall("⚠️", screen.text)) == 1
        assert screen.rows, "a refusal leaves a way on"
        assert len(chat.messages) - seen <= 1
        assert office.everything() == before, f"{who} tapped {data!r}"


class TestForgedButtons:
    @pytest.mark.parametrize("payload", Payload.known.values(), ids=lambda payload: payload.__name__)
    async def test_are_refused_and_change_nothing(self, scene, payload):
        taps = [(who, data if isinstance(data, str) else data.pack(), line) for who, data, line in EVERY[payload](scene)]
        assert {data.split(":")[1] for _, data, _ in taps} == {payload.code}
        await refuse(scene.office, taps)

    async def test_exist_for_every_button_there_is(self):
        assert set(EVERY) == set(Payload.known.values())


class TestGarbage:
    async def test_is_a_button_out_of_date(self, scene):
        await refuse(scene.office, [("wangwei", data, STALE) for data in GARBAGE])

    async def test_is_told_in_the_language_of_the_person(self, scene):
        scene.office.english("sunli")
        await refuse(scene.office, [("sunli", "1:zz", "⚠️ This button is out of date.")])


class TestPages:
    @pytest.mark.parametrize("page", [-1, 99, HUGE])
    async def test_that_do_not_exist_show_the_nearest_one(self, scene, page):
        liu = scene.office.phone("liu")
        last = await liu.screen()
        assert "本组客户" in await liu.forge(last, TurnTo(scene.list_, page).pack())
        assert "待办事项" in await liu.forge(last, OpenTodo(page).pack())
        assert "给谁" in await liu.forge(last, TurnPeople(scene.errand, page).pack())


class TestMissingMessages:
    async def test_a_button_of_a_deleted_message_still_works_and_answers_below(self, scene):
        lihua = scene.office.phone("lihua")
        menu = await lihua.ask("/menu")
        await lihua.delete(menu.id)
        assert "客户公海" in await lihua.forge(menu, menu.data("客户公海"))
