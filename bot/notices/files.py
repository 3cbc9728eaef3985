"""Files that are ready, and who took customers away as one (SPEC 7)."""

from collections.abc import Mapping
from typing import Any

from telegram import InputFile

from bot import workbook_text
from bot.screens import Screen
from bot.turn import Turn
from domain import access, spool, workbook_tasks
from domain.errors import NotFoundError


def document(turn: Turn, body: Mapping[str, Any]) -> dict[str, Any] | None:
    """A spooled file with a line about it; None when it is gone."""
    try:
        task = workbook_tasks.card(turn.session, turn.actor, body["task_id"])
        file = spool.whole(turn.session, body["file_id"])
    except NotFoundError:
        return None
    return {"document": InputFile(file.content, filename=file.name), "caption": workbook_text.caption(turn, task)}


def exported(turn: Turn, body: Mapping[str, Any]) -> Screen | None:
    """To the admins: who exported how much of what."""
    by = access.names_of(turn.session, [body["by"]]).get(body["by"]) or turn.texts.plain("by-command-line")
    what = workbook_text.contents(turn, body["params"])
    return Screen(turn.texts.html("exported-notice", by=by, count=body["count"], what=what))
