"""Customers that may be the same company as one about to be entered: merely similar names, and equal phone numbers (SPEC 3)."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Text, bindparam, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from domain import search
from domain.dialects import is_sqlite
from domain.models import Contact, Customer, User
from domain.names import name_key

SIMILAR = 0.6
SHOWN = 5
_CANDIDATES = 50


class LookAlike(NamedTuple):
    """A live customer that resembles; `owner` is None when it lies in the pool."""

    id: int
    name: str
    owner: str | None


def by_name(session: Session, name: str, *, but: int | None = None) -> list[LookAlike]:
    """Live customers whose names share most of their character pairs with this one, the likest first."""
    key = name_key(name)
    grams = sorted(set(search.grams(key)))
    if not grams:
        return []
    found = _live(session, _candidates(session, grams), but)
    scored = sorted(((search.likeness(key, name_key(line.name)), line) for line in found), reverse=True)
    return [line for score, line in scored[:SHOWN] if score >= SIMILAR]


def by_phone(session: Session, phone: str, *, but: int | None = None) -> list[LookAlike]:
    """Live customers with a contact of this number: a broker's phone serves many shippers, so it only warns."""
    digits = "".join(char for char in phone if char.isdigit())
    if not digits:
        return []
    ids = session.scalars(select(Contact.customer_id).where(Contact.phone_digits == digits).limit(_CANDIDATES)).all()
    return _live(session, ids, but)[:SHOWN]


def _candidates(session: Session, grams: Sequence[str]) -> Sequence[int]:
    if is_sqlite(session):
        either = " OR ".join(f'"{gram}"' for gram in grams)
        ranked = text("SELECT rowid FROM customer_grams WHERE grams MATCH :either ORDER BY rank LIMIT :most")
        return session.scalars(ranked, {"either": either, "most": _CANDIDATES}).all()
    shared = text(
        "SELECT customer_id FROM customer_search WHERE grams && :wanted"
        " ORDER BY (SELECT count(*) FROM unnest(grams) AS gram WHERE gram = ANY(:wanted)) DESC LIMIT :most"
    ).bindparams(bindparam("wanted", type_=ARRAY(Text)))
    return session.scalars(shared, {"wanted": list(grams), "most": _CANDIDATES}).all()


def _live(session: Session, customer_ids: Sequence[int], but: int | None) -> list[LookAlike]:
    rows = session.execute(
        select(Customer.id, Customer.name, User.name)
        .outerjoin(User, User.id == Customer.owner_id)
        .where(Customer.id.in_(customer_ids), Customer.id != (but or 0), Customer.deleted_at.is_(None))
        .order_by(Customer.id)
    )
    return [LookAlike._make(row) for row in rows]
