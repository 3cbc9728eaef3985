"""Forged buttons of 编辑, 记跟进 and 时间线, by payload, as in `forgeries`: who taps, what it carries, which line answers."""

from collections.abc import Callable

from bot.callbacks import Payload
from bot.payloads.editing import AskChange, ChooseChange, EmptyField, KeepMarks, ListChanges, MarkChange
from bot.payloads.followups import (
    LeaveFollowup,
    LogFollowup,
    OpenAttachment,
    SetFollowupKind,
    SetNextDay,
    ShowFollowup,
)
from bot.payloads.history import ShowTimeline
from domain.edit_form import FIELDS
from domain.followups import FollowupKind
from tests.bot.forgeries import FORBIDDEN, HUGE, STALE, TOO_HUGE, UNSEEN, Case, Scene

CITY, LEVEL, SERVICES, INDUSTRY = (FIELDS.index(field) for field in ("city", "level", "services", "industry"))


def _closed(s: Scene, forged: Callable[[int], Payload]) -> list[Case]:
    """What is the owner's and his leads' alone."""
    return [
        ("lihua", forged(s.theirs.id), UNSEEN),
        ("zhang", forged(s.theirs.id), UNSEEN),
        ("lihua", forged(HUGE), UNSEEN),
        ("lihua", forged(s.free.id), FORBIDDEN),
        ("guan", forged(s.free.id), FORBIDDEN),
    ]


RECORD: dict[type[Payload], Callable[[Scene], list[Case]]] = {
    ListChanges: lambda s: [
        *_closed(s, lambda customer: ListChanges(customer, None, 0)),
        ("chenjie", ListChanges(s.theirs.id, None, 3), STALE),
        ("chenjie", ListChanges(s.theirs.id, None, -1), STALE),
    ],
    AskChange: lambda s: [
        *_closed(s, lambda customer: AskChange(customer, None, CITY)),
        ("chenjie", AskChange(s.theirs.id, None, HUGE), STALE),
    ],
    ChooseChange: lambda s: [
        *_closed(s, lambda customer: ChooseChange(customer, None, LEVEL, 0)),
        ("chenjie", ChooseChange(s.theirs.id, None, LEVEL, 4), STALE),
        ("chenjie", ChooseChange(s.theirs.id, None, CITY, 0), STALE),
        ("chenjie", ChooseChange(s.theirs.id, None, SERVICES, 0), STALE),
    ],
    MarkChange: lambda s: [
        *_closed(s, lambda customer: MarkChange(customer, None, SERVICES, 1)),
        ("chenjie", MarkChange(s.theirs.id, None, LEVEL, 1), STALE),
    ],
    KeepMarks: lambda s: [
        *_closed(s, lambda customer: KeepMarks(customer, None, SERVICES, 1)),
        ("chenjie", KeepMarks(s.theirs.id, None, LEVEL, 1), STALE),
    ],
    EmptyField: lambda s: [
        *_closed(s, lambda customer: EmptyField(customer, None, INDUSTRY)),
        ("chenjie", EmptyField(s.theirs.id, None, CITY), "⚠️ 不能为空"),
        ("chenjie", EmptyField(s.theirs.id, None, FIELDS.index("stage")), "⚠️ 这个阶段不能直接更改"),
    ],
    LogFollowup: lambda s: _closed(s, lambda customer: LogFollowup(customer, None)),
    LeaveFollowup: lambda s: [("lihua", LeaveFollowup(s.theirs.id, None), UNSEEN)],
    SetFollowupKind: lambda _: [
        ("lihua", SetFollowupKind(HUGE, None, FollowupKind.CALL), UNSEEN),
        ("lihua", f"1:{SetFollowupKind.code}:1::fax", STALE),
    ],
    SetNextDay: lambda _: [
        ("lihua", SetNextDay(HUGE, None, 0), UNSEEN),
        ("lihua", SetNextDay(HUGE, None, 3), STALE),
        ("lihua", SetNextDay(HUGE, None, -1), STALE),
    ],
    ShowFollowup: lambda _: [("lihua", ShowFollowup(HUGE, None, None), UNSEEN)],
    OpenAttachment: lambda _: [("lihua", OpenAttachment(HUGE), UNSEEN), ("lihua", f"1:{OpenAttachment.code}:{TOO_HUGE}", STALE)],
    ShowTimeline: lambda s: [
        ("lihua", ShowTimeline(s.theirs.id, None, None), UNSEEN),
        ("zhang", ShowTimeline(s.theirs.id, None, HUGE), UNSEEN),
        ("lihua", ShowTimeline(HUGE, None, None), UNSEEN),
    ],
}
