"""kill -9 in the middle of an import, again and again: the same file goes on, every row comes in once, no customer by half."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from tests.domain.office import Office
from tests.spreadsheets import whole
from tests.spreadsheets.dying import BETWEEN, COMMIT, NEVER

ROOT = Path(__file__).parents[2]
COUNT, ROWS = 160, 20
DEATHS = (
    (1, "INSERT INTO contacts "),
    (2, BETWEEN),
    (1, "INSERT INTO timeline "),
    (3, COMMIT),
    (2, "imported_rows"),
)
"""In which chunk of a life, and where."""

CHUNKS = (0, 2, 2, 4, 5)
"""So many are there after each."""

KILLED = -9


@pytest.fixture
def people(database):
    return Office(database.unit_of_work).found()


@pytest.fixture
def file(tmp_path):
    return whole.fleet(tmp_path / "fleet.xlsx", COUNT, "an")


@pytest.fixture
def importing(database_url, file, tmp_path):
    """`gonghai customers import`, which dies where it is told to; its exit status, and what it said."""
    ours = {key: value for key, value in os.environ.items() if not key.startswith("GONGHAI_")}
    program = (sys.executable, "-m", "tests.spreadsheets.dying")
    settings = {"GONGHAI_DATABASE__URL": database_url, "LC_ALL": "en_GB.UTF-8"}
    fixed = {"words": ["customers", "import", str(file)], "settings": settings, "said": str(tmp_path / "said"), "rows": ROWS}
    with subprocess.Popen(program, cwd=ROOT, env=ours, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as nursery:

        def run(chunk=0, where=NEVER, *, lease=0.0):
            nursery.stdin.write(json.dumps({**fixed, "chunk": chunk, "where": where, "lease": lease}) + "\n")
            nursery.stdin.flush()
            answer = json.loads(nursery.stdout.readline())
            return answer["status"], answer["said"]

        yield run
        nursery.stdin.close()


class TestKilledInTheMiddleOfAnImport:
    def test_it_goes_on_and_every_row_comes_in_once(self, people, importing):
        for death, chunks in zip(DEATHS, CHUNKS, strict=True):
            assert importing(*death)[0] == KILLED, death
            with people.work() as session:
                assert (whole.kept(session), whole.halves(session)) == (chunks * ROWS, []), death
                assert len(whole.noted(session)) == chunks * ROWS
                assert whole.run(session).finished_at is None
        status, said = importing()
        assert (status, f"imported: {COUNT}" in said) == (0, True)
        with people.work() as session:
            whole.assert_all_once(session, COUNT)

    def test_at_once_it_is_refused_in_one_line_and_when_the_lease_has_ended_it_goes_on(self, people, importing):
        assert importing(2, COMMIT, lease=120)[0] == KILLED
        status, said = importing(lease=120)
        assert (status, said.splitlines()[-1]) == (1, "This file is being imported at the moment.")
        with people.work() as session:
            assert whole.kept(session) == ROWS
            whole.run(session).lease_until -= timedelta(seconds=121)
        assert importing(lease=120)[0] == 0
        with people.work() as session:
            whole.assert_all_once(session, COUNT)
