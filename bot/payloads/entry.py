"""Buttons of the entry of a new customer."""

from dataclasses import dataclass

from bot.callbacks import Payload


@dataclass(frozen=True)
class StartEntry(Payload, code="n"):
    """A new entry: what an unfinished one holds is dropped."""


@dataclass(frozen=True)
class AskField(Payload, code="nf"):
    """Fill in this field (its place among the fields) of an entry."""

    view: int
    field: int


@dataclass(frozen=True)
class ChooseValue(Payload, code="nc"):
    """Take this choice (its place among the choices) for the field."""

    view: int
    field: int
    choice: int


@dataclass(frozen=True)
class ReviewEntry(Payload, code="nr"):
    """Look at all that is filled in before saving."""

    view: int


@dataclass(frozen=True)
class ListFields(Payload, code="nl"):
    """Choose a field to change."""

    view: int


@dataclass(frozen=True)
class ShowTemplate(Payload, code="nt"):
    """The template with which one message does it."""

    view: int


@dataclass(frozen=True)
class ListOwners(Payload, code="no"):
    """Choose who will own the customer."""

    view: int
    page: int


@dataclass(frozen=True)
class ChooseOwner(Payload, code="nw"):
    """The owner to be; 0: nobody, into the pool."""

    view: int
    user: int


@dataclass(frozen=True)
class SaveEntry(Payload, code="ns"):
    """Keep the customer."""

    view: int


@dataclass(frozen=True)
class LeaveEntry(Payload, code="nx"):
    """Stop for now; the draft stays."""

    view: int
