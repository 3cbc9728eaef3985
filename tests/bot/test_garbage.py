"""Buttons whose data no bot ever wrote, and numbers beyond everything: a button out of date, or the nearest page."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.callbacks import BeginBatch, Decide, OpenTodo, PickPerson, ShowCustomer, ShowRequests, TurnPeople, TurnTo
from domain.permissions import Act
from tests.bot.conftest import looked_over
from tests.bot.forgeries import EMPTY, HUGE, STALE, UNSEEN, Scene
from tests.bot.forging import refuse, set_scene

pytestmark = pytest.mark.asyncio(loop_scope="module")

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
        yield await set_scene(open_office)


class TestGarbage:
    async def test_is_a_button_out_of_date(self, scene):
        await refuse(scene.office, [("wangwei", data, STALE) for data in GARBAGE])

    async def test_is_told_in_the_language_of_the_person(self, scene):
        scene.office.english("sunli")
        await refuse(scene.office, [("sunli", "1:zz", "⚠️ This button is out of date.")])


class TestHugeNumbers:
    async def test_name_nothing_that_there_is(self, scene):
        cases = [
            (TurnTo(HUGE, HUGE), STALE),
            (ShowCustomer(HUGE, HUGE), UNSEEN),
            (ShowCustomer(-HUGE, None), UNSEEN),
            (BeginBatch(Act.ASSIGN, scene.list_), EMPTY),
            (PickPerson(scene.errand, HUGE), "找不到可选的同事"),
            (ShowRequests(HUGE), UNSEEN),
            (Decide(HUGE, yes=True), UNSEEN),
        ]
        await refuse(scene.office, [("liu", payload.pack(), line) for payload, line in cases])


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
