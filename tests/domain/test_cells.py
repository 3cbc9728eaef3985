"""Cells: no text acts as a formula in any spreadsheet, and every text reads back exactly as it was."""

import re
from datetime import date, datetime
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.locales import texts_for
from bot.sheet_words import vocabulary
from domain.spreadsheets.cells import LONGEST
from domain.spreadsheets.layout import CONTACTS, CUSTOMERS, FOLLOWUPS, OWNERS
from domain.spreadsheets.writing import Book
from tests.domain.office import MONDAY

WORDS = vocabulary(texts_for("zh"))
HOSTILE = (
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+86 138 1234 5678",
    "-2+3",
    "@SUM(1,1)",
    "\t=1+1",
    "\r=1+1",
    " =1+1",
    "\n=1+1",
    "＝1+1",
    "﹢1",
    "\u200b=1",
    "#N/A",
    "#REF!",
    "=",
    "TRUE",
    "00123",
    "1e5",
    "2026-11-25",
)


def written(tmp_path, *texts):
    """A workbook with these texts as names of contacts."""
    book = Book(WORDS, author="王丽", now=MONDAY)
    book.add(CONTACTS).extend([["C000001", "海航", text, None, None, None, None, None] for text in texts])
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def read(path):
    """The cells of those names as they stand in the file."""
    return [row[2] for row in openpyxl.load_workbook(path).active.iter_rows(min_row=2)]


def without_controls(text):
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text.replace("\r\n", "\n").replace("\r", "\n"))


class TestText:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_it_is_text_whatever_it_looks_like_and_reads_back_as_it_was(self, tmp_path, text):
        path = written(tmp_path, text)
        [cell] = read(path)
        assert (cell.data_type, cell.value) == ("s", without_controls(text))
        with ZipFile(path) as parts:
            assert b"<f" not in parts.read("xl/worksheets/sheet1.xml")

    @pytest.mark.parametrize("text", [text for text in HOSTILE if text.strip()[0] in "=+-@#＝﹢"])
    def test_typing_over_it_does_not_wake_a_formula(self, tmp_path, text):
        [cell] = read(written(tmp_path, text))
        assert cell.quotePrefix

    def test_ordinary_text_is_marked_in_no_way(self, tmp_path):
        assert not any(
            cell.quotePrefix for cell in read(written(tmp_path, "王芳", "Wang Fang", "（上海）中远", "3M", "'quoted'"))
        )

    @settings(max_examples=60, deadline=None)
    @given(texts=st.lists(st.text(st.characters(codec=None), max_size=20), min_size=1, max_size=20))
    @example(texts=["\ud800", "\ufffe", "\x00=1", "a\x0bb", "_x0041_", "  two  ", "<&>\"'", "🚢"])
    def test_any_text_is_either_itself_or_nothing(self, tmp_path_factory, texts):
        cells = read(written(tmp_path_factory.mktemp("any"), *texts))
        assert [cell.value or "" for cell in cells] == [without_controls(text) for text in texts]
        assert all(cell.data_type in ("s", "n") for cell in cells)

    def test_more_than_a_cell_takes_is_cut(self, tmp_path):
        [cell] = read(written(tmp_path, "长" * (LONGEST + 5)))
        assert len(cell.value) == LONGEST


class TestColumns:
    def customer(self, **values):
        return [values.get(column.key) for column in CUSTOMERS.columns]

    def cells(self, tmp_path, sheet, *rows):
        book = Book(WORDS, author="王丽", now=MONDAY)
        book.add(sheet).extend(rows)
        book.save(tmp_path / "a.xlsx")
        page = openpyxl.load_workbook(tmp_path / "a.xlsx").active
        return {column.key: page.cell(2, place) for place, column in enumerate(sheet.columns, 1)}

    def test_phones_and_codes_are_text_and_days_are_days(self, tmp_path):
        code = "91370200MA48008454"
        row = self.customer(phone="013812345678", credit_code=code, signing_deadline=date(2026, 5, 31))
        cells = self.cells(tmp_path, CUSTOMERS, row)
        assert (cells["phone"].value, cells["credit_code"].value) == ("013812345678", code)
        assert cells["signing_deadline"].value == datetime(2026, 5, 31)  # noqa: DTZ001 — a cell knows no zone
        assert cells["signing_deadline"].is_date

    def test_an_instant_stands_on_the_organisations_clock(self, tmp_path):
        cells = self.cells(
            tmp_path, CUSTOMERS, self.customer(created_at=MONDAY.utc, last_order_at=MONDAY.start_of_day(MONDAY.today))
        )
        assert cells["created_at"].value == datetime(2026, 3, 2, 9)  # noqa: DTZ001 — as above
        assert cells["last_order_at"].value == datetime(2026, 3, 2)  # noqa: DTZ001 — as above

    def test_codes_and_lists_are_worded(self, tmp_path):
        row = self.customer(stage="quoting", services=["fcl", "air"], lanes=[["青岛", "汉堡"], ["CNNGB", "USLAX"]], level="A")
        cells = self.cells(tmp_path, CUSTOMERS, row)
        shown = [cells[key].value for key in ("stage", "services", "lanes", "level")]
        assert shown == ["报价阶段", "整箱; 空运", "青岛 → 汉堡; CNNGB → USLAX", "A"]

    def test_a_word_of_somebodys_own_is_no_formula_either(self, tmp_path):
        cells = self.cells(tmp_path, CUSTOMERS, self.customer(services=["=1+1"], lanes=[["@a", "b"]], incoterms=["+x"]))
        assert all(cells[key].data_type == "s" and cells[key].quotePrefix for key in ("services", "lanes", "incoterms"))

    def test_empty_lists_leave_empty_cells(self, tmp_path):
        cells = self.cells(tmp_path, CUSTOMERS, self.customer(services=[], lanes=[]))
        assert cells["services"].value is cells["lanes"].value is None


class TestSheets:
    @pytest.mark.parametrize("sheet", [CUSTOMERS, CONTACTS, FOLLOWUPS, OWNERS], ids=lambda sheet: sheet.name)
    def test_the_header_is_frozen_filtered_and_wide_enough(self, tmp_path, sheet):
        book = Book(WORDS, author="王丽", now=MONDAY)
        book.add(sheet)
        book.save(tmp_path / "a.xlsx")
        page = openpyxl.load_workbook(tmp_path / "a.xlsx")[WORDS.sheets[sheet.name]]
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref == page.dimensions
        assert [cell.value for cell in page[1]] == [WORDS.headings[column.key] for column in sheet.columns]
        assert [page.column_dimensions[cell.column_letter].width for cell in page[1]] == [
            column.width for column in sheet.columns
        ]

    def test_who_made_it_and_when_is_in_its_properties(self, tmp_path):
        properties = openpyxl.load_workbook(written(tmp_path, "a")).properties
        assert properties.creator == "王丽"
        assert properties.created == MONDAY.utc.replace(tzinfo=None)
