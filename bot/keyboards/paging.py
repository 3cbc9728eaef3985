"""‹ 2/5 › : the row that turns pages."""

from collections.abc import Callable

from bot.callbacks import Payload
from bot.screens import Button, Row


def pager(page: int, pages: int, turn: Callable[[int], Payload], *, more: bool = False) -> Row:
    """Buttons to the page before and after; none where there is no such page, nothing at all for a single page.

    `more`: there are more pages than were counted.
    """
    if pages <= 1:
        return ()
    row = [Button(f"{page + 1}/{pages}{'+' if more else ''}", turn(page))]
    if page > 0:
        row.insert(0, Button("‹", turn(page - 1)))
    if page < pages - 1 or more:
        row.append(Button("›", turn(page + 1)))
    return row
