"""Orders from a workbook, with everything that an order does: the dormancy clock starts anew, who sleeps wakes (SPEC 4)."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from domain import credit_code, order_batches, orders
from domain.errors import GonghaiError, InvalidFieldError, NoSuchPartnerError, OrderKnownError, PartnerVoidError
from domain.models import Order, Partner
from domain.names import name_key
from domain.orders import NewOrder
from domain.spreadsheets import lines
from domain.spreadsheets.imports.base import Details, Importing, Judged
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.lines import Line
from domain.spreadsheets.scratch import Fate, Kept


class _Party(NamedTuple):
    id: int
    name: str
    valid: bool


class Orders(Importing):
    """The sheet of orders."""

    def prepare(self, rows: Sequence[Kept], _details: Details) -> list[Line]:
        """Each row by itself."""
        read = lines.read_all(self.gathered.found[SheetName.ORDERS], rows, self.circumstances.reader)
        for line in read:
            self._check(line)
        return read

    def judge(self, session: Session, prepared: Sequence[Line]) -> list[Judged]:
        """A number is recorded once; the partner is found by credit code, then by name."""
        fine = [line for line in prepared if not line.problems]
        parties, recorded = _parties(session, fine), _recorded(session, fine)
        wanted = [(line.number, [line.values["order_number"]]) for line in fine if line.values["order_number"] not in recorded]
        twice = self.first_claims(wanted)
        return [_judged(line, _party(line, parties), recorded, twice.get(line.number)) for line in prepared]

    def keep(self, session: Session, judged: Sequence[Judged], meanwhile: Callable[[Sequence[int]], None]) -> None:
        """Recorded by whoever imports."""
        now, policy = self.circumstances.now, self.circumstances.policy
        wanted = [each.record for each in judged]
        meanwhile(order_batches.add_all(session, wanted, by=self.circumstances.actor_id, policy=policy, now=now))

    def _check(self, line: Line) -> None:
        for key, check in (("order_number", orders.clean_number), ("order_kind", orders.check_kind)):
            try:
                line.values[key] = check(line.values[key]) if line.values[key] else None
            except InvalidFieldError as refusal:
                line.complain(key, refusal)
        if line.values["ordered_on"] is None:
            return
        try:
            orders.check_day(line.values["ordered_on"], now=self.circumstances.now)
        except InvalidFieldError as refusal:
            line.complain("ordered_on", refusal)


def _judged(line: Line, party: _Party | None, recorded: dict[str, str], twice: GonghaiError | None) -> Judged:
    if line.problems:
        return Judged(line.number, Fate.REFUSED, reasons=tuple(line.problems))
    number = line.values["order_number"]
    if number in recorded:
        return Judged(line.number, Fate.DUPLICATE, reasons=(OrderKnownError(number, recorded[number]),))
    if twice is not None:
        return Judged(line.number, Fate.DUPLICATE, reasons=(twice,))
    if party is None:
        return Judged(line.number, Fate.REFUSED, reasons=(NoSuchPartnerError(line.values["partner"]),))
    if not party.valid:
        return Judged(line.number, Fate.REFUSED, reasons=(PartnerVoidError(party.name),))
    return Judged(line.number, Fate.NEW, NewOrder(number, party.id, line.values["ordered_on"], line.values["order_kind"]))


def _code(line: Line) -> str | None:
    return credit_code.normalise(line.values["credit_code"]) if line.values["credit_code"] else None


def _party(line: Line, parties: dict[str, _Party]) -> _Party | None:
    if line.problems:
        return None
    return parties.get(f"code:{_code(line)}") or parties.get(f"name:{name_key(line.values['partner'])}")


def _parties(session: Session, read: Iterable[Line]) -> dict[str, _Party]:
    given = list(read)
    same = or_(
        Partner.name_key.in_([name_key(line.values["partner"]) for line in given]),
        Partner.credit_code.in_(list(filter(None, map(_code, given)))),
    )
    found: dict[str, _Party] = {}
    columns = (Partner.id, Partner.name, Partner.valid, Partner.name_key, Partner.credit_code)
    for *party, key, code in session.execute(select(*columns).where(same)) if given else []:
        found |= dict.fromkeys([f"name:{key}", *([f"code:{code}"] if code else [])], _Party._make(party))
    return found


def _recorded(session: Session, read: Iterable[Line]) -> dict[str, str]:
    """The numbers that are recorded already, and whose they are."""
    numbers = [line.values["order_number"] for line in read]
    known = select(Order.number, Partner.name).join(Partner, Partner.id == Order.partner_id).where(Order.number.in_(numbers))
    return {number: name for number, name in session.execute(known)} if numbers else {}  # noqa: C416 — rows, not pairs
