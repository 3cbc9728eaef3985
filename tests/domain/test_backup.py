"""A copy of everything while people work, brought back whole, from either database into either."""

import shutil
import sqlite3
import threading
from contextlib import closing

import pytest
from sqlalchemy import select, text

from domain import approvals, backup, copying, restoring, schema, search
from domain.db import Database
from domain.errors import (
    BackupBrokenError,
    BackupExistsError,
    DatabaseInUseError,
    DatabaseNotEmptyError,
    NoBackupError,
)
from domain.models import Customer, Followup, TimelineEntry
from domain.presence import Presence
from tests.conftest import ENGINES
from tests.domain.office import Office


def silent(_table, _rows):
    pass


def everything(database):
    """Every row of every table, JSON as it is written."""
    sqlite = database.is_sqlite
    with database.reading() as connection:
        found = {table.name: connection.execute(copying._all(table, sqlite=sqlite)).all() for table in copying.tables()}
    return {name: [tuple(row) for row in rows] for name, rows in found.items()}


@pytest.fixture(params=ENGINES)
def elsewhere(request, tmp_path):
    """An empty database of either kind."""
    if request.param == "sqlite":
        made = Database(f"sqlite:///{tmp_path / 'elsewhere.db'}")
        yield made
        made.dispose()
        return
    server = request.getfixturevalue("postgresql")
    url = server.fresh()
    made = Database(url)
    yield made
    made.dispose()
    server.drop(url)


@pytest.fixture
def lived_in(own_office):
    """An office in which something has happened."""
    office = own_office
    office.enter("an", "青岛海航")
    office.in_pool("Given Up", last="xu")
    request = office.waiting("an", office.in_pool("Wanted", last="xu"))
    office.do(approvals.reject, "wu", [request])
    with office.work() as session:
        customer = session.scalars(select(Customer.id)).first()
        for attachment in (None, {"kind": "photo", "file_id": "ä"}):
            author = office.ids["an"]
            session.add(Followup(customer_id=customer, author_id=author, at=office.now.utc, text="called", attachment=attachment))
    return office


class TestABackup:
    def test_comes_back_whole_into_either_kind_of_database(self, lived_in, database, elsewhere, tmp_path):
        made = backup.make(database, tmp_path / "all.backup", told=silent)
        restoring.restore(tmp_path / "all.backup", elsewhere, told=silent)
        assert everything(elsewhere) == everything(database)
        assert made.rows == sum(len(rows) for rows in everything(database).values())
        assert schema.is_current(elsewhere)

    def test_is_worked_on_afterwards_as_before(self, lived_in, database, elsewhere, tmp_path):
        backup.make(database, tmp_path / "all.backup", told=silent)
        restoring.restore(tmp_path / "all.backup", elsewhere, told=silent)
        there = Office(elsewhere.unit_of_work)
        there.ids, there.telegram = lived_in.ids, lived_in.telegram
        known = {row[0] for row in everything(database)["customers"]}
        assert there.enter("bai", "Newcomer") not in known
        with elsewhere.unit_of_work() as session:
            found = session.scalars(select(Customer.name).where(search.holds(session, "海航"))).all()
            assert found == ["青岛海航"]
        with pytest.raises(elsewhere.trouble, match="append-only"), elsewhere.unit_of_work() as session:
            session.execute(text("DELETE FROM timeline"))
        with pytest.raises(elsewhere.trouble), elsewhere.unit_of_work() as session:
            session.execute(text("UPDATE customers SET created_by = 999999"))

    def test_of_an_older_version_is_searched_as_one_of_the_newest(self, lived_in, database, elsewhere, tmp_path):
        backup.make(database, tmp_path / "old.backup", told=silent)
        with closing(sqlite3.connect(tmp_path / "old.backup", isolation_level=None)) as opened:
            opened.executescript(
                "DELETE FROM customer_search; DELETE FROM customer_grams; DROP INDEX ix_cards_user_id;"
                "ALTER TABLE customers DROP COLUMN hands; UPDATE alembic_version SET version_num = '0013'"
            )
        restoring.restore(tmp_path / "old.backup", elsewhere, told=silent)
        with elsewhere.unit_of_work() as session:
            assert session.scalars(select(Customer.name).where(search.holds(session, "海航"))).all() == ["青岛海航"]

    def test_is_of_one_moment_while_others_write(self, lived_in, database, tmp_path):
        office, stop, entered = lived_in, threading.Event(), []

        def work():
            while not stop.is_set():
                entered.append(office.enter("an"))

        writing = threading.Thread(target=work)
        writing.start()
        try:
            while len(entered) < 3:
                stop.wait(0.01)
            backup.make(database, tmp_path / "busy.backup", told=silent)
        finally:
            stop.set()
            writing.join()
        kept = Database(f"sqlite:///{tmp_path / 'busy.backup'}")
        with kept.unit_of_work() as session:
            customers = set(session.scalars(select(Customer.id)))
            told = set(session.scalars(select(TimelineEntry.customer_id).where(TimelineEntry.event == "entered")))
        kept.dispose()
        assert set(entered[:3]) <= customers
        assert told == customers

    def test_is_one_file_for_its_owner_alone(self, lived_in, database, tmp_path):
        folder = tmp_path / "kept"
        folder.mkdir()
        backup.make(database, folder / "all.backup", told=silent)
        assert [path.name for path in folder.iterdir()] == ["all.backup"]
        assert (folder / "all.backup").stat().st_mode & 0o077 == 0

    def test_writes_over_nothing(self, database, tmp_path):
        (tmp_path / "mine").write_text("dear to me")
        with pytest.raises(BackupExistsError):
            backup.make(database, tmp_path / "mine", told=silent)
        assert (tmp_path / "mine").read_text() == "dear to me"


