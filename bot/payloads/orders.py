"""Buttons of recording an order."""

from dataclasses import dataclass

from bot.callbacks import Payload


@dataclass(frozen=True)
class OrderOfCustomer(Payload, code="j"):
    """An order of a customer's partner, from the customer's card; `view` is the list behind the card."""

    customer: int
    view: int | None


@dataclass(frozen=True)
class OrderOfPartner(Payload, code="jp"):
    """An order, from the partner's card; `view` is the list behind the card."""

    partner: int
    view: int | None


@dataclass(frozen=True)
class AskOrder(Payload, code="jq"):
    """One of the questions about an order (its place among them)."""

    order: int
    step: int


@dataclass(frozen=True)
class ChooseOrderKind(Payload, code="jk"):
    """What was ordered, by its place among the services."""

    order: int
    kind: int


@dataclass(frozen=True)
class ChooseOrderDay(Payload, code="jd"):
    """When it was ordered: so many days ago."""

    order: int
    ago: int


@dataclass(frozen=True)
class SaveOrder(Payload, code="jy"):
    """Record the order."""

    order: int


@dataclass(frozen=True)
class LeaveOrder(Payload, code="jx"):
    """Record nothing."""

    order: int
