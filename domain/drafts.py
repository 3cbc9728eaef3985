"""What a conversation remembers: the state of each list or picker, and the one typed answer a person owes (SPEC 5)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from domain.clock import Moment
from domain.dialects import table_of, upsert
from domain.errors import StaleError
from domain.models import Dialogue, View

VIEW_LIFE = timedelta(days=14)
ANSWER_LIFE = timedelta(days=1)
_DIALOGUES = table_of(Dialogue)
_DROP = delete(_DIALOGUES).where(_DIALOGUES.c.user_id == bindparam("person")).returning(_DIALOGUES.c.user_id)
_VIEW = select(View).where(View.id == bindparam("view_id"), View.user_id == bindparam("person")).with_for_update()


@dataclass(frozen=True)
class Awaited:
    """A typed answer that is awaited: what for, and what is known already."""

    kind: str
    state: dict[str, Any]


def open_view(session: Session, user_id: int, kind: str, state: dict[str, Any], *, now: Moment) -> View:
    """A new list or picker; its buttons name it by id."""
    view = View(user_id=user_id, kind=kind, state=state, touched_at=now.utc)
    session.add(view)
    session.flush()
    return view


def view(session: Session, user_id: int, view_id: int, *, now: Moment) -> View:
    """A person's own list or picker, locked. Raises StaleError when it is gone or somebody else's."""
    found = session.scalars(_VIEW, {"view_id": view_id, "person": user_id}).one_or_none()
    if found is None:
        raise StaleError
    found.touched_at = now.utc
    return found


def expect(session: Session, user_id: int, kind: str, state: dict[str, Any], *, now: Moment) -> None:
    """Await a typed answer from now on; an older question is dropped."""
    row = {"user_id": user_id, "kind": kind, "state": state, "expires_at": now.utc + ANSWER_LIFE}
    upsert(session, Dialogue, [row], on=["user_id"], change=["kind", "state", "expires_at"])


def awaited(session: Session, user_id: int, *, now: Moment) -> Awaited | None:
    """The answer that the person owes, if any."""
    found = session.get(Dialogue, user_id)
    if found is None or found.expires_at <= now.utc:
        return None
    return Awaited(found.kind, found.state)


def drop(session: Session, user_id: int) -> bool:
    """Stop waiting for an answer. Returns whether one was awaited."""
    return session.scalar(_DROP, {"person": user_id}) is not None


def forget_old(session: Session, *, now: Moment) -> None:
    """Drop lists untouched for two weeks and questions never answered."""
    session.execute(delete(View).where(View.touched_at < now.utc - VIEW_LIFE))
    session.execute(delete(Dialogue).where(Dialogue.expires_at < now.utc))


def newest_view(session: Session, user_id: int, kind: str) -> View | None:
    """The person's newest list or draft of a kind."""
    return session.scalars(
        select(View).where(View.user_id == user_id, View.kind == kind).order_by(View.id.desc()).limit(1)
    ).first()


def close_views(session: Session, user_id: int, kind: str) -> None:
    """All of a person's lists or drafts of a kind are done with."""
    session.execute(delete(View).where(View.user_id == user_id, View.kind == kind))


def close_view(session: Session, view_id: int) -> None:
    """The picker has done its work: its buttons are stale from now on."""
    session.execute(delete(View).where(View.id == view_id))
