"""Steps of work: transactions like any other, but for the disk; and how SQLite's writers wait for each other."""

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError, OperationalError

from domain import db
from domain.models import Mark
from tests.domain.at_once import begin

FULL, NORMAL = 2, 1


def mark(session, name):
    session.add(Mark(name=name, value="x"))


def marks(database):
    with database.snapshot() as session:
        return set(session.scalars(select(Mark.name)))


class TestAStep:
    def test_is_kept_whole(self, database):
        with database.step_of_work() as session:
            mark(session, "one")
            mark(session, "two")
        assert marks(database) >= {"one", "two"}

    def test_is_undone_when_it_raises(self, database):
        with pytest.raises(IntegrityError), database.step_of_work() as session:  # noqa: PT012 — the second of them
            mark(session, "one")
            session.flush()
            session.execute(insert(Mark).values(name="one", value="again"))
        assert "one" not in marks(database)

    def test_does_not_wait_for_the_disk_and_units_of_work_do(self, database):
        if not database.is_sqlite:
            pytest.skip("PostgreSQL waits in either")
        told = []
        for work in (database.unit_of_work, database.step_of_work, database.unit_of_work):
            with work() as session:
                told.append(session.connection().exec_driver_sql("PRAGMA synchronous").scalar())
        assert told == [FULL, NORMAL, FULL]

    def test_is_in_the_file_itself_when_that_is_asked_for(self, database):
        if database.file is None:
            pytest.skip("a server's affair")
        with database.step_of_work() as session:
            mark(session, "a mark of its own")
        assert b"a mark of its own" not in database.file.read_bytes()
        database.to_disk()
        assert b"a mark of its own" in database.file.read_bytes()


class TestTheWriter:
    @pytest.fixture(autouse=True)
    def _only_sqlite(self, database):
        if not database.is_sqlite:
            pytest.skip("PostgreSQL has many")

    def test_who_waits_for_it_gets_it_when_it_is_free(self, database):
        with database.unit_of_work() as session:
            mark(session, "first")
            session.flush()
            second = begin(lambda: self._mark(database, "second"))
        second.result(10)
        assert marks(database) >= {"first", "second"}

    def test_who_waits_too_long_is_told(self, database, monkeypatch):
        monkeypatch.setattr(db, "BUSY_SECONDS", 0.02)
        with database.unit_of_work() as session:
            mark(session, "first")
            session.flush()
            with pytest.raises(database.trouble, match="locked"):
                self._mark(database, "second")
        assert "second" not in marks(database)

    def test_who_only_reads_waits_for_nobody(self, database):
        with database.unit_of_work() as session:
            mark(session, "first")
            session.flush()
            assert "first" not in marks(database)
        assert "first" in marks(database)

    @staticmethod
    def _mark(database, name):
        with database.unit_of_work() as session:
            mark(session, name)

    @pytest.mark.timeout(60)
    def test_who_cannot_write_at_all_is_told_at_once(self, database, monkeypatch):
        monkeypatch.setattr(db, "BUSY_SECONDS", 600)
        reading = db.Database(f"sqlite:///file:{database.file}?mode=ro&uri=true")
        with pytest.raises(OperationalError, match="readonly"):
            self._mark(reading, "one")
        reading.dispose()
