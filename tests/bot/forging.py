"""The scene at which forged buttons are tapped, and what must come of each: one line, and nothing changed."""

import asyncio
import re
from collections.abc import Iterable

from domain import pool
from tests.bot.forgeries import Scene
from tests.bot.office import Office
from tests.phones import Screen


async def set_scene(office: Office) -> Scene:
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
