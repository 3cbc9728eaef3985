"""Files that mean harm, or are not what they seem: each is refused or read within bounds, with one clear line."""

import resource
import zipfile
from dataclasses import replace

import pytest
import xlsxwriter

from bot.locales import LANGUAGES
from bot.sheet_words import Reasons
from domain.spreadsheets import reading
from domain.spreadsheets.limits import MIB, USUAL
from domain.spreadsheets.reading import SheetRow
from domain.workbook_errors import (
    WorkbookError,
)
from tests.domain.office import MONDAY
from tests.spreadsheets.sheets import customer, rewritten, with_parts, workbook

QUICK = replace(USUAL, cpu_seconds=10, seconds=20)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"
HEAD = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
TAIL = "</sheetData></worksheet>"
CELL = '<row r="{row}"><c r="{place}" t="inlineStr"><is><t>x</t></is></c></row>'


@pytest.fixture
def good(tmp_path):
    return workbook(tmp_path / "good.xlsx", 客户=[customer("Sailing One")])


def bytes_of(*pieces):
    return lambda path: path.write_bytes(b"".join(pieces))


def sheet_of(body):
    """The good workbook with another sheet in it, told in pieces so that it need not be in memory here."""

    def make(good, to):
        def change(name, content):
            return (HEAD + body + TAIL).encode() if name == SHEET else content

        return rewritten(good, to, change)

    return make


def part(name, content=b"x"):
    return lambda good, to: with_parts(good, to, **{name: content})


def declared(coding="utf-8"):
    bomb = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'

    def make(good, to):
        def change(name, content):
            if name != SHEET:
                return content
            return content.decode().replace("?>", "?>" + bomb, 1).replace("UTF-8", coding).encode(coding)

        return rewritten(good, to, change)

    return make


def zip_bomb(good, to):
    with_parts(good, to)
    with zipfile.ZipFile(to, "a", zipfile.ZIP_DEFLATED) as packed, packed.open("xl/media/big.xml", "w") as big:
        for _ in range(4):
            big.write(bytes(10 * MIB))
    return to


def flagged_encrypted(good, to):
    content = bytearray(good.read_bytes())
    at = -1
    while (at := content.find(b"PK\x01\x02", at + 1)) >= 0:
        content[at + 8] |= 1
    to.write_bytes(content)
    return to


def of_bytes(content):
    def make(_good, to):
        to.write_bytes(content)
        return to

    return make


def truncated(good, to):
    to.write_bytes(good.read_bytes()[:-400])
    return to


def scribbled(good, to):
    content = bytearray(good.read_bytes())
    with zipfile.ZipFile(good) as packed:
        at = packed.getinfo(SHEET).header_offset + 60
    content[at : at + 40] = bytes(40)
    to.write_bytes(content)
    return to


def plain_zip(_good, to):
    with zipfile.ZipFile(to, "w") as packed:
        packed.writestr("readme.txt", "hello")
    return to


def many_sheets(_good, to):
    with xlsxwriter.Workbook(to) as book:
        for _ in range(USUAL.sheets + 1):
            book.add_worksheet()
    return to


REFUSED = {
    "a zip bomb": ("bomb", zip_bomb),
    "an entity bomb": ("entities", declared()),
    "an entity bomb in UTF-16": ("entities", declared("utf-16-le")),
    "macros": ("macros", part("xl/vbaProject.bin")),
    "macros of Excel 4": ("macros", part("xl/macrosheets/sheet1.xml", b"<x/>")),
    "a password": ("encrypted", of_bytes(OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"))),
    "encrypted parts": ("encrypted", flagged_encrypted),
    "an old .xls": ("old_format", of_bytes(OLE + bytes(2000))),
    "a CSV renamed": ("not_a_workbook", of_bytes("客户名称,城市\nA,B\n".encode())),
    "an image": ("not_a_workbook", of_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))),
    "a zip of something else": ("not_a_workbook", plain_zip),
    "nothing at all": ("empty", of_bytes(b"")),
    "a truncated file": ("damaged", truncated),
    "a scribbled file": ("damaged", scribbled),
    "16,384 columns": ("too_many_columns", sheet_of(CELL.format(row=1, place="XFD1"))),
    "two corners far apart": (
        "too_much_memory",
        sheet_of(CELL.format(row=1, place="A1") + CELL.format(row=1_048_576, place="IV1048576")),
    ),
    "thousands of parts": ("too_many_parts", lambda good, to: with_parts(good, to, **{f"x/{n}": b"" for n in range(5_001)})),
    "many sheets": ("too_many_sheets", many_sheets),
}


