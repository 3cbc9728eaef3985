"""合作伙伴: admins look partners up, with whom they are linked and what was ordered (SPEC 1, 4). A list is a view."""

from typing import Any

from bot.keyboards import partners as keyboard
from bot.payloads.partners import OpenPartners, SearchPartners, ShowPartner, TurnPartners
from bot.payloads.workbooks import ExportPartners
from bot.screens import Screen, escape
from bot.searching import SearchableList
from bot.turn import Turn
from domain import drafts, partners
from domain.errors import StaleError
from domain.models import View
from domain.partners import PAGE, OrderLine, PartnerLine
from domain.permissions import Act

TEXT = "partners_text"
_LIST = SearchableList("partners", TEXT, Act.MANAGE_PARTNERS)


def open_(turn: Turn, _tap: OpenPartners | None = None) -> Screen:
    """/partners, with the text to look for when some was typed."""
    return _show(turn, _LIST.open(turn, turn.text, cursors=[None]), 0)


def typed(turn: Turn, _state: dict[str, Any]) -> Screen:
    """The text to look for."""
    return _show(turn, _LIST.open(turn, turn.text, cursors=[None]), 0)


def search(turn: Turn, tap: SearchPartners) -> Screen:
    """Ask for the text to look for."""
    page = _LIST.await_words(turn, tap.view)
    return Screen(turn.texts.html("partners-ask"), tuple(keyboard.searching(turn, tap.view, page)))


def turn_to(turn: Turn, tap: TurnPartners) -> Screen:
    """Another page: one that was reached before, or the next."""
    drafts.drop(turn.session, turn.actor.id)
    return _show(turn, _LIST.view(turn, tap.view), tap.page)


def show(turn: Turn, tap: ShowPartner) -> Screen:
    """A partner's card."""
    partner = partners.get(turn.session, turn.actor, tap.partner)
    orders = partners.orders(turn.session, turn.actor, tap.partner)
    page = _LIST.page_of(turn, tap.view)
    lines = [*partner_lines(turn, partner), _customer(turn, partner), *_orders(turn, partner, orders)]
    return Screen("\n".join(lines), tuple(keyboard.card(turn, partner, tap.view, page)))


def partner_lines(turn: Turn, partner: PartnerLine) -> list[str]:
    """A partner by name, credit code, state and how often it was used (HTML)."""
    texts = turn.texts
    lines = [texts.html("partner-name", name=partner.name)]
    if partner.credit_code:
        lines.append(texts.html("partner-code", code=partner.credit_code))
    state = texts.html("partner-valid") if partner.valid else f"🚫 {texts.html('partner-void')}"
    return [*lines, f"{state} · {texts.html('partner-orders', count=partner.orders)}"]


def text_of(turn: Turn, view_id: int) -> str:
    """What a list of partners is narrowed by. Raises StaleError."""
    return str(_LIST.view(turn, view_id).state["text"])


def home(turn: Turn, tap: ExportPartners) -> Screen:
    """The list that a refused tap was on."""
    if tap.view is None:
        raise StaleError
    view = _LIST.view(turn, tap.view)
    return _show(turn, view, view.state["page"])


def _show(turn: Turn, view: View, page: int) -> Screen:
    text, cursors = view.state["text"], view.state["cursors"]
    page = max(0, min(page, len(cursors) - 1))
    found = partners.find(turn.session, turn.actor, text, after=cursors[page])
    known = [*cursors[: page + 1], found.after] if found.after is not None else cursors[: page + 1]
    view.state = {"text": text, "page": page, "cursors": known}
    pages = max(-(-found.total // PAGE), page + 1)
    title = turn.texts.html("partners-found", text=text) if text else turn.texts.html("partners-list")
    total = turn.texts.html("partners-total", count=found.total)
    body = f"{total}\n<i>{turn.texts.html('partners-hint')}</i>" if found.lines else turn.texts.html("partners-none")
    return Screen(f"{title}\n{body}", tuple(keyboard.listed(turn, view.id, found.lines, page, pages, filtered=bool(text))))


def _customer(turn: Turn, partner: PartnerLine) -> str:
    if partner.customer is None:
        return turn.texts.html("partner-no-customer")
    if partner.owner is None:
        return turn.texts.html("partner-customer-in-pool", customer=partner.customer)
    return turn.texts.html("partner-customer", customer=partner.customer, owner=partner.owner)


def _orders(turn: Turn, partner: PartnerLine, orders: list[OrderLine]) -> list[str]:
    lines = [_order(turn, order) for order in orders]
    if partner.orders > len(orders):
        lines.append(turn.texts.html("partner-orders-more", count=partner.orders - len(orders)))
    return ["", *lines] if lines else []


def _order(turn: Turn, order: OrderLine) -> str:
    line = turn.texts.html("partner-order", day=turn.words.day(order.ordered_on), number=order.number)
    return f"{line} · {escape(kind_word(turn, order.kind))}" if order.kind else line


def kind_word(turn: Turn, kind: str) -> str:
    """What was ordered in the reader's words, where it is one of our services."""
    key = f"service-{kind}"
    return turn.texts.plain(key) if turn.texts.has(key) else kind
