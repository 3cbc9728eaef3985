"""An import from beginning to end: looked at row by row, told in numbers, kept in chunks that can go on after a crash.

A chunk is one transaction with everything that belongs to its rows, and with the note of which rows they were. Whatever happens,
a customer is there whole or not at all, and the same file brought again goes on behind the last chunk.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from domain import recycle_bin
from domain.access import Actor
from domain.clock import Moment
from domain.dialects import is_sqlite
from domain.errors import GonghaiError, StaleError
from domain.outcomes import Result
from domain.spreadsheets import ledger
from domain.spreadsheets.gathering import Gathered
from domain.spreadsheets.imports import IMPORTS, Circumstances, Judged
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.portions import Portions, Prepared
from domain.spreadsheets.scratch import Fate, Kept
from domain.workbook_errors import (
    NoCustomerRowError,
)

Say = Callable[[GonghaiError], str]
"""A reason in the words of whoever reads the report."""

_ATTEMPTS = 5
_SHOWN = 5
_FEWEST, _MOST, _GROWS = 4, 500, 1.5
"""Rows of a step that is fitted, and how much more the next may take."""


class Example(NamedTuple):
    """A row and why it is not kept."""

    row: int
    reason: str


class Summary(NamedTuple):
    """What an import would do, or has done: how many rows have each fate, with the first reasons of each."""

    kind: SheetName
    name: str
    rows: int
    counts: Mapping[Fate, int]
    examples: Mapping[Fate, Sequence[Example]]
    wrong_details: int

    def to_json(self) -> dict[str, Any]:
        """As it is kept, and as programs read it."""
        return {
            "kind": str(self.kind),
            "file": self.name,
            "rows": self.rows,
            "counts": {str(fate): self.counts.get(fate, 0) for fate in Fate},
            "reasons": {str(fate): [each._asdict() for each in found] for fate, found in self.examples.items() if found},
            "wrong_details": self.wrong_details,
        }

    @property
    def coming(self) -> int:
        """How many rows would be kept."""
        return self.counts.get(Fate.NEW, 0)

    @property
    def complete(self) -> bool:
        """Whether nothing was left out."""
        return not self.wrong_details and not any(self.counts.get(fate) for fate in (Fate.DUPLICATE, Fate.IN_BIN, Fate.REFUSED))


class Plan:
    """The import of one gathered workbook: `look` until nothing is left, for a summary before; `begin`, `keep`, `finish`.

    Each call is a step inside a transaction of the caller's.
    """

    def __init__(self, gathered: Gathered, kind: SheetName, circumstances: Circumstances, say: Say) -> None:
        gathered.require(kind)
        self.gathered, self.kind, self._say = gathered, kind, say
        self._importing = IMPORTS[kind](gathered, circumstances)
        self._circumstances = circumstances
        self._scratch = gathered.scratch
        self._at = 0
        self._run_id: int | None = None
        self._ready: Prepared | None = None
        self._portions = Portions(self._importing, kind)
        self._goes_on = False
        self.rows = self._scratch.count(kind)
        self.done = 0

    def look(self, session: Session, actor: Actor | None) -> bool:
        """Judge the next rows; whether there are more. Raises NotAllowedError, FileImportedError."""
        ledger.require(actor)
        earlier = ledger.earlier(session, self.kind, self.gathered.digest)
        rows, prepared = self._taken()
        known = ledger.kept_before(session, earlier, [row.number for row in rows]) if earlier else set()
        if known:
            prepared = self._portions.again([row for row in rows if row.number not in known])
        judged = self._importing.judge(session, prepared)
        self._settle([*judged, *(Judged(number, Fate.DONE) for number in sorted(known))])
        self._advance(rows)
        if not rows:
            self._follow()
        return bool(rows)

    def summary(self) -> Summary:
        """In numbers."""
        fates = (Fate.REFUSED, Fate.DUPLICATE, Fate.IN_BIN)
        shown = {fate: [Example(*each) for each in self._scratch.reasons(self.kind, fate, most=_SHOWN)] for fate in fates}
        details = self.gathered.details(self.kind)
        wrong = sum(self._scratch.unkept(found.sheet.name) for found in details)
        return Summary(self.kind, self.gathered.name, self.rows, self._scratch.counts(self.kind), shown, wrong)

    def begin(self, session: Session, actor: Actor | None, *, holder: str | None = None, now: Moment) -> None:
        """Take the import; an earlier attempt goes on. Raises NotAllowedError, FileImportedError, ImportRunningError."""
        ledger.require(actor)
        by = actor.id if actor else None
        name, digest = self.gathered.name, self.gathered.digest
        self._run_id = ledger.begin(session, by, self.kind, name, digest, holder=holder, now=now)
        self._goes_on = ledger.has_rows(session, self._run_id)
        self._at = self.done = 0
        self._ready = None

    def restore(self, session: Session, actor: Actor | None, *, now: Moment) -> bool:
        """Bring back the next customers that lie in the bin, as far as its rule allows; whether there are more."""
        policy = self._circumstances.policy
        most = min(policy.batch_limit, self._importing.chunk)
        wanted = self._scratch.records(self.kind, Fate.IN_BIN)[:most]
        if not wanted:
            return False
        outcomes = recycle_bin.restore(session, actor, wanted, policy=policy, now=now)
        self._scratch.settle_records(
            self.kind,
            (
                (each.customer_id, Fate.RESTORED, None)
                if each.result is Result.DONE
                else (each.customer_id, Fate.REFUSED, self._say(each.error) if each.error else None)
                for each in outcomes
            ),
        )
        self._note_restored(session, [each.customer_id for each in outcomes if each.result is Result.DONE], now)
        return True

    def _note_restored(self, session: Session, ids: Sequence[int], now: Moment) -> None:
        """Going on after a crash, what came back is not taken for a twin."""
        assert self._run_id is not None
        ledger.note(session, self._run_id, self._scratch.meaning(self.kind, ids))
        ledger.renew(session, self._run_id, now=now)

    def keep(self, session: Session, *, now: Moment) -> bool:
        """Keep the next rows that are new as the database stands by now, looked at before or not; whether there are more."""
        assert self._run_id is not None
        rows, prepared = self._taken(coming=True)
        known = ledger.kept_before(session, self._run_id, [row.number for row in rows]) if self._goes_on else set()
        coming = [row for row in rows if row.number not in known]
        if known:
            self._settle([Judged(number, Fate.DONE) for number in known])
            prepared = self._portions.again(coming)
        self._keep(session, coming, prepared)
        ledger.renew(session, self._run_id, now=now)
        self._advance(rows)
        return bool(rows)

    @property
    def portion(self) -> int:
        """So many rows at a time; 0: all."""
        return self._importing.chunk

    def fit(self, share: float) -> None:
        """The next steps are to take this share of the time that the last one took."""
        if self._importing.chunk:
            self._importing.chunk = round(min(_MOST, max(_FEWEST, self._importing.chunk * min(share, _GROWS))))

    def finish(self, session: Session, *, now: Moment) -> None:
        """Nothing is left to keep."""
        assert self._run_id is not None
        self._follow()
        counts = {str(fate): count for fate, count in self._scratch.counts(self.kind).items()}
        ledger.finish(session, self._run_id, counts, now=now)

    def let_go(self, session: Session) -> None:
        """Stop before the end; what was kept stays, and the same file goes on behind it."""
        if self._run_id is not None:
            ledger.let_go(session, self._run_id)

    def close(self) -> None:
        """Forget the rows."""
        self._scratch.close()

    def prepare(self, *, coming: bool = False) -> None:
        """Read the next rows, all or those that are coming: whoever is about to hold a transaction open does it before."""
        self._ready = self._ready or self._portions.next(self._at, coming=coming)

    def ahead(self) -> AbstractContextManager[None]:
        """What is to be kept is prepared by another process meanwhile."""
        return self._portions.ahead(self.rows)

    def _taken(self, *, coming: bool = False) -> Prepared:
        """The next rows."""
        ready, self._ready = self._ready or self._portions.next(self._at, coming=coming), None
        return ready

    def _advance(self, rows: Sequence[Kept]) -> None:
        self.done += len(rows)
        self._at = rows[-1].number if rows else self._at

    def _keep(self, session: Session, rows: Sequence[Kept], prepared: Sequence[Any]) -> None:
        """Keep what is new of these rows. When a twin came in meanwhile, they are judged anew."""
        for attempt in range(_ATTEMPTS):
            judged = self._importing.judge(session, prepared)
            try:
                with session.begin_nested():
                    self._keep_new(session, judged, rows[-1].number if rows else self._at, again=attempt > 0)
            except (IntegrityError, StaleError):
                if attempt == _ATTEMPTS - 1:
                    raise
                prepared = self._portions.again(rows)
            else:
                return

    def _keep_new(self, session: Session, judged: Sequence[Judged], last: int, *, again: bool) -> None:
        new = [each for each in judged if each.fate is Fate.NEW]

        def note(ids: Sequence[int]) -> None:
            assert self._run_id is not None
            ledger.note(session, self._run_id, zip((each.number for each in new), ids, strict=True))
            if again:
                self._settle([Judged(each.number, Fate.DONE) for each in new])
            elif new:
                self._scratch.settle_coming(self.kind, new[0].number, new[-1].number, Fate.DONE)
            self._settle([each for each in judged if each.fate is not Fate.NEW])
            if self._ready is None and self._importing.chunk and not (self._circumstances.gentle or is_sqlite(session)):
                self._ready = self._portions.next(last, coming=True)  # a server works on meanwhile; SQLite's writer is held

        if new:
            self._importing.keep(session, new, note)
        else:
            note(())

    def _settle(self, judged: Sequence[Judged]) -> None:
        self._scratch.settle(self.kind, ((each.number, each.fate, self._reasons(each.reasons), each.known_id) for each in judged))
        wrong = sorted((line.found.sheet.name, line.number, line) for each in judged for line in each.wrong)
        for sheet, group in groupby(wrong, key=itemgetter(0)):
            refused = ((number, Fate.REFUSED, self._reasons(line.problems), None) for _, number, line in group)
            self._scratch.settle(sheet, refused)

    def _reasons(self, reasons: Sequence[GonghaiError]) -> str | None:
        return "\n".join(map(self._say, reasons)) or None

    def _follow(self) -> None:
        """What other sheets say shares the fate of its customer; what belongs to nobody in the file is refused."""
        for found in self.gathered.details(self.kind):
            orphans = self._scratch.follow(found.sheet.name, self.kind)
            refused = ((number, Fate.REFUSED, self._say(NoCustomerRowError(key)), None) for number, key in orphans)
            self._scratch.settle(found.sheet.name, refused)
