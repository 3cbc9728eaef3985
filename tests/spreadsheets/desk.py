"""Where workbooks are imported into the office of a story."""

from pathlib import Path

from sqlalchemy import select

from bot.locales import texts_for
from bot.sheet_words import Reasons, vocabulary
from domain.models import Customer
from domain.spreadsheets import gathering, report
from domain.spreadsheets.cleaning import Reader
from domain.spreadsheets.importing import Drive
from domain.spreadsheets.imports import Circumstances
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.plans import Plan, Summary
from domain.spreadsheets.scratch import Fate
from tests.domain.office import Office
from tests.spreadsheets.sheets import workbook

WORDS = [vocabulary(texts_for(language)) for language in ("en", "zh")]


class _Committing:
    """The office's units of work under the name that a database has for them."""

    def __init__(self, office: Office) -> None:
        self.unit_of_work = self.step_of_work = self.snapshot = office.work


class Desk:
    """One file after the other, imported by somebody (None: the command line)."""

    def __init__(self, office: Office, folder: Path) -> None:
        self.office, self.folder = office, folder
        self._files = 0

    def file(self, **sheets: list[dict[str, object]]) -> Path:
        self._files += 1
        return workbook(self.folder / f"file-{self._files}.xlsx", **sheets)

    def plan(self, path: Path, kind: SheetName, by: str | None = "qian") -> Plan:
        office = self.office
        gathered = gathering.gather(path, WORDS, kind=kind)
        known = Circumstances(office.ids[by] if by else None, office.policy, office.now, Reader(WORDS, office.now), "zh")
        return Plan(gathered, kind, known, Reasons("en", office.now))

    def drive(self, by: str | None = "qian", told=lambda *_: None) -> Drive:
        return Drive(_Committing(self.office), self.office.ids[by] if by else None, lambda: self.office.now, told)

    def look(self, path: Path, kind: SheetName = SheetName.CUSTOMERS, by: str | None = "qian") -> Plan:
        """The plan of a file, every row judged."""
        plan = self.plan(path, kind, by)
        self.drive(by).look(plan)
        return plan

    def bring(self, path: Path, kind: SheetName = SheetName.CUSTOMERS, by: str | None = "qian", **how) -> Summary:
        """Import a file to the end."""
        plan = self.look(path, kind, by)
        self.drive(by).keep(plan, **how)
        return plan.summary()

    def customers(self, *rows: dict[str, object], by: str | None = "qian", **sheets: list[dict[str, object]]) -> Summary:
        return self.bring(self.file(客户=list(rows), **sheets), by=by)

    def reasons(
        self, *rows: dict[str, object], kind: SheetName = SheetName.CUSTOMERS, title: str = "客户", **sheets
    ) -> list[str]:
        """Why each row would be left out; empty for a new one."""
        plan = self.look(self.file(**{title: list(rows)}, **sheets), kind)
        return [kept.reason or "" for kept in plan.gathered.scratch.every(kind)]

    def report(self, plan: Plan) -> Path:
        report.write(self.folder / "report.xlsx", plan, WORDS[0])
        return self.folder / "report.xlsx"

    def named(self, name: str) -> Customer:
        with self.office.work() as session:
            return session.scalars(select(Customer).where(Customer.name == name)).one()

    def names(self) -> list[str]:
        with self.office.work() as session:
            return list(session.scalars(select(Customer.name).order_by(Customer.id)))


def counts(summary: Summary) -> dict[str, int]:
    """How many rows have each fate."""
    return {fate.value: summary.counts[fate] for fate in Fate if summary.counts.get(fate)}
