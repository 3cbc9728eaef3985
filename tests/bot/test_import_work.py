"""An import from the chat whose process dies, whose bot stops or whose person cancels, halfway: no row is lost or doubled."""

import asyncio
import sys

import pytest

from bot import workbooks
from bot.payloads.workbooks import CancelWorkbook
from domain import spool, workbook_tasks
from domain.models import TaskStatus, WorkbookTask
from domain.workbook_tasks import TaskKind
from tests.bot.desk import Desk
from tests.bot.test_workbooks import PATIENCE, at_work
from tests.spreadsheets import whole
from tests.spreadsheets.dying import BETWEEN, COMMIT

COUNT = 300


@pytest.fixture
def desk(database):
    return Desk(database)


@pytest.fixture
def processes(monkeypatch):
    """What the next processes are to be; after them, what they really are."""
    real, planned = workbooks.command(), []
    monkeypatch.setattr(workbooks, "FIRST_BEAT", 0.1)
    monkeypatch.setattr(workbooks, "BEAT", 0.1)
    monkeypatch.setattr(workbooks, "command", lambda: planned.pop(0) if planned else real)

    def plan(*deaths):
        planned.extend((sys.executable, "-m", "tests.spreadsheets.dying", "bench", *map(str, death)) for death in deaths)

    return plan


class Import:
    """The admin's, of one file; looked at and confirmed already, which costs a process each time."""

    def __init__(self, desk, database, folder):
        self.people, self._desk, self._database = desk.people, desk, database
        self._content = whole.fleet(folder / "fleet.xlsx", COUNT, "an").read_bytes()
        self.send()

    def send(self):
        people = self.people
        with people.work() as session:
            file = spool.keep(session, "fleet.xlsx", self._content, now=people.now)
        params = {"document": "?", "name": "fleet.xlsx", "language": "zh"}
        chat = people.telegram["qian"]
        self.id = people.do(workbook_tasks.open_task, "qian", chat, TaskKind.IMPORT, params, file_id=file).id
        with people.work() as session:
            session.get_one(WorkbookTask, self.id).state = {"confirmed": True, "keep": True, "restoring": False}

    def cancel(self):
        self.people.do(workbook_tasks.cancel, "qian", self.id)

    @property
    def status(self):
        return self.people.do(workbook_tasks.card, "qian", self.id).status

    def shown(self):
        """The card as its person sees it: a button below it comes too late."""
        return self._desk.tap("qian", CancelWorkbook(self.id))

    @property
    def kept(self):
        """In one picture of the database: the import goes on meanwhile."""
        with self._database.snapshot() as session:
            assert whole.halves(session) == []
            return whole.kept(session)

    async def work(self, until):
        """The bot is at work until something holds."""
        async with asyncio.timeout(PATIENCE), at_work(self.people, self._database):
            while not until():  # noqa: ASYNC110 — another process does it
                await asyncio.sleep(0.02)

    async def finish(self):
        await self.work(lambda: self.status in workbook_tasks.OVER)
        assert self.status is TaskStatus.DONE

    def assert_all_once(self):
        with self.people.work() as session:
            whole.assert_all_once(session, COUNT)


@pytest.fixture
def importing(desk, database, tmp_path):
    return Import(desk, database, tmp_path)


class TestKilled:
    async def test_it_is_done_again_and_every_row_comes_in_once(self, importing, processes):
        processes((2, COMMIT))
        await importing.finish()
        importing.assert_all_once()

    async def test_again_and_again_it_is_given_up_saying_what_is_kept(self, importing, processes):
        processes((1, BETWEEN), (1, "INSERT INTO contacts "), (1, BETWEEN))
        await importing.work(lambda: importing.status is TaskStatus.FAILED)
        assert 0 < importing.kept < COUNT
        assert f"已导入 {importing.kept} 行" in importing.shown()


class TestStopped:
    async def test_the_next_start_goes_on(self, importing, processes):
        processes((1, BETWEEN, "hold"))
        await importing.work(lambda: importing.kept)
        assert importing.status is TaskStatus.WAITING
        assert importing.kept < COUNT
        await importing.finish()
        importing.assert_all_once()


class TestCancelled:
    async def test_what_is_kept_stays_and_is_told_and_the_same_file_goes_on_at_once(self, importing, processes):
        processes((1, BETWEEN, "hold"))

        def cancelled():
            if importing.kept and importing.status is TaskStatus.RUNNING:
                importing.cancel()
            return importing.status is TaskStatus.CANCELLED

        await importing.work(cancelled)
        assert importing.kept < COUNT
        assert f"已导入 {importing.kept} 行" in importing.shown()
        importing.send()
        await importing.finish()
        importing.assert_all_once()
