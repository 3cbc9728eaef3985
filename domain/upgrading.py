"""A database with something in it brought to the newest version: its schema, and then what that version searches."""

from domain import schema, search
from domain.db import Database


def upgrade(database: Database) -> None:
    """Bring the schema to the newest version, and make every customer findable as that version finds them."""
    schema.upgrade(database)
    with database.unit_of_work() as session:
        search.index_missing(session)
