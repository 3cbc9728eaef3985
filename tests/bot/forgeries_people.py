"""Forged buttons of 用户管理 and 请假/代理, by payload, as in `forgeries`: who taps, what it carries, which line answers."""

from collections.abc import Callable
from datetime import timedelta

from bot.callbacks import Payload
from bot.payloads.away import ChooseStandIn, ComeBack, ListStandIns, OpenAway
from bot.payloads.users import (
    AskHire,
    AskProfile,
    ChooseHireRole,
    ChooseHireSuperior,
    ChooseSuccessor,
    ConfirmLeave,
    InviteUser,
    LeaveUser,
    ListSuccessors,
    OpenUsers,
    ReturnUser,
    SaveHire,
    SearchUsers,
    SetProfile,
    ShowUser,
    StartHire,
    TurnUsers,
)
from domain.permissions import Role
from domain.profiles import ProfileField
from tests.bot.forgeries import FORBIDDEN, HUGE, STALE, UNSEEN, WRONG, Case, Scene

NOT_ADMINS = ("lihua", "liu", "zhou")


def forbidden(payload: Payload) -> list[Case]:
    """What is an admin's alone."""
    return [(who, payload, FORBIDDEN) for who in NOT_ADMINS]


def _values(s: Scene) -> list[Case]:
    """Values that no admin was offered."""

    def as_guan(who: str, field: ProfileField, value: str, line: str) -> Case:
        return ("guan", SetProfile(s.id(who), field, value, None), line)

    return [
        as_guan("lihua", ProfileField.ROLE, "boss", STALE),
        as_guan("liu", ProfileField.ROLE, "sales", "⚠️ 刘组长 还有 3 位组员"),
        as_guan("guan", ProfileField.ROLE, "lead", "⚠️ 关管理 是最后一位系统管理员"),
        as_guan("zhou", ProfileField.SUPERIOR, str(s.id("zhang")), "⚠️ 周总 的上级不能是其下属 张组长"),
        as_guan("zhou", ProfileField.SUPERIOR, str(s.id("zhou")), "⚠️ 周总 的上级不能是其下属 周总"),
        as_guan("lihua", ProfileField.SUPERIOR, str(s.id("chenjie")), "⚠️ 陈洁 不是销售组长"),
        as_guan("lihua", ProfileField.SUPERIOR, "999999", "⚠️ 找不到可选的同事"),
        as_guan("lihua", ProfileField.SUPERIOR, "-1", STALE),
        as_guan("lihua", ProfileField.SUPERIOR, "٣", STALE),
        as_guan("lihua", ProfileField.SUPERIOR, str(HUGE), STALE),
        as_guan("lihua", ProfileField.COMPANY, "999999", STALE),
        as_guan("lihua", ProfileField.DEPARTMENT, "999999", STALE),
        as_guan("lihua", ProfileField.DIRECT_ASSIGN, "2", STALE),
        as_guan("lihua", ProfileField.LANGUAGE, "fr", WRONG),
        as_guan("lihua", ProfileField.NAME, "x", STALE),
        ("guan", f"1:uss:{s.id('lihua')}:salary:1:", STALE),
        ("guan", SetProfile(HUGE, ProfileField.ROLE, "lead", None), UNSEEN),
    ]


def _days(s: Scene) -> list[tuple[str, str]]:
    today = s.office.now.today
    late, far = (today + timedelta(days=days) for days in (-1, 91))
    return [(late.isoformat(), "⚠️ 日期不能早于今天"), (far.isoformat(), "⚠️ 超出范围"), ("2026-13-01", STALE), ("soon", STALE)]


