"""People, and other names, to choose one from: ten a page, two a row where all of them are short."""

from collections import Counter
from collections.abc import Callable, Sequence

from bot import labels
from bot.callbacks import Payload
from bot.keyboards.paging import pager
from bot.screens import Button, Row, chunks, clip
from domain.models import User

A_PAGE = 10
HALF_ROW = 18
"""So wide a name can be read in half a row."""


def paged(buttons: Sequence[Button], page: int, turn_to: Callable[[int], Payload]) -> list[Row]:
    """One page of the buttons and the row that turns pages."""
    pages = max(1, -(-len(buttons) // A_PAGE))
    page = max(0, min(page, pages - 1))
    shown = buttons[page * A_PAGE : (page + 1) * A_PAGE]
    short = all(labels.width(button.label) <= HALF_ROW for button in shown)
    return [*chunks(shown, 2 if short else 1), pager(page, pages, turn_to)]


def labelled(people: Sequence[User]) -> list[tuple[int, str]]:
    """People's ids and names; those who share a name carry their login too."""
    shared = Counter(person.name for person in people)
    return [(p.id, clip(p.name, 20) if shared[p.name] == 1 else f"{clip(p.name, 12)} ({clip(p.login, 12)})") for p in people]
