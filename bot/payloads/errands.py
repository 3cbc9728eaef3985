"""Buttons of acts that ask something first, beyond a person or a reason."""

from dataclasses import dataclass

from bot.callbacks import Payload


@dataclass(frozen=True)
class PickDays(Payload, code="ed"):
    """By how many days deadlines are extended; 0: typed."""

    errand: int
    days: int


@dataclass(frozen=True)
class ConfirmErrand(Payload, code="ec"):
    """Do it."""

    errand: int


@dataclass(frozen=True)
class Undo(Payload, code="u"):
    """Take an act back; `view` is the list to go back to."""

    undo: int
    view: int | None


@dataclass(frozen=True)
class SelectAll(Payload, code="sa"):
    """Everything that the list's filter finds, into the selection."""

    view: int
