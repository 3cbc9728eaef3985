"""Lengths as Telegram counts them for entities: in UTF-16 code units."""

import re
from collections.abc import Callable

_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


def units(text: str) -> int:
    """The length in UTF-16 code units."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def measure_for(whole: str) -> Callable[[str], int]:
    """The cheapest function that measures any part of `whole`."""
    return units if _ASTRAL.search(whole) else len


def part(text: str, offset: int, length: int) -> str:
    """The words of an entity."""
    whole = text.encode("utf-16-le", "surrogatepass")
    return whole[2 * offset : 2 * (offset + length)].decode("utf-16-le", "surrogatepass")
