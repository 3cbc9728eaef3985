"""`gonghai … import FILE`: progress in plain lines, a summary, a report beside the file, exit codes."""

import json
import logging

import pytest
import structlog
from click.testing import CliRunner

from bot.__main__ import main
from domain.models import Customer
from tests.domain.office import Office
from tests.spreadsheets.sheets import customer, workbook


@pytest.fixture
def gonghai(database_url, monkeypatch):
    """The command line; its logging ends with the test."""
    monkeypatch.setenv("GONGHAI_DATABASE__URL", database_url)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = list(root.handlers), root.level
    yield lambda *words: CliRunner().invoke(main, [str(word) for word in words])
    root.handlers, root.level = handlers, level
    structlog.configure(**before)


@pytest.fixture
def people(database):
    return Office(database.unit_of_work).found()


@pytest.fixture
def file(tmp_path):
    return workbook(tmp_path / "list.xlsx", 客户=[customer("Sailing One"), customer("Sailing Two", 城市="")])


def names(database):
    with database.unit_of_work() as session:
        return [each.name for each in session.query(Customer)]


class TestCustomersImport:
    def test_keeps_what_it_can_and_reports_the_rest(self, gonghai, database, file):
        done = gonghai("customers", "import", file)
        report = file.with_suffix(".report.xlsx")
        assert done.exit_code == 0
        assert done.stdout.splitlines() == [
            "Customers, 2 rows",
            "imported: 1",
            "refused: 1",
            "• row 3: 城市: must be filled in",
            f"Report: {report}",
        ]
        assert done.stderr.splitlines() == ["Reading…", "Importing…"]
        assert report.exists()
        assert names(database) == ["Sailing One"]

    def test_a_dry_run_writes_nothing(self, gonghai, database, file):
        done = gonghai("customers", "import", file, "--dry-run")
        assert done.exit_code == 0
        assert "new: 1" in done.stdout
        assert "A dry run: nothing was written." in done.stdout
        assert names(database) == []

    def test_programs_read_a_summary(self, gonghai, file, tmp_path):
        done = gonghai("customers", "import", file, "--json", "--report", tmp_path / "why.xlsx")
        told = json.loads(done.stdout)
        assert (told["kind"], told["rows"], told["counts"]["done"], told["counts"]["refused"]) == ("customers", 2, 1, 1)
        assert told["reasons"]["refused"] == [{"row": 3, "reason": "城市: must be filled in"}]
        assert told["report"] == str(tmp_path / "why.xlsx")
        assert done.stderr == ""

    def test_the_same_file_again_is_refused_with_exit_code_1(self, gonghai, database, file):
        gonghai("customers", "import", file)
        again = gonghai("customers", "import", file)
        assert again.exit_code == 1
        assert again.stderr.splitlines()[-1].startswith("This file was imported on")
        assert names(database) == ["Sailing One"]

    def test_a_row_in_the_recycle_bin_stays_there_and_a_dry_run_says_how_it_comes_back(self, gonghai, people, file):
        binned = people.in_bin("an", "Sailing One")
        tried = gonghai("customers", "import", file, "--dry-run").stdout.splitlines()
        at = tried.index("in the recycle bin: 1")
        assert tried[at + 1].startswith("• row 2: “Sailing One” was deleted by An on")
        assert "Customers in the recycle bin come back when the import is given --restore." in tried
        done = gonghai("customers", "import", file)
        assert "Customers in the recycle bin can be restored in /bin." in done.stdout
        assert people.customer(binned).deleted_at is not None

    def test_with_restore_it_comes_back_and_the_others_come_in(self, gonghai, people, tmp_path):
        binned = people.in_bin("an", "Sailing One")
        file = workbook(tmp_path / "both.xlsx", 客户=[customer("Sailing One"), customer("Sailing Two")])
        assert "new: 1" in gonghai("customers", "import", file, "--dry-run", "--restore").stdout
        assert people.customer(binned).deleted_at is not None
        done = gonghai("customers", "import", file, "--restore")
        assert done.stdout.splitlines() == ["Customers, 2 rows", "imported: 1", "restored: 1"]
        assert people.customer(binned).deleted_at is None
        assert [(entry.event, entry.actor_id) for entry in people.timeline(binned)][-1] == ("restored", None)

    def test_what_its_rule_does_not_let_come_back_is_refused_saying_why(self, gonghai, people, tmp_path):
        code = "91350211M00010000T"
        binned = people.in_bin("an", "Sailing One")
        with people.work() as session:
            session.get_one(Customer, binned).credit_code = code
        people.enter("bai", "Sailing One")
        file = workbook(tmp_path / "one.xlsx", 客户=[customer("Sailing Two", 统一社会信用代码=code)])
        done = gonghai("customers", "import", file, "--restore")
        assert done.stdout.splitlines()[:3] == [
            "Customers, 1 row",
            "refused: 1",
            "• row 2: This customer exists: “Sailing One”, with Bai.",
        ]
        assert people.customer(binned).deleted_at is not None

    def test_only_customers_have_a_bin(self, gonghai, tmp_path):
        assert gonghai("partners", "import", workbook(tmp_path / "p.xlsx", 合作伙伴=[]), "--restore").exit_code == 2

    def test_what_is_no_workbook_is_refused_in_one_line(self, gonghai, tmp_path):
        (tmp_path / "list.xlsx").write_text("a,b\n")
        refused = gonghai("customers", "import", tmp_path / "list.xlsx")
        assert (refused.exit_code, refused.stderr) == (1, "list.xlsx is not an Excel workbook (.xlsx).\n")

    def test_a_file_that_is_not_there_is_wrong_usage(self, gonghai, tmp_path):
        assert gonghai("customers", "import", tmp_path / "no.xlsx").exit_code == 2

    def test_a_template_as_it_comes_has_nothing_to_import(self, gonghai, database, tmp_path):
        gonghai("templates", tmp_path)
        for path in sorted(tmp_path.glob("*.xlsx")):
            kinds = [kind for kind in ("customers", "users", "partners", "orders") if kind in path.stem.lower()]
            done = gonghai(kinds[0], "import", path)
            assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "There is nothing to import."), path
        assert names(database) == []
