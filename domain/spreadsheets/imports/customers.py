"""Customers from a workbook, each whole: with contacts, owner or pool, deadlines, past follow-ups and former owners (SPEC 7)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from domain import seeding, twins
from domain.errors import (
    DuplicateCustomerError,
    GonghaiError,
    NoSuchPersonError,
    PartnerTakenError,
)
from domain.names import name_key
from domain.seeding import Draft
from domain.spreadsheets import lines
from domain.spreadsheets.imports import histories, known, records
from domain.spreadsheets.imports.base import Importing, Judged
from domain.spreadsheets.imports.histories import Past
from domain.spreadsheets.imports.known import Binned, Party
from domain.spreadsheets.imports.staff import Colleague, colleagues
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.lines import Line
from domain.spreadsheets.scratch import Fate, Kept
from domain.stages import NON_COOPERATING
from domain.twins import Keys
from domain.workbook_errors import (
    RowRefusedError,
)


@dataclass
class Row:
    """A customer's row as far as it is understood without the database: `draft`, when nobody of the staff is named."""

    line: Line
    past: Past
    keys: Keys
    draft: Draft | None = None

    @property
    def number(self) -> int:
        """Which row it is."""
        return self.line.number

    @property
    def peopled(self) -> bool:
        """Whether it names somebody of the staff."""
        return bool(self.line.values["owner"] or self.past.lines)

    @property
    def signed(self) -> bool:
        """Whether it has a partner, or gets one."""
        return self.line.values["stage"] not in (None, *NON_COOPERATING)

    def claims(self, party: Party | None) -> list[str]:
        """What no other row of the file may have."""
        code = self.keys.credit_code
        claims = [f"name:{self.keys.name_key}", *([f"code:{code}"] if code else [])]
        return [*claims, f"partner:{party.id}"] if party else claims


class Customers(Importing):
    """The sheet of customers and the three that belong to it."""

    chunk = 1_000

    def prepare(self, rows: Sequence[Kept]) -> list[Row]:
        """A wrong row of another sheet refuses the customer; that needs the staff, and is judged."""
        read = lines.read_all(self.gathered.found[SheetName.CUSTOMERS], rows, self.circumstances.reader)
        pasts = self._pasts(read)
        return [self._prepared(line, pasts.get(line.number, Past())) for line in read]

    def judge(self, session: Session, prepared: Sequence[Row]) -> list[Judged]:
        """A live twin makes a duplicate, one in the bin can be restored."""
        people = self._check_people(session, [row for row in prepared if row.peopled])
        fine = [row for row in prepared if not row.line.problems]
        live = twins.live(session, [row.keys for row in fine])
        free = [row for row in fine if not row.keys.among(live)]
        binned = known.in_bin(session, [row.keys for row in free])
        parties = known.parties(session, [row.keys for row in fine if row.signed])
        new = [row for row in free if known.found(row.keys, binned) is None]
        twice = self.first_claims([(row.number, row.claims(known.found(row.keys, parties))) for row in new])
        return [self._judged(row, live, twice, binned, parties, people) for row in prepared]

    def keep(self, session: Session, judged: Sequence[Judged]) -> list[int]:
        """With all that happened to them; the timeline says from which file they came."""
        return seeding.keep_drafts(session, [each.record for each in judged], now=self.circumstances.now)

    def _pasts(self, read: Sequence[Line]) -> dict[int, Past]:
        """What other sheets say of each row's customer, by the row's number."""
        pasts: dict[int, Past] = {}
        details = self.gathered.details(SheetName.CUSTOMERS)
        owners = {name_key(line.values["name"] or ""): line.number for line in reversed(read)} if details else {}
        for found in details:
            for key, kept in self.gathered.scratch.belonging(found.sheet.name, owners).items():
                past = pasts.setdefault(owners[key], Past())
                past.lines += lines.read_all(found, kept, self.circumstances.reader)
        return pasts

    def _prepared(self, line: Line, past: Past) -> Row:
        records.check(line, self.circumstances)
        row = Row(line, past, Keys(name_key(line.values["name"] or ""), line.values["credit_code"]))
        if self.keeping and not (row.peopled or line.problems):
            row.draft = self._draft(row, {}, None)
        return row

    def _check_people(self, session: Session, rows: Sequence[Row]) -> Mapping[str, Colleague]:
        logins = [login for row in rows for login in (row.line.values["owner"], *row.past.logins)]
        people = colleagues(session, logins, held=self.keeping)
        for row in rows:
            line, past, owner = row.line, row.past, row.line.values["owner"]
            if owner and not (owner.lower() in people and people[owner.lower()].may_own):
                line.problems.append(NoSuchPersonError(owner))
            histories.check_past(past, people, self.circumstances)
            line.problems += [RowRefusedError(wrong.found.title, wrong.number) for wrong in past.lines if wrong.problems]
            if not line.problems:
                records.check_owners(line, histories.spans(past, people, None), people)
        return people

    def _judged(
        self,
        row: Row,
        live: dict[str, DuplicateCustomerError],
        twice: Mapping[int, GonghaiError],
        binned: Mapping[str, Binned],
        parties: Mapping[str, Party],
        people: Mapping[str, Colleague],
    ) -> Judged:
        if row.line.problems:
            wrong = tuple(each for each in row.past.lines if each.problems)
            return Judged(row.number, Fate.REFUSED, reasons=tuple(row.line.problems), wrong=wrong)
        if duplicate := row.keys.among(live) or twice.get(row.number):
            return Judged(row.number, Fate.DUPLICATE, reasons=(duplicate,))
        if in_bin := known.found(row.keys, binned):
            return Judged(row.number, Fate.IN_BIN, reasons=(in_bin.error,), known_id=in_bin.id)
        party = known.found(row.keys, parties) if row.signed else None
        if party is not None and party.customer is not None:
            return Judged(row.number, Fate.REFUSED, reasons=(PartnerTakenError(party.name, party.customer, party.owner),))
        if self.keeping and (party or not row.draft):
            row.draft = self._draft(row, people, party)
        return Judged(row.number, Fate.NEW, row.draft)

    def _draft(self, row: Row, people: Mapping[str, Colleague], party: Party | None) -> Draft:
        circumstances, past, owner = self.circumstances, row.past, row.line.values["owner"]
        record = records.customer(
            row.line,
            contacts=tuple(map(histories.contact, past.of(SheetName.CONTACTS))),
            followups=histories.followups(past, people),
            spans=histories.spans(past, people, circumstances.actor_id),
            owner_id=people[owner.lower()].id if owner else None,
            partner_id=party.id if party else None,
            file=self.gathered.name,
            circumstances=circumstances,
        )
        return seeding.draft(record, policy=circumstances.policy, now=circumstances.now)
