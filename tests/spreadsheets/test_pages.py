"""Texts that are written past the library read back as those that it writes itself."""

from datetime import datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from domain.spreadsheets import cells, pages
from domain.spreadsheets.cells import Quoted
from domain.spreadsheets.pages import Page

AWKWARD = [
    "<b>&amp;</b>",
    "]]>",
    "\"both\" 'kinds'",
    " spaced ",
    "two\nlines\n",
    "a\tb",
    "\u200f\u202e",
    "😀" * 40,
    "&#10;",
    "_x000D_",
]
NOON = datetime(2026, 3, 2, 12, 0)  # noqa: DTZ001 — a workbook's cells know no zone
TYPED = [5, 2.5, True, NOON, Quoted("=1+1"), None, "last"]


def read_back(path, rows):
    """The rows of a workbook into which they were written."""
    workbook = Workbook(write_only=True)
    page = Page(workbook, "Sheet")
    workbook._add_sheet(page)
    for row in rows:
        page.append(row)
    workbook.save(path)
    sheet = openpyxl.load_workbook(path)["Sheet"]
    return [[(cell.value, cell.data_type, cell.quotePrefix) for cell in row] for row in sheet.iter_rows()]


@pytest.fixture(params=["straight", "by the library"])
def way(request, monkeypatch):
    if request.param != "straight":
        monkeypatch.setattr(pages, "straight", lambda _: None)


def test_awkward_texts_come_back_as_they_went(tmp_path, way):
    assert read_back(tmp_path / "a.xlsx", [AWKWARD]) == [[(text, "s", False) for text in AWKWARD]]


def test_other_values_keep_their_kinds_beside_texts(tmp_path, way):
    [row] = read_back(tmp_path / "a.xlsx", [TYPED])
    assert row == [
        (5, "n", False),
        (2.5, "n", False),
        (True, "b", False),
        (NOON, "d", False),
        ("=1+1", "s", True),
        (None, "n", False),
        ("last", "s", False),
    ]


@given(st.lists(st.text(max_size=20), min_size=1, max_size=8))
def test_whatever_a_cell_takes_comes_back(tmp_path_factory, texts):
    kept = [cell for cell in map(cells.text, texts) if isinstance(cell, str)]
    [row] = read_back(tmp_path_factory.mktemp("page") / "a.xlsx", [[*kept, "end"]])
    assert [value for value, _, _ in row] == [*kept, "end"]
