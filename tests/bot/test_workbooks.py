"""What sees to the work on workbooks: a stop puts it back, the next start finishes it, and no process outlives who started it."""

import asyncio
import pickle
import sys
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from bot import workbooks
from bot.app import office_of
from bot.config import Settings
from bot.hop import Hop
from bot.locales import texts_for
from bot.sheet_words import Reasons, vocabulary
from bot.workbooks import Workbooks
from domain import spool, workbook_tasks
from domain.export_rights import Selection
from domain.filters import Filter
from domain.lists import Scope
from domain.models import TaskStatus
from domain.spreadsheets.bench import Brief
from domain.workbench import ORPHANED
from domain.workbook_tasks import TaskKind
from tests.domain.office import Office

PATIENCE = 60
WAITS = (sys.executable, "-c", 'import sys; print(\'{"phase": "writing"}\', flush=True); sys.stdin.buffer.read()')


@pytest.fixture
def people(database):
    return Office(database.unit_of_work).found()


@pytest.fixture
def task(people):
    """An export of a lead's team, open."""
    people.enter("an", "Ours")
    params = Selection(Scope.TEAM, Filter()).to_json() | {"language": "zh"}
    return people.do(workbook_tasks.open_task, "li", people.telegram["li"], TaskKind.EXPORT, params)


async def nothing_to_fetch(file_id):
    raise LookupError(file_id)


@asynccontextmanager
async def at_work(office, database):
    """The bot's part that does it."""
    hop = Hop(database)
    heard = asyncio.Event()
    house = replace(office_of(Settings()), clock=lambda _zone: office.now)
    at_work = Workbooks(hop, house, heard.set, nothing_to_fetch)
    running = asyncio.create_task(at_work.run())
    yield heard
    at_work.stop()
    await asyncio.wait_for(running, PATIENCE)


async def over(people, task, heard):
    """Wait until the work is."""
    while True:
        heard.clear()
        found = card(people, task)
        if found.status in workbook_tasks.OVER:
            return found
        await heard.wait()


def card(office, task):
    return office.do(workbook_tasks.card, "li", task.id)


class TestWork:
    async def test_it_is_done_and_its_file_waits_to_be_sent(self, people, database, task):
        async with asyncio.timeout(PATIENCE), at_work(people, database) as heard:
            done = await over(people, task, heard)
        assert (done.status, done.result) == (TaskStatus.DONE, {"count": 1})
        [told] = people.told("li", "file")
        with people.work() as session:
            assert spool.whole(session, told.body["file_id"]).content.startswith(b"PK")

    async def test_a_stop_puts_it_back_and_the_next_start_finishes_it(self, people, database, task, monkeypatch):
        commands = [WAITS]
        real = workbooks.command()
        monkeypatch.setattr(workbooks, "FIRST_BEAT", 0.1)
        monkeypatch.setattr(workbooks, "command", lambda: commands.pop() if commands else real)
        async with asyncio.timeout(PATIENCE), at_work(people, database) as heard:
            await heard.wait()
            assert card(people, task).status is TaskStatus.RUNNING
        assert card(people, task).status is TaskStatus.WAITING
        async with asyncio.timeout(PATIENCE), at_work(people, database) as heard:
            assert (await over(people, task, heard)).status is TaskStatus.DONE

    async def test_whoever_lost_the_right_meanwhile_is_told_so(self, people, database, task):
        people.set("li", role="sales")
        async with asyncio.timeout(PATIENCE), at_work(people, database) as heard:
            failed = await over(people, task, heard)
        assert (failed.status, failed.error["name"]) == (TaskStatus.FAILED, "NotAllowedError")
        assert people.told("li", "file") == []


class TestProcess:
    async def test_it_ends_with_whoever_started_it(self, people, database_url, task):
        with people.work() as session:
            [taken] = workbook_tasks.claim(session, now=people.now, limit=1)
        words = vocabulary(texts_for("zh"))
        brief = Brief(taken, database_url, people.policy, words, people.now, (words,), Reasons("zh", people.now))
        process = await asyncio.create_subprocess_exec(
            *workbooks.command(), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.DEVNULL
        )
        process.stdin.write(pickle.dumps(brief))
        process.stdin.close()
        assert await asyncio.wait_for(process.wait(), PATIENCE) == ORPHANED
        assert card(people, task).status is TaskStatus.RUNNING
