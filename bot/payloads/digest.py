"""Buttons of the daily digest: its pages, decisions that leave it standing, and what opens below it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.callbacks import Payload


class Beside(StrEnum):
    """What a digest opens in a message of its own."""

    VIEW = "v"
    EXTEND = "x"
    FOLLOWUP = "f"


class Listing(StrEnum):
    """The lists that a digest opens in a message of their own."""

    TODO = "t"
    TEAM = "g"
    MY = "m"


@dataclass(frozen=True)
class TurnDigest(Payload, code="dg"):
    """A page of the digest meant for a person on a day (its proleptic ordinal)."""

    person: int
    day: int
    page: int


@dataclass(frozen=True)
class DecideInDigest(Payload, code="dd"):
    """同意 or 拒绝 of one request, on a page of a digest."""

    person: int
    day: int
    page: int
    request: int
    yes: bool


@dataclass(frozen=True)
class OpenBeside(Payload, code="db"):
    """A customer's card or a question about it, below the digest."""

    customer: int
    what: Beside


@dataclass(frozen=True)
class ListBeside(Payload, code="dl"):
    """A whole list, below the digest."""

    what: Listing
