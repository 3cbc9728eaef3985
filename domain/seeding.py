"""Customers that come with a past: kept in bulk with their owners, follow-ups, orders and a timeline that tells the same story.

For history that happened before this database did. Nobody is told anything; what happens from now on has its own use cases.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import update
from sqlalchemy.orm import Session

from domain import deadlines, ownership, search
from domain.bulk import insert_bulk, loading
from domain.clock import Moment
from domain.customers import NewContact, NewCustomer
from domain.deadlines import Deadlines
from domain.dialects import next_ids
from domain.models import Base, Contact, Customer, Followup, Order, Ownership, Partner, TimelineEntry
from domain.names import name_key
from domain.policy import Policy
from domain.search import Searchable
from domain.stages import Gained, Lost, ReleaseReason
from domain.timeline import Event

Row = dict[str, Any]


@dataclass(frozen=True)
class PastSpan:
    """Somebody had the customer from `since` (by whose act: `by`) until `until`; the last span may be open. Times are UTC."""

    owner_id: int
    since: datetime
    gained: Gained
    by: int | None
    until: datetime | None = None
    lost: Lost | None = None
    ended_by: int | None = None
    reason: ReleaseReason | None = None
    note: str | None = None


@dataclass(frozen=True)
class PastFollowup:
    """What was said to the customer, when (UTC) and by whom."""

    author_id: int
    at: datetime
    kind: str | None
    text: str
    next_on: date | None = None


@dataclass(frozen=True)
class PastOrder:
    """An order of the customer's partner."""

    number: str
    ordered_on: date
    kind: str | None
    recorded_by: int | None


@dataclass(frozen=True)
class PastCustomer:
    """A customer and all that happened to it, each list oldest first.

    `signed_at` is set for a cooperating or dormant one, and only there are orders; `partner_id` is the partner that it has
    already, without one it gets its own, called `partner_name` if not like itself. `deleted_at` with `deleted_by` for one in the
    recycle bin. Without an open span and not deleted, it lies in the pool. `clocks` overrule what the policy would have set;
    `imported_from` names the file that it came in. Fields are taken as checked, and names as unique.
    """

    customer: NewCustomer
    created_by: int | None
    created_at: datetime
    spans: tuple[PastSpan, ...] = ()
    followups: tuple[PastFollowup, ...] = ()
    signed_at: datetime | None = None
    orders: tuple[PastOrder, ...] = ()
    deleted_at: datetime | None = None
    deleted_by: int | None = None
    monthly_volume: Decimal | None = None
    volume_unit: str | None = None
    incoterms: tuple[str, ...] = ()
    competitors: str | None = None
    partner_id: int | None = None
    partner_name: str | None = None
    clocks: Deadlines | None = None
    imported_from: str | None = None

    @property
    def last_span(self) -> PastSpan | None:
        """The newest ownership, open or ended."""
        return self.spans[-1] if self.spans else None

    @property
    def open_span(self) -> PastSpan | None:
        """The present owner's."""
        return self.last_span if self.last_span and self.last_span.until is None else None


_NOTHING = PastCustomer(NewCustomer("", "", "", ()), None, datetime.min.replace(tzinfo=UTC))
"""The past of all to whom nothing has happened but that they were entered: drafts of them are light."""


class Draft(NamedTuple):
    """A customer ready to be kept, but for what only the database knows: its id, its partner's, and who leads whom."""

    past: PastCustomer
    row: Row
    contacts: Sequence[Row]
    entries: Sequence[Row]
    found: Searchable


class _Kept(NamedTuple):
    """A customer that has its id now."""

    id: int
    partner_id: int | None
    draft: Draft

    @property
    def past(self) -> PastCustomer:
        """What happened to it."""
        return self.draft.past


def draft(past: PastCustomer, *, policy: Policy, now: Moment) -> Draft:
    """Everything about a customer that can be worked out while nobody waits; clocks run as the policy would have set them."""
    contacts = [_contact(contact, main=place == 0) for place, contact in enumerate(past.customer.contacts)]
    phones = [row["phone_digits"] for row in contacts if row["phone_digits"]]
    customer = past.customer
    found = Searchable.of(customer.name, customer.short_name, customer.credit_code, phones)
    later = past if past.spans or past.followups or past.signed_at else _NOTHING
    return Draft(later, _customer(past, now) | _clocks(past, policy, now), contacts, list(_entries(past, now)), found)


def seed_customers(session: Session, customers: Iterable[PastCustomer], *, policy: Policy, now: Moment) -> list[int]:
    """Keep customers with their past and return their ids in the order given."""
    return keep_drafts(session, [draft(past, policy=policy, now=now) for past in customers], now=now)