PEOPLE: dict[type[Payload], Callable[[Scene], list[Case]]] = {
    OpenUsers: lambda _: [*forbidden(OpenUsers()), ("guan", "1:us:1", STALE)],
    TurnUsers: lambda s: [("lihua", TurnUsers(s.list_, 0), STALE), ("guan", TurnUsers(s.list_, 0), STALE)],
    SearchUsers: lambda s: [*forbidden(SearchUsers(s.list_)), ("guan", SearchUsers(s.list_), STALE)],
    ShowUser: lambda s: [*forbidden(ShowUser(s.id("lihua"), None)), ("guan", ShowUser(HUGE, None), UNSEEN)],
    AskProfile: lambda s: [
        *forbidden(AskProfile(s.id("lihua"), ProfileField.ROLE, 0, None)),
        ("guan", AskProfile(HUGE, ProfileField.ROLE, 0, None), UNSEEN),
        ("guan", AskProfile(s.id("lihua"), ProfileField.DEPARTMENT, 0, None), "⚠️ 请先选择所属公司"),
        ("guan", f"1:usf:{s.id('lihua')}:salary:0:", STALE),
    ],
    SetProfile: lambda s: [*forbidden(SetProfile(s.id("lihua"), ProfileField.DIRECT_ASSIGN, "1", None)), *_values(s)],
    InviteUser: lambda s: [*forbidden(InviteUser(s.id("lihua"), None)), ("guan", InviteUser(HUGE, None), UNSEEN)],
    LeaveUser: lambda s: [*forbidden(LeaveUser(s.id("wangwei"), None)), ("guan", LeaveUser(HUGE, None), UNSEEN)],
    ListSuccessors: lambda s: [
        *forbidden(ListSuccessors(s.id("wangwei"), 0, None)),
        ("guan", ListSuccessors(HUGE, 0, None), UNSEEN),
    ],
    ChooseSuccessor: lambda s: [
        *forbidden(ChooseSuccessor(s.id("wangwei"), 0, None)),
        ("guan", ChooseSuccessor(s.id("liu"), 0, None), STALE),
        ("guan", ChooseSuccessor(s.id("liu"), s.id("lihua"), None), "⚠️ 找不到可选的同事：李华"),
        ("guan", ChooseSuccessor(s.id("lihua"), s.id("lihua"), None), "⚠️ 找不到可选的同事：李华"),
        ("guan", ChooseSuccessor(s.id("lihua"), HUGE, None), "⚠️ 找不到可选的同事"),
    ],
    ConfirmLeave: lambda s: [
        *forbidden(ConfirmLeave(s.id("wangwei"), 0, None)),
        ("guan", ConfirmLeave(s.id("liu"), 0, None), "⚠️ 刘组长 是组长，请先指定接任者"),
        ("guan", ConfirmLeave(s.id("liu"), s.id("lihua"), None), "⚠️ 找不到可选的同事：李华"),
        ("guan", ConfirmLeave(s.id("lihua"), s.id("guan"), None), "⚠️ 找不到可选的同事：关管理"),
        ("guan", ConfirmLeave(s.id("guan"), 0, None), "⚠️ 关管理 是最后一位系统管理员"),
    ],
    ReturnUser: lambda s: [
        *forbidden(ReturnUser(s.id("wangwei"), None)),
        ("guan", ReturnUser(s.id("wangwei"), None), STALE),
        ("guan", ReturnUser(HUGE, None), UNSEEN),
    ],
    StartHire: lambda _: forbidden(StartHire()),
    AskHire: lambda s: [*forbidden(AskHire(s.list_, 0, 0)), ("guan", AskHire(s.list_, 0, 0), STALE)],
    ChooseHireRole: lambda s: [
        *forbidden(ChooseHireRole(s.list_, Role.SALES)),
        ("guan", ChooseHireRole(s.list_, Role.SALES), STALE),
        ("guan", f"1:uhr:{s.list_}:boss", STALE),
    ],
    ChooseHireSuperior: lambda s: [
        *forbidden(ChooseHireSuperior(s.list_, 0)),
        ("guan", ChooseHireSuperior(s.list_, s.id("liu")), STALE),
    ],
    SaveHire: lambda s: [*forbidden(SaveHire(s.list_)), ("guan", SaveHire(s.list_), STALE)],
    OpenAway: lambda s: [(who, OpenAway(s.id("wangwei")), UNSEEN) for who in NOT_ADMINS],
    ListStandIns: lambda s: [
        *[("lihua", ListStandIns(s.id("lihua"), day, 0), line) for day, line in _days(s)],
        ("liu", ListStandIns(s.id("lihua"), s.office.now.today.isoformat(), 0), UNSEEN),
    ],
    ChooseStandIn: lambda s: [
        *[("lihua", ChooseStandIn(s.id("lihua"), day, s.id("wangwei")), line) for day, line in _days(s)],
        *forbidden(ChooseStandIn(s.id("wangwei"), s.office.now.today.isoformat(), s.id("lihua"))),
        ("lihua", ChooseStandIn(s.id("lihua"), s.office.now.today.isoformat(), s.id("lihua")), "⚠️ 找不到可选的同事：李华"),
        ("lihua", ChooseStandIn(s.id("lihua"), s.office.now.today.isoformat(), HUGE), "⚠️ 找不到可选的同事"),
    ],
    ComeBack: lambda s: forbidden(ComeBack(s.id("wangwei"))),
}
"""As `FORGED`."""
