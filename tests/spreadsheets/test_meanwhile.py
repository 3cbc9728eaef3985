"""A customer of the file that somebody else enters while it is imported."""

from tests.spreadsheets.desk import counts
from tests.spreadsheets.sheets import customer


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
