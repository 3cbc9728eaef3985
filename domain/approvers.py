"""Who decides a claim (SPEC 2).

The lead of the team that owned the customer last, his stand-in while he is away, else whoever stands above him, last the admins.
"""

from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, case, literal, or_, select
from sqlalchemy.orm import Session, aliased

from domain.access import Actor
from domain.clock import Moment
from domain.models import Chat, RequestBatch, User
from domain.permissions import Role

MAX_DEPTH = 50


class Approvers(NamedTuple):
    """Who is asked: one person (`approver_id`), or every admin when the chain holds nobody who can be reached."""

    approver_id: int | None
    recipients: tuple[int, ...]


class _Link(NamedTuple):
    """Somebody in the chain above a person: can he be told, may he decide (no salesperson does), who stands in for him."""

    lead_id: int
    depth: int
    person_id: int
    told: bool
    reachable: bool
    stand_in_id: int | None


def approvers_for(
    session: Session, lead_ids: Iterable[int | None], *, excluding: int, now: Moment
) -> dict[int | None, Approvers]:
    """The approvers for each team asked; `excluding` is the requester: he never decides for himself."""
    asked = set(lead_ids)
    links = _chains(session, [lead_id for lead_id in asked if lead_id is not None], now=now)
    found = {lead_id: _first(links, lead_id, excluding) for lead_id in asked}
    if any(person is None for person in found.values()):
        admins = tuple(reachable_admins(session))
        return {lead_id: Approvers(p, (p,)) if p else Approvers(None, admins) for lead_id, p in found.items()}
    return {lead_id: Approvers(person, (person,)) for lead_id, person in found.items() if person}


def reachable_admins(session: Session) -> list[int]:
    """The active admins with a Telegram account that can be written to."""
    blocked = select(Chat.chat_id).where(~Chat.reachable)
    admins = select(User.id).where(User.role == Role.ADMIN, User.active, User.telegram_id.is_not(None))
    return list(session.scalars(admins.where(User.telegram_id.not_in(blocked)).order_by(User.id)))


def may_review(session: Session, actor: Actor, batch: RequestBatch, *, now: Moment) -> bool:
    """Whether the actor decides this batch: the team's lead, anyone above, an admin, or whoever stands in now.

    Never the requester, even where he has come to lead that team meanwhile.
    """
    if actor.id == batch.requester_id:
        return False
    if actor.is_admin or (batch.lead_id is not None and batch.lead_id in actor.led_ids):
        return True
    asked = approvers_for(session, [batch.lead_id], excluding=batch.requester_id, now=now)[batch.lead_id]
    return actor.id in asked.recipients


def listeners(session: Session, user_ids: Iterable[int], *, now: Moment) -> dict[int, int]:
    """Who is told what is meant for each person: himself, his stand-in, the next above who can be reached, last an admin.

    A person for whom nobody can be told is missing.
    """
    asked = sorted(set(user_ids))
    found: dict[int, int] = {}
    for link in _chains(session, asked, now=now):
        listener = link.stand_in_id or (link.person_id if link.reachable or (link.told and link.depth == 0) else None)
        if listener is not None:
            found.setdefault(link.lead_id, listener)
    lost = [user_id for user_id in asked if user_id not in found]
    admins = reachable_admins(session) if lost else []
    return found | dict.fromkeys(lost, admins[0]) if admins else found


def next_above(session: Session, person_id: int, *, excluding: int, now: Moment) -> tuple[int, ...]:
    """Who is told when this person does not decide: the next above him who can be, last the admins."""
    links = [link for link in _chains(session, [person_id], now=now) if link.depth > 0]
    above = _first(links, person_id, excluding)
    return (above,) if above is not None else tuple(admin for admin in reachable_admins(session) if admin != person_id)


def _first(links: list[_Link], lead_id: int | None, excluding: int) -> int | None:
    for link in links:
        if link.lead_id != lead_id:
            continue
        if link.stand_in_id is not None and link.stand_in_id != excluding:
            return link.stand_in_id
        if link.reachable and link.person_id != excluding:
            return link.person_id
    return None


def _chains(session: Session, lead_ids: list[int], *, now: Moment) -> list[_Link]:
    if not lead_ids:
        return []
    start = select(User.id.label("lead_id"), User.id.label("person_id"), literal(0).label("depth")).where(User.id.in_(lead_ids))
    chain = start.cte("chain", recursive=True)
    above = select(chain.c.lead_id, User.superior_id, chain.c.depth + 1).join(User, User.id == chain.c.person_id)
    chain = chain.union_all(above.where(User.superior_id.is_not(None), chain.c.depth < MAX_DEPTH))
    person, stand_in, chat, stand_in_chat = aliased(User), aliased(User), aliased(Chat), aliased(Chat)
    rows = session.execute(
        select(
            chain.c.lead_id,
            chain.c.depth,
            chain.c.person_id,
            _can_be_told(person, chat).label("told"),
            and_(_can_be_told(person, chat), person.role != Role.SALES).label("reachable"),
            case((_can_be_told(stand_in, stand_in_chat), stand_in.id)).label("stand_in_id"),
        )
        .join(person, person.id == chain.c.person_id)
        .outerjoin(chat, chat.chat_id == person.telegram_id)
        .outerjoin(stand_in, and_(stand_in.id == person.stand_in_id, person.active, person.away_until > now.utc))
        .outerjoin(stand_in_chat, stand_in_chat.chat_id == stand_in.telegram_id)
        .order_by(chain.c.lead_id, chain.c.depth)
    )
    return [_Link._make(row) for row in rows]


def _can_be_told(user: type[User], chat: type[Chat]) -> ColumnElement[bool]:
    return and_(user.active, user.telegram_id.is_not(None), or_(chat.chat_id.is_(None), chat.reachable))
