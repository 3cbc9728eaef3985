"""Which acts are offered where, and how their buttons look."""

from collections.abc import Iterable

from bot.callbacks import Begin, CancelRequests, Payload
from bot.keyboards import signing
from bot.locales import Texts
from bot.screens import Button, Row, Style, chunks
from bot.turn import Turn
from domain.customers import CustomerCard
from domain.lists import Scope
from domain.permissions import Act

CARD_ACTS = (
    Act.CLAIM,
    Act.POOL_ASSIGN,
    Act.DIRECT_ASSIGN,
    Act.ASSIGN,
    Act.EXTEND,
    Act.RELEASE,
    Act.RESTORE,
)
"""The acts on one customer that its card offers, in this order."""

DELETIONS = (Act.DELETE, Act.POOL_DELETE)
"""What stands apart, away from what is tapped every day."""

BATCH_ACTS = {
    Scope.MY: (Act.ASSIGN, Act.EXTEND, Act.RELEASE, Act.DELETE),
    Scope.TEAM: (Act.ASSIGN, Act.EXTEND, Act.RELEASE, Act.DELETE),
    Scope.POOL: (Act.CLAIM, Act.POOL_ASSIGN, Act.DIRECT_ASSIGN, Act.POOL_DELETE),
    Scope.BIN: (Act.RESTORE,),
    Scope.FOUND: (Act.CLAIM,),
}
"""The acts on a selection that each list offers."""

_STYLES: dict[Act, Style] = {Act.CLAIM: "primary", Act.RESTORE: "primary"}


def act_button(texts: Texts, act: Act, payload: Payload, count: int | None = None) -> Button:
    """A button in the spec's words for an act, with the size of the selection where there is one."""
    label = texts.plain(f"act-{act.value.replace('_', '-')}")
    return Button(f"{label} ({count})" if count else label, payload, style=_STYLES.get(act))


def card_acts(turn: Turn, card: CustomerCard, view: int | None) -> list[Row]:
    """What this person may do to this customer now: while a claim waits, only what goes past it, or takes it back."""
    rows = chunks([*signing.card_buttons(turn, card, view), *_offered(turn, card, view, CARD_ACTS)], 2)
    if card.waiting is not None and card.waiting.requester_id == turn.actor.id:
        rows.append([Button("✖ " + turn.texts.plain("cancel-request"), CancelRequests(card.waiting.batch_id), style="danger")])
    return rows


def deletion(turn: Turn, card: CustomerCard, view: int | None) -> Row:
    """The way into the recycle bin, for whoever may."""
    return _offered(turn, card, view, DELETIONS)


def _offered(turn: Turn, card: CustomerCard, view: int | None, acts: Iterable[Act]) -> list[Button]:
    may = [act for act in acts if turn.actor.may(act, card.relation) and (card.waiting is None or act is Act.DIRECT_ASSIGN)]
    return [act_button(turn.texts, act, Begin(act, card.place.id, view)) for act in may]
