"""登记订单: number, kind and day, asked one by one and confirmed (SPEC 4). What is known so far lives in a view."""

from datetime import date, timedelta
from typing import Any

from bot.callbacks import ShowCustomer
from bot.handlers import customers
from bot.handlers import partners as partner_cards
from bot.keyboards import orders as keyboard
from bot.payloads.orders import (
    AskOrder,
    ChooseOrderDay,
    ChooseOrderKind,
    LeaveOrder,
    OrderOfCustomer,
    OrderOfPartner,
    SaveOrder,
)
from bot.payloads.partners import ShowPartner
from bot.screens import Screen
from bot.turn import Turn
from domain import drafts, orders
from domain.entry import SERVICES
from domain.errors import GonghaiError, StaleError
from domain.models import View
from domain.orders import NewOrder
from domain.stages import Stage

KIND = "order"
NUMBER, WHAT, DAY, CHECK = range(4)
_LONGEST_AGO = 1


def of_customer(turn: Turn, tap: OrderOfCustomer) -> Screen:
    """For the partner of a customer."""
    partner = orders.partner_of(turn.session, turn.actor, tap.customer)
    return _begin(turn, {"partner": partner, "customer": tap.customer, "view": tap.view})


def of_partner(turn: Turn, tap: OrderOfPartner) -> Screen:
    """For a partner, from its card."""
    return _begin(turn, {"partner": tap.partner, "customer": None, "view": tap.view})


def ask(turn: Turn, tap: AskOrder) -> Screen:
    """One of the questions again, or the next one skipped to."""
    view = _view(turn, tap.order)
    if not NUMBER <= tap.step <= _reached(view):
        raise StaleError
    return _ask(turn, view, tap.step)


def typed(turn: Turn, state: dict[str, Any]) -> Screen:
    """What was typed for the question that stands."""
    view = _view(turn, state["order"])
    step = view.state["step"]
    if step == CHECK:
        return _ask(turn, view, CHECK)
    try:
        return _fill(turn, view, step, turn.text)
    except GonghaiError as refusal:
        return _ask(turn, view, step).with_notice(turn.words.refusal(refusal))


def choose_kind(turn: Turn, tap: ChooseOrderKind) -> Screen:
    """One of our services."""
    view = _view(turn, tap.order)
    if not 0 <= tap.kind < len(SERVICES) or _reached(view) < WHAT:
        raise StaleError
    return _fill(turn, view, WHAT, SERVICES[tap.kind])


def choose_day(turn: Turn, tap: ChooseOrderDay) -> Screen:
    """Today or yesterday."""
    view = _view(turn, tap.order)
    if not 0 <= tap.ago <= _LONGEST_AGO or _reached(view) < DAY:
        raise StaleError
    return _fill(turn, view, DAY, (turn.now.today - timedelta(days=tap.ago)).isoformat())


def save(turn: Turn, tap: SaveOrder) -> Screen:
    """Recorded: back to the card where it began."""
    view = _view(turn, tap.order)
    if _reached(view) < CHECK:
        raise StaleError
    known, asleep = view.state, _asleep(turn, view)
    order = NewOrder(known["number"], known["partner"], date.fromisoformat(known["day"]), known.get("kind"))
    orders.add(turn.session, turn.actor, order, **turn.rules)
    word = "order-woken" if asleep and not _asleep(turn, view) else "order-saved"
    notice = "✅ " + turn.texts.html(word, number=known["number"])
    return leave(turn, LeaveOrder(tap.order)).with_notice(notice)


def leave(turn: Turn, tap: LeaveOrder) -> Screen:
    """Back to the card where it began."""
    known = _view(turn, tap.order).state
    drafts.drop(turn.session, turn.actor.id)
    drafts.close_view(turn.session, tap.order)
    if known["customer"] is not None:
        return customers.show(turn, ShowCustomer(known["customer"], known["view"]))
    return partner_cards.show(turn, ShowPartner(known["partner"], known["view"]))


def home(turn: Turn, tap: AskOrder | ChooseOrderKind | ChooseOrderDay | SaveOrder) -> Screen:
    """The question that stood when something was refused."""
    view = _view(turn, tap.order)
    return _ask(turn, view, view.state["step"])


def home_of_customer(turn: Turn, tap: OrderOfCustomer) -> Screen:
    """The customer's card."""
    return customers.show(turn, ShowCustomer(tap.customer, tap.view))


def home_of_partner(turn: Turn, tap: OrderOfPartner) -> Screen:
    """The partner's card."""
    return partner_cards.show(turn, ShowPartner(tap.partner, tap.view))


def _begin(turn: Turn, origin: dict[str, Any]) -> Screen:
    drafts.close_views(turn.session, turn.actor.id, KIND)
    view = drafts.open_view(turn.session, turn.actor.id, KIND, {**origin, "step": NUMBER}, now=turn.now)
    return _ask(turn, view, NUMBER)


def _view(turn: Turn, view_id: int) -> View:
    view = drafts.view(turn.session, turn.actor.id, view_id, now=turn.now)
    if view.kind != KIND:
        raise StaleError
    return view


def _reached(view: View) -> int:
    """The furthest question that may be asked: the kind is the only one that may stay open."""
    if "number" not in view.state:
        return NUMBER
    return CHECK if "day" in view.state else DAY


def _fill(turn: Turn, view: View, step: int, words: str) -> Screen:
    if step == NUMBER:
        kept = {"number": orders.check_number(turn.session, words)}
    elif step == WHAT:
        kept = {"kind": orders.check_kind(words) or ""}
    else:
        kept = {"day": orders.read_day(words, now=turn.now).isoformat()}
    view.state = {**view.state, **kept}
    return _ask(turn, view, min(step + 1, CHECK))


def _ask(turn: Turn, view: View, step: int) -> Screen:
    partner = orders.open_to(turn.session, turn.actor, view.state["partner"])
    view.state = {**view.state, "step": step}
    drafts.expect(turn.session, turn.actor.id, KIND, {"order": view.id}, now=turn.now)
    question = ("order-ask-number", "order-ask-kind", "order-ask-day", "order-check")[step]
    lines = [turn.texts.html("order-head", partner=partner.name), *_known(turn, view), "", turn.texts.html(question)]
    if step == CHECK:
        lines = [lines[0], lines[-1], *lines[1:-2]]
    return Screen("\n".join(lines), tuple(keyboard.asking(turn, view.id, step, filled=_reached(view) == CHECK)))


def _known(turn: Turn, view: View) -> list[str]:
    known, texts = view.state, turn.texts
    kind = partner_cards.kind_word(turn, known["kind"]) if known.get("kind") else ""
    day = turn.words.day(date.fromisoformat(known["day"])) if "day" in known else ""
    facts = (("number", known.get("number")), ("kind", kind), ("day", day))
    return [texts.html(f"order-{name}", value=value) for name, value in facts if value]


def _asleep(turn: Turn, view: View) -> bool:
    return orders.open_to(turn.session, turn.actor, view.state["partner"]).stage == Stage.DORMANT
