"""Files and cells with names that break things: every card of an import stands, in both languages, before the strict Telegram."""

import json
from http import HTTPStatus

import pytest

from bot.demo.stage import TOKEN
from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.parameters import Parameters
from bot.locales import LANGUAGES, texts_for
from bot.notices import rendering
from bot.payloads.imports import ChooseImportKind, ConfirmImport, SendReport
from bot.payloads.workbooks import CancelWorkbook
from bot.screens import TEXT_LIMIT, visible_length
from bot.sheet_words import Reasons, vocabulary
from domain import recycle_bin, spool, workbook_tasks
from domain.spreadsheets import work
from domain.spreadsheets.bench import Bench
from domain.workbook_errors import WorkbookError
from domain.workbook_tasks import Progress
from tests.bot.desk import Desk
from tests.bot.test_hostile_names import NASTY
from tests.spreadsheets.sheets import customer, workbook

CAPTION = 1024
FILES = ["海" * 200 + name.format(n=1) + ".xlsx" for name in NASTY] + ["<b>\u202e🚢" * 50, "a\nb\t.xlsx", "../../etc/passwd", ""]


class Reader:
    """An admin who sends one file; each card that comes of it is shown to Telegram."""

    def __init__(self, desk, database, language):
        self.desk, self.database, self.language = desk, database, language
        self.telegram = Telegram(TOKEN)
        self.telegram.people.add(desk.people.telegram["qian"], "Qian", started=True)
        desk.people.set("qian", language=language)

    async def sends(self, name, content=b""):
        await self.sees(self.desk.send_file("qian", name))
        now = self.desk.people.now
        with self.database.unit_of_work() as session:
            [self.task] = workbook_tasks.claim(session, now=now, limit=1)
            self.task = workbook_tasks.attach(session, self.task, spool.keep(session, name, content, now=now))

    async def sees(self, reply):
        assert visible_length(reply.text) <= TEXT_LIMIT
        assert all(button["text"].strip() for button in reply.buttons)
        params = {name: value for name, value in reply.params.items() if name != "message_id"}
        answer = await self.telegram.answer("sendMessage", Parameters(json.loads(json.dumps(params))))
        assert answer.status == HTTPStatus.OK, (answer.body, reply.text)
        return reply

    async def looks(self):
        """The card as it is: what is tapped here is never asked."""
        return await self.sees(self.desk.tap("qian", ChooseImportKind(self.task.id, "orders")))

    def works(self):
        """What the process would do."""
        people, known = self.desk.people, tuple(vocabulary(texts_for(language)) for language in LANGUAGES)
        words, say = vocabulary(texts_for(self.language)), Reasons(self.language, people.now)
        work.do(Bench(self.database, self.task, people.policy, words, lambda: people.now, lambda _: None, known, say))

    def goes_on(self, use_case, *args):
        with self.database.unit_of_work() as session:
            return use_case(session, self.task, *args, now=self.desk.people.now)

    def takes(self):
        with self.database.unit_of_work() as session:
            [self.task] = workbook_tasks.claim(session, now=self.desk.people.now, limit=1)

    def files(self):
        """What is sent to the chat as files."""
        people = self.desk.people
        for row in people.told("qian", "file"):
            with people.work() as session:
                yield rendering.render(session, row, policy=people.policy, bot_name="bot", now=people.now).params


@pytest.fixture(params=LANGUAGES)
def reader(request, database):
    return Reader(Desk(database), database, request.param)


class TestNames:
    async def test_of_files_stand_on_every_card_of_their_progress(self, reader):
        for name in FILES:
            await reader.sends(name)
            reader.goes_on(workbook_tasks.beat, Progress("keeping", 40, 100))
            assert "40 / 100" in await reader.looks()
            reader.goes_on(workbook_tasks.ask, {"file": name, "kinds": ["customers", "partners"]})
            await reader.sees(reader.desk.tap("qian", SendReport(reader.task.id)))
            await reader.sees(reader.desk.tap("qian", ChooseImportKind(reader.task.id, "customers")))
            reader.takes()
            reader.goes_on(workbook_tasks.fail, WorkbookError(name, "damaged"))
            await reader.looks()

    async def test_of_rows_stand_in_the_summary_the_question_and_the_report(self, reader, tmp_path):
        people = reader.desk.people
        binned = people.enter("an", NASTY[0].format(n=0))
        people.do(recycle_bin.delete, "qian", [binned])
        people.enter("an", NASTY[1].format(n=1))
        rows = [customer(name.format(n=number)) for number, name in enumerate(NASTY)]
        wrong = [customer("x" * 30 + name, 城市=name * 300, 级别=name, 电话=name, 负责人登录名=name) for name in NASTY]
        file = workbook(tmp_path / "rows.xlsx", 客户=[*rows, *wrong])
        await reader.sends(FILES[0], file.read_bytes())
        reader.works()
        asked = await reader.looks()
        assert [label[0] for label in asked.labels] == ["♻", "✅", "✖", "⬇"]
        assert "&lt;b&gt;" in asked.text
        assert "<b>0" not in asked.text
        await reader.sees(reader.desk.tap("qian", SendReport(reader.task.id)))
        await reader.sees(reader.desk.tap("qian", ConfirmImport(reader.task.id, restoring=True)))
        reader.takes()
        reader.works()
        await reader.looks()
        sent = list(reader.files())
        assert sent
        for params in sent:
            assert 0 < len(params["caption"]) <= CAPTION
            assert params["document"].filename.endswith(".xlsx")
            assert "\n" not in params["document"].filename

    async def test_of_files_stand_on_the_cards_of_those_that_are_refused_or_cancelled(self, reader):
        for name in FILES:
            await reader.sees(reader.desk.send_file("qian", name, size=30 << 20))
            await reader.sends(name)
            await reader.sees(reader.desk.tap("qian", CancelWorkbook(reader.task.id)))
