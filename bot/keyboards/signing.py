"""Buttons of signing: the partner to link with, confirm and cancel."""

from collections.abc import Sequence

from bot.callbacks import ShowCustomer
from bot.payloads.orders import OrderOfCustomer
from bot.payloads.signing import AskSigning, ChoosePartner, ConfirmSigning
from bot.screens import Button, Row, clip
from bot.turn import Turn
from domain.customers import CustomerCard
from domain.partners import PartnerLine
from domain.permissions import Act
from domain.stages import NON_COOPERATING

NEW = 0


def card_buttons(turn: Turn, card: CustomerCard, view: int | None) -> list[Button]:
    """What this person may do about the customer's partner: sign, or record an order."""
    customer = card.place.id
    if card.stage in NON_COOPERATING:
        if not turn.actor.may(Act.SIGN, card.relation):
            return []
        return [Button("🤝 " + turn.texts.plain("act-sign"), AskSigning(customer, view), style="success")]
    if not turn.actor.may(Act.RECORD_ORDER, card.relation):
        return []
    return [Button("📦 " + turn.texts.plain("act-record-order"), OrderOfCustomer(customer, view))]


def confirming(turn: Turn, customer: int, partner: int, view: int | None) -> list[Row]:
    """确认 and 取消."""
    yes = Button("✅ " + turn.texts.plain("confirm"), ConfirmSigning(customer, partner, view), style="success")
    return [[yes, _leave(turn, customer, view)]]


def choosing(turn: Turn, customer: int, similar: Sequence[PartnerLine], view: int | None) -> list[Row]:
    """The similar partners, a new one, or none."""
    rows: list[Row] = [[Button(_label(turn, each), ChoosePartner(customer, each.id, view))] for each in similar]
    return [
        *rows,
        [Button("➕ " + turn.texts.plain("sign-new-partner"), ChoosePartner(customer, NEW, view))],
        [_leave(turn, customer, view)],
    ]


def _label(turn: Turn, partner: PartnerLine) -> str:
    void = "" if partner.valid else f" · {turn.texts.plain('partner-void')}"
    return clip(partner.name, 34) + void


def _leave(turn: Turn, customer: int, view: int | None) -> Button:
    return Button("✖ " + turn.texts.plain("cancel"), ShowCustomer(customer, view))
