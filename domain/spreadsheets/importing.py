"""Imports driven through: each step of a plan in a transaction of its own, told how far it is after each."""

import time
from collections.abc import Callable
from dataclasses import dataclass

from domain import access
from domain.access import Actor
from domain.clock import Moment
from domain.db import Database, Session
from domain.spreadsheets.plans import Plan

READING, LOOKING, KEEPING = "reading", "looking", "keeping"
PHASES = (READING, LOOKING, KEEPING)


@dataclass(frozen=True)
class Drive:
    """Who drives (None: the command line) on which database. `now` tells the time; `told(phase, done, total)` hears of it.

    `holder` is the piece of work that this is, `within` is called in every transaction that keeps something,
    and for `pause` seconds after each the database is everybody else's.
    """

    database: Database
    actor_id: int | None
    now: Callable[[], Moment]
    told: Callable[[str, int, int], None] = lambda *_: None
    holder: str | None = None
    within: Callable[[Session], None] = lambda _: None
    pause: float = 0.0

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
                self._steps(lambda session, actor: actor is not None and plan.restore(session, actor, now=self.now()))
            total = plan.summary().coming or plan.rows
            self._steps(lambda session, _: plan.keep(session, now=self.now()), plan, total)
        except BaseException:
            with self.database.unit_of_work() as session:
                plan.let_go(session)
            raise
        with self.database.unit_of_work() as session:
            plan.finish(session, now=self.now())

    def _steps(self, step: Callable[[Session, Actor | None], bool], plan: Plan | None = None, total: int = 0) -> None:
        more = True
        while more:
            if plan is not None:
                plan.prepare(coming=True)
            with self.database.unit_of_work() as session:
                self.within(session)
                more = step(session, self._actor(session))
            if plan is not None:
                self.told(KEEPING, plan.done, total)
                time.sleep(self.pause)

    def _actor(self, session: Session, *, held: bool = True) -> Actor | None:
        """Who drives, as he is now: an admin who is one no longer imports no further."""
        return access.actor_by_id(session, self.actor_id, held=held) if self.actor_id is not None else None
