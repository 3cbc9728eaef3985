"""Imports driven through: each step of a plan in a transaction of its own, told how far it is after each."""

import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass

from domain import access
from domain.access import Actor
from domain.clock import Moment
from domain.db import Database, Session
from domain.spreadsheets.plans import Plan
from domain.spreadsheets.preparing import seldom_collected

READING, LOOKING, KEEPING = "reading", "looking", "keeping"
PHASES = (READING, LOOKING, KEEPING)

HELD, BUSY, LEFT = 0.004, 0.006, 0.005
"""Seconds that a gentle step should take SQLite's only writer for, or keep a server busy; and that count as taken at least."""

OTHERS = 3
"""So many times as long it then belongs to everybody else."""


@dataclass(frozen=True)
class Drive:
    """Who drives (None: the command line) on which database. `now` tells the time; `told(phase, done, total)` hears of it.

    `holder` is the piece of work that this is, `within` is called in every transaction that keeps something. A `gentle` one takes
    the database for a moment at a time, and then leaves it to everybody else.
    """

    database: Database
    actor_id: int | None
    now: Callable[[], Moment]
    told: Callable[[str, int, int], None] = lambda *_: None
    holder: str | None = None
    within: Callable[[Session], None] = lambda _: None
    gentle: bool = False

    def look(self, plan: Plan) -> None:
        """Judge every row. Raises NotAllowedError, FileImportedError."""
        more = True
        while more:
            plan.prepare()
            with self.database.snapshot() as session:
                more = plan.look(session, self._actor(session, held=False))
            self.told(LOOKING, plan.done, plan.rows)

    def keep(self, plan: Plan, *, restoring: bool = False) -> None:
        """Keep every new row; with `restoring`, bring back what lies in the bin. Raises FileImportedError, ImportRunningError."""
        with self.database.unit_of_work() as session:
            plan.begin(session, self._actor(session), holder=self.holder, now=self.now())
        try:
            if restoring:
                self._steps(self._restore(plan), plan, keeping=False, total=0)
            total = plan.summary().coming or plan.rows
            with nullcontext() if self.gentle else plan.ahead(), seldom_collected():
                self._steps(lambda session, _: plan.keep(session, now=self.now()), plan, keeping=True, total=total)
        except BaseException:
            with self.database.unit_of_work() as session:
                plan.let_go(session)
            raise
        with self.database.unit_of_work() as session:
            plan.finish(session, now=self.now())

    def _restore(self, plan: Plan) -> Callable[[Session, Actor | None], bool]:
        return lambda session, actor: plan.restore(session, actor, now=self.now())

    def _steps(self, step: Callable[[Session, Actor | None], bool], plan: Plan, *, keeping: bool, total: int) -> None:
        more = True
        while more:
            if keeping:
                plan.prepare(coming=True)
            with self.database.step_of_work() if keeping else self.database.unit_of_work() as session:
                session.connection()
                began = time.monotonic()
                self.within(session)
                more = step(session, self._actor(session))
            self._leave_room(plan, time.monotonic() - began)
            if keeping:
                self.told(KEEPING, plan.done, total)

    def _leave_room(self, plan: Plan, held: float) -> None:
        """After a step that held the writer for so many seconds."""
        if not self.gentle:
            return
        plan.fit((HELD if self.database.writers == 1 else BUSY) / held)
        self.database.to_disk()
        time.sleep(max(LEFT, held) * OTHERS)

    def _actor(self, session: Session, *, held: bool = True) -> Actor | None:
        """Who drives, as he is now: an admin who is one no longer imports no further."""
        return access.actor_by_id(session, self.actor_id, held=held) if self.actor_id is not None else None
