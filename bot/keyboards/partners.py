"""Buttons of the partners: the list, the way to search it, and a card."""

from collections.abc import Sequence

from bot import labels
from bot.callbacks import OpenMenu, ShowCustomer
from bot.keyboards.paging import pager
from bot.payloads.orders import OrderOfPartner
from bot.payloads.partners import OpenPartners, SearchPartners, ShowPartner, TurnPartners
from bot.payloads.workbooks import ExportPartners
from bot.screens import Button, Row
from bot.turn import Turn
from domain.partners import PartnerLine


def listed(turn: Turn, view: int, partners: Sequence[PartnerLine], page: int, pages: int, *, filtered: bool) -> list[Row]:
    """One wide button a partner, the pages, and the way to search."""
    rows: list[Row] = [[Button(_label(turn, partner), ShowPartner(partner.id, view))] for partner in partners]
    rows.append(pager(page, pages, lambda number: TurnPartners(view, number)))
    buttons = [Button("🔍 " + turn.texts.plain("partners-search"), SearchPartners(view))]
    if filtered:
        buttons.append(Button(turn.texts.plain("partners-all"), OpenPartners()))
    export: Row = [Button("📤 " + turn.texts.plain("act-export"), ExportPartners(view))] if partners else []
    return [*rows, [*buttons, _menu(turn)], export]


def _label(turn: Turn, partner: PartnerLine) -> str:
    facts = [partner.owner or "", turn.texts.plain("partner-orders", count=partner.orders)]
    return labels.line(partner.name, facts, "" if partner.valid else "🚫 ")


def searching(turn: Turn, view: int, page: int) -> list[Row]:
    """The way back with nothing typed."""
    return [[Button("✖ " + turn.texts.plain("cancel"), TurnPartners(view, page))]]


def card(turn: Turn, partner: PartnerLine, view: int | None, page: int | None) -> list[Row]:
    """Record an order, look at the customer, and back."""
    buttons = []
    if partner.valid:
        buttons.append(Button("📦 " + turn.texts.plain("act-record-order"), OrderOfPartner(partner.id, view)))
    if partner.customer_id is not None:
        buttons.append(Button("👤 " + turn.texts.plain("partner-view-customer"), ShowCustomer(partner.customer_id, None)))
    if view is None or page is None:
        return [buttons, [_menu(turn)]]
    return [buttons, [Button("‹ " + turn.texts.plain("back"), TurnPartners(view, page))]]


def _menu(turn: Turn) -> Button:
    return Button(turn.texts.plain("menu"), OpenMenu())
