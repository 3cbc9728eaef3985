"""Pieces of work as rows: taken once, kept alive by beats, taken over from the dead, given up at last, seen by nobody else."""

from dataclasses import fields
from datetime import timedelta

import pytest

from domain import cards, spool, workbook_tasks
from domain.cards import Subject
from domain.errors import FileTooBigError, NotFoundError, StaleError, WorkbookUnderWayError
from domain.models import TaskStatus
from domain.workbook_tasks import LEASE, MOST_FAILURES, Progress, TaskKind, TaskLostError
from tests.domain.at_once import at_once


class Bench:
    """What the tests do with the work of one office."""

    def __init__(self, office):
        self.office = office

    def open(self, who="li", **params):
        chat = self.office.telegram[who]
        return self.office.do(workbook_tasks.open_task, who, chat, TaskKind.EXPORT, {"language": "zh", **params})

    def take(self, limit=9):
        return self._do(workbook_tasks.claim, limit=limit)

    def one(self):
        [task] = self.take()
        return task

    def beat(self, task, done=1):
        return self._do(workbook_tasks.beat, task, Progress("writing", done, 10))

    def card(self, task, who="li"):
        return self.office.do(workbook_tasks.card, who, task.id)

    def __getattr__(self, name):
        return lambda *args, **more: self._do(getattr(workbook_tasks, name), *args, **more)

    def _do(self, use_case, *args, **more):
        with self.office.work() as session:
            return use_case(session, *args, **more, **({} if use_case is workbook_tasks.give_back else {"now": self.office.now}))


@pytest.fixture
def bench(office):
    return Bench(office)


class TestOpening:
    def test_what_was_opened_waits_for_whoever_is_free(self, bench):
        card = bench.open(scope="team")
        assert (card.status, card.version) == (TaskStatus.WAITING, 1)
        task = bench.one()
        assert (task.id, task.user_id, task.params["scope"]) == (card.id, bench.office.ids["li"], "team")

    def test_one_at_a_time_for_a_person_and_no_matter_for_others(self, bench):
        bench.open()
        with pytest.raises(WorkbookUnderWayError):
            bench.open()
        bench.open("wu")

    def test_a_question_left_open_is_dropped_by_the_next_work(self, bench):
        asked = bench.open()
        bench.ask(bench.one(), {"new": 3})
        bench.open()
        assert bench.card(asked).status is TaskStatus.CANCELLED


class TestTaking:
    def test_it_is_taken_once(self, bench):
        bench.open()
        assert len(bench.take()) == 1
        assert bench.take() == []

    def test_no_more_is_taken_than_there_is_room_for_the_oldest_first(self, bench):
        first = bench.open("li")
        bench.open("wu")
        assert [task.id for task in bench.take(limit=1)] == [first.id]

    def test_beats_keep_it_for_as_long_as_it_takes(self, bench):
        bench.open()
        task = bench.one()
        for done in range(5):
            bench.office.later(seconds=LEASE.total_seconds() - 1)
            assert bench.beat(task, done)
            assert bench.take() == []

    def test_without_beats_another_takes_it_over_and_the_first_has_lost_it(self, bench):
        bench.open()
        dead = bench.one()
        bench.office.later(seconds=LEASE.total_seconds())
        alive = bench.one()
        assert not bench.beat(dead)
        for deed in (lambda: bench.finish(dead, {}), lambda: bench.ask(dead, {}), lambda: bench.note(dead, {"row": 7})):
            with pytest.raises(TaskLostError):
                deed()
        bench.finish(alive, {"count": 3})
        assert bench.card(alive).result == {"count": 3}

    def test_what_was_noted_is_what_the_next_one_goes_on_from(self, bench):
        bench.open()
        bench.note(bench.one(), {"row": 200})
        bench.office.later(seconds=LEASE.total_seconds())
        assert bench.one().state == {"row": 200}

    def test_two_replicas_never_take_the_same(self, own_office):
        bench = Bench(own_office)
        bench.open()
        assert sorted(map(len, at_once([bench.take, bench.take]))) == [0, 1]


class TestBreaking:
    def test_it_is_done_again_and_given_up_in_the_end(self, bench):
        card = bench.open()
        for _ in range(MOST_FAILURES):
            bench.broke(bench.one())
        assert bench.take() == []
        assert (bench.card(card).status, bench.card(card).error) == (TaskStatus.FAILED, {})

    def test_so_it_is_when_its_process_dies_each_time(self, bench):
        card = bench.open()
        for _ in range(MOST_FAILURES):
            bench.one()
            bench.office.later(seconds=LEASE.total_seconds())
        assert bench.take() == []
        assert bench.card(card).status is TaskStatus.FAILED

    def test_being_put_back_is_no_failure(self, bench):
        bench.open()
        for _ in range(MOST_FAILURES + 2):
            bench.give_back(bench.one())
        assert bench.one()

    def test_a_refusal_is_kept_with_its_data(self, bench):
        card = bench.open()
        error = FileTooBigError(60, 48)
        bench.fail(bench.one(), error)
        kept = {each.name: getattr(error, each.name) for each in fields(error)}
        assert bench.card(card).error == {"name": "FileTooBigError", **kept}


