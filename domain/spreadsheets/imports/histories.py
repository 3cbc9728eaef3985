"""What a customer brings along from other sheets: further contacts, follow-ups with their true authors, former owners."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from domain import edit_form, editing
from domain.customers import NewContact
from domain.errors import GonghaiError, InvalidFieldError, NoSuchPersonError
from domain.followups import TEXT_LENGTH
from domain.seeding import PastFollowup, PastSpan
from domain.spreadsheets.imports.base import Circumstances
from domain.spreadsheets.imports.staff import Colleague
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.lines import Line
from domain.stages import Gained, Lost, ReleaseReason

CONTACT_TEXTS = ("contact_name", "title", "wechat", "telegram")
_REACHING = ("phone", "email")
_NUMBERED = re.compile(r"(\d{5,})\.0")
_ROUNDED = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+")
"""A phone that some program took for a number, before it became a text: whole, or with its end lost."""


@dataclass
class Past:
    """The rows of other sheets that belong to one customer."""

    lines: list[Line] = field(default_factory=list)

    def of(self, sheet: SheetName) -> list[Line]:
        """Those of one sheet."""
        return [line for line in self.lines if line.found.sheet.name is sheet]

    @property
    def logins(self) -> list[str]:
        """Everybody whom they name."""
        return [login for line in self.lines for key in ("author", "owner") if (login := line.values.get(key))]


def check_contact(line: Line) -> None:
    """Phones and addresses are ones, the texts short enough."""
    phone = line.values["phone"] or ""
    if numbered := _NUMBERED.fullmatch(phone):
        line.values["phone"] = numbered[1]
    for key in _REACHING:
        if key == "phone" and _ROUNDED.fullmatch(phone):
            line.refuse(key, "no_phone")
        elif line.values[key]:
            try:
                line.values[key] = edit_form.reach(key, line.values[key])
            except InvalidFieldError as refusal:
                line.complain(key, refusal)
    check_lengths(line, CONTACT_TEXTS)


def check_lengths(line: Line, keys: Sequence[str], most: int = editing.LENGTH) -> None:
    """Texts that are kept whole or not at all."""
    for key in keys:
        if len(line.values[key] or "") > most:
            line.refuse(key, "too_long")


def contact(line: Line) -> NewContact:
    """The contact that a row describes; of a refused one whatever is there."""
    values = line.values
    ways = {key: values[key] for key in ("phone", "email", "title", "wechat", "telegram")}
    return NewContact(values["contact_name"] or "", **ways)


def check_past(past: Past, people: Mapping[str, Colleague], circumstances: Circumstances) -> None:
    """Say at each row what is wrong with it."""
    for line in past.of(SheetName.CONTACTS):
        check_contact(line)
    for line in past.of(SheetName.FOLLOWUPS):
        check_person(line, "author", people)
        check_lengths(line, ["text"], TEXT_LENGTH)
        check_times(line, ["at"], circumstances)
    for line in past.of(SheetName.OWNERS):
        check_person(line, "owner", people)
        check_times(line, ["since", "until"], circumstances)
        since, until = line.values["since"], line.values["until"]
        if since and until and until < since:
            line.refuse("until", "ends_before")


def check_person(line: Line, key: str, people: Mapping[str, Colleague]) -> None:
    """Somebody of that login is or was on the staff."""
    login = line.values[key]
    if login and login.lower() not in people:
        line.problems.append(NoSuchPersonError(login))


def check_times(line: Line, keys: Sequence[str], circumstances: Circumstances) -> None:
    """History has happened already."""
    for key in keys:
        if line.values[key] and line.values[key] > circumstances.now.utc:
            line.refuse(key, "future", circumstances.now.local(line.values[key]).strftime("%Y-%m-%d %H:%M"))


def followups(past: Past, people: Mapping[str, Colleague]) -> tuple[PastFollowup, ...]:
    """Oldest first."""
    if not past.lines:
        return ()
    told = [line.values for line in past.of(SheetName.FOLLOWUPS)]
    found = (
        PastFollowup(people[each["author"].lower()].id, each["at"], each["followup_kind"], each["text"], each["next_on"])
        for each in told
    )
    return tuple(sorted(found, key=lambda followup: followup.at))


def spans(past: Past, people: Mapping[str, Colleague], by: int | None) -> tuple[PastSpan, ...]:
    """Who had it, oldest first; how it began and ended as far as it is told."""
    if not past.lines:
        return ()
    told = sorted((line.values for line in past.of(SheetName.OWNERS)), key=_order)
    return tuple(
        PastSpan(
            owner_id=people[each["owner"].lower()].id,
            since=each["since"],
            gained=Gained(each["gained"] or (Gained.ASSIGNED if place else Gained.ENTERED)),
            by=by,
            until=each["until"],
            lost=Lost(each["lost"] or Lost.RELEASED) if each["until"] else None,
            reason=ReleaseReason(each["release_reason"]) if each["release_reason"] and each["until"] else None,
        )
        for place, each in enumerate(told)
    )


def overlap(spans: Sequence[PastSpan]) -> bool:
    """Whether two people would have had it at once."""
    return any(one.until is None or one.until > other.since for one, other in pairwise(spans))


def problems(past: Past) -> list[GonghaiError]:
    """Everything that is wrong with any row."""
    return [problem for line in past.lines for problem in line.problems]


def _order(told: Mapping[str, datetime]) -> tuple[datetime, bool, datetime]:
    return told["since"], told["until"] is None, told["until"] or told["since"]
