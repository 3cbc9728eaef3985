"""What the clock says: what it took away, what fell dormant, and what nobody has decided (SPEC 6)."""

from collections.abc import Mapping
from typing import Any

from bot.callbacks import OpenList, ShowCustomer
from bot.handlers.requests import card_screen
from bot.screens import Button, Row, Screen, clip
from bot.turn import Turn
from domain import access, customers, request_cards
from domain.lists import Scope
from domain.outbox import Kind

LOOKED_AT = 3


def swept(turn: Turn, body: Mapping[str, Any]) -> Screen | None:
    """Customers that the sweep took into the pool: to the owner, or to the lead of the team."""
    return _lost(turn, body, "swept")


def dormant(turn: Turn, body: Mapping[str, Any]) -> Screen | None:
    """Customers that fell dormant, and whether they went to the pool."""
    return _lost(turn, body, "dormant" if body["released"] else "dormant-kept")


def _lost(turn: Turn, body: Mapping[str, Any], what: str) -> Screen | None:
    names = customers.names(turn.session, body["customer_ids"])
    if not names:
        return None
    whose = access.names_of(turn.session, [body["person"]])[body["person"]]
    key = f"clock-{what}-{'team' if body['team'] else 'own'}"
    text = "\n".join([turn.texts.html(key, person=whose, count=len(names)), *turn.words.bullets(list(names.values()))])
    screen = Screen(text, tuple(_look(turn, list(names.items()), pool=body["released"])))
    if turn.actor.id == body["person"] or body["team"]:
        return screen
    return screen.with_notice(turn.texts.html("digest-for", person=whose))


def _look(turn: Turn, found: list[tuple[int, str]], *, pool: bool) -> list[Row]:
    if len(found) <= LOOKED_AT:
        label = turn.texts.plain("view")
        return [[Button(clip(f"🔍 {label} · {name}"), ShowCustomer(customer_id, None))] for customer_id, name in found]
    scope, label = (Scope.POOL, "public-pool") if pool else (Scope.MY, "my-customers")
    return [[Button(turn.texts.plain(label), OpenList(scope))]]


def undecided(turn: Turn, body: Mapping[str, Any]) -> Screen | None:
    """The approval card again, for the approver who has let it wait for a day."""
    return _late(turn, body, Kind.UNDECIDED)


def escalated(turn: Turn, body: Mapping[str, Any]) -> Screen | None:
    """The approval card for whoever stands above an approver who has let it wait for two days."""
    return _late(turn, body, Kind.ESCALATED)


def _late(turn: Turn, body: Mapping[str, Any], kind: Kind) -> Screen | None:
    if not request_cards.waiting_ids(turn.session, body["batch_id"]):
        return None
    card = request_cards.card(turn.session, turn.actor, body["batch_id"], now=turn.now)
    hours = int((turn.now.utc - card.created_at).total_seconds() // 3600)
    return card_screen(turn, body["batch_id"]).with_notice("⏰ " + turn.texts.html(f"clock-{kind}", hours=hours))
