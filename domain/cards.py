"""Messages that show a subject which may change: registered when sent, edited when the subject changes (SPEC 4, review; SPEC 9).

One message shows one subject. A request or a piece of work has a version of its own; a customer's is how often it has changed
hands: whoever loses it has its contact details no longer in any message.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import delete, select, tuple_, update
from sqlalchemy.orm import Session

from domain.clock import Moment
from domain.dialects import upsert
from domain.models import Card, Customer
from domain.outbox import ChatMessage, Kind, Priority, tell_chats

FOR_EVER = 2**31 - 1
"""The version of a message that is about a subject and shows nothing that has to go."""


ABOUT_LIFE = timedelta(days=90)


class Subject(StrEnum):
    """What a card can show."""

    REQUEST = "request"
    WORKBOOK = "workbook"
    CUSTOMER = "customer"


_EDITED_AS = {Subject.CUSTOMER: Priority.URGENT}
"""Thousands of customers may leave in one night: their cards keep to Telegram's limits, but wait for no quiet hours to end."""


class Place(NamedTuple):
    """A message, by its chat."""

    chat_id: int
    message_id: int


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
    upsert(session, Card, [row], on=["chat_id", "message_id"], change=["user_id", "subject", "subject_id", "version"])


def forget(session: Session, places: Sequence[Place]) -> None:
    """These messages show something else by now; those of a request or a piece of work stay its cards whatever was looked at."""
    if places:
        there = tuple_(Card.chat_id, Card.message_id).in_(places)
        session.execute(delete(Card).where(Card.subject == Subject.CUSTOMER, there).execution_options(synchronize_session=False))


def customer_of(session: Session, place: Place) -> int | None:
    """The customer that a message is about, as far as it is about one."""
    wanted = (Card.chat_id == place.chat_id, Card.message_id == place.message_id, Card.subject == Subject.CUSTOMER)
    return session.scalar(select(Card.subject_id).where(*wanted))


def still_shows(session: Session, card_id: int, subject: Subject, subject_id: int) -> bool:
    """Whether the card's message shows this yet."""
    wanted = (Card.id == card_id, Card.subject == subject, Card.subject_id == subject_id)
    return session.scalar(select(Card.id).where(*wanted)) is not None


def shows_too_much(session: Session, card_id: int, customer_id: int, *, revoked: bool) -> bool:
    """Whether the card's message shows this customer yet, as it was before it changed hands; `revoked`: or at all."""
    outdated = select(Customer.id).where(Customer.id == Card.subject_id, (Customer.hands > Card.version) | revoked)
    wanted = (Card.id == card_id, Card.subject == Subject.CUSTOMER, Card.subject_id == customer_id, outdated.exists())
    return session.scalar(select(Card.id).where(*wanted)) is not None


def customer_versions(session: Session, customer_ids: Iterable[int]) -> dict[int, int]:
    """How often each has changed hands; it stays so until the transaction ends: whoever takes one away meanwhile waits for it."""
    ids = sorted(set(customer_ids))
    if not ids:
        return {}
    rows = session.execute(
        select(Customer.id, Customer.hands).where(Customer.id.in_(ids)).order_by(Customer.id).with_for_update(read=True)
    )
    return {row.id: row.hands for row in rows}


def refresh(session: Session, subject: Subject, versions: Mapping[int, int] | Iterable[tuple[int, int]], *, now: Moment) -> None:
    """Queue an edit of every message that shows one of the subjects in an older version: by id, or pairs of (id, version)."""
    present = dict(versions)
    if not present:
        return
    shown = session.scalars(select(Card).where(Card.subject == subject, Card.subject_id.in_(present)).order_by(Card.id))
    _edit(session, [(card, str(present[card.subject_id])) for card in shown if card.version < present[card.subject_id]], now=now)


def revoke(session: Session, user_ids: Iterable[int], *, now: Moment) -> None:
    """Queue an edit of every message that shows these people a customer: they may see less than they did."""
    theirs = (Card.user_id.in_(set(user_ids)), Card.subject == Subject.CUSTOMER, Card.version != FOR_EVER)
    cause = f"revoked:{now.utc.timestamp():.6f}"
    _edit(
        session, [(card, cause) for card in session.scalars(select(Card).where(*theirs).order_by(Card.id))], now=now, revoked=True
    )


def forget_old(session: Session, *, now: Moment) -> None:
    """Messages that are only about a customer are answered in the days after, or not at all."""
    old = (Card.version == FOR_EVER, Card.created_at < now.utc - ABOUT_LIFE)
    session.execute(delete(Card).where(*old).execution_options(synchronize_session=False))


def catch_up(session: Session, *, chat_id: int, message_id: int, version: int, after: int, now: Moment) -> None:
    """Queue an edit of a message that showed an older version when it arrived; `after` is the outbox row that brought it.

    The edit to this version may have gone out before that row did, so it needs a key of its own.
    """
    where = (Card.chat_id == chat_id, Card.message_id == message_id, Card.version < version)
    _edit(session, [(card, f"{version}:{after}") for card in session.scalars(select(Card).where(*where))], now=now)


def shown(session: Session, card_id: int, version: int) -> None:
    """The card's message shows this version now."""
    session.execute(update(Card).where(Card.id == card_id, Card.version < version).values(version=version))


def _edit(session: Session, outdated: Iterable[tuple[Card, str]], *, now: Moment, revoked: bool = False) -> None:
    """Queue the edits of cards, each for a cause that makes it unique.

    Their ids would not do: SQLite gives those of the forgotten ones again.
    """
    tell_chats(
        session,
        [
            ChatMessage(
                key=f"refresh:{card.chat_id}:{card.message_id}:{card.subject}:{card.subject_id}:{cause}",
                kind=Kind.REFRESH,
                chat_id=card.chat_id,
                body={
                    "card_id": card.id,
                    "message_id": card.message_id,
                    "subject": card.subject,
                    "subject_id": card.subject_id,
                    "revoked": revoked,
                },
                user_id=card.user_id,
                priority=_EDITED_AS.get(Subject(card.subject), Priority.REPLY),
            )
            for card, cause in outdated
        ],
        now=now,
    )
