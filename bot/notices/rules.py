"""What admins are told when another one changed a rule of the house."""

from collections.abc import Mapping
from typing import Any

from bot.handlers.settings import change_line
from bot.payloads.settings import OpenRule
from bot.screens import Button, Screen
from bot.turn import Turn
from domain import access
from domain.permissions import Act


def changed(turn: Turn, body: Mapping[str, Any]) -> Screen | None:
    """Who changed what; None for a reader who is no admin any more."""
    if not turn.actor.may_ever(Act.MANAGE_SETTINGS):
        return None
    by = access.names_of(turn.session, [body["by"]]).get(body["by"], "")
    lines = ["⚙️ " + turn.texts.html("setting-notice", by=by), change_line(turn, body["name"], *body["change"])]
    if body["moved"]:
        lines.append(turn.texts.html("setting-moved", count=body["moved"]))
    return Screen("\n".join(lines), ([Button("🔍 " + turn.texts.plain("view"), OpenRule(body["name"]))],))
