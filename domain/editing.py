"""Changing a customer's record (SPEC 4, edit): each field checked, every change in the timeline with before and after."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain import access, credit_code, customers, deadlines, due_warnings, extending, search
from domain.access import Actor
from domain.clock import Moment
from domain.errors import InvalidFieldError, NotFoundError
from domain.models import Contact, Customer
from domain.names import name_key
from domain.permissions import Act
from domain.policy import Policy
from domain.stages import NON_COOPERATING, Level, Stage
from domain.timeline import Event, record

REQUIRED = frozenset({"name", "source", "city"})
TEXTS = frozenset({"short_name", "industry", "country", "address", "website", "remark", "commodity", "competitors"})
LISTS = frozenset({"services", "lanes", "incoterms"})
EDITABLE = REQUIRED | TEXTS | LISTS | {"credit_code", "level", "stage", "direction", "monthly_volume", "volume_unit"}
CONTACT_FIELDS = ("name", "title", "phone", "email", "wechat", "telegram")
DIRECTIONS = ("export", "import", "both")
INCOTERMS = ("EXW", "FCA", "FAS", "FOB", "CFR", "CIF", "CPT", "CIP", "DAP", "DPU", "DDP")
LENGTH = 500
MOST_LISTED = 50
LARGEST_VOLUME = 10**9
_CLOSED: Mapping[str, frozenset[str]] = {"level": frozenset(Level), "direction": frozenset(DIRECTIONS)}


def edit(
    session: Session, actor: Actor, customer_id: int, changes: Mapping[str, Any], *, policy: Policy, now: Moment
) -> list[str]:
    """Change fields and return the names of those that changed. None or "" empties a field that may be empty.

    The stage moves among the non-cooperating ones; a running deadline follows the level.
    Raises InvalidFieldError, DuplicateCustomerError, NotFoundError.
    """
    customer = _locked(session, actor, customer_id)
    wanted = {field: _checked(customer, field, value) for field, value in changes.items()}
    changed = {field: value for field, value in wanted.items() if getattr(customer, field) != value}
    if not changed:
        return []
    _refuse_twins(session, customer, changed)
    before = {field: _plain(getattr(customer, field)) for field in changed}
    _write(session, customer, changed)
    search.index(session, [customer_id])
    detail = {"changes": {field: [before[field], _plain(value)] for field, value in changed.items()}}
    record(session, Event.EDITED, [customer_id], actor_id=actor.id, now=now, detail=detail)
    if "level" in changed:
        _follow_level(session, actor, customer_id, before["level"], changed["level"], policy=policy, now=now)
    return sorted(changed)


def edit_main_contact(
    session: Session, actor: Actor, customer_id: int, changes: Mapping[str, str | None], *, now: Moment
) -> list[str]:
    """Change the main contact, who keeps a name and a phone or an e-mail. Returns the names of the fields that changed.

    Raises InvalidFieldError, NotFoundError.
    """
    _locked(session, actor, customer_id)
    found = select(Contact).where(Contact.customer_id == customer_id, Contact.main)
    contact = session.scalars(found.execution_options(populate_existing=True)).one()
    before = {field: getattr(contact, field) for field in CONTACT_FIELDS}
    wanted = {field: _checked_contact(field, value) for field, value in changes.items()}
    after = {**before, **wanted}
    if not after["name"]:
        raise InvalidFieldError("contact", "empty")
    if not (after["phone"] or after["email"]):
        raise InvalidFieldError("contact", "unreachable")
    changed = sorted(field for field in wanted if before[field] != wanted[field])
    if not changed:
        return []
    digits = "".join(char for char in after["phone"] or "" if char.isdigit()) or None
    session.execute(update(Contact).where(Contact.id == contact.id).values(**wanted, phone_digits=digits))
    search.index(session, [customer_id])
    detail = {"changes": {f"contact_{field}": [before[field], wanted[field]] for field in changed}}
    record(session, Event.EDITED, [customer_id], actor_id=actor.id, now=now, detail=detail)
    return changed


def _follow_level(
    session: Session, actor: Actor, customer_id: int, before: str | None, after: str | None, *, policy: Policy, now: Moment
) -> None:
    clocks = extending.clocks_of(session, [customer_id])[customer_id]
    levels = [Level(level) if level else None for level in (before, after)]
    moved = deadlines.on_new_level(policy, clocks, before=levels[0], after=levels[1])
    if moved == clocks:
        return
    extending.set_clocks(session, {customer_id: moved})
    if moved.due is not None and clocks.due is not None and moved.due != clocks.due:
        due_warnings.forget(session, customer_id, moved.due)
        detail = {"due": [clocks.due.isoformat(), moved.due.isoformat()]}
        record(session, Event.RELEVELLED, [customer_id], actor_id=actor.id, now=now, detail=detail)


def _write(session: Session, customer: Customer, changed: Mapping[str, Any]) -> None:
    """Change the row; who took the name or the credit code a moment ago is told as any other twin."""
    values = {**changed, "name_key": name_key(changed["name"])} if "name" in changed else changed
    try:
        with session.begin_nested():
            session.execute(update(Customer).where(Customer.id == customer.id).values(**values))
    except IntegrityError:
        _refuse_twins(session, customer, changed)
        raise


def _locked(session: Session, actor: Actor, customer_id: int) -> Customer:
    place = access.lock_places(session, [customer_id], limit=1).get(customer_id)
    if place is None:
        raise NotFoundError
    access.check(actor, place, Act.EDIT)
    return session.get_one(Customer, customer_id, populate_existing=True)


def _checked(customer: Customer, field: str, value: Any) -> Any:  # noqa: ANN401 — a field's value
    if field not in EDITABLE:
        raise InvalidFieldError(field, "unknown")
    if field in LISTS:
        return _checked_list(field, value)
    if field == "stage":
        return _checked_stage(customer, value)
    if field == "monthly_volume":
        return _checked_volume(value)
    return _checked_text(field, str(value).strip() if value is not None else "")


def _checked_list(field: str, value: list[Any] | None) -> list[Any]:
    listed = list(value or [])
    if len(listed) > MOST_LISTED:
        raise InvalidFieldError(field, "too_long")
    if field == "incoterms" and not set(listed) <= set(INCOTERMS):
        raise InvalidFieldError(field, "not_offered")
    return listed


def _checked_volume(value: object) -> Decimal | None:
    if value is None or not str(value).strip():
        return None
    try:
        volume = Decimal(str(value).strip())
    except InvalidOperation:
        raise InvalidFieldError("monthly_volume", "amount") from None
    if not (volume.is_finite() and 0 < volume < LARGEST_VOLUME):
        raise InvalidFieldError("monthly_volume", "amount")
    return volume.quantize(Decimal("0.01"))


def _checked_contact(field: str, value: str | None) -> str | None:
    if field not in CONTACT_FIELDS:
        raise InvalidFieldError(field, "unknown")
    text = (value or "").strip()
    if len(text) > LENGTH:
        raise InvalidFieldError("contact" if field == "name" else field, "too_long")
    return text or None


def _checked_text(field: str, text: str) -> str | None:
    if not text:
        if field in REQUIRED:
            raise InvalidFieldError(field, "empty")
        return None
    if len(text) > (customers.NAME_LENGTH if field == "name" else LENGTH):
        raise InvalidFieldError(field, "too_long")
    if field == "name" and not name_key(text):
        raise InvalidFieldError(field, "no_letters")
    if field in _CLOSED and text not in _CLOSED[field]:
        raise InvalidFieldError(field, "not_offered")
    return _checked_code(text) if field == "credit_code" else text


def _checked_code(text: str) -> str:
    code = credit_code.normalise(text)
    if not credit_code.is_valid(code):
        raise InvalidFieldError("credit_code", "check_digit")
    return code


def _checked_stage(customer: Customer, value: Any) -> str:  # noqa: ANN401 — what was asked for
    if value not in set(NON_COOPERATING) or Stage(customer.stage) not in NON_COOPERATING:
        raise InvalidFieldError("stage", "not_free")
    return Stage(value)


def _refuse_twins(session: Session, customer: Customer, changed: Mapping[str, Any]) -> None:
    name = changed.get("name")
    new_name = name if name is not None and name_key(name) != customer.name_key else None
    customers.refuse_duplicate(session, new_name, changed.get("credit_code"), but=customer.id)


def _plain(value: Any) -> Any:  # noqa: ANN401 — a field's value as JSON
    return value if value is None or isinstance(value, str | int | float | list) else str(value)