@pytest.fixture
def kept(sqlite_template, tmp_path):
    """A backup with a branch in it."""
    path = tmp_path / "kept.backup"
    shutil.copy(sqlite_template, path)
    with closing(sqlite3.connect(path)) as opened, opened:
        opened.execute("INSERT INTO branches (id, name) VALUES (7, '青岛')")
    return path


class TestRestoring:
    def test_takes_a_backup_of_an_older_version_and_leaves_the_file_as_it_is(self, kept, elsewhere, tmp_path):
        old = tmp_path / "old.backup"
        made = Database(f"sqlite:///{old}")
        schema.upgrade(made, to="0004")
        with made.engine.begin() as connection:
            connection.execute(text("INSERT INTO branches (id, name) VALUES (7, '青岛')"))
        made.dispose()
        before = old.read_bytes()
        restoring.restore(old, elsewhere, told=silent)
        assert everything(elsewhere)["branches"] == [(7, "青岛")]
        assert schema.is_current(elsewhere)
        assert old.read_bytes() == before

    def test_is_refused_where_somebody_is_at_home(self, kept, lived_in, database):
        before = everything(database)
        with pytest.raises(DatabaseNotEmptyError):
            restoring.restore(kept, database, told=silent)
        assert everything(database) == before

    def test_is_refused_while_a_bot_runs_there(self, kept, database):
        if database.is_sqlite:
            pytest.skip("the file's lock is the command's business")
        running = Presence(database)
        with running.entering():
            pass
        with pytest.raises(DatabaseInUseError):
            restoring.restore(kept, database, told=silent)
        running.leave()
        restoring.restore(kept, database, told=silent)

    @pytest.mark.parametrize("content", [b"", b"no database", None])
    def test_takes_nothing_that_is_no_backup(self, elsewhere, tmp_path, content):
        file = tmp_path / "odd"
        if content is not None:
            file.write_bytes(content)
        with pytest.raises(NoBackupError):
            restoring.restore(file, elsewhere, told=silent)

    def test_takes_no_backup_of_a_newer_version(self, kept, elsewhere):
        with closing(sqlite3.connect(kept)) as opened, opened:
            opened.execute("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(NoBackupError):
            restoring.restore(kept, elsewhere, told=silent)

    def test_takes_no_backup_that_was_damaged(self, kept, elsewhere):
        with closing(sqlite3.connect(kept)) as opened, opened:
            opened.execute("INSERT INTO departments (id, branch_id, name) VALUES (1, 99, 'of nowhere')")
        with pytest.raises(BackupBrokenError):
            restoring.restore(kept, elsewhere, told=silent)

    def test_that_breaks_leaves_the_database_empty(self, kept, elsewhere, monkeypatch):
        if elsewhere.is_sqlite:
            pytest.skip("SQLite copies the file as a whole")
        monkeypatch.setattr(search, "index", lambda *_: 1 / 0)
        with closing(sqlite3.connect(kept)) as opened, opened:
            opened.execute(
                "INSERT INTO customers (id, name, name_key, source, city, services, lanes, incoterms, stage, pooled_at,"
                " created_at) VALUES (1, 'a', 'a', 'x', 'x', '[]', '[]', '[]', 'potential', '2026-01-01', '2026-01-01')"
            )
        with pytest.raises(ZeroDivisionError):
            restoring.restore(kept, elsewhere, told=silent)
        assert not any(everything(elsewhere).values())
