"""A customer of the file that somebody else enters while it is imported."""

from domain import editing
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.scratch import Fate
from tests.spreadsheets.desk import counts
from tests.spreadsheets.sheets import customer


class TestATwinThatGoes:
    def test_within_a_step_in_which_another_comes_is_told_of_as_it_is_then(self, desk, monkeypatch):
        goes = desk.office.enter("an", "Sailing One")
        plan = desk.plan(desk.file(客户=[customer("Sailing One"), customer("Sailing Two")]), SheetName.CUSTOMERS)
        judge = plan._importing.judge

        def judged(session, prepared):
            monkeypatch.setattr(plan._importing, "judge", judge)
            found = judge(session, prepared)
            desk.office.do(editing.edit, "an", goes, {"name": "Sailing Three"})
            desk.office.enter("an", "Sailing Two")
            return found

        monkeypatch.setattr(plan._importing, "judge", judged)
        desk.drive().keep(plan)
        assert counts(plan.summary()) == {"done": 1, "duplicate": 1}
        assert [kept.fate for kept in plan.gathered.scratch.every(SheetName.CUSTOMERS)] == [Fate.DONE, Fate.DUPLICATE]


class TestATwinThatComesIn:
    def test_between_the_look_and_the_import_is_a_duplicate_then(self, desk):
        plan = desk.look(desk.file(客户=[customer("Sailing One"), customer("Sailing Two")]))
        desk.office.enter("an", "Sailing Two")
        desk.drive().keep(plan)
        assert counts(plan.summary()) == {"done": 1, "duplicate": 1}

    def test_within_a_step_is_a_duplicate_then(self, desk, monkeypatch):
        plan = desk.look(desk.file(客户=[customer("Sailing One"), customer("Sailing Two")]))
        judge = plan._importing.judge

        def judged(session, prepared):
            monkeypatch.setattr(plan._importing, "judge", judge)
            found = judge(session, prepared)
            desk.office.enter("an", "Sailing Two")
            return found

        monkeypatch.setattr(plan._importing, "judge", judged)
        desk.drive().keep(plan)
        assert counts(plan.summary()) == {"done": 1, "duplicate": 1}
        assert sorted(desk.names()) == ["Sailing One", "Sailing Two"]
