"""Forged buttons of signing, partners and orders."""

from collections.abc import Callable

from bot.callbacks import Payload
from bot.payloads.orders import AskOrder, ChooseOrderDay, ChooseOrderKind, LeaveOrder, OrderOfCustomer, OrderOfPartner, SaveOrder
from bot.payloads.partners import OpenPartners, SearchPartners, ShowPartner, TurnPartners
from bot.payloads.signing import AskSigning, ChoosePartner, ConfirmSigning
from tests.bot.forgeries import FORBIDDEN, HUGE, STALE, UNSEEN, Case, Scene

PARTNERSHIP: dict[type[Payload], Callable[[Scene], list[Case]]] = {
    AskSigning: lambda s: [
        ("lihua", AskSigning(s.theirs.id, None), UNSEEN),
        ("lihua", AskSigning(s.free.id, None), FORBIDDEN),
        ("guan", AskSigning(HUGE, None), UNSEEN),
        ("liu", f"1:g:{s.theirs.id}", STALE),
    ],
    ChoosePartner: lambda s: [
        ("lihua", ChoosePartner(s.theirs.id, 0, None), UNSEEN),
        ("liu", ChoosePartner(s.theirs.id, HUGE, None), UNSEEN),
        ("liu", ChoosePartner(s.theirs.id, -1, None), UNSEEN),
        ("guan", ChoosePartner(s.free.id, 0, None), FORBIDDEN),
    ],
    ConfirmSigning: lambda s: [
        ("lihua", ConfirmSigning(s.theirs.id, 0, None), UNSEEN),
        ("liu", ConfirmSigning(s.theirs.id, HUGE, None), UNSEEN),
        ("lihua", ConfirmSigning(s.free.id, 0, None), FORBIDDEN),
        ("guan", ConfirmSigning(s.free.id, 0, None), FORBIDDEN),
    ],
    OpenPartners: lambda _: [(who, OpenPartners(), FORBIDDEN) for who in ("lihua", "liu", "zhou", "heping")],
    TurnPartners: lambda s: [
        ("lihua", TurnPartners(s.list_, 0), STALE),
        ("liu", TurnPartners(s.list_, 0), STALE),
        ("guan", TurnPartners(HUGE, 0), STALE),
    ],
    SearchPartners: lambda s: [
        ("liu", SearchPartners(s.list_), FORBIDDEN),
        ("guan", SearchPartners(s.list_), STALE),
    ],
    ShowPartner: lambda _: [
        ("lihua", ShowPartner(1, None), FORBIDDEN),
        ("zhou", ShowPartner(1, None), FORBIDDEN),
        ("guan", ShowPartner(HUGE, None), UNSEEN),
    ],
    OrderOfCustomer: lambda s: [
        ("lihua", OrderOfCustomer(s.theirs.id, None), UNSEEN),
        ("chenjie", OrderOfCustomer(s.theirs.id, None), FORBIDDEN),
        ("liu", OrderOfCustomer(s.theirs.id, s.list_), UNSEEN),
        ("liu", OrderOfCustomer(s.free.id, None), FORBIDDEN),
    ],
    OrderOfPartner: lambda _: [
        ("lihua", OrderOfPartner(HUGE, None), UNSEEN),
        ("guan", OrderOfPartner(HUGE, None), UNSEEN),
        ("guan", OrderOfPartner(-1, None), UNSEEN),
    ],
    AskOrder: lambda s: [("lihua", AskOrder(s.draft, 0), STALE), ("liu", AskOrder(s.draft, 0), STALE)],
    ChooseOrderKind: lambda s: [("lihua", ChooseOrderKind(s.draft, 0), STALE), ("liu", ChooseOrderKind(s.list_, 0), STALE)],
    ChooseOrderDay: lambda s: [("lihua", ChooseOrderDay(s.draft, 0), STALE), ("liu", ChooseOrderDay(s.list_, 0), STALE)],
    SaveOrder: lambda s: [("lihua", SaveOrder(s.draft), STALE), ("liu", SaveOrder(s.draft), STALE)],
    LeaveOrder: lambda s: [("lihua", LeaveOrder(s.draft), STALE), ("liu", LeaveOrder(s.draft), STALE)],
}
"""As `FORGED`."""
