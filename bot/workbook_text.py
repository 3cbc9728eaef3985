"""Work on workbooks in the reader's words: what it is about, how far it is, and what came of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot import import_text
from bot.screens import clip, escape
from bot.turn import Turn
from domain import access
from domain.errors import GonghaiError
from domain.models import TaskStatus
from domain.spreadsheets import ledger
from domain.workbook_tasks import OVER, TaskCard, TaskKind

BAR = 10
_LISTS = {"my": "my-customers", "team": "team-customers", "pool": "public-pool", "found": "query", "bin": "recycle-bin"}


def card(turn: Turn, task: TaskCard) -> str:
    """The whole card (HTML)."""
    if task.kind is TaskKind.IMPORT:
        return "\n".join([turn.texts.html("import-head", file=clip(task.params["name"])), *_import_state(turn, task)])
    return "\n".join([_head(turn, task), _state(turn, task)])


def _import_state(turn: Turn, task: TaskCard) -> list[str]:
    told = [escape(line) for line in import_text.lines(turn.texts, task.result)] if "counts" in task.result else []
    if task.status is TaskStatus.DONE:
        return ["✅ " + told[0], *told[1:]] if told else []
    if task.status is TaskStatus.ASKING:
        return ["", *(told or [turn.texts.html("import-what-kind")])]
    return [_state(turn, task), *(_kept(turn, task) if task.status in OVER else [])]


def _kept(turn: Turn, task: TaskCard) -> list[str]:
    """An import that ended before its end says what is there of it."""
    kept = ledger.kept_by(turn.session, ledger.holder_of(task.id))
    return [turn.texts.html("import-kept-before", count=kept)] if kept else []


def caption(turn: Turn, task: TaskCard) -> str:
    """The line under a file."""
    if task.kind is TaskKind.IMPORT:
        return turn.texts.plain("import-report-of", file=clip(task.params["name"]))
    what = contents(turn, task.params)
    if "count" not in task.result:
        return what
    return turn.texts.plain("workbook-caption", what=what, count=task.result["count"])


def contents(turn: Turn, params: Mapping[str, Any]) -> str:
    """Which list, and what narrows it: 本组客户 · 报价阶段 · 青岛."""
    if "scope" not in params:
        return _of_partners(turn, params)
    parts = [turn.texts.plain(_LISTS[params["scope"]]), *_narrowing(turn, params["filter"])]
    selected = params.get("selected") or len(params.get("ids", ()))
    if selected:
        parts.append(turn.texts.plain("list-selected", count=selected))
    return " · ".join(parts)


def _of_partners(turn: Turn, params: Mapping[str, Any]) -> str:
    if "text" not in params:
        return turn.texts.plain("templates")
    return " · ".join(filter(None, [turn.texts.plain("partners"), params["text"]]))


def _narrowing(turn: Turn, wanted: Mapping[str, Any]) -> list[str]:
    shown = []
    for name, value in wanted.items():
        if name == "stage":
            shown.append(turn.words.stage(value))
        elif name == "owner_id":
            shown.append(access.names_of(turn.session, [value]).get(value, ""))
        elif name == "due_within":
            shown.append(turn.texts.plain("filter-due-within", days=value))
        elif name == "untouched":
            shown.append(turn.texts.plain("filter-untouched-only"))
        elif name != "today":
            shown.append(turn.words.value(name, value))
    return shown


def _head(turn: Turn, task: TaskCard) -> str:
    if task.kind is TaskKind.TEMPLATE:
        return turn.texts.html("templates-head")
    return turn.texts.html("workbook-head", what=contents(turn, task.params))


def _files(turn: Turn) -> str:
    return turn.texts.html("templates-done")


def _state(turn: Turn, task: TaskCard) -> str:
    texts = turn.texts
    if task.status is TaskStatus.DONE:
        return "✅ " + (texts.html("workbook-done", count=task.result["count"]) if "count" in task.result else _files(turn))
    if task.status is TaskStatus.CANCELLED:
        return texts.html("cancelled")
    if task.status is TaskStatus.FAILED:
        return _failure(turn, task)
    return "⏳ " + _bar(turn, task)


def _failure(turn: Turn, task: TaskCard) -> str:
    """The refusal in its own words; without one, the work broke too often."""
    if not task.error:
        return "⚠️ " + turn.texts.html("workbook-broke", number=task.id)
    fields = {name: _told(value) for name, value in task.error.items() if name != "name"}
    return turn.words.refusal(GonghaiError.named(task.error["name"])(**fields))


def _told(value: Any) -> Any:  # noqa: ANN401 — a field of a refusal
    return datetime.fromisoformat(value["utc"]) if isinstance(value, dict) else value


def _bar(turn: Turn, task: TaskCard) -> str:
    """▓▓▓▓░░░░░░ 40% · 4,000 / 10,000."""
    progress = task.progress
    phase = turn.texts.html(f"workbook-phase-{progress.phase}")
    if not progress.total:
        return phase
    share = min(1.0, progress.done / progress.total)
    filled = int(share * BAR)
    counted = turn.texts.html("workbook-counted", done=progress.done, total=progress.total)
    return f"{phase}\n{'▓' * filled}{'░' * (BAR - filled)} {int(share * 100)}%\n{counted}"
