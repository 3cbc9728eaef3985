"""A customer's own row: its fields checked as those of an entry are, and the customer with its past that they make."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from domain import editing
from domain.customers import NewContact, NewCustomer
from domain.deadlines import Deadlines
from domain.seeding import PastCustomer, PastFollowup, PastSpan
from domain.spreadsheets.cleaning import Amount
from domain.spreadsheets.imports.base import Circumstances
from domain.spreadsheets.imports.histories import check_contact, check_lengths, check_times, contact, overlap
from domain.spreadsheets.imports.partners import check_credit_code, check_name
from domain.spreadsheets.imports.staff import Colleague
from domain.spreadsheets.lines import Line
from domain.stages import NON_COOPERATING, Gained, Level, Stage

_TEXTS = ("source", "city", *sorted(editing.TEXTS), "volume_unit")
_CENT = Decimal("0.01")


def check(line: Line, circumstances: Circumstances) -> None:
    """Say at the row what is wrong with its fields."""
    check_name(line, "name")
    check_credit_code(line)
    check_lengths(line, _TEXTS)
    check_contact(line)
    if not (line.values["phone"] or line.values["email"]) and not _complained(line, "phone", "email"):
        line.refuse("phone", "unreachable")
    _check_partner(line)
    _check_volume(line)
    for key in ("services", "lanes", "incoterms"):
        if len(line.values[key] or ()) > editing.MOST_LISTED:
            line.refuse(key, "too_long", "")
    check_times(line, ["created_at", "owned_since"], circumstances)


def signed(line: Line) -> bool:
    """Whether the row is of a customer that has a partner."""
    return line.values["stage"] not in (None, *NON_COOPERATING)


def _complained(line: Line, *keys: str) -> bool:
    headings = {line.heading(key) for key in keys}
    return any(getattr(problem, "heading", None) in headings for problem in line.problems)


def _check_partner(line: Line) -> None:
    check_name(line, "linked_partner")
    if line.values["linked_partner"] and not signed(line) and not _complained(line, "stage"):
        line.refuse("linked_partner", "not_signed")


def _check_volume(line: Line) -> None:
    amount: Amount | None = line.values["monthly_volume"]
    if amount is not None and not 0 < amount.number < editing.LARGEST_VOLUME:
        line.refuse("monthly_volume", "out_of_range", amount.number)


def check_owners(line: Line, spans: Sequence[PastSpan], people: Mapping[str, Colleague]) -> None:
    """The owner history leads to the owner that the row names."""
    owner = line.values["owner"]
    if overlap(spans):
        line.refuse("owner", "owners_overlap")
    elif spans and spans[-1].until is None and (not owner or people[owner.lower()].id != spans[-1].owner_id):
        line.refuse("owner", "other_owner")


def customer(
    line: Line,
    *,
    contacts: tuple[NewContact, ...],
    followups: tuple[PastFollowup, ...],
    spans: tuple[PastSpan, ...],
    owner_id: int | None,
    partner_id: int | None,
    file: str,
    circumstances: Circumstances,
) -> PastCustomer:
    """The customer that a checked row describes. Without a time of its own, what is told began now, the oldest of it first."""
    values, now = line.values, circumstances.now.utc
    by = circumstances.actor_id
    if owner_id is not None and not (spans and spans[-1].until is None):
        since = values["owned_since"] or now
        last_end = spans[-1].until if spans else None
        gained = Gained.ASSIGNED if spans else Gained.ENTERED
        spans = (*spans, PastSpan(owner_id, max(since, last_end or since), gained, by))
    elif spans and spans[-1].until is None and values["owned_since"]:
        spans = (*spans[:-1], replace(spans[-1], since=max(values["owned_since"], spans[-1].since)))
    began = min([now, *(span.since for span in spans), *(followup.at for followup in followups)])
    created_at: datetime = values["created_at"] or began
    new = _fields(values, contact(line), contacts)
    signed = new.stage not in NON_COOPERATING
    amount: Amount | None = values["monthly_volume"]
    return PastCustomer(
        customer=new,
        created_by=by,
        created_at=created_at,
        spans=spans,
        followups=followups,
        signed_at=(spans[-1].since if spans else created_at) if signed else None,
        monthly_volume=amount.number.quantize(_CENT) if amount else None,
        volume_unit=values["volume_unit"] or (amount.unit if amount else None),
        incoterms=values["incoterms"] or (),
        competitors=values["competitors"],
        partner_id=partner_id,
        partner_name=values["linked_partner"],
        clocks=Deadlines(
            signing=None if signed else values["signing_deadline"],
            dormancy=values["dormancy_deadline"] if signed else None,
        ),
        imported_from=file,
    )


def _fields(values: Mapping[str, Any], main: NewContact, contacts: tuple[NewContact, ...]) -> NewCustomer:
    return NewCustomer(
        name=values["name"],
        source=values["source"],
        city=values["city"],
        contacts=(main, *contacts),
        level=Level(values["level"]) if values["level"] else None,
        services=values["services"] or (),
        direction=values["direction"],
        lanes=values["lanes"] or (),
        stage=Stage(values["stage"] or Stage.POTENTIAL),
        **{
            key: values[key]
            for key in ("short_name", "credit_code", "industry", "country", "address", "website", "remark", "commodity")
        },
    )
