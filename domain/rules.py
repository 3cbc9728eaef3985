"""The rules in force: what the settings file says first, and what an admin changed in the chat, which wins (SPEC 8).

A rule has a name: a field of the `Policy` or of the `Timetable`, or `signing_days_by_level.A` for one level, where 0 says that
the level has no days of its own. What is kept under a name that is no rule, or with a value that none may have (any more), is
left out and told of.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain.dialects import table_of
from domain.models import Setting
from domain.policy import LEVELLED, LEVELS, Policy
from domain.timetable import QuietHours, Timetable, wall_time

DIGEST_TIME, QUIET_HOURS = "digest_time", "quiet_hours"
TIMES = (DIGEST_TIME, QUIET_HOURS)
_POLICY = tuple(each.name for each in fields(Policy))
BY_LEVEL = tuple(f"{name}.{level}" for name in LEVELLED for level in LEVELS)
NAMES = frozenset({*_POLICY, *BY_LEVEL, *TIMES} - set(LEVELLED))
"""Every rule that can be changed by itself."""

_SETTINGS = table_of(Setting)
_CHANGED = select(_SETTINGS.c.name, _SETTINGS.c.value).order_by(_SETTINGS.c.name)


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Limits and days, and when people are spoken to; `ignored` are changes kept in the database that cannot hold."""

    policy: Policy
    timetable: Timetable
    ignored: tuple[str, ...] = ()


def current(session: Session, given: Rules) -> Rules:
    """What holds now: `given` by the settings file, with what was changed in the chat."""
    changed = tuple((row.name, json.dumps(row.value, sort_keys=True)) for row in session.execute(_CHANGED))
    return _merged(given.policy, given.timetable, changed) if changed else given


def value_of(rules: Rules, name: str) -> Any:  # noqa: ANN401 — a number, true or false, or a text, as it is kept
    """What a rule says, as it is kept: times are texts, a level without days of its own has 0."""
    if name in TIMES:
        wall = getattr(rules.timetable, name)
        return f"{wall:%H:%M}" if name == DIGEST_TIME else str(wall)
    field, _, level = name.partition(".")
    value = getattr(rules.policy, field)
    return value.get(level, 0) if level else value


def with_value(rules: Rules, name: str, value: Any) -> Rules:  # noqa: ANN401 — as above
    """The same rules but for one. Raises ValueError (of a policy, PolicyError) for a value that it may not have."""
    if name == DIGEST_TIME:
        return replace(rules, timetable=replace(rules.timetable, digest_time=wall_time(value)))
    if name == QUIET_HOURS:
        return replace(rules, timetable=replace(rules.timetable, quiet_hours=QuietHours.parse(value)))
    if name in BY_LEVEL:
        return replace(rules, policy=_with_level(rules.policy, name, value))
    if name not in _POLICY:
        raise ValueError(name)
    return replace(rules, policy=replace(rules.policy, **{name: value}))


def _with_level(policy: Policy, name: str, days: Any) -> Policy:  # noqa: ANN401 — whatever was kept
    field, _, level = name.partition(".")
    others: Mapping[str, int] = {each: own for each, own in getattr(policy, field).items() if each != level}
    own = {} if days == 0 and not isinstance(days, bool) else {level: days}
    changed: dict[str, Any] = {field: {**others, **own}}
    return replace(policy, **changed)


@lru_cache(maxsize=8)
def _merged(policy: Policy, timetable: Timetable, changed: tuple[tuple[str, str], ...]) -> Rules:
    rules, ignored = Rules(policy=policy, timetable=timetable), []
    for name, text in changed:
        try:
            rules = with_value(rules, name, json.loads(text))
        except (ValueError, TypeError):
            ignored.append(f"{name} = {text}")
    return replace(rules, ignored=tuple(ignored))
