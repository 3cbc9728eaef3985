"""The rules in force: what the settings file says first, and what an admin changed in the chat, which wins (SPEC 8)."""

import json
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.models import Setting
from domain.policy import Policy
from domain.timetable import QuietHours, Timetable, wall_time

_CHANGED = select(Setting.name, Setting.value).order_by(Setting.name)
_POLICY = frozenset(each.name for each in fields(Policy))


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Limits and days, and when people are spoken to."""

    policy: Policy
    timetable: Timetable


def current(session: Session, given: Rules) -> Rules:
    """What holds now: `given` by the settings file, with what was changed in the chat."""
    changed = tuple((row.name, json.dumps(row.value, sort_keys=True)) for row in session.execute(_CHANGED))
    return _merged(given.policy, given.timetable, changed) if changed else given


@lru_cache(maxsize=8)
def _merged(policy: Policy, timetable: Timetable, changed: tuple[tuple[str, str], ...]) -> Rules:
    values: dict[str, Any] = {name: json.loads(text) for name, text in changed}
    rules = {name: value for name, value in values.items() if name in _POLICY}
    day: dict[str, Any] = {}
    if "digest_time" in values:
        day["digest_time"] = wall_time(values["digest_time"])
    if "quiet_hours" in values:
        day["quiet_hours"] = QuietHours.parse(values["quiet_hours"])
    return Rules(policy=replace(policy, **rules), timetable=replace(timetable, **day))
