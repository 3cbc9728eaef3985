"""Where methods are found by name."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from bot.demo.telegram.engine import Telegram
    from bot.demo.telegram.parameters import Parameters

    Method = Callable[[Telegram, Parameters], object]

METHODS: dict[str, Method] = {}
_M = TypeVar("_M", bound="Method")


def method(name: str) -> Callable[[_M], _M]:
    """Register a Bot API method; names are found in any case."""

    def register(function: _M) -> _M:
        METHODS[name.lower()] = function
        return function

    return register
