"""`gonghai jobs`: run now, as of a day, and looked at."""

import logging
from datetime import timedelta

import pytest
import structlog
from click.testing import CliRunner

from bot.__main__ import main
from domain import jobs
from domain.clock import now_in
from domain.jobs import JobName
from tests.domain.office import SHANGHAI, Office


@pytest.fixture
def gonghai(database_url, monkeypatch):
    """The command line; its logging ends with the test."""
    monkeypatch.setenv("GONGHAI_DATABASE__URL", database_url)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv("GONGHAI_LOG__LEVEL", "ERROR")
    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = list(root.handlers), root.level
    yield lambda *words: CliRunner().invoke(main, ["jobs", *words])
    root.handlers, root.level = handlers, level
    structlog.configure(**before)


@pytest.fixture
def office(database):
    made = Office(database.unit_of_work).found()
    made.at(now_in(SHANGHAI))
    return made


class TestRun:
    def test_warns_and_sweeps_as_of_a_day(self, gonghai, office):
        office.enter("an")
        due = office.now.today + timedelta(days=90)
        assert gonghai("run", "sweep", "--date", str(due + timedelta(days=1))).output.endswith(": nothing to do\n")
        warned = gonghai("run", "digest", "--date", str(due))
        assert (warned.exit_code, warned.output) == (0, f"Daily digest {due}: 1 warned of, 2 digests\n")
        swept = gonghai("run", "sweep", "--date", str(due + timedelta(days=1)))
        assert (swept.exit_code, swept.output) == (0, f"Daily sweep {due + timedelta(days=1)}: 1 released\n")

    def test_does_nothing_twice(self, gonghai, office):
        office.enter("an")
        due = str(office.now.today + timedelta(days=90))
        gonghai("run", "digest", "--date", due)
        assert gonghai("run", "digest", "--date", due).output == f"Daily digest {due}: 2 digests\n"

    def test_leaves_it_to_another_process_that_is_at_it(self, gonghai, database, office):
        with database.unit_of_work() as session:
            jobs.begin(session, JobName.SWEEP, now_in(SHANGHAI).today, now=now_in(SHANGHAI))
        refused = gonghai("run", "sweep")
        assert (refused.exit_code, refused.stderr) == (1, "Daily sweep is running in another process\n")

    @pytest.mark.parametrize("words", [("run",), ("run", "tidy"), ("run", "sweep", "--date", "tomorrow"), ("stop",)])
    def test_wrong_usage_is_exit_code_2(self, gonghai, words):
        assert gonghai(*words).exit_code == 2


class TestList:
    def test_says_when_each_ran_and_runs_next(self, gonghai, office):
        assert "sweep\tnever" in gonghai("list").output
        gonghai("run", "sweep")
        head, sweep, reminders, digest = gonghai("list").output.splitlines()
        assert head.startswith("job\t")
        assert sweep.split("\t")[2].endswith(" s")
        assert sweep.endswith("nothing to do")
        assert reminders.startswith("reminders\tnever")
        assert digest.startswith("digest\tnever")
