import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, create_engine, inspect, make_url, text

from domain import schema
from domain.db import Database
from domain.models import Base


def not_an_index_of_its_own_kind(name, kind, parents):
    """The search index has no like in the models: an FTS5 table with its shadows on SQLite, an array with GIN on PostgreSQL."""
    return not (name or "").startswith("customer_grams") and name not in ("grams", "ix_customer_search_grams")


def differences(database):
    with database.engine.connect() as connection:
        opts = {"compare_type": True, "compare_server_default": True, "include_name": not_an_index_of_its_own_kind}
        context = MigrationContext.configure(connection, opts=opts)
        return compare_metadata(context, Base.metadata)


@pytest.fixture
def empty(database_url, tmp_path):
    """A database without any schema."""
    if database_url.startswith("sqlite"):
        database = Database(f"sqlite:///{tmp_path / 'empty.db'}")
    else:
        wipe = create_engine(make_url(database_url).set(drivername="postgresql+psycopg"))
        with wipe.begin() as connection:
            connection.execute(text("DROP SCHEMA public CASCADE"))
            connection.execute(text("CREATE SCHEMA public"))
        wipe.dispose()
        database = Database(database_url)
    yield database
    database.dispose()


class TestModels:
    def test_they_are_what_the_migrations_make(self, database):
        assert differences(database) == []

    def test_a_column_the_migrations_lack_would_be_found(self, database):
        with database.engine.begin() as connection:
            connection.execute(text("ALTER TABLE customers DROP COLUMN website"))
        assert [(kind, column.name) for kind, _, _, column in differences(database)] == [("add_column", "website")]

    def test_every_check_of_theirs_is_in_the_database(self, database):
        expected = {
            (table.name, check.name)
            for table in Base.metadata.tables.values()
            for check in table.constraints
            if isinstance(check, CheckConstraint)
        }
        found = inspect(database.engine)
        kept = {(table, check["name"]) for table in Base.metadata.tables for check in found.get_check_constraints(table)}
        assert kept == expected


class TestUpgrade:
    def test_an_empty_database_comes_to_the_newest_version(self, empty):
        assert not schema.is_current(empty)
        schema.upgrade(empty)
        assert schema.is_current(empty)
        assert differences(empty) == []

    def test_a_second_time_changes_nothing(self, own_office, database):
        customer = own_office.enter("an")
        schema.upgrade(database)
        assert schema.is_current(database)
        assert own_office.owner(customer) == "an"

    def test_it_happens_whole_or_not_at_all(self, empty):
        with empty.engine.begin() as connection:
            connection.execute(text("CREATE TABLE outbox (id INTEGER)"))
        with pytest.raises(Exception, match="outbox"):
            schema.upgrade(empty)
        assert inspect(empty.engine).get_table_names() == ["outbox"]
