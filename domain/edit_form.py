"""A customer's record one field at a time, as people pick and type it (SPEC 4, edit): what there is to change, and the change."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from domain import access, editing, entry
from domain.access import Actor
from domain.clock import Moment
from domain.errors import InvalidFieldError
from domain.models import Contact, Customer
from domain.permissions import Act
from domain.policy import Policy
from domain.stages import NON_COOPERATING, Level, Stage

GROUPS: tuple[tuple[str, ...], ...] = (
    (
        "name",
        "short_name",
        "credit_code",
        "stage",
        "level",
        "industry",
        "source",
        "city",
        "country",
        "address",
        "website",
        "remark",
    ),
    ("services", "direction", "lanes", "commodity", "volume", "incoterms", "competitors"),
    ("contact", "phone", "email", "title", "wechat", "telegram"),
)
"""Basic information, business traits, the main contact (SPEC 3)."""

FIELDS = tuple(field for group in GROUPS for field in group)
CHOICES: Mapping[str, tuple[str, ...]] = {
    "stage": tuple(stage for stage in Stage if stage in NON_COOPERATING),
    "level": tuple(Level),
    "direction": editing.DIRECTIONS,
    "services": entry.SERVICES,
    "incoterms": editing.INCOTERMS,
}
"""Fields whose values are chosen; of services and Incoterms several."""

_CONTACT = {"contact": "name", **{field: field for field in ("phone", "email", "title", "wechat", "telegram")}}
_REQUIRED = editing.REQUIRED | {"stage", "contact"}
_REACHING = ("phone", "email")
_VOLUME = re.compile(r"(?P<amount>\d{1,9}(?:\.\d{1,2})?)\s*(?P<unit>[^\d\s.].{0,19})")

Values = Mapping[str, Any]
"""The fields' present values: a text, a list, or None; and how often the customer has changed hands."""


def values(session: Session, actor: Actor, customer_id: int) -> Values:
    """What stands in the record that the actor may edit. Raises NotFoundError, NotAllowedError."""
    access.place_of(session, actor, customer_id, Act.EDIT)
    customer = session.get_one(Customer, customer_id, populate_existing=True)
    found = select(Contact).where(Contact.customer_id == customer_id, Contact.main)
    contact = session.scalars(found.execution_options(populate_existing=True)).one()
    kept = {field: getattr(customer, field) for field in FIELDS if field not in _CONTACT}
    return {**kept, **{field: getattr(contact, column) for field, column in _CONTACT.items()}, "hands": customer.hands}


def offered(group: int, kept: Values) -> Sequence[str]:
    """The fields of a group that can be changed: the stage of a cooperating customer moves by other acts."""
    return [field for field in GROUPS[group] if field != "stage" or kept["stage"] in NON_COOPERATING]


def may_empty(field: str, kept: Values) -> bool:
    """Whether there is something that may be taken out."""
    if field in _REACHING and not all(kept[way] for way in _REACHING):
        return False
    return field not in _REQUIRED and bool(kept[field])


def change(
    session: Session,
    actor: Actor,
    customer_id: int,
    field: str,
    typed: str | Sequence[str] | None,
    *,
    policy: Policy,
    now: Moment,
) -> bool:
    """Change a field as it was typed or chosen; None empties it. Returns whether anything changed.

    Raises InvalidFieldError with what is wrong, DuplicateCustomerError saying who has it, NotFoundError, NotAllowedError.
    """
    if field not in FIELDS:
        raise InvalidFieldError(field, "unknown")
    if field in _CONTACT:
        return bool(editing.edit_main_contact(session, actor, customer_id, _contact(field, typed), now=now))
    return bool(editing.edit(session, actor, customer_id, _columns(field, typed), policy=policy, now=now))


def _columns(field: str, typed: str | Sequence[str] | None) -> dict[str, Any]:
    if field == "volume":
        return _volume(typed)
    if typed is None or not isinstance(typed, str):
        return {field: list(typed) if typed is not None else None}
    if field == "incoterms":
        return {field: [word for word in re.split(r"[^A-Z]+", typed.upper()) if word]}
    return {field: entry.clean(field, typed)}


def _volume(typed: str | Sequence[str] | None) -> dict[str, Any]:
    if typed is None:
        return {"monthly_volume": None, "volume_unit": None}
    read = _VOLUME.fullmatch(unicodedata.normalize("NFKC", str(typed)).strip())
    if read is None:
        raise InvalidFieldError("volume", "amount")
    return {"monthly_volume": read["amount"], "volume_unit": read["unit"]}


def _contact(field: str, typed: str | Sequence[str] | None) -> dict[str, str | None]:
    if typed is None:
        return {_CONTACT[field]: None}
    text = str(typed)
    if field in _REACHING:
        return {field: reach(field, text)}
    return {_CONTACT[field]: entry.clean(field, text)}


def reach(field: str, typed: str) -> str:
    """A phone number or an e-mail address as it is kept, each where it belongs. Raises InvalidFieldError."""
    try:
        reached: str = entry.clean("phone", typed)
    except InvalidFieldError as error:
        raise InvalidFieldError(field, f"no_{field}" if error.problem == "unreachable" else error.problem) from None
    if ("@" in reached) != (field == "email"):
        raise InvalidFieldError(field, f"no_{field}")
    return reached