class TestAsking:
    def test_a_yes_sends_it_on_with_what_was_chosen(self, bench):
        card = bench.open()
        bench.ask(bench.one(), {"new": 3})
        assert bench.card(card).result == {"new": 3}
        bench.office.do(workbook_tasks.confirm, "li", card.id, {"restore": True})
        assert bench.one().state == {"confirmed": True, "restore": True}

    def test_a_second_yes_is_stale(self, bench):
        card = bench.open()
        bench.ask(bench.one(), {})
        bench.office.do(workbook_tasks.confirm, "li", card.id)
        with pytest.raises(StaleError):
            bench.office.do(workbook_tasks.confirm, "li", card.id)


class TestCancelling:
    def test_whoever_is_at_it_finds_out_with_his_next_beat(self, bench):
        card = bench.open()
        task = bench.one()
        bench.office.do(workbook_tasks.cancel, "li", card.id)
        assert not bench.beat(task)
        with pytest.raises(TaskLostError):
            bench.finish(task, {})
        assert bench.card(card).status is TaskStatus.CANCELLED

    def test_what_is_over_stays_as_it_is(self, bench):
        card = bench.open()
        bench.finish(bench.one(), {"count": 1})
        with pytest.raises(StaleError):
            bench.office.do(workbook_tasks.cancel, "li", card.id)
        assert bench.card(card).status is TaskStatus.DONE

    @pytest.mark.parametrize("who", ["qian", "zhao", "an"])
    def test_nobody_else_sees_it_or_stops_it_not_even_an_admin(self, bench, who):
        card = bench.open()
        for use_case in (workbook_tasks.card, workbook_tasks.cancel, workbook_tasks.confirm):
            with pytest.raises(NotFoundError):
                bench.office.do(use_case, who, card.id)


class TestMessage:
    def shown(self, bench, card):
        """Its message has arrived."""
        with bench.office.work() as session:
            place = {"chat_id": bench.office.telegram["li"], "message_id": 7, "user_id": bench.office.ids["li"]}
            about = {"subject": Subject.WORKBOOK, "subject_id": card.id, "version": card.version}
            cards.register(session, **place, **about, now=bench.office.now)

    def test_it_is_edited_with_progress_but_not_again_before_that_has_arrived(self, bench):
        self.shown(bench, bench.open())
        task = bench.one()
        for done in range(5):
            bench.beat(task, done)
        assert len(bench.office.told("li", "refresh")) == 1

    def test_it_is_edited_at_the_end_whatever_is_still_on_its_way(self, bench):
        card = bench.open()
        self.shown(bench, card)
        task = bench.one()
        bench.beat(task)
        bench.finish(task, {"count": 3})
        assert len(bench.office.told("li", "refresh")) == 2

    def test_the_file_is_told_once(self, bench):
        bench.open()
        task = bench.one()
        with bench.office.work() as session:
            file_id = spool.keep(session, "a.xlsx", b"1", now=bench.office.now)
        bench.finish(task, {"count": 3}, file_id=file_id)
        [told] = bench.office.told("li", "file")
        assert told.body == {"task_id": task.id, "file_id": file_id}


class TestSpool:
    def test_a_file_comes_back_whole_from_its_pieces(self, office):
        content = bytes(range(256)) * 10_000
        with office.work() as session:
            file_id = spool.keep(session, "客户.xlsx", content, now=office.now)
            assert spool.whole(session, file_id) == ("客户.xlsx", content)

    def test_poured_in_it_is_the_same(self, own_office, database, tmp_path):
        path = tmp_path / "a.xlsx"
        path.write_bytes(bytes(range(256)) * 10_000)
        with path.open("rb") as source:
            file_id = spool.pour(database, "a.xlsx", source, now=own_office.now)
        with own_office.work() as session:
            assert spool.whole(session, file_id).content == path.read_bytes()

    def test_once_dropped_it_is_gone(self, office):
        with office.work() as session:
            file_id = spool.keep(session, "a.xlsx", b"1", now=office.now)
            spool.drop(session, file_id)
            with pytest.raises(NotFoundError):
                spool.whole(session, file_id)

    def test_what_nobody_came_for_is_forgotten(self, bench):
        office = bench.office
        with office.work() as session:
            old = spool.keep(session, "old.xlsx", b"1", now=office.now)
        office.later(seconds=spool.KEEP.total_seconds() + 1)
        with office.work() as session:
            new = spool.keep(session, "new.xlsx", b"1", now=office.now)
            spool.forget_old(session, now=office.now)
            with pytest.raises(NotFoundError):
                spool.whole(session, old)
            assert spool.whole(session, new)

    def test_work_is_remembered_for_a_month(self, bench):
        card = bench.open()
        bench.finish(bench.one(), {})
        bench.office.later(days=29)
        bench.forget_old()
        assert bench.card(card)
        bench.office.at(bench.office.now.after(timedelta(days=2)))
        bench.forget_old()
        with pytest.raises(NotFoundError):
            bench.card(card)
