"""Joining (SPEC 2): a link that binds a person of the staff to a Telegram account, once, for a few days."""

import hashlib
import secrets
from datetime import timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from domain import access, approvals, cards, outbox
from domain.access import Actor
from domain.clock import Moment
from domain.errors import (
    AccountTakenError,
    InvitationExpiredError,
    InvitationUnknownError,
    InvitationUsedError,
    NoSuchPersonError,
    NotAllowedError,
    TooManyGuessesError,
)
from domain.models import Invitation, InvitationGuess, OutboxMessage, OutboxStatus, User
from domain.outbox import Kind, Priority
from domain.permissions import Act
from domain.policy import Policy
from domain.timeline import Event, record_person

GUESSES = 5
GUESS_WINDOW = timedelta(hours=1)
_CODE_BYTES = 24


def invite(session: Session, actor: Actor | None, user_id: int, *, policy: Policy, now: Moment) -> str:
    """A code for `https://t.me/<bot>?start=<code>`; older unused ones of this person expire now. Only its hash is kept.

    `actor` None: the command line. Raises NotAllowedError, NoSuchPersonError.
    """
    if actor is not None and not actor.may_ever(Act.MANAGE_USERS):
        raise NotAllowedError(Act.MANAGE_USERS)
    user = session.get(User, user_id)
    if user is None or not user.active:
        raise NoSuchPersonError(str(user_id) if user is None else user.login)
    withdraw(session, user_id, now=now)
    code = secrets.token_urlsafe(_CODE_BYTES)
    by = actor.id if actor else None
    expires_at = now.utc + timedelta(days=policy.invitation_days)
    session.add(Invitation(user_id=user_id, code_hash=_hash(code), created_by=by, created_at=now.utc, expires_at=expires_at))
    session.flush()
    record_person(session, Event.USER_INVITED, user_id, actor_id=by, now=now)
    return code


def withdraw(session: Session, user_id: int, *, now: Moment) -> None:
    """The codes that a person has not used expire now."""
    unused = update(Invitation).where(
        Invitation.user_id == user_id, Invitation.used_at.is_(None), Invitation.expires_at > now.utc
    )
    session.execute(unused.values(expires_at=now.utc))


def join(session: Session, telegram_id: int, code: str, *, now: Moment) -> Actor:
    """Bind the Telegram account to the person invited; one who had another account is moved, and the old one is told.

    Raises InvitationUnknownError (call `note_guess` then, in a transaction that is kept), InvitationUsedError,
    InvitationExpiredError, AccountTakenError, TooManyGuessesError.
    """
    _throttle(session, telegram_id, now=now)
    invitation = session.scalars(select(Invitation).where(Invitation.code_hash == _hash(code)).with_for_update()).one_or_none()
    if invitation is None:
        raise InvitationUnknownError
    user = session.scalars(select(User).where(User.id == invitation.user_id).with_for_update()).one()
    if invitation.used_at is not None:
        raise InvitationUsedError(invitation.used_at)
    if invitation.expires_at <= now.utc or not user.active:
        raise InvitationExpiredError(invitation.expires_at)
    _free_account(session, telegram_id, user.id)
    invitation.used_at, invitation.used_by_telegram_id = now.utc, telegram_id
    _bind(session, user, telegram_id, now=now)
    actor = access.actor_by_id(session, user.id)
    approvals.send_waiting(session, actor, now=now)
    return actor


def note_guess(session: Session, telegram_id: int, *, now: Moment) -> None:
    """A wrong code was tried from this account."""
    session.add(InvitationGuess(telegram_id=telegram_id, at=now.utc))
    session.flush()


def _throttle(session: Session, telegram_id: int, *, now: Moment) -> None:
    recent = (InvitationGuess.telegram_id == telegram_id, InvitationGuess.at > now.utc - GUESS_WINDOW)
    count, first = session.execute(select(func.count(), func.min(InvitationGuess.at)).where(*recent)).one()
    if count >= GUESSES:
        raise TooManyGuessesError(first + GUESS_WINDOW)


def _free_account(session: Session, telegram_id: int, user_id: int) -> None:
    holder = session.scalars(select(User).where(User.telegram_id == telegram_id, User.id != user_id)).one_or_none()
    if holder is None:
        return
    if holder.active:
        raise AccountTakenError(holder.name)
    holder.telegram_id = None
    session.flush()


def _bind(session: Session, user: User, telegram_id: int, *, now: Moment) -> None:
    old = user.telegram_id
    moved = old is not None and old != telegram_id
    user.telegram_id, user.joined_at = telegram_id, now.utc
    session.flush()
    event = Event.USER_MOVED_ACCOUNT if moved else Event.USER_JOINED
    record_person(session, event, user.id, actor_id=user.id, now=now)
    if moved and old is not None:
        _leave_account(session, user, old, telegram_id, now=now)


def _leave_account(session: Session, user: User, old: int, new: int, *, now: Moment) -> None:
    waiting = update(OutboxMessage).where(
        OutboxMessage.user_id == user.id, OutboxMessage.chat_id == old, OutboxMessage.status == OutboxStatus.PENDING
    )
    asked_anew = waiting.where(OutboxMessage.kind == Kind.REQUEST)
    session.execute(asked_anew.values(status=OutboxStatus.SKIPPED, settled_at=now.utc))
    said = waiting.where(OutboxMessage.priority > Priority.REPLY, OutboxMessage.kind != Kind.REFRESH)
    session.execute(said.values(chat_id=new))
    cards.revoke(session, [user.id], now=now)
    outbox.tell_chat(
        session,
        key=f"account_moved:{user.id}:{old}:{now.utc.isoformat()}",
        kind=Kind.ACCOUNT_MOVED,
        chat_id=old,
        body={"language": user.language},
        now=now,
    )


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
