"""Messages that show a subject which may change: registered when sent, edited when the subject changes (SPEC 4, review)."""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from domain.clock import Moment
from domain.dialects import upsert
from domain.models import Card
from domain.outbox import Kind, Priority, tell_chat


class Subject(StrEnum):
    """What a card can show."""

    REQUEST = "request"
    WORKBOOK = "workbook"


def register(
    session: Session, *, chat_id: int, message_id: int, user_id: int, subject: Subject, subject_id: int, version: int, now: Moment
) -> None:
    """Remember that this message shows the subject in this version."""
    row = {
        "chat_id": chat_id,
        "message_id": message_id,
        "user_id": user_id,
        "subject": subject,
        "subject_id": subject_id,
        "version": version,
        "created_at": now.utc,
    }
    upsert(session, Card, [row], on=["chat_id", "message_id"], change=["subject", "subject_id", "version"])


def refresh(session: Session, subject: Subject, versions: Iterable[tuple[int, int]], *, now: Moment) -> None:
    """Queue an edit of every message that shows one of the subjects in an older version: pairs of (id, version)."""
    present = dict(versions)
    shown = session.scalars(select(Card).where(Card.subject == subject, Card.subject_id.in_(present)))
    for card in shown:
        if card.version < present[card.subject_id]:
            _edit(session, card, str(present[card.subject_id]), now=now)


def catch_up(session: Session, *, chat_id: int, message_id: int, version: int, after: int, now: Moment) -> None:
    """Queue an edit of a message that showed an older version when it arrived; `after` is the outbox row that brought it.

    The edit to this version may have gone out before that row did, so it needs a key of its own.
    """
    where = (Card.chat_id == chat_id, Card.message_id == message_id, Card.version < version)
    for card in session.scalars(select(Card).where(*where)):
        _edit(session, card, f"{version}:{after}", now=now)


def shown(session: Session, card_id: int, version: int) -> None:
    """The card's message shows this version now."""
    session.execute(update(Card).where(Card.id == card_id, Card.version < version).values(version=version))


def _edit(session: Session, card: Card, cause: str, *, now: Moment) -> None:
    tell_chat(
        session,
        key=f"refresh:{card.id}:{cause}",
        kind=Kind.REFRESH,
        chat_id=card.chat_id,
        user_id=card.user_id,
        body={"card_id": card.id, "message_id": card.message_id, "subject": card.subject, "subject_id": card.subject_id},
        now=now,
        priority=Priority.REPLY,
    )
