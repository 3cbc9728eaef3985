"""Lists that grow with a file, cut for statements: a database takes only so many parameters at once (SQLite at least 32,766)."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

MOST = 5_000


def pieces(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """The values, some at a time."""
    return (values[place : place + MOST] for place in range(0, len(values), MOST))
