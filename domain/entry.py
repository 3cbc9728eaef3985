"""What a person types into an entry, made into a customer (SPEC 3, 5): each field cleaned, refused with a reason at the field."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from domain import credit_code
from domain.customers import NAME_LENGTH, NewContact, NewCustomer
from domain.errors import InvalidFieldError
from domain.names import name_key
from domain.stages import Level

FIELDS = (
    "name",
    "city",
    "source",
    "contact",
    "phone",
    "level",
    "credit_code",
    "industry",
    "services",
    "lanes",
    "commodity",
    "address",
    "remark",
)
"""The fields in the order in which they are asked."""

REQUIRED = frozenset({"name", "city", "source", "contact", "phone"})
SERVICES = ("fcl", "lcl", "air", "rail", "road", "customs", "warehousing")
_LENGTH = 500
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ARROW = re.compile(r"\s*(?:→|->|—>|=>|-|~)\s*")
_BETWEEN = re.compile(r"[,，、;；\n]+")
_PHONE_DIGITS = range(5, 20)

Entry = dict[str, Any]
"""What has been filled in so far, as plain JSON: a text a field, a list for services and lanes."""


def clean(field: str, typed: str) -> Any:  # noqa: ANN401 — a text, or a list of them
    """The field's value as it is kept. Raises InvalidFieldError with what is wrong."""
    value = unicodedata.normalize("NFKC", typed).strip() if field in _NORMALISED else typed.strip()
    if not value:
        raise InvalidFieldError(field, "empty")
    if len(value) > (NAME_LENGTH if field == "name" else _LENGTH):
        raise InvalidFieldError(field, "too_long")
    return _CLEANERS.get(field, _as_typed)(value)


def missing(entry: Entry) -> list[str]:
    """The required fields that are still empty."""
    return [field for field in FIELDS if field in REQUIRED and not entry.get(field)]


def read_template(typed: str, labels: Mapping[str, str]) -> tuple[Entry, dict[str, InvalidFieldError]]:
    """A message of `label: value` lines: what could be read, and the errors by field. `labels` maps words to fields."""
    entry: Entry = {}
    errors: dict[str, InvalidFieldError] = {}
    for line in typed.splitlines():
        label, _, value = line.replace("：", ":").partition(":")
        field = labels.get(label.strip().rstrip("*").strip().casefold())
        if field is None or not value.strip():
            continue
        try:
            entry[field] = clean(field, value)
        except InvalidFieldError as error:
            errors[field] = error
    return entry, errors


def customer_of(entry: Entry) -> NewCustomer:
    """The customer that a complete entry describes. Raises InvalidFieldError naming the first required field that is empty."""
    lacking = missing(entry)
    if lacking:
        raise InvalidFieldError(lacking[0], "empty")
    reached = {"email" if _MAIL.fullmatch(entry["phone"]) else "phone": entry["phone"]}
    return NewCustomer(
        name=entry["name"],
        source=entry["source"],
        city=entry["city"],
        contacts=(NewContact(entry["contact"], **reached),),
        credit_code=entry.get("credit_code"),
        industry=entry.get("industry"),
        level=Level(entry["level"]) if entry.get("level") else None,
        address=entry.get("address"),
        remark=entry.get("remark"),
        services=tuple(entry.get("services", ())),
        lanes=tuple((lane[0], lane[1]) for lane in entry.get("lanes", ())),
        commodity=entry.get("commodity"),
    )


def _as_typed(value: str) -> str:
    return value


def _name(value: str) -> str:
    if not name_key(value):
        raise InvalidFieldError("name", "no_letters")
    return value


def _reach(value: str) -> str:
    """A phone number or an e-mail address."""
    if not _MAIL.fullmatch(value) and sum(map(str.isdigit, value)) not in _PHONE_DIGITS:
        raise InvalidFieldError("phone", "unreachable")
    return value


def _level(value: str) -> str:
    if value.upper() not in set(Level):
        raise InvalidFieldError("level", "not_offered")
    return value.upper()


def _code(value: str) -> str:
    code = credit_code.normalise(value)
    if not credit_code.is_valid(code):
        raise InvalidFieldError("credit_code", "check_digit")
    return code


def _lanes(value: str) -> list[list[str]]:
    lanes = [_ARROW.split(lane, maxsplit=1) for lane in _BETWEEN.split(value) if lane.strip()]
    if any(len(lane) != 2 or not all(port.strip() for port in lane) for lane in lanes):  # noqa: PLR2004 — from and to
        raise InvalidFieldError("lanes", "from_to")
    return [[port.strip() for port in lane] for lane in lanes]


def _services(value: str) -> list[str]:
    return [word.strip() for word in _BETWEEN.split(value) if word.strip()]


_NORMALISED = frozenset({"phone", "level", "credit_code"})
_CLEANERS = {"name": _name, "phone": _reach, "level": _level, "credit_code": _code, "lanes": _lanes, "services": _services}
