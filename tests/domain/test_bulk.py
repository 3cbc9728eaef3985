"""Many rows in one go: every text arrives as it was, and a rule of the database that is broken undoes all of them."""

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from domain.bulk import insert_bulk, loading
from domain.models import Mark, TimelineEntry
from tests.domain.office import MONDAY

HOSTILE = [
    "a\tb",
    "two\nlines",
    "two\r\nlines",
    "\\N",
    "\\.",
    "\\",
    "\\t",
    "",
    " ",
    "NULL",
    "{a,b}",
    '"quoted"',
    "'); DROP TABLE marks; --",
    "<b>粗</b> 🚢",
    "青岛\u2028海航",
]


@pytest.fixture
def session(office):
    with office.work() as session:
        session.execute(delete(Mark))
        yield session


def marks(session):
    return dict(session.execute(select(Mark.name, Mark.value)).all())


def entry(event="entered", **columns):
    return {"at": MONDAY.utc, "actor_id": None, "event": event, "detail": {}, "customer_id": None, "user_id": None, **columns}


class TestRowsInBulk:
    def test_keep_every_text_as_it_was(self, session):
        insert_bulk(session, Mark, [{"name": f"n{n}", "value": text} for n, text in enumerate(HOSTILE)])
        assert marks(session) == {f"n{n}": text for n, text in enumerate(HOSTILE)}

    def test_keep_what_stands_inside_json(self, session):
        before = session.scalar(select(func.max(TimelineEntry.id))) or 0
        insert_bulk(session, TimelineEntry, [entry(detail={"text": text, "list": [text]}) for text in HOSTILE])
        kept = session.scalars(select(TimelineEntry.detail).where(TimelineEntry.id > before).order_by(TimelineEntry.id)).all()
        assert kept == [{"text": text, "list": [text]} for text in HOSTILE]

    def test_may_have_nothing_in_some_rows_of_a_column_and_in_all_of_another(self, office, session):
        before = session.scalar(select(func.max(TimelineEntry.id))) or 0
        insert_bulk(session, TimelineEntry, [entry(actor_id=office.ids["an"]), entry()])
        found = select(TimelineEntry.actor_id, TimelineEntry.user_id).where(TimelineEntry.id > before).order_by(TimelineEntry.id)
        assert session.execute(found).all() == [(office.ids["an"], None), (None, None)]

    def test_change_the_row_that_is_there_when_that_is_asked_for(self, session):
        for value in ("old", "new\t\\N"):
            insert_bulk(session, Mark, [{"name": "one", "value": value}, {"name": value, "value": "x"}], on="name")
        assert marks(session) == {"one": "new\t\\N", "old": "x", "new\t\\N": "x"}

    def test_are_none_of_them_there_when_one_is_refused(self, session):
        rows = [{"name": name, "value": "x"} for name in ("one", "two", "one")]
        with pytest.raises(IntegrityError), session.begin_nested():
            insert_bulk(session, Mark, rows)
        assert marks(session) == {}


class TestLoading:
    def test_brings_the_rows_of_several_tables_in(self, session):
        with loading(session):
            insert_bulk(session, Mark, [{"name": "one", "value": "x"}])
            insert_bulk(session, TimelineEntry, [entry("loaded")])
            insert_bulk(session, Mark, [{"name": "two", "value": "x"}])
        assert set(marks(session)) == {"one", "two"}
        assert session.scalar(select(func.count()).select_from(TimelineEntry).where(TimelineEntry.event == "loaded")) == 1

    def test_tells_of_a_refused_row_at_the_end_and_keeps_nothing(self, session):
        with pytest.raises(IntegrityError), session.begin_nested(), loading(session):  # noqa: PT012 — all of it is one load
            insert_bulk(session, Mark, [{"name": "one", "value": "x"}])
            insert_bulk(session, Mark, [{"name": "one", "value": "again"}])
            insert_bulk(session, Mark, [{"name": "two", "value": "x"}])
        assert marks(session) == {}

    def test_keeps_nothing_when_it_is_broken_off(self, session):
        with pytest.raises(ZeroDivisionError), session.begin_nested(), loading(session):  # noqa: PT012 — as above
            insert_bulk(session, Mark, [{"name": "one", "value": "x"}])
            raise ZeroDivisionError
        assert marks(session) == {}
        insert_bulk(session, Mark, [{"name": "later", "value": "x"}])
        assert set(marks(session)) == {"later"}
