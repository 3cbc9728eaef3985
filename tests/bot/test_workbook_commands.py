"""`gonghai customers export` and `gonghai templates`: files that are there whole or not at all, a summary for programs."""

import json
import logging

import openpyxl
import pytest
import structlog
from click.testing import CliRunner

from bot.__main__ import main
from bot.locales import LANGUAGES, texts_for
from bot.sheet_words import vocabulary
from domain.spreadsheets.layout import CUSTOMERS, SheetName
from domain.spreadsheets.templates import TEMPLATES, file_name
from tests.domain.office import Office

ENGLISH = vocabulary(texts_for("en"))


@pytest.fixture
def people(database):
    return Office(database.unit_of_work).found()


@pytest.fixture
def gonghai(people, database_url, monkeypatch, tmp_path):
    """The command line in a folder of its own; its logging ends with the test."""
    monkeypatch.setenv("GONGHAI_DATABASE__URL", database_url)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.chdir(tmp_path)
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = list(root.handlers), root.level
    yield lambda *words: CliRunner().invoke(main, words)
    root.handlers, root.level = handlers, level
    structlog.configure(**before)


def cells(path, sheet):
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))


class TestExport:
    def test_everything_that_lives_goes_out_as_it_is_and_the_admins_hear_of_it(self, gonghai, people, tmp_path):
        people.enter("an", "Owned")
        people.in_pool("Pooled")
        people.in_bin("an", "Binned")
        done = gonghai("customers", "export", "a.xlsx")
        assert (done.exit_code, done.stdout) == (0, "Exported 2 customers: a.xlsx\n")
        heading, *rows = cells(tmp_path / "a.xlsx", "Customers")
        assert [row[1] for row in rows] == ["Owned", "Pooled"]
        assert {row[heading.index("Phone")] for row in rows} == {"13812345678"}
        [told] = people.told("qian", "exported")
        assert (told.body["by"], told.body["count"]) == (None, 2)

    def test_in_the_language_that_is_asked_for(self, gonghai, people, tmp_path):
        people.enter("an")
        assert gonghai("customers", "export", "a.xlsx", "--language", "zh").exit_code == 0
        assert cells(tmp_path / "a.xlsx", "客户")[0][1] == "客户名称"

    def test_a_program_reads_the_summary_and_nothing_else(self, gonghai, people):
        people.enter("an")
        done = gonghai("customers", "export", "a.xlsx", "--json")
        assert json.loads(done.stdout) == {"file": "a.xlsx", "customers": 1, "rows": 2}
        assert done.stderr == ""

    def test_nothing_to_export_leaves_no_file(self, gonghai, tmp_path):
        done = gonghai("customers", "export", "a.xlsx")
        assert (done.exit_code, done.stderr.splitlines()[-1]) == (1, "There is nothing to export.")
        assert list(tmp_path.glob("*a.xlsx*")) == []

    def test_a_place_that_cannot_be_written_is_named(self, gonghai, people):
        people.enter("an")
        done = gonghai("customers", "export", "nowhere/a.xlsx")
        assert done.exit_code == 1
        assert done.stderr.splitlines()[-1] == "Cannot write nowhere/a.xlsx: No such file or directory"


def unshown(sheet):
    """Only the signed have a partner, and the example is a potential one."""
    return ["linked_partner"] if sheet is CUSTOMERS else []


class TestTemplates:
    def test_one_for_each_kind_and_their_names_are_printed(self, gonghai, tmp_path):
        done = gonghai("templates", "new/folder")
        assert done.exit_code == 0
        assert sorted(done.stdout.split("\n")[:-1]) == sorted(f"new/folder/{file_name(kind, ENGLISH)}" for kind in TEMPLATES)
        assert len(list((tmp_path / "new/folder").iterdir())) == len(TEMPLATES)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_each_has_stars_an_example_to_pass_over_drop_downs_and_hints(self, gonghai, tmp_path, language):
        words = vocabulary(texts_for(language))
        assert gonghai("templates", "t", "--language", language).exit_code == 0
        for kind, sheets in TEMPLATES.items():
            book = openpyxl.load_workbook(tmp_path / "t" / file_name(kind, words))
            assert book.sheetnames == [*(words.sheets[sheet.name] for sheet in sheets), words.phrases["hints"]]
            for sheet in sheets:
                page = book[words.sheets[sheet.name]]
                taken = [column for column in sheet.columns if column.taken]
                assert [cell.value for cell in page[1]] == [
                    words.headings[column.key] + "*" * column.required for column in taken
                ]
                assert [c.key for c, cell in zip(taken, page[2], strict=True) if cell.value is None] == unshown(sheet)
                assert words.is_example(page.cell(2, 1).value)
            assert len(list(book[words.phrases["hints"]].rows)) > len(taken)

    def test_a_drop_down_offers_the_words_that_an_import_reads(self, gonghai, tmp_path):
        gonghai("templates", "t")
        page = openpyxl.load_workbook(tmp_path / "t" / file_name(SheetName.CUSTOMERS, ENGLISH))["Customers"]
        offered = {each.formula1 for each in page.data_validations.dataValidation}
        stage = CUSTOMERS.column("stage")
        assert f'"{",".join(ENGLISH.word(stage, code) for code in stage.words)}"' in offered
        assert max(map(len, offered)) <= 255, "Excel takes no longer list"

    def test_a_real_name_is_no_example(self):
        assert not ENGLISH.is_example("Exemplary Freight")
        assert ENGLISH.is_example("example： Freight")
