"""Exports and imports under way: each in a process of its own, watched from here, its row kept alive, ended when cancelled.

What comes of it is written by that process itself (domain/workbench); here is only seen to it that it lives, and told how far
it is.
"""

import asyncio
import json
import os
import pickle
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import structlog
from telegram.error import TelegramError

import domain
from bot.hop import Hop
from bot.locales import LANGUAGES, texts_for
from bot.office import Office
from bot.sheet_words import Reasons, vocabulary
from domain import spool, workbook_tasks
from domain.db import Session
from domain.spreadsheets.bench import Brief
from domain.spreadsheets.vocabulary import Vocabulary
from domain.workbook_errors import (
    WorkbookError,
)
from domain.workbook_tasks import Progress, Task, TaskLostError

log = structlog.get_logger()

SIDE_BY_SIDE = 2
LOOK_AGAIN = 0.5
FIRST_BEAT, BEAT = 1.0, 3.0
"""Seconds until the message first tells how far the work is, and between two of its changes: what Telegram bears."""

_ROOT = Path(str(domain.__file__)).parents[1]
_TOLD = 4000
Fetch = Callable[[str], Awaitable[bytes]]
"""Gets a document from Telegram by its id."""


@dataclass
class _Bench:
    """One process at work, and the last that it said."""

    process: asyncio.subprocess.Process
    progress: Progress = Progress()  # noqa: RUF009 — frozen
    complaint: bytes = b""

    async def listen(self) -> None:
        """Until it ends."""
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        await asyncio.gather(self._follow(self.process.stdout), self._overhear(self.process.stderr))
        await self.process.wait()

    async def _follow(self, lines: asyncio.StreamReader) -> None:
        async for line in lines:
            self.progress = Progress(**json.loads(line))

    async def _overhear(self, stderr: asyncio.StreamReader) -> None:
        while part := await stderr.read(_TOLD):
            self.complaint = (self.complaint + part)[-_TOLD:]

    def end(self) -> None:
        """At once."""
        if self.process.returncode is None:
            self.process.kill()


class Workbooks:
    """Takes what waits, a few pieces of work at a time. `spoke` is called when one may have queued something to say.

    `fetch` gets the documents that people send.
    """

    def __init__(self, hop: Hop, office: Office, spoke: Callable[[], None], fetch: Fetch) -> None:
        self._hop, self._office, self._spoke, self._fetch = hop, office, spoke, fetch
        self._stopping = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Work until `stop` is called; what is under way then is put back for the next start."""
        await asyncio.to_thread(_known)
        async with asyncio.TaskGroup() as group:
            while not self._stopping.is_set():
                for brief in await self._take():
                    task = group.create_task(self._do(brief))
                    self._under_way.add(task)
                    task.add_done_callback(self._under_way.discard)
                await self._rest(LOOK_AGAIN)

    def stop(self) -> None:
        """Take no more, and end what is under way."""
        self._stopping.set()

    async def _rest(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return

    async def _take(self) -> list[Brief]:
        room = SIDE_BY_SIDE - len(self._under_way)
        if room <= 0:
            return []
        try:
            return await self._hop(lambda session: self._briefs(session, room))
        except Exception:  # the database is away: nothing was taken
            log.exception("workbooks_not_taken")
            return []

    def _briefs(self, session: Session, room: int) -> list[Brief]:
        now = self._office.now()
        tasks = workbook_tasks.claim(session, now=now, limit=room)
        policy = self._office.rules(session).policy if tasks else self._office.policy
        url = self._hop.database.url
        known = _known() if tasks else ()
        words = {each.language: each for each in known}
        said = [task.params["language"] for task in tasks]
        return [
            Brief(task, url, policy, words[language], now, known, Reasons(language, now))
            for task, language in zip(tasks, said, strict=True)
        ]

    async def _do(self, brief: Brief) -> None:
        task = brief.task
        with structlog.contextvars.bound_contextvars(workbook_task=task.id):
            try:
                task = await self._with_file(task)
                await self._watch(await _started(replace(brief, task=task)), task)
            except TelegramError as error:
                log.warning("workbook_not_fetched", why=repr(error))
                refusal = WorkbookError(task.params["name"], "not_fetched")
                await self._hop(lambda session: workbook_tasks.fail(session, task, refusal, now=self._office.now()))
            except TaskLostError:
                log.info("workbook_lost")
            except Exception:  # whatever went wrong here: its lease ends, and it is taken again
                log.exception("workbook_unwatched")
        self._spoke()

    async def _with_file(self, task: Task) -> Task:
        """The same work with the document that it is about, which only the bot can fetch. Raises TelegramError, TaskLostError."""
        if task.file_id is not None or "document" not in task.params:
            return task
        content = await self._fetch(task.params["document"])
        now = self._office.now()
        return await self._hop(
            lambda session: workbook_tasks.attach(session, task, spool.keep(session, task.params["name"], content, now=now))
        )

    async def _watch(self, bench: _Bench, task: Task) -> None:
        """Keep the row alive for as long as the process works; end the process when the work is no longer ours, or we stop."""
        listening = asyncio.ensure_future(bench.listen())
        stopping = asyncio.ensure_future(self._stopping.wait())
        ours, pause = True, FIRST_BEAT
        try:
            while ours and not (listening.done() or stopping.done()):
                await asyncio.wait([listening, stopping], timeout=pause, return_when=asyncio.FIRST_COMPLETED)
                pause = BEAT
                ours = listening.done() or await self._beat(task, bench.progress)
        finally:
            bench.end()
            stopping.cancel()
            await listening
        if ours:
            await self._ended(bench, task)

    async def _beat(self, task: Task, progress: Progress) -> bool:
        try:
            ours = await self._hop(lambda session: workbook_tasks.beat(session, task, progress, now=self._office.now()))
        except Exception:  # the database is away: the process will find out for itself
            log.exception("workbook_not_beaten")
            return True
        self._spoke()
        return ours

    async def _ended(self, bench: _Bench, task: Task) -> None:
        if bench.process.returncode == 0:
            return
        if self._stopping.is_set():
            await self._hop(lambda session: workbook_tasks.give_back(session, task))
            return
        log.error("workbook_broke", code=bench.process.returncode, why=bench.complaint.decode(errors="replace"))
        await self._hop(lambda session: workbook_tasks.broke(session, task, now=self._office.now()))


@cache
def _known() -> tuple[Vocabulary, ...]:
    """The words of every language: learnt at the start, for that takes a tenth of a second in which no tap would be answered."""
    return tuple(vocabulary(texts_for(language)) for language in LANGUAGES)


def command() -> tuple[str, ...]:
    """What starts a process that does the work."""
    return (sys.executable, "-m", "domain.workbench")


async def _started(brief: Brief) -> _Bench:
    """A process that is told what to do. Its input stays open for as long as this one lives."""
    process = await asyncio.create_subprocess_exec(
        *command(),
        env=_surroundings(),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    process.stdin.write(pickle.dumps(brief))
    return _Bench(process)


def _surroundings() -> dict[str, str]:
    """What surrounds this process, without its settings: the token is nothing to a workbook."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GONGHAI_")}
    return {**kept, "PYTHONPATH": os.pathsep.join(filter(None, [str(_ROOT), kept.get("PYTHONPATH")]))}
