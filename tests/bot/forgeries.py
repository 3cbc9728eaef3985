"""What forged buttons aim at, and for every payload the cases to be refused: who taps, what it carries, which line answers."""

from collections.abc import Callable
from dataclasses import dataclass

import bot.routes  # noqa: F401 — with every payload known
from bot.callbacks import (
    Begin,
    BeginBatch,
    CancelRequests,
    ChooseLanguage,
    ChooseTab,
    Decide,
    DecideAll,
    DropErrand,
    GiveReason,
    OpenLanguages,
    OpenList,
    OpenMenu,
    OpenTodo,
    Payload,
    PickPerson,
    PickReason,
    Select,
    SelectMany,
    ShowCustomer,
    ShowRequested,
    ShowRequests,
    TurnPeople,
    TurnTo,
)
from bot.payloads.entry import (
    AskField,
    ChooseOwner,
    ChooseValue,
    LeaveEntry,
    ListFields,
    ListOwners,
    ReviewEntry,
    SaveEntry,
    ShowTemplate,
    StartEntry,
)
from bot.payloads.errands import ConfirmErrand, PickDays, SelectAll, Undo
from domain.lists import Scope
from domain.permissions import Act
from domain.stages import ReleaseReason, Stage
from tests.bot.office import Kept, Office

STALE = "⚠️ 这个按钮已失效"
UNSEEN = "⚠️ 找不到，或者您无权查看"
FORBIDDEN = "⚠️ 您没有这个权限"
EMPTY = "⚠️ 还没有选择客户"
WRONG = "⚠️ 内容不正确"
HUGE = 2**63 - 1
TOO_HUGE = 2**63


@dataclass(frozen=True)
class Scene:
    """What the forgers aim at.

    `theirs` belongs to chenjie of the other team, `free` lies in the pool; `request` waits for liu at lihua's wish.
    The others are liu's own: a list, a choice of a person, of a reason and of days, a deletion to confirm, a draft, and a
    release to take back.
    """

    office: Office
    theirs: Kept
    free: Kept
    request: int
    batch: int
    list_: int
    errand: int
    release: int
    extension: int
    deletion: int
    draft: int
    undo: int

    def id(self, login: str) -> int:
        return self.office.ids[login]


Case = tuple[str, Payload | str, str]
"""Who taps, what the button carries, and the line that answers."""

