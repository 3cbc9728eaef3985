"""How fast the bot may speak: Telegram's 30 a second overall and 1 a second for a chat, and chats that must wait (SPEC 6).

Kept in the database, so that the limits hold for all replicas together.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from domain.clock import Moment
from domain.dialects import insert_ignore, table_of, upsert
from domain.models import Chat, OutboxMessage, SendBudget, User

AT_ONCE, PER_SECOND = 6, 24
"""What may go at once after a pause, and what comes back in a second: together they are Telegram's 30, so no second sees more.

The sender looks four times a second, so 6 at once is as much as comes back between two looks.
"""
CLOCKS_DIFFER = timedelta(seconds=5)
"""By so much the clocks of two replicas may differ; a clock that was set back by more is believed."""
CHAT_PAUSE = timedelta(seconds=1)
_BUDGET = "notices"
_CHATS = table_of(Chat)
_BACK = update(_CHATS).where(_CHATS.c.chat_id == bindparam("chat"), ~_CHATS.c.reachable).values(reachable=True)


def take(session: Session, wanted: int, *, now: Moment) -> int:
    """How many of `wanted` notices may go now; what is granted is spent."""
    if wanted == 0:
        return 0
    insert_ignore(session, SendBudget, [{"name": _BUDGET, "tokens": AT_ONCE, "refilled_at": now.utc}], on=["name"])
    budget = session.scalars(select(SendBudget).where(SendBudget.name == _BUDGET).with_for_update()).one()
    since = min(budget.refilled_at, now.utc + CLOCKS_DIFFER)
    elapsed = max(0.0, (now.utc - since).total_seconds())
    tokens = min(float(AT_ONCE), budget.tokens + elapsed * PER_SECOND)
    granted = min(wanted, int(tokens))
    budget.tokens, budget.refilled_at = tokens - granted, max(since, now.utc)
    session.flush()
    return granted


def pace(session: Session, chat_ids: Iterable[int], *, now: datetime) -> None:
    """Note that a notice goes to each chat: the next one waits a second."""
    rows = [{"chat_id": chat_id, "reachable": True, "next_notice_at": now + CHAT_PAUSE} for chat_id in sorted(chat_ids)]
    upsert(session, Chat, rows, on=["chat_id"], change=["next_notice_at"])


def hold(session: Session, chat_id: int, *, until: datetime) -> None:
    """Nothing goes to the chat before `until`."""
    upsert(session, Chat, [{"chat_id": chat_id, "reachable": True, "resume_at": until}], on=["chat_id"], change=["resume_at"])


def mark(session: Session, chat_id: int, *, reachable: bool) -> None:
    """Note whether the chat can be written to: it cannot after a block, and can again after the person comes back."""
    upsert(session, Chat, [{"chat_id": chat_id, "reachable": reachable}], on=["chat_id"], change=["reachable"])


def heard_from(session: Session, chat_id: int) -> None:
    """Whoever writes can be written to: a chat thought unreachable is reachable again."""
    session.execute(_BACK, {"chat": chat_id})


def move(session: Session, old: int, new: int) -> None:
    """A group became a supergroup: everything meant for it goes to its new id."""
    session.execute(update(OutboxMessage).where(OutboxMessage.chat_id == old).values(chat_id=new))
    session.execute(update(User).where(User.telegram_id == old).values(telegram_id=new))
