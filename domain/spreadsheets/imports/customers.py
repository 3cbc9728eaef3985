"""Customers from a workbook, each whole: with contacts, owner or pool, deadlines, past follow-ups and former owners (SPEC 7)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from domain import seeding, twins
from domain.errors import (
    DuplicateCustomerError,
    GonghaiError,
    NoSuchPersonError,
)
from domain.models import Customer, User
from domain.names import name_key
from domain.seeding import PastCustomer
from domain.spreadsheets import lines
from domain.spreadsheets.imports import histories, records
from domain.spreadsheets.imports.base import Importing, Judged
from domain.spreadsheets.imports.histories import Past
from domain.spreadsheets.imports.parties import Parties, Party
from domain.spreadsheets.imports.staff import Colleague, colleagues
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.lines import Line
from domain.spreadsheets.scratch import Fate, Kept
from domain.twins import Keys
from domain.workbook_errors import (
    InRecycleBinError,
    RowRefusedError,
)

T = TypeVar("T")


class _Binned(NamedTuple):
    id: int
    error: InRecycleBinError


class Customers(Importing):
    """The sheet of customers and the three that belong to it."""

    chunk = 200

    def judge(self, session: Session, rows: Sequence[Kept]) -> list[Judged]:
        """A live twin makes a duplicate, one in the bin can be restored; a wrong row of another sheet refuses the customer."""
        read = lines.read_all(self.gathered.found[SheetName.CUSTOMERS], rows, self.circumstances.reader)
        pasts = self._pasts(read)
        logins = [line.values["owner"] for line in read] + [login for past in pasts.values() for login in past.logins]
        people = colleagues(session, logins, held=self.keeping)
        for line in read:
            self._check(line, pasts[line.number], people)
        return list(self._judged(session, read, pasts, people))

    def keep(self, session: Session, judged: Sequence[Judged]) -> list[int]:
        """With all that happened to them; the timeline says from which file they came."""
        now, policy = self.circumstances.now, self.circumstances.policy
        return seeding.seed_customers(session, [each.record for each in judged], policy=policy, now=now)

    def _pasts(self, read: Sequence[Line]) -> dict[int, Past]:
        """What other sheets say of each row's customer, by the row's number."""
        pasts = {line.number: Past() for line in read}
        owners = {name_key(line.values["name"] or ""): line.number for line in reversed(read)}
        for found in self.gathered.details(SheetName.CUSTOMERS):
            for key, kept in self.gathered.scratch.belonging(found.sheet.name, owners).items():
                pasts[owners[key]].lines += lines.read_all(found, kept, self.circumstances.reader)
        return pasts

    def _check(self, line: Line, past: Past, people: Mapping[str, Colleague]) -> None:
        records.check(line, self.circumstances)
        owner = line.values["owner"]
        if owner and not (owner.lower() in people and people[owner.lower()].may_own):
            line.problems.append(NoSuchPersonError(owner))
        histories.check_past(past, people, self.circumstances)
        line.problems += [RowRefusedError(wrong.found.title, wrong.number) for wrong in past.lines if wrong.problems]
        if not line.problems:
            records.check_owners(line, histories.spans(past, people, None), people)

    def _judged(
        self, session: Session, read: Sequence[Line], pasts: Mapping[int, Past], people: Mapping[str, Colleague]
    ) -> Iterator[Judged]:
        fine = [line for line in read if not line.problems]
        live = twins.live(session, map(_keys, fine))
        binned = _in_bin(session, [line for line in fine if not _keys(line).among(live)])
        parties = Parties(session, fine)
        free = [line for line in fine if not _keys(line).among(live) and _twin(line, binned) is None]
        twice = self.first_claims([(line.number, _claims(line, parties)) for line in free])
        for line in read:
            if line.problems:
                wrong = tuple(each for each in pasts[line.number].lines if each.problems)
                yield Judged(line.number, Fate.REFUSED, reasons=tuple(line.problems), wrong=wrong)
                continue
            reasons = _duplicate(line, live, twice)
            in_bin, unlinkable = _twin(line, binned), parties.refusal(line)
            if reasons:
                yield Judged(line.number, Fate.DUPLICATE, reasons=reasons)
            elif in_bin is not None:
                yield Judged(line.number, Fate.IN_BIN, reasons=(in_bin.error,), known_id=in_bin.id)
            elif unlinkable is not None:
                yield Judged(line.number, Fate.REFUSED, reasons=(unlinkable,))
            else:
                yield Judged(line.number, Fate.NEW, self._record(line, pasts[line.number], people, parties.of(line)))

    def _record(self, line: Line, past: Past, people: Mapping[str, Colleague], party: Party | None) -> PastCustomer:
        circumstances = self.circumstances
        owner = people[line.values["owner"].lower()].id if line.values["owner"] else None
        return records.customer(
            line,
            contacts=tuple(map(histories.contact, past.of(SheetName.CONTACTS))),
            followups=histories.followups(past, people),
            spans=histories.spans(past, people, circumstances.actor_id),
            owner_id=owner,
            partner_id=party.id if party else None,
            file=self.gathered.name,
            circumstances=circumstances,
        )


def _keys(line: Line) -> Keys:
    return Keys(name_key(line.values["name"]), line.values["credit_code"])


def _claims(line: Line, parties: Parties) -> list[str]:
    keys = _keys(line)
    claims = [f"name:{keys.name_key}", *([f"code:{keys.credit_code}"] if keys.credit_code else [])]
    return [*claims, *parties.claims(line)]


def _duplicate(
    line: Line, live: dict[str, DuplicateCustomerError], twice: Mapping[int, GonghaiError]
) -> tuple[GonghaiError, ...]:
    found = _keys(line).among(live) or twice.get(line.number)
    return (found,) if found is not None else ()


def _twin(line: Line, known: Mapping[str, T]) -> T | None:
    """The one of the row's credit code, else the one of its name."""
    if line.problems:
        return None
    keys = _keys(line)
    return known.get(keys.credit_code or "") or known.get(keys.name_key)


def _in_bin(session: Session, read: Iterable[Line]) -> dict[str, _Binned]:
    """The deleted customers that have one of these names or credit codes, by either; of several the last deleted."""
    keys = list(map(_keys, read))
    if not keys:
        return {}
    names, codes = [each.name_key for each in keys], [each.credit_code for each in keys if each.credit_code]
    rows = session.execute(
        select(Customer.id, Customer.name, Customer.name_key, Customer.credit_code, Customer.deleted_at, User.name.label("by"))
        .outerjoin(User, User.id == Customer.deleted_by)
        .where(or_(Customer.name_key.in_(names), Customer.credit_code.in_(codes)), Customer.deleted_at.is_not(None))
        .order_by(Customer.deleted_at)
    )
    found = ((row, _Binned(row.id, InRecycleBinError(row.name, row.deleted_at, row.by))) for row in rows)
    return {key: binned for row, binned in found for key in (row.name_key, row.credit_code) if key}
