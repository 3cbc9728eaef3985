"""Exports: which list, the work under way in a message that keeps itself up to date, and the way to stop it (SPEC 7)."""

from bot import workbook_text
from bot.handlers import lists, partners
from bot.keyboards import workbooks as keyboard
from bot.payloads.workbooks import CancelWorkbook, ExportList, ExportPartners, ExportScope, OpenExports, SendTemplates
from bot.screens import Screen, Shows
from bot.turn import Turn
from domain import access, export_rights, workbook_tasks
from domain.cards import Subject
from domain.export_rights import Selection
from domain.filters import Filter
from domain.permissions import Act
from domain.workbook_tasks import TaskCard, TaskKind


def choose(turn: Turn, _tap: OpenExports | None = None) -> Screen:
    """/export: which list."""
    access.require(turn.actor, Act.EXPORT)
    return Screen(turn.texts.html("export-what"), tuple(keyboard.choices(turn)))


def export_scope(turn: Turn, tap: ExportScope) -> Screen:
    """All of a list."""
    return _export(turn, Selection(tap.scope, Filter(today=turn.now.today)))


def export_list(turn: Turn, tap: ExportList) -> Screen:
    """导出 Excel: what is selected, or all that the filter finds."""
    state = lists.state_of(turn, tap.view)
    return _export(turn, Selection(state.scope, state.filter_on(turn.now.today), tuple(sorted(state.selected))))


def _export(turn: Turn, selection: Selection) -> Screen:
    export_rights.check(turn.actor, selection.scope)
    return _open(turn, TaskKind.EXPORT, selection.to_json())


def export_partners(turn: Turn, tap: ExportPartners) -> Screen:
    """导出 Excel of the partners."""
    access.require(turn.actor, Act.MANAGE_PARTNERS)
    text = partners.text_of(turn, tap.view) if tap.view is not None else ""
    return _open(turn, TaskKind.EXPORT_PARTNERS, {"text": text})


def send_templates(turn: Turn, _tap: SendTemplates) -> Screen:
    """The workbooks to fill in, as one file."""
    access.require(turn.actor, Act.IMPORT)
    return _open(turn, TaskKind.TEMPLATE, {})


def _open(turn: Turn, kind: TaskKind, params: dict[str, object]) -> Screen:
    """The work is queued; a message of its own tells how far it is, and the list stays where it is."""
    given = {**params, "language": turn.texts.language}
    card = workbook_tasks.open_task(turn.session, turn.actor, turn.chat_id, kind, given, now=turn.now)
    return _screen(turn, card, fresh=True)


def cancel(turn: Turn, tap: CancelWorkbook) -> Screen:
    """取消."""
    return _screen(turn, workbook_tasks.cancel(turn.session, turn.actor, tap.task, now=turn.now))


def show(turn: Turn, tap: CancelWorkbook) -> Screen:
    """The work as it is now."""
    return card_screen(turn, tap.task)


def card_screen(turn: Turn, task_id: int) -> Screen:
    """The card of a piece of work for its person; its message is kept up to date from now on."""
    return _screen(turn, workbook_tasks.card(turn.session, turn.actor, task_id))


def _screen(turn: Turn, card: TaskCard, *, fresh: bool = False) -> Screen:
    shows = Shows(Subject.WORKBOOK, card.id, card.version)
    return Screen(workbook_text.card(turn, card), tuple(keyboard.card(turn, card)), shows=shows, fresh=fresh)