def keep_drafts(
    session: Session, drafts: Sequence[Draft], *, now: Moment, meanwhile: Callable[[Sequence[int]], None] = lambda _: None
) -> list[int]:
    """Keep customers that were worked out before and return their ids in the order given.

    `meanwhile` is given them while the database may still be at work: it may insert more in bulk, and nothing else.
    The constraints hold for history too: a second live name or credit code is an IntegrityError.
    """
    partner_ids = _partners(session, [each.past for each in drafts])
    leads = ownership.team_leads(session, (span.owner_id for each in drafts for span in each.past.spans))
    kept = [_Kept(*each) for each in zip(next_ids(session, Customer, len(drafts)), partner_ids, drafts, strict=True)]
    ids = [each.id for each in kept]
    talks = [row for each in kept for row in _followups(each)]
    numbers = next_ids(session, Followup, len(talks)) if talks else ()
    told = map(_told, talks, numbers)
    with loading(session):
        insert_bulk(session, Customer, [_placed(each, leads) for each in kept])
        search.put(session, {each.id: each.draft.found for each in kept}, new=True)
        insert_bulk(session, Contact, [row | {"customer_id": each.id} for each in kept for row in each.draft.contacts])
        insert_bulk(session, Ownership, [row for each in kept for row in _spans(each, leads)])
        insert_bulk(session, Followup, _numbered(numbers, talks))
        insert_bulk(session, Order, [row for each in kept for row in _orders(each, now)])
        entries = [*(row | {"customer_id": each.id} for each in kept for row in each.draft.entries), *told]
        insert_bulk(session, TimelineEntry, sorted(entries, key=itemgetter("at")))
        meanwhile(ids)
    return ids


def _numbered(ids: Sequence[int], rows: Sequence[Row]) -> list[Row]:
    return [{"id": each, **row} for each, row in zip(ids, rows, strict=True)]


def _insert_numbered(session: Session, model: type[Base], rows: Sequence[Row]) -> Sequence[int]:
    """Insert rows and return their ids in the same order."""
    if not rows:
        return []
    ids = next_ids(session, model, len(rows))
    insert_bulk(session, model, _numbered(ids, rows))
    return ids


def _partners(session: Session, pasts: Sequence[PastCustomer]) -> list[int | None]:
    """The partner of each signed customer: the one that is known, valid again, or a new one."""
    known = [past.partner_id for past in pasts if past.partner_id]
    if known:
        session.execute(update(Partner).where(Partner.id.in_(known), ~Partner.valid).values(valid=True))
    rows = [_partner(past, past.signed_at) for past in pasts if past.signed_at and not past.partner_id]
    ids = iter(_insert_numbered(session, Partner, rows))
    return [(past.partner_id or next(ids)) if past.signed_at else None for past in pasts]


def _partner(past: PastCustomer, signed_at: datetime) -> Row:
    name = past.partner_name or past.customer.name
    return {
        "name": name,
        "name_key": name_key(name),
        "credit_code": past.customer.credit_code,
        "valid": past.deleted_at is None,
        "created_at": signed_at,
    }


def _placed(kept: _Kept, leads: Mapping[int, int | None]) -> Row:
    last = kept.past.last_span
    return {
        "id": kept.id,
        **kept.draft.row,
        "partner_id": kept.partner_id,
        "last_lead_id": leads[last.owner_id] if last else None,
    }


def _customer(past: PastCustomer, now: Moment) -> Row:
    last, held = past.last_span, past.open_span
    pooled = last if last and not held and past.deleted_at is None else None
    return {
        **{name: value for name, value in vars(past.customer).items() if name != "contacts"},
        "name_key": name_key(past.customer.name),
        "monthly_volume": past.monthly_volume,
        "volume_unit": past.volume_unit,
        "incoterms": past.incoterms,
        "competitors": past.competitors,
        "owner_id": held.owner_id if held else None,
        "owned_since": held.since if held else None,
        "last_owner_id": last.owner_id if last else None,
        "pooled_at": _pooled_at(past),
        "release_reason": pooled.reason if pooled else None,
        "release_note": pooled.note if pooled else None,
        "created_by": past.created_by,
        "created_at": past.created_at,
        "last_followup_at": past.followups[-1].at if past.followups else None,
        "last_order_at": now.start_of_day(past.orders[-1].ordered_on) if past.orders else None,
        "deleted_at": past.deleted_at,
        "deleted_by": past.deleted_by,
        "deleted_from_owner_id": last.owner_id if last and last.lost is Lost.DELETED else None,
    }


