"""The import of a document from the chat: read and looked at, asked about, then kept; each time from the file anew (SPEC 7)."""

import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from domain import access, spool, workbook_tasks
from domain.db import Session
from domain.errors import NotFoundError
from domain.spreadsheets import gathering, ledger, report
from domain.spreadsheets.bench import Bench
from domain.spreadsheets.cleaning import Reader
from domain.spreadsheets.gathering import Gathered
from domain.spreadsheets.importing import READING, Drive
from domain.spreadsheets.imports import Circumstances
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.plans import Plan
from domain.workbook_tasks import Progress


def bring(bench: Bench) -> None:
    """Go on with an import as far as its person has said: to a question, or to the end. Raises GonghaiError, TaskLostError."""
    with bench.database.unit_of_work() as session:
        ledger.require(access.actor_by_id(session, bench.task.user_id))
    with _gathered(bench) as gathered:
        kind = _kind(bench, gathered)
        if kind is None:
            _ask_kind(bench, gathered)
            return
        plan = Plan(gathered, kind, _circumstances(bench), bench.say)
        if bench.task.state.get("keep"):
            _keep(bench, plan)
        else:
            _look(bench, plan)


@contextmanager
def _gathered(bench: Bench) -> Iterator[Gathered]:
    task = bench.task
    if task.file_id is None:
        raise NotFoundError
    with bench.database.snapshot() as session:
        file = spool.whole(session, task.file_id)
    chosen = task.state.get("kind")
    with tempfile.TemporaryDirectory(prefix="gonghai-") as folder:
        path = Path(folder) / "incoming.xlsx"
        path.write_bytes(file.content)
        kind = SheetName(chosen) if chosen else None
        gathered = gathering.gather(path, bench.known, kind=kind, name=file.name, heard=partial(_told, bench, READING))
    try:
        yield gathered
    finally:
        gathered.scratch.close()


def _told(bench: Bench, phase: str, done: int, total: int) -> None:
    bench.report(Progress(phase, done, total))


def _kind(bench: Bench, gathered: Gathered) -> SheetName | None:
    """What the file holds: what was chosen, or the only thing that it can be; None when it can be several."""
    chosen, kinds = bench.task.state.get("kind"), gathered.kinds()
    if chosen:
        return SheetName(chosen)
    if len(kinds) > 1:
        return None
    return kinds[0] if kinds else SheetName.CUSTOMERS


def _ask_kind(bench: Bench, gathered: Gathered) -> None:
    with bench.database.unit_of_work() as session:
        kinds = [str(kind) for kind in gathered.kinds()]
        workbook_tasks.ask(session, bench.task, {"file": gathered.name, "kinds": kinds}, now=bench.now())


def _circumstances(bench: Bench) -> Circumstances:
    now = bench.now()
    return Circumstances(bench.task.user_id, bench.policy, now, Reader(bench.known, now), bench.words.language, gentle=True)


def _drive(bench: Bench) -> Drive:
    def still_ours(session: Session) -> None:
        workbook_tasks.require(session, bench.task)

    told = partial(_told, bench)
    holder = ledger.holder_of(bench.task.id)
    return Drive(bench.database, bench.task.user_id, bench.now, told, holder=holder, within=still_ours, gentle=True)


def _look(bench: Bench, plan: Plan) -> None:
    _drive(bench).look(plan)
    with bench.database.unit_of_work() as session:
        workbook_tasks.ask(session, bench.task, _with_report(bench, session, plan), now=bench.now())


def _keep(bench: Bench, plan: Plan) -> None:
    drive = _drive(bench)
    restoring = bool(bench.task.state.get("restoring"))
    if restoring:
        drive.look(plan)
    drive.keep(plan, restoring=restoring)
    with bench.database.unit_of_work() as session:
        result = _with_report(bench, session, plan)
        workbook_tasks.finish(session, bench.task, result, file_id=result.get("report"), now=bench.now())


def _with_report(bench: Bench, session: Session, plan: Plan) -> Mapping[str, Any]:
    """What is to be told; with the report of whatever is left out."""
    summary = plan.summary()
    if summary.complete:
        return summary.to_json()
    with tempfile.TemporaryDirectory(prefix="gonghai-") as folder:
        path = Path(folder) / "report.xlsx"
        report.write(path, plan, bench.words)
        name = f"{Path(plan.gathered.name).stem}-{bench.words.phrases['outcome']}.xlsx"
        file_id = spool.keep(session, name, path.read_bytes(), now=bench.now())
    return {**summary.to_json(), "report": file_id}
