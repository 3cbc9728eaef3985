"""Imports through the chat (SPEC 7): a workbook that somebody sends, looked at, told in numbers, and confirmed."""

from typing import Any

from bot.handlers import workbooks
from bot.keyboards import imports as keyboard
from bot.payloads.imports import ChooseImportKind, ConfirmImport, OpenImport, SendReport
from bot.screens import Screen
from bot.turn import Turn
from domain import access, workbook_tasks
from domain.errors import StaleError
from domain.models import TaskStatus
from domain.permissions import Act
from domain.workbook_errors import (
    WorkbookError,
)
from domain.workbook_tasks import TaskCard, TaskKind

LARGEST = 20
"""Megabytes that Telegram gives to a bot."""

_MIB = 1 << 20
_NAMED = 60


def open_(turn: Turn, _tap: OpenImport | None = None) -> Screen:
    """/import: what to send."""
    access.require(turn.actor, Act.IMPORT)
    return Screen(turn.texts.html("import-how"), tuple(keyboard.opened(turn)))


def received(turn: Turn) -> Screen | None:
    """A document that came unasked: work on it begins. None when there is none, or nothing that its sender could import.

    Raises NotAllowedError for anybody else's spreadsheet, WorkbookError, WorkbookUnderWayError.
    """
    document = turn.document
    if document is None or not (turn.actor.may_ever(Act.IMPORT) or document.is_spreadsheet):
        return None
    access.require(turn.actor, Act.IMPORT)
    name = document.name[-_NAMED:]
    if document.size > LARGEST * _MIB:
        raise WorkbookError(name, "over_telegram", LARGEST)
    params = {"document": document.file_id, "name": name, "language": turn.texts.language}
    card = workbook_tasks.open_task(turn.session, turn.actor, turn.chat_id, TaskKind.IMPORT, params, now=turn.now)
    return workbooks.card_screen(turn, card.id)


def choose_kind(turn: Turn, tap: ChooseImportKind) -> Screen:
    """What it holds."""
    if tap.kind not in _asked(turn, tap.task).result.get("kinds", ()):
        raise StaleError
    return _confirmed(turn, tap.task, {"kind": tap.kind})


def confirm(turn: Turn, tap: ConfirmImport) -> Screen:
    """确认, with or without 恢复."""
    if "counts" not in _asked(turn, tap.task).result:
        raise StaleError
    return _confirmed(turn, tap.task, {"keep": True, "restoring": tap.restoring})


def send_report(turn: Turn, tap: SendReport) -> Screen:
    """下载报告: as a file below."""
    card = _card(turn, tap.task)
    file_id = card.result.get("report")
    if file_id is None:
        raise StaleError
    workbook_tasks.send_file(turn.session, card.id, turn.actor.id, turn.chat_id, file_id, now=turn.now)
    return workbooks.card_screen(turn, tap.task).with_notice(turn.texts.html("import-report-sent"))


def home(turn: Turn, tap: ChooseImportKind | ConfirmImport | SendReport) -> Screen:
    """The work as it is now."""
    return workbooks.card_screen(turn, tap.task)


def _card(turn: Turn, task_id: int) -> TaskCard:
    access.require(turn.actor, Act.IMPORT)
    card = workbook_tasks.card(turn.session, turn.actor, task_id)
    if card.kind is not TaskKind.IMPORT:
        raise StaleError
    return card


def _asked(turn: Turn, task_id: int) -> TaskCard:
    card = _card(turn, task_id)
    if card.status is not TaskStatus.ASKING:
        raise StaleError
    return card


def _confirmed(turn: Turn, task_id: int, choices: dict[str, Any]) -> Screen:
    workbook_tasks.confirm(turn.session, turn.actor, task_id, choices, now=turn.now)
    return workbooks.card_screen(turn, task_id)
