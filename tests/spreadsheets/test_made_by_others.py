"""Workbooks that other programs have made, or saved again: what they say comes in as from our own."""

import os
import shutil
import subprocess
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from sqlalchemy import select

from domain.models import Contact, Followup, Partner
from domain.seeding import seed_customers
from domain.stages import Stage
from tests.domain.office import borrowed
from tests.spreadsheets.desk import Desk, counts
from tests.spreadsheets.story import FIRMS, story
from tests.spreadsheets.test_round_trip import exported

FILES = Path(__file__).parent / "files"
SAVED_AGAIN = FILES / "saved-by-libreoffice.xlsx"
SOFFICE = shutil.which("soffice")
MAKE_FILES = "GONGHAI_MAKE_FILES"


def phone_of(office, customer):
    with office.work() as session:
        return session.scalars(select(Contact.phone).where(Contact.customer_id == customer.id, Contact.main)).one()


class TestLibreOffice:
    @pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not on this machine")
    def test_what_it_saves_again_comes_in_as_it_went_out(self, founded, tmp_path):
        with borrowed(founded) as before:
            with before.work() as session:
                seed_customers(session, story(before.ids), policy=before.policy, now=before.now)
            went_out = exported(before, tmp_path / "first.xlsx")
        saved = self.saved_again(tmp_path / "first.xlsx", tmp_path)
        with borrowed(founded) as after:
            summary = Desk(after, tmp_path).bring(saved)
            assert counts(summary) == {"done": FIRMS}, summary.examples
            assert exported(after, tmp_path / "second.xlsx") == went_out
        if os.environ.get(MAKE_FILES):
            shutil.copy(saved, SAVED_AGAIN)

    def test_what_it_saved_again_some_time_comes_in_with_every_cell(self, desk, tmp_path):
        summary = desk.bring(SAVED_AGAIN)
        assert counts(summary) == {"done": FIRMS}, summary.examples
        came_in, stood = exported(desk.office, tmp_path / "out.xlsx"), self.cells(SAVED_AGAIN)
        assert list(came_in) == list(stood)
        for sheet, [headings, *rows] in stood.items():
            places = [came_in[sheet][0].index(heading) for heading in headings]
            assert [[row[place] for place in places] for row in came_in[sheet][1:]] == rows

    def saved_again(self, path, folder):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(path)]
        subprocess.run(command, check=True, timeout=120, capture_output=True)
        return folder / "out" / path.name

    def cells(self, path):
        """All but the code of each customer, which is given anew."""
        return {sheet.title: [list(row[1:]) for row in sheet.values] for sheet in openpyxl.load_workbook(path)}


class TestXlsxWriter:
    """Dates as dates, numbers as numbers, also a phone; a bold header with a filter; texts within their cells or shared."""

    @pytest.fixture(params=[{}, {"constant_memory": True}, {"date_1904": True}], ids=str)
    def file(self, request, tmp_path):
        with xlsxwriter.Workbook(tmp_path / "list.xlsx", request.param) as book:
            bold, day = book.add_format({"bold": True, "bottom": 2}), book.add_format({"num_format": "d-mmm-yy"})
            minute, percent = book.add_format({"num_format": "yyyy/m/d h:mm"}), book.add_format({"num_format": "0.0%"})
            sheet = book.add_worksheet("客户清单")
            headings = (
                "序号",
                "电话",
                "客户名称",
                "城市",
                "客户来源",
                "联系人",
                "月货量",
                "录入时间",
                "签单期限",
                "负责人登录名",
            )
            sheet.write_row(0, 0, [*headings, "毛利"], bold)
            sheet.write_row(1, 0, [1, 13800000001, "青岛海沃轮胎有限公司", "青岛", "展会", "王芳", 24.5])
            sheet.write_datetime(1, 7, datetime(2025, 3, 1, 14, 5), minute)  # noqa: DTZ001 — a cell knows no zone
            sheet.write_datetime(1, 8, date(2026, 6, 30), day)
            sheet.write(1, 9, "an")
            sheet.write_formula(1, 10, "=G2/100", percent, 0.245)
            sheet.autofilter(0, 0, 1, len(headings))
            sheet.freeze_panes(1, 0)
            sheet.insert_textbox(4, 2, "合计见下")
        return tmp_path / "list.xlsx"

    def test_what_it_makes_comes_in(self, desk, file):
        assert counts(desk.bring(file)) == {"done": 1}
        kept = desk.named("青岛海沃轮胎有限公司")
        assert (kept.monthly_volume, kept.signing_deadline) == (Decimal("24.5"), date(2026, 6, 30))
        assert kept.created_at == datetime(2025, 3, 1, 6, 5, tzinfo=UTC)
        assert desk.office.owner(kept.id) == "an"
        assert phone_of(desk.office, kept) == "13800000001"


class TestPandas:
    """Cells of NaN, None and NaT, times for days, whole numbers as fractions, a heading without words over the index."""

    def test_what_it_made_comes_in(self, desk):
        summary = desk.bring(FILES / "made-by-pandas.xlsx")
        assert counts(summary) == {"done": 3}, summary.examples
        assert summary.wrong_details == 0
        first, second, third = map(desk.named, desk.names())
        assert phone_of(desk.office, first) == "13800000001"
        assert (first.level, second.level, second.monthly_volume) == ("A", None, Decimal("12.5"))
        assert (first.services, second.services) == (["fcl", "customs"], [])
        assert (first.remark, second.remark, third.remark) == (None, None, "007")
        assert third.created_at == datetime(2024, 12, 31, 15, 59, 59, tzinfo=UTC)
        assert (second.signing_deadline, third.stage) == (date(2026, 6, 30), Stage.COOPERATING)
        with desk.office.work() as session:
            said = session.scalars(select(Followup).where(Followup.customer_id == second.id).order_by(Followup.at)).all()
            assert session.get_one(Partner, third.partner_id).name == "四明水产"
        assert [(each.text, each.next_on) for each in said] == [("询问下半年货量", date(2025, 6, 15)), ("寄出报价", None)]

    def test_a_phone_that_was_once_a_number_loses_its_point_but_not_its_end(self, desk):
        row = {"客户名称": "Sailing One", "客户来源": "展会", "城市": "青岛", "联系人": "王芳"}
        desk.customers(row | {"电话": "13800000001.0"})
        assert phone_of(desk.office, desk.named("Sailing One")) == "13800000001"
        desk.customers(row | {"客户名称": "Sailing Three", "电话": "0532.85555.000"})
        assert phone_of(desk.office, desk.named("Sailing Three")) == "0532.85555.000"
        assert desk.reasons(row | {"客户名称": "Sailing Two", "电话": "1.38E+10"}) == ["电话: “1.38E+10” is not a phone number"]