FORGED: dict[type[Payload], Callable[[Scene], list[Case]]] = {
    OpenMenu: lambda _: [("lihua", "1:m:1", STALE)],
    OpenList: lambda _: [
        ("lihua", OpenList(Scope.TEAM), FORBIDDEN),
        ("lihua", "1:l:attic", STALE),
        ("lihua", "1:l", STALE),
    ],
    TurnTo: lambda s: [
        ("lihua", TurnTo(s.list_, 1), STALE),
        ("lihua", TurnTo(HUGE, 0), STALE),
        ("liu", TurnTo(s.errand, 0), STALE),
    ],
    ChooseTab: lambda s: [
        ("lihua", ChooseTab(s.list_, Stage.QUOTING), STALE),
        ("liu", f"1:t:{s.list_}:bought", STALE),
        ("liu", ChooseTab(s.errand, None), STALE),
    ],
    SelectMany: lambda s: [
        ("lihua", SelectMany(s.list_, on=True), STALE),
        ("liu", f"1:s:{s.list_}:2", STALE),
        ("liu", SelectMany(s.errand, on=True), STALE),
    ],
    Select: lambda s: [
        ("lihua", Select(s.list_, s.theirs.id, on=True), STALE),
        ("liu", f"1:k:{s.list_}:{TOO_HUGE}:1", STALE),
        ("liu", Select(s.errand, s.theirs.id, on=True), STALE),
    ],
    ShowCustomer: lambda s: [
        ("lihua", ShowCustomer(s.theirs.id, None), UNSEEN),
        ("lihua", ShowCustomer(s.theirs.id, s.list_), UNSEEN),
        ("lihua", ShowCustomer(HUGE, None), UNSEEN),
        ("lihua", ShowCustomer(-1, None), UNSEEN),
    ],
    Begin: lambda s: [
        ("lihua", Begin(Act.CLAIM, s.theirs.id, None), "⚠️ 手慢了：陈洁 已于"),
        ("lihua", Begin(Act.RELEASE, s.theirs.id, None), FORBIDDEN),
        ("lihua", Begin(Act.ASSIGN, s.free.id, None), FORBIDDEN),
        ("lihua", Begin(Act.POOL_ASSIGN, s.free.id, None), FORBIDDEN),
        ("lihua", Begin(Act.DIRECT_ASSIGN, s.free.id, None), FORBIDDEN),
        ("guan", Begin(Act.DIRECT_ASSIGN, s.free.id, None), FORBIDDEN),
        ("lihua", Begin(Act.CLAIM, HUGE, None), UNSEEN),
        ("chenjie", Begin(Act.RELEASE, s.theirs.id, None), FORBIDDEN),
        *[("zhou", Begin(act, s.theirs.id, None), STALE) for act in _NO_ERRANDS],
        ("lihua", f"1:a:steal:{s.free.id}:", STALE),
    ],
    BeginBatch: lambda s: [
        ("lihua", BeginBatch(Act.CLAIM, s.list_), STALE),
        ("liu", BeginBatch(Act.ASSIGN, s.list_), EMPTY),
        ("liu", BeginBatch(Act.RELEASE, s.errand), STALE),
        ("liu", f"1:b:steal:{s.list_}", STALE),
    ],
    PickPerson: lambda s: [
        ("lihua", PickPerson(s.errand, s.id("lihua")), STALE),
        ("liu", PickPerson(s.errand, s.id("lihua")), "⚠️ 李华 不在您的组里"),
        ("liu", PickPerson(s.errand, s.id("guan")), "⚠️ 找不到可选的同事：关管理"),
        ("liu", PickPerson(s.errand, HUGE), "⚠️ 找不到可选的同事"),
        ("liu", PickPerson(s.release, s.id("sunli")), STALE),
        ("liu", PickPerson(s.list_, s.id("sunli")), STALE),
    ],
    TurnPeople: lambda s: [("lihua", TurnPeople(s.errand, 0), STALE), ("liu", TurnPeople(s.list_, 0), STALE)],
    PickReason: lambda s: [
        ("lihua", PickReason(s.release, ReleaseReason.PRICE), STALE),
        ("liu", PickReason(s.release, ReleaseReason.OVERDUE), WRONG),
        ("liu", PickReason(s.errand, ReleaseReason.PRICE), STALE),
        ("liu", PickReason(s.errand, ReleaseReason.OTHER), STALE),
        ("liu", PickReason(s.list_, ReleaseReason.PRICE), STALE),
        ("liu", f"1:r:{s.release}:boredom", STALE),
    ],
    DropErrand: lambda s: [("lihua", DropErrand(s.errand), STALE), ("liu", DropErrand(s.list_), STALE)],
    OpenTodo: lambda _: [("lihua", f"1:o:{TOO_HUGE}", STALE), ("lihua", "1:o:", STALE)],
    ShowRequests: lambda s: [("chenjie", ShowRequests(s.batch), UNSEEN), ("zhang", ShowRequests(s.batch), UNSEEN)],
    ShowRequested: lambda s: [
        ("lihua", ShowRequested(s.batch, s.theirs.id), UNSEEN),
        ("chenjie", ShowRequested(s.batch, HUGE), UNSEEN),
    ],
    Decide: lambda s: [
        *[
            (who, Decide(s.request, yes=yes), FORBIDDEN)
            for who in ("lihua", "chenjie", "heping", "zhang")
            for yes in (True, False)
        ],
        ("liu", Decide(HUGE, yes=True), UNSEEN),
        ("liu", f"1:y:{s.request}:yes", STALE),
    ],
    DecideAll: lambda s: [
        *[(who, DecideAll(s.batch, yes=True), FORBIDDEN) for who in ("lihua", "chenjie", "zhang")],
        ("liu", DecideAll(HUGE, yes=False), UNSEEN),
    ],
    GiveReason: lambda s: [
        ("chenjie", GiveReason(s.batch), UNSEEN),
        ("liu", GiveReason(HUGE), UNSEEN),
        ("liu", GiveReason(s.batch), STALE),
        ("lihua", GiveReason(s.batch), STALE),
    ],
    CancelRequests: lambda s: [
        ("liu", CancelRequests(s.batch), UNSEEN),
        ("wangwei", CancelRequests(s.batch), UNSEEN),
        ("lihua", CancelRequests(HUGE), UNSEEN),
    ],
    PickDays: lambda s: [
        ("lihua", PickDays(s.extension, 7), STALE),
        ("liu", PickDays(s.extension, 366), "⚠️ 超出范围"),
        ("liu", PickDays(s.extension, -1), "⚠️ 超出范围"),
        ("liu", PickDays(s.errand, 7), STALE),
        ("liu", PickDays(s.errand, 0), STALE),
        ("liu", PickDays(s.list_, 7), STALE),
    ],
    ConfirmErrand: lambda s: [
        ("lihua", ConfirmErrand(s.deletion), STALE),
        ("liu", ConfirmErrand(s.errand), STALE),
        ("liu", ConfirmErrand(s.release), STALE),
        ("liu", ConfirmErrand(s.list_), STALE),
    ],
    Undo: lambda s: [
        ("lihua", Undo(s.undo, None), UNSEEN),
        ("zhou", Undo(s.undo, None), UNSEEN),
        ("liu", Undo(HUGE, s.list_), UNSEEN),
    ],
    SelectAll: lambda s: [("lihua", SelectAll(s.list_), STALE), ("liu", SelectAll(s.errand), STALE)],
    StartEntry: lambda _: [("lihua", "1:n:1", STALE)],
    AskField: lambda s: [
        ("lihua", AskField(s.draft, 0), STALE),
        ("liu", AskField(s.list_, 0), STALE),
        ("liu", AskField(s.draft, -1), STALE),
        ("liu", AskField(s.draft, 99), STALE),
    ],
    ChooseValue: lambda s: [
        ("lihua", ChooseValue(s.draft, 0, 0), STALE),
        ("liu", ChooseValue(s.errand, 0, 0), STALE),
        ("liu", ChooseValue(s.draft, 0, 99), STALE),
        ("liu", ChooseValue(s.draft, 99, 0), STALE),
        ("liu", ChooseValue(s.draft, -1, -1), STALE),
    ],
    ReviewEntry: lambda s: [("lihua", ReviewEntry(s.draft), STALE), ("liu", ReviewEntry(s.list_), STALE)],
    ListFields: lambda s: [("lihua", ListFields(s.draft), STALE), ("liu", ListFields(s.list_), STALE)],
    ShowTemplate: lambda s: [("lihua", ShowTemplate(s.draft), STALE), ("liu", ShowTemplate(s.list_), STALE)],
    ListOwners: lambda s: [("lihua", ListOwners(s.draft, 0), STALE), ("liu", ListOwners(s.list_, 0), STALE)],
    ChooseOwner: lambda s: [
        ("lihua", ChooseOwner(s.draft, s.id("lihua")), STALE),
        ("liu", ChooseOwner(s.list_, s.id("liu")), STALE),
        ("liu", ChooseOwner(s.draft, s.id("lihua")), STALE),
        ("liu", ChooseOwner(s.draft, s.id("guan")), STALE),
        ("liu", ChooseOwner(s.draft, HUGE), STALE),
        ("liu", ChooseOwner(s.draft, 0), FORBIDDEN),
    ],
    SaveEntry: lambda s: [
        ("lihua", SaveEntry(s.draft), STALE),
        ("liu", SaveEntry(s.list_), STALE),
        ("liu", SaveEntry(s.draft), "⚠️ 不能为空"),
    ],
    LeaveEntry: lambda s: [("lihua", LeaveEntry(s.draft), STALE), ("liu", LeaveEntry(s.list_), STALE)],
    OpenLanguages: lambda _: [("lihua", "1:ls:en", STALE)],
    ChooseLanguage: lambda _: [("lihua", ChooseLanguage("fr"), WRONG), ("lihua", ChooseLanguage(""), WRONG)],
}

_NO_ERRANDS = (Act.VIEW, Act.EDIT, Act.SIGN, Act.EXPORT, Act.REVIEW, Act.ENTER, Act.SEE_TEAM, Act.MANAGE_USERS)