def _pooled_at(past: PastCustomer) -> datetime | None:
    if past.open_span or (past.last_span and past.last_span.lost is Lost.DELETED):
        return None
    return past.last_span.until if past.last_span else past.created_at


def _clocks(past: PastCustomer, policy: Policy, now: Moment) -> Row:
    return ownership.clock_columns(_deadlines(past, past.open_span, policy, now) if past.open_span else deadlines.STOPPED)


def _deadlines(past: PastCustomer, span: PastSpan, policy: Policy, now: Moment) -> Deadlines:
    usual = _usual_deadlines(past, span, policy, now)
    if past.clocks is None:
        return usual
    return replace(usual, **{clock: day for clock, day in vars(past.clocks).items() if day is not None})


def _usual_deadlines(past: PastCustomer, span: PastSpan, policy: Policy, now: Moment) -> Deadlines:
    level = past.customer.level
    began = now.local(span.since).date()
    clocks = deadlines.on_becoming_owner(policy, stage=past.customer.stage, level=level, today=began)
    talked = [now.local(each.at).date() for each in past.followups if each.at >= span.since]
    if talked:
        clocks = deadlines.on_followup(policy, clocks, today=max(talked))
    traded = [day for day in _trading_days(past, now) if day >= began]
    return deadlines.on_signing(policy, clocks, level=level, today=max(traded)) if traded else clocks


def _trading_days(past: PastCustomer, now: Moment) -> list[date]:
    signed = [now.local(past.signed_at).date()] if past.signed_at else []
    return signed + [order.ordered_on for order in past.orders]


def _contact(contact: NewContact, *, main: bool) -> Row:
    digits = "".join(filter(str.isdigit, contact.phone or "")) or None
    return {"main": main, "phone_digits": digits, **vars(contact)}


def _spans(kept: _Kept, leads: Mapping[int, int | None]) -> list[Row]:
    return [
        {
            "customer_id": kept.id,
            "owner_id": span.owner_id,
            "lead_id": leads[span.owner_id],
            "since": span.since,
            "gained": span.gained,
            "until": span.until,
            "lost": span.lost,
            "reason": span.reason,
            "ended_by": span.ended_by,
        }
        for span in kept.past.spans
    ]


def _followups(kept: _Kept) -> list[Row]:
    return [{"customer_id": kept.id, "attachment": None, **vars(followup)} for followup in kept.past.followups]


def _told(talk: Row, followup_id: int) -> Row:
    """How the timeline tells a follow-up."""
    detail = {"followup_id": followup_id, "text": talk["text"]}
    told = {"at": talk["at"], "actor_id": talk["author_id"], "event": Event.FOLLOWED_UP, "detail": detail}
    return {"customer_id": talk["customer_id"], **told}


def _orders(kept: _Kept, now: Moment) -> list[Row]:
    return [
        {"partner_id": kept.partner_id, "created_at": now.start_of_day(order.ordered_on), **vars(order)}
        for order in kept.past.orders
    ]


_BEGINNINGS = {
    Gained.CLAIMED: Event.CLAIMED,
    Gained.APPROVED: Event.REQUEST_APPROVED,
    Gained.ASSIGNED: Event.ASSIGNED,
    Gained.DIRECT: Event.DIRECT_ASSIGNED,
    Gained.HANDED_OVER: Event.HANDED_OVER,
}
"""How the timeline tells a beginning. Entering is told once for the customer, so it is not here."""


def _entries(past: PastCustomer, now: Moment) -> Iterable[Row]:
    entry = {"actor_id": past.created_by}
    first = next((span for span in past.spans if span.gained is Gained.ENTERED), None)
    entered = {"owner_id": first.owner_id if first else None}
    yield entry | {"at": past.created_at, "event": Event.ENTERED, "detail": entered}
    for span in past.spans:
        if span.gained in _BEGINNINGS:
            detail = {} if span.gained is Gained.CLAIMED else {"owner_id": span.owner_id}
            yield entry | {"at": span.since, "actor_id": span.by, "event": _BEGINNINGS[span.gained], "detail": detail}
        if span.until and span.lost in (Lost.RELEASED, Lost.SWEPT):
            why = {"reason": span.reason, "note": span.note}
            yield entry | {"at": span.until, "actor_id": span.ended_by, "event": Event.RELEASED, "detail": why}
    if past.imported_from is not None:
        yield entry | {"at": now.utc, "event": Event.IMPORTED, "detail": {"file": past.imported_from}}
