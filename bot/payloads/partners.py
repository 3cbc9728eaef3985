"""Buttons of the partners of the business system."""

from dataclasses import dataclass

from bot.callbacks import Payload


@dataclass(frozen=True)
class OpenPartners(Payload, code="h"):
    """All partners, from the top."""


@dataclass(frozen=True)
class TurnPartners(Payload, code="hp"):
    """A page of the partners (0 is the first)."""

    view: int
    page: int


@dataclass(frozen=True)
class SearchPartners(Payload, code="hq"):
    """Ask for the text to look for."""

    view: int


@dataclass(frozen=True)
class ShowPartner(Payload, code="hc"):
    """A partner's card; `view` is the list of partners to go back to."""

    partner: int
    view: int | None
