"""Buttons of an import: what it holds, 确认 · 恢复 · 下载报告."""

from bot.callbacks import OpenMenu
from bot.payloads.imports import ChooseImportKind, ConfirmImport, SendReport
from bot.payloads.workbooks import CancelWorkbook, SendTemplates
from bot.screens import Button, Row, chunks
from bot.turn import Turn
from domain.models import TaskStatus
from domain.spreadsheets.layout import SheetName
from domain.workbook_tasks import TaskCard


def opened(turn: Turn) -> list[Row]:
    """The templates, and the way back."""
    texts = turn.texts
    return [[Button("📄 " + texts.plain("templates"), SendTemplates())], [Button(texts.plain("menu"), OpenMenu())]]


def card(turn: Turn, task: TaskCard) -> list[Row]:
    """What can be done with an import that asks, or that is over with a report."""
    texts, result = turn.texts, task.result
    report: list[Row] = [[Button(texts.plain("import-get-report"), SendReport(task.id))]] if result.get("report") else []
    if task.status is not TaskStatus.ASKING:
        return report if task.status is TaskStatus.CANCELLED else []
    leave = Button("✖ " + texts.plain("cancel"), CancelWorkbook(task.id))
    if "kinds" in result:
        kinds = [Button(texts.plain(f"sheet-{kind}"), ChooseImportKind(task.id, SheetName(kind))) for kind in result["kinds"]]
        return [*chunks(kinds, 2), [leave]]
    return [*_confirming(turn, task, leave), *report]


def _confirming(turn: Turn, task: TaskCard, leave: Button) -> list[Row]:
    texts, counts = turn.texts, task.result["counts"]
    rows: list[Row] = []
    if counts["in_bin"]:
        restore = texts.plain("import-restore", count=counts["in_bin"])
        rows.append([Button(restore, ConfirmImport(task.id, restoring=True), style="primary")])
    if counts["new"]:
        confirm = Button("✅ " + texts.plain("confirm"), ConfirmImport(task.id, restoring=False), style="success")
        return [*rows, [confirm, leave]]
    return [*rows, [leave]]
