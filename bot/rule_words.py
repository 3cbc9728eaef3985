"""The rules in the reader's words: their groups, names, values and what each is about."""

from enum import StrEnum
from typing import Any

from bot.locales import Texts
from domain.policy import LEVELS

CHANGED = "✏️"
_UNLIMITED = frozenset({"claims_per_day", "held_limit", "pool_views_per_day"})
_LEVEL = "level"


class Group(StrEnum):
    """What rules are about."""

    DEADLINES = "deadlines"
    CLAIMS = "claims"
    POOL = "pool"
    MESSAGES = "messages"
    OTHER = "other"


GROUPS: dict[Group, tuple[str, ...]] = {
    Group.DEADLINES: (
        "signing_days",
        *(f"signing_days_by_level.{level}" for level in LEVELS),
        "dormancy_days",
        *(f"dormancy_days_by_level.{level}" for level in LEVELS),
        "first_followup_days",
        "followup_days",
        "dormant_releases",
    ),
    Group.CLAIMS: ("claims_per_day", "held_limit", "reclaim_cooldown_days", "old_team_days"),
    Group.POOL: ("mask_pool_contacts", "pool_views_per_day"),
    Group.MESSAGES: ("digest_time", "quiet_hours"),
    Group.OTHER: ("undo_minutes", "invitation_days", "batch_limit"),
}


def group_of(name: str) -> Group:
    """The group that a rule stands in."""
    return next(group for group, names in GROUPS.items() if name in names)


def is_of_level(name: str) -> bool:
    """Whether the rule is about customers of one level."""
    return "." in name


def label(texts: Texts, name: str) -> str:
    """What a rule is called."""
    field, _, level = name.partition(".")
    return texts.plain(f"rule-{_dash(field)}", **({_LEVEL: level} if level else {}))


def what(texts: Texts, name: str) -> str:
    """What a rule is about, in one line."""
    field, _, level = name.partition(".")
    return texts.plain(f"about-{_dash(field)}", **({_LEVEL: level} if level else {}))


def value(texts: Texts, name: str, kept: Any) -> str:  # noqa: ANN401 — a rule's value, as it is kept
    """What a rule says."""
    if isinstance(kept, bool):
        return texts.plain("setting-yes" if kept else "setting-no")
    if isinstance(kept, str):
        return texts.plain("setting-off") if _is_empty(kept) else kept.replace("-", "–")
    if kept == 0:
        return texts.plain(_zero(name))
    unit = "days" if name.partition(".")[0].endswith(("_days", "_by_level")) else "count"
    return texts.plain(f"setting-{'minutes' if name.endswith('_minutes') else unit}", count=kept)


def _zero(name: str) -> str:
    if is_of_level(name):
        return "setting-as-others"
    return "setting-unlimited" if name in _UNLIMITED else "setting-off"


def _is_empty(hours: str) -> bool:
    start, _, end = hours.partition("-")
    return start == end


def _dash(name: str) -> str:
    return name.replace("_", "-")
