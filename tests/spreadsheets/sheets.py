"""Workbooks for the tests, written by a library that the product does not use."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

CUSTOMER = {"客户名称": "Sailing One", "客户来源": "exhibition", "城市": "Qingdao", "联系人": "Wang Fang", "电话": "13812345678"}


def customer(name: str, **cells: object) -> dict[str, object]:
    """A row that can be imported, with other cells where the test wants them."""
    return {**CUSTOMER, "客户名称": name, **cells}


def workbook(path: Path, **sheets: list[dict[str, object]]) -> Path:
    """A sheet of each title, its headings the keys of all rows; dates are written as Excel's own."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            headings = list(dict.fromkeys(heading for row in rows for heading in row))
            for place, heading in enumerate(headings):
                sheet.write_string(0, place, heading)
            for number, row in enumerate(rows, start=1):
                for place, heading in enumerate(headings):
                    write(sheet, number, place, row.get(heading), day)
    return path


def write(sheet, number: int, place: int, value: object, day) -> None:
    if isinstance(value, date) and not isinstance(value, datetime):
        sheet.write_datetime(number, place, datetime.combine(value, datetime.min.time()), day)
    elif isinstance(value, str):
        sheet.write_string(number, place, value)
    else:
        sheet.write(number, place, value)


def rewritten(path: Path, to: Path, change) -> Path:
    """The same package with each part as `change(name, content)` gives it back; a part of None is left out."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return to


def with_parts(path: Path, to: Path, **parts: bytes) -> Path:
    """The same package with more parts."""
    rewritten(path, to, lambda _, content: content)
    with zipfile.ZipFile(to, "a", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return to
