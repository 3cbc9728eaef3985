"""Finding a button by what is written on it."""

import re

from bot.demo.telegram.errors import PhoneError
from bot.demo.telegram.parameters import Json

_ORNAMENT = re.compile(r"[\W\d_]+")


def button_labelled(label: str, rows: list[list[Json]]) -> Json:
    """The one button meant by a label; PhoneError lists what there is when none or several are."""
    buttons = [button for row in rows for button in row]
    for meant in (
        [button for button in buttons if button["text"] == label],
        [button for button in buttons if _bare(button["text"]) == label],
        [button for button in buttons if label in button["text"]],
    ):
        if len(meant) == 1:
            return meant[0]
        if meant:
            break
    labels = ", ".join(repr(button["text"]) for button in buttons) or "none"
    raise PhoneError(f"{'several buttons say' if meant else 'no button says'} {label!r}; there are: {labels}")


def _bare(label: str) -> str:
    """The words of a label without emoji, counts and punctuation."""
    return _ORNAMENT.sub(" ", label).strip()
