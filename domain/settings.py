"""The rules as admins change them in the chat (SPEC 4, 8): each change checked, recorded and told to the other admins.

A change of days moves the running deadlines in the same transaction. Whoever changes a rule waits for the one who is at it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from domain import access, outbox, rescheduling, rules, timeline
from domain import typed as typing
from domain.access import Actor
from domain.approvers import reachable_admins
from domain.clock import Moment
from domain.dialects import take_turns, upsert
from domain.errors import NotFoundError, RuleChangedSinceError, RuleRefusedError
from domain.models import Setting, TimelineEntry, User
from domain.outbox import Kind, Notice
from domain.permissions import Act
from domain.policy import bounds
from domain.rescheduling import Effect
from domain.rules import BY_LEVEL, DIGEST_TIME, NAMES, QUIET_HOURS, Rules
from domain.timeline import Event

LISTED = 8
_LOCK = 0x72756C65


class Line(NamedTuple):
    """One rule: what it says now and what the settings file says; who changed it in the chat, and when (UTC)."""

    name: str
    value: Any
    given: Any
    by: str | None = None
    at: datetime | None = None

    @property
    def differs(self) -> bool:
        """Whether the chat says something else than the file."""
        return bool(self.value != self.given)


class Change(NamedTuple):
    """What became of a rule; `moved` counts the customers whose deadlines it concerned."""

    name: str
    before: Any
    after: Any
    moved: int


class Past(NamedTuple):
    """A change as the timeline has it; times are UTC."""

    at: datetime
    by: str
    name: str
    before: Any
    after: Any


def lines(session: Session, *, given: Rules) -> Mapping[str, Line]:
    """Every rule by its name."""
    present = rules.current(session, given)
    changed = select(Setting.name, User.name, Setting.changed_at).outerjoin(User, User.id == Setting.changed_by)
    by = {row[0]: (row[1], row[2]) for row in session.execute(changed)}
    return {
        name: Line(name, rules.value_of(present, name), rules.value_of(given, name), *by.get(name, (None, None)))
        for name in sorted(NAMES)
    }


def seen(session: Session, actor: Actor, *, given: Rules) -> Mapping[str, Line]:
    """Every rule, for an admin."""
    access.require(actor, Act.MANAGE_SETTINGS)
    return lines(session, given=given)


def history(session: Session, actor: Actor) -> Sequence[Past]:
    """The newest changes."""
    access.require(actor, Act.MANAGE_SETTINGS)
    entry = TimelineEntry
    found = (
        select(entry.at, User.name, entry.detail)
        .join(User, User.id == entry.actor_id)
        .where(entry.actor_id.in_(select(User.id)), entry.event == Event.RULE_CHANGED)
        .order_by(entry.id.desc())
        .limit(LISTED)
    )
    return [Past(at, by, detail["name"], *detail["change"]) for at, by, detail in session.execute(found)]


def preview(session: Session, actor: Actor, name: str, value: Any, *, given: Rules, now: Moment) -> Effect | None:  # noqa: ANN401 — a rule's value
    """What a shorter rule would do to running deadlines; None: nothing falls due sooner. Raises RuleRefusedError."""
    access.require(actor, Act.MANAGE_SETTINGS)
    present = rules.current(session, given)
    wanted = _checked(present, name, value)
    if not rescheduling.is_sooner(present.policy, wanted.policy):
        return None
    return rescheduling.effect(session, present.policy, wanted.policy, now=now)


def change(
    session: Session,
    actor: Actor,
    name: str,
    value: Any,  # noqa: ANN401 — a rule's value
    *,
    given: Rules,
    now: Moment,
    known: Any = None,  # noqa: ANN401 — as above
) -> Change | None:
    """Let a rule say something else; None: it did already. `known` is what the admin saw it say when he was asked.

    Raises RuleRefusedError, RuleChangedSinceError.
    """
    access.require(actor, Act.MANAGE_SETTINGS)
    take_turns(session, [_LOCK])
    present = _as_known(session, name, given, known)
    _checked(present, name, value)
    row = {"name": name, "value": value, "changed_by": actor.id, "changed_at": now.utc}
    upsert(session, Setting, [row], on=["name"], change=["value", "changed_by", "changed_at"])
    return _follow(session, actor, name, present, given=given, now=now)


def reset(session: Session, actor: Actor, name: str, *, given: Rules, now: Moment, known: Any = None) -> Change | None:  # noqa: ANN401 — as above
    """Let a rule say again what the settings file says. Otherwise as `change`."""
    access.require(actor, Act.MANAGE_SETTINGS)
    take_turns(session, [_LOCK])
    present = _as_known(session, name, given, known)
    session.execute(delete(Setting).where(Setting.name == name))
    return _follow(session, actor, name, present, given=given, now=now)


def _as_known(session: Session, name: str, given: Rules, known: Any) -> Rules:  # noqa: ANN401 — as above
    """The rules in force, if this one is still what the admin saw."""
    if name not in NAMES:
        raise NotFoundError
    if known is not None and (line := lines(session, given=given)[name]).value != known:
        raise RuleChangedSinceError(line.by)
    return rules.current(session, given)


def _checked(present: Rules, name: str, value: Any) -> Rules:  # noqa: ANN401 — as above
    if name not in NAMES:
        raise NotFoundError
    try:
        return rules.with_value(present, name, value)
    except (ValueError, TypeError):
        raise accepted(name) from None


def accepted(name: str) -> RuleRefusedError:
    """The refusal that says what a rule accepts."""
    if name in (DIGEST_TIME, QUIET_HOURS):
        return RuleRefusedError(name, 0, 0)
    whole = bounds(name.partition(".")[0])
    if whole is None:
        return RuleRefusedError("switch", 0, 0)
    if name in BY_LEVEL:
        return RuleRefusedError("level", 0, whole.high)
    return RuleRefusedError("limit" if whole.off_when_zero else "whole", whole.low, whole.high)


def read(name: str, typed: str) -> Any:  # noqa: ANN401 — a rule's value
    """The value that somebody typed for a rule. Raises RuleRefusedError for what is none at all."""
    refusal = accepted(name)
    readers = {DIGEST_TIME: typing.time_of_day, QUIET_HOURS: typing.hours, "switch": typing.switch}
    value = readers.get(refusal.accepts, typing.number)(typed)
    if value is None:
        raise refusal
    return value


def _follow(session: Session, actor: Actor, name: str, before: Rules, *, given: Rules, now: Moment) -> Change | None:
    """What comes of a rule that was written: deadlines move, the timeline has it, the other admins hear of it."""
    after = rules.current(session, given)
    old, new = rules.value_of(before, name), rules.value_of(after, name)
    if old == new:
        return None
    moved = rescheduling.reschedule(session, before.policy, after.policy, actor_id=actor.id, now=now)
    detail = {"name": name, "change": [old, new], "moved": moved}
    number = timeline.record_rule(session, detail, actor_id=actor.id, now=now)
    args = {"by": actor.id, **detail}
    others = [admin for admin in reachable_admins(session) if admin != actor.id]
    outbox.tell(session, [Notice(f"rule:{number}:{admin}", Kind.RULE_CHANGED, admin, args) for admin in others], now=now)
    return Change(name, old, new, moved)
