"""Buttons of exports: which list, and the way to stop what is under way."""

from bot.callbacks import OpenMenu
from bot.keyboards import imports
from bot.payloads.workbooks import CancelWorkbook, ExportList, ExportPartners, ExportScope, SendTemplates
from bot.screens import Button, Row
from bot.turn import Turn
from domain import export_rights
from domain.lists import Scope
from domain.permissions import Act
from domain.workbook_tasks import OVER, UNDER_WAY, TaskCard, TaskKind

_LISTS = {Scope.MY: "my-customers", Scope.TEAM: "team-customers", Scope.POOL: "public-pool", Scope.BIN: "recycle-bin"}


def choices(turn: Turn) -> list[Row]:
    """A button for each list that this person may export, and the templates for whoever may import."""
    texts = turn.texts
    rows: list[Row] = [
        [Button(texts.plain(label), ExportScope(scope))]
        for scope, label in _LISTS.items()
        if export_rights.may(turn.actor, scope) and not (scope is Scope.MY and turn.actor.is_admin)
    ]
    if turn.actor.may_ever(Act.MANAGE_PARTNERS):
        rows.append([Button(texts.plain("partners"), ExportPartners(None))])
    if turn.actor.may_ever(Act.IMPORT):
        rows.append([Button("📄 " + texts.plain("templates"), SendTemplates())])
    return [*rows, [Button(texts.plain("menu"), OpenMenu())]]


def export_button(turn: Turn, scope: Scope, view: int, *, selected: int = 0) -> list[Button]:
    """导出 Excel below a list: of what is selected, or of all that is found."""
    if not export_rights.may(turn.actor, scope):
        return []
    label = turn.texts.plain("act-export")
    return [Button(f"{label} ({selected})" if selected else f"📤 {label}", ExportList(view))]


def card(turn: Turn, task: TaskCard) -> list[Row]:
    """The way to stop it, as long as there is something to stop."""
    if task.kind is TaskKind.IMPORT and task.status not in UNDER_WAY:
        return imports.card(turn, task)
    if task.status in OVER:
        return []
    return [[Button("✖ " + turn.texts.plain("cancel"), CancelWorkbook(task.id))]]
