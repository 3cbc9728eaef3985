"""People, and other short names, to choose one from: two a row, ten a page."""

from collections import Counter
from collections.abc import Callable, Sequence

from bot.callbacks import Payload
from bot.keyboards.paging import pager
from bot.screens import Button, Row, chunks, clip
from domain.models import User

A_PAGE = 10


def paged(buttons: Sequence[Button], page: int, turn_to: Callable[[int], Payload]) -> list[Row]:
    """One page of the buttons and the row that turns pages."""
    pages = max(1, -(-len(buttons) // A_PAGE))
    page = max(0, min(page, pages - 1))
    return [*chunks(buttons[page * A_PAGE : (page + 1) * A_PAGE], 2), pager(page, pages, turn_to)]


def labelled(people: Sequence[User]) -> list[tuple[int, str]]:
    """People's ids and names; those who share a name carry their login too."""
    shared = Counter(person.name for person in people)
    return [(p.id, clip(p.name, 20) if shared[p.name] == 1 else f"{clip(p.name, 12)} ({clip(p.login, 12)})") for p in people]
