"""Customers from a workbook, each whole: with contacts, owner or pool, deadlines, past follow-ups and former owners (SPEC 7)."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from domain import seeding, twins
from domain.errors import (
    DuplicateCustomerError,
    GonghaiError,
    NoSuchPersonError,
)
from domain.names import name_key
from domain.seeding import Draft
from domain.spreadsheets import lines
from domain.spreadsheets.imports import histories, known, records
from domain.spreadsheets.imports.base import Details, Importing, Judged
from domain.spreadsheets.imports.histories import Past
from domain.spreadsheets.imports.known import Binned, Party
from domain.spreadsheets.imports.parties import Parties
from domain.spreadsheets.imports.staff import Colleague, colleagues
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.lines import Line
from domain.spreadsheets.scratch import Fate, Kept
from domain.twins import Keys
from domain.workbook_errors import (
    RowRefusedError,
)


@dataclass
class Row:
    """A customer's row as far as it is understood without the database: a draft, or what its line and other sheets say."""

    number: int
    keys: Keys
    draft: Draft | None = None
    line: Line | None = None
    past: Past = field(default_factory=Past)

    @property
    def problems(self) -> list[GonghaiError]:
        """What is wrong with it."""
        return self.line.problems if self.line else []

    @property
    def owner(self) -> str | None:
        """Who has it, by login."""
        return self.line.values["owner"] if self.line else None

    @property
    def asks(self) -> bool:
        """Whether only the database can say the rest of it."""
        return bool(self.problems or self.owner or self.past.lines or (self.line and records.signed(self.line)))

    def claims(self, parties: Parties) -> list[str]:
        """What no other row of the file may have."""
        code = self.keys.credit_code
        return [
            f"name:{self.keys.name_key}",
            *([f"code:{code}"] if code else []),
            *(parties.claims(self.line) if self.line else []),
        ]


_NO_PAST = Past()


class Customers(Importing):
    """The sheet of customers and the three that belong to it."""

    chunk = 1_000

    def prepare(self, rows: Sequence[Kept], details: Details) -> list[Row]:
        """A wrong row of another sheet refuses the customer; that needs the staff, and is judged."""
        read = lines.read_all(self.gathered.found[SheetName.CUSTOMERS], rows, self.circumstances.reader)
        first = {each.key: each.number for each in reversed(rows)}
        pasts = {first[key]: self._past(found) for key, found in details.items()}
        return [self._prepared(line, pasts.get(line.number, _NO_PAST)) for line in read]

    def judge(self, session: Session, prepared: Sequence[Row]) -> list[Judged]:
        """A live twin makes a duplicate, one in the bin can be restored."""
        people = self._check_people(session, prepared)
        fine = [row for row in prepared if not row.problems]
        live = twins.live(session, [row.keys for row in fine])
        free = [row for row in fine if not row.keys.among(live)]
        binned = known.in_bin(session, [row.keys for row in free])
        parties = Parties(session, [row.line for row in fine if row.line])
        new = [row for row in free if known.found(row.keys, binned) is None]
        twice = self.first_claims([(row.number, row.claims(parties)) for row in new])
        return [self._judged(row, live, twice, binned, parties, people) for row in prepared]

    def keep(self, session: Session, judged: Sequence[Judged], meanwhile: Callable[[Sequence[int]], None]) -> None:
        """With all that happened to them; the timeline says from which file they came."""
        drafts = [each.record for each in judged]
        seeding.keep_drafts(session, drafts, now=self.circumstances.now, meanwhile=meanwhile)

    def _past(self, kept: Iterable[Kept]) -> Past:
        """What other sheets say of a row's customer."""
        found = self.gathered.found
        return Past([lines.read(found[each.sheet], each, self.circumstances.reader) for each in kept])

    def _prepared(self, line: Line, past: Past) -> Row:
        records.check(line, self.circumstances)
        row = Row(line.number, Keys(name_key(line.values["name"] or ""), line.values["credit_code"]), line=line, past=past)
        if not self.keeping or row.asks:
            return row
        return Row(row.number, row.keys, self._draft(line, past, {}, None))

    def _check_people(self, session: Session, prepared: Sequence[Row]) -> Mapping[str, Colleague]:
        rows = [row for row in prepared if row.owner or row.past.lines]
        people = colleagues(session, [login for row in rows for login in (row.owner, *row.past.logins)], held=self.keeping)
        for row in rows:
            assert row.line is not None
            line, past = row.line, row.past
            if row.owner and not (row.owner.lower() in people and people[row.owner.lower()].may_own):
                line.problems.append(NoSuchPersonError(row.owner))
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
        parties: Parties,
        people: Mapping[str, Colleague],
    ) -> Judged:
        if row.problems:
            wrong = tuple(each for each in row.past.lines if each.problems)
            return Judged(row.number, Fate.REFUSED, reasons=tuple(row.problems), wrong=wrong)
        if duplicate := row.keys.among(live) or twice.get(row.number):
            return Judged(row.number, Fate.DUPLICATE, reasons=(duplicate,))
        if in_bin := known.found(row.keys, binned):
            return Judged(row.number, Fate.IN_BIN, reasons=(in_bin.error,), known_id=in_bin.id)
        if row.line is not None and (unlinkable := parties.refusal(row.line)):
            return Judged(row.number, Fate.REFUSED, reasons=(unlinkable,))
        if row.line is not None and self.keeping:
            return Judged(row.number, Fate.NEW, self._draft(row.line, row.past, people, parties.of(row.line)))
        return Judged(row.number, Fate.NEW, row.draft)

    def _draft(self, line: Line, past: Past, people: Mapping[str, Colleague], party: Party | None) -> Draft:
        circumstances, owner = self.circumstances, line.values["owner"]
        record = records.customer(
            line,
            contacts=tuple(map(histories.contact, past.of(SheetName.CONTACTS))),
            followups=histories.followups(past, people),
            spans=histories.spans(past, people, circumstances.actor_id),
            owner_id=people[owner.lower()].id if owner else None,
            partner_id=party.id if party else None,
            file=self.gathered.name,
            circumstances=circumstances,
        )
        return seeding.draft(record, policy=circumstances.policy, now=circumstances.now)
