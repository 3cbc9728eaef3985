"""Forged buttons of the settings, by payload, as in `forgeries`: who taps, what it carries, which line answers."""

from collections.abc import Callable

from bot.callbacks import Payload
from bot.payloads.settings import ConfirmRule, OpenRule, OpenRules, OpenSettings, ResetRule, SetRule, ShowRuleChanges
from bot.rule_words import Group
from tests.bot.forgeries import HUGE, STALE, UNSEEN, Case, Scene
from tests.bot.forgeries_people import forbidden

NO_NUMBER = "⚠️ 请输入 1 到 3650 的整数"
NO_RULES = ("salary", "signing_days_by_level", "signing_days_by_level.E", "")


def _values() -> list[Case]:
    """Values that no admin was offered."""
    wrong = {
        "signing_days": (("0", "3651", "-1", "soon", "", "9" * 20), NO_NUMBER),
        "claims_per_day": (("10001", "-1"), "⚠️ 请输入 0 到 10000 的整数"),
        "digest_time": (("2500", "soon"), "⚠️ 看不懂这个时间"),
        "quiet_hours": (("2100", "2100-2500"), "⚠️ 看不懂这个时段"),
        "mask_pool_contacts": (("2", "maybe"), "⚠️ 请选择“是”或“否”"),
    }
    return [("guan", SetRule(name, value), line) for name, (values, line) in wrong.items() for value in values]


SETTINGS: dict[type[Payload], Callable[[Scene], list[Case]]] = {
    OpenSettings: lambda _: [*forbidden(OpenSettings()), ("guan", "1:sg:1", STALE)],
    OpenRules: lambda _: [*forbidden(OpenRules(Group.CLAIMS)), ("guan", "1:sgg:salaries", STALE)],
    OpenRule: lambda _: [*forbidden(OpenRule("signing_days")), *[("guan", OpenRule(name), STALE) for name in NO_RULES]],
    SetRule: lambda _: [
        *forbidden(SetRule("claims_per_day", "5")),
        *forbidden(SetRule("signing_days", "30")),
        *_values(),
        ("guan", SetRule("salary", "1"), STALE),
    ],
    ResetRule: lambda _: [*forbidden(ResetRule("signing_days")), ("guan", ResetRule("salary"), STALE)],
    ConfirmRule: lambda _: [
        *forbidden(ConfirmRule("signing_days", 30, 90)),
        *forbidden(ConfirmRule("signing_days", None, 90)),
        ("guan", ConfirmRule("signing_days", 30, 60), "⚠️ 这条规则刚刚恢复了默认"),
        ("guan", ConfirmRule("signing_days", HUGE, 90), NO_NUMBER),
        ("guan", ConfirmRule("mask_pool_contacts", 0, 1), "⚠️ 请选择“是”或“否”"),
        ("guan", ConfirmRule("salary", 0, 1), UNSEEN),
        ("guan", "1:sgy:signing_days:x:90", STALE),
    ],
    ShowRuleChanges: lambda _: forbidden(ShowRuleChanges()),
}
"""As `FORGED`."""