def rows(path, limits=QUICK):
    return [part for part in reading.parts(path, limits=limits) if isinstance(part, SheetRow)]


class TestHostileFiles:
    @pytest.mark.parametrize("what", REFUSED)
    def test_each_is_refused_in_one_clear_line(self, good, tmp_path, what):
        problem, make = REFUSED[what]
        path = make(good, tmp_path / "hostile.xlsx")
        with pytest.raises(WorkbookError) as refused:
            rows(path)
        assert refused.value.problem == problem
        for language in LANGUAGES:
            line = Reasons(language, MONDAY)(refused.value)
            assert "hostile.xlsx" in line
            assert "\n" not in line

    def test_the_good_one_they_are_made_of_is_read(self, good):
        assert len(rows(good)) == 2

    def test_millions_of_blank_rows_end_the_sheet(self, good, tmp_path):
        blank = "".join(f'<row r="{n}"/>' for n in range(3, 1_000_000))
        path = sheet_of(CELL.format(row=1, place="A1") + CELL.format(row=2, place="A2") + blank * 2)(
            good, tmp_path / "blank.xlsx"
        )
        assert [row.number for row in rows(path)] == [1, 2]

    def test_what_stands_behind_a_thousand_blank_rows_is_not_looked_for(self, good, tmp_path):
        body = CELL.format(row=1, place="A1") + CELL.format(row=900, place="A900") + CELL.format(row=9_000, place="A9000")
        assert [row.number for row in rows(sheet_of(body)(good, tmp_path / "far.xlsx"))] == [1, 900]

    def test_external_links_are_left_alone(self, good, tmp_path):
        path = part("xl/externalLinks/externalLink1.xml", b"<externalLink/>")(good, tmp_path / "linked.xlsx")
        assert len(rows(path)) == 2

    def test_a_formula_is_its_last_value_and_nothing_more(self, tmp_path):
        with xlsxwriter.Workbook(tmp_path / "f.xlsx") as book:
            book.add_worksheet().write_formula("A1", '=cmd|" /C calc"!A0', value="harmless")
        assert reading.cells(rows(tmp_path / "f.xlsx")[0].line) == ["harmless"]


class TestBounds:
    """The reader's own, with bounds small enough to be met quickly; the same code meets the usual ones."""

    @pytest.mark.parametrize(
        ("problem", "bound"),
        [
            ("too_many_rows", {"rows": 3}),
            ("cell_too_long", {"cell": 20}),
            ("too_large", {"file": 100}),
            ("bomb", {"unpacked": 99}),
        ],
    )
    def test_each_is_kept(self, tmp_path, problem, bound):
        path = workbook(tmp_path / "full.xlsx", 客户=[customer(f"Sailing {n}", 备注="long " * 9) for n in range(5)])
        assert len(rows(path)) == 6
        with pytest.raises(WorkbookError) as refused:
            rows(path, replace(QUICK, **bound))
        assert refused.value.problem == problem

    def test_memory_ends_the_reader_and_not_us(self, good, tmp_path):
        body = CELL.format(row=1, place="A1") + CELL.format(row=1_048_576, place="IV1048576")
        path = sheet_of(body)(good, tmp_path / "wide.xlsx")
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        with pytest.raises(WorkbookError) as refused:
            rows(path, replace(QUICK, memory=700 * MIB))
        assert refused.value.problem == "too_much_memory"
        assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 700 * 1024
        assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50 * 1024

    def test_time_ends_it_too(self, good, tmp_path):
        blank = "".join(f'<row r="{n}"/>' for n in range(3, 1_000_000))
        path = sheet_of(CELL.format(row=1, place="A1") + blank)(good, tmp_path / "slow.xlsx")
        with pytest.raises(WorkbookError) as refused:
            rows(path, replace(QUICK, seconds=0.05))
        assert refused.value.problem == "too_slow"

    def test_a_reader_that_nobody_listens_to_ends(self, good):
        listening = reading.parts(good)
        next(listening)
        listening.close()
        with pytest.raises(StopIteration):
            next(listening)
