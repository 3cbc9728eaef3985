"""Buttons that narrow a list."""

from dataclasses import dataclass

from bot.callbacks import Payload
from domain.filters import FilterField


@dataclass(frozen=True)
class OpenFilters(Payload, code="f"):
    """What a list may be narrowed by."""

    view: int


@dataclass(frozen=True)
class OpenFilter(Payload, code="fo"):
    """The values of one field."""

    view: int
    field: FilterField


@dataclass(frozen=True)
class SetFilter(Payload, code="fs"):
    """Narrow by the value at this place among those offered; -1: by none of this field."""

    view: int
    field: FilterField
    place: int


@dataclass(frozen=True)
class ClearFilters(Payload, code="fc"):
    """Narrow by nothing."""

    view: int


@dataclass(frozen=True)
class BackToList(Payload, code="fb"):
    """The list as it is."""

    view: int
