"""What the bot shows: a Screen is a value, HTML and buttons; how it gets to a chat is decided elsewhere."""

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from bot.callbacks import Payload
from bot.incoming import Attachment
from domain.cards import FOR_EVER, Subject

TEXT_LIMIT = 4096
PROTECTED = {"protect_content": True}
"""Of every message that is sent: any may come to show a customer's card, which nobody is to forward or save (SPEC 9)."""

_TAG = re.compile(r"<[^>]+>")

Style = Literal["primary", "success", "danger"]


@dataclass(frozen=True)
class Button:
    """An inline button: it carries a payload, or copies a text."""

    label: str
    payload: Payload | None = None
    copy: str | None = None
    style: Style | None = None

    def as_json(self) -> dict[str, Any]:
        """The Bot API's InlineKeyboardButton."""
        button: dict[str, Any] = {"text": self.label}
        if self.payload is not None:
            button["callback_data"] = self.payload.pack()
        if self.copy is not None:
            button["copy_text"] = {"text": self.copy[:256]}
        if self.style is not None:
            button["style"] = self.style
        return button


Row = Sequence[Button]


@dataclass(frozen=True)
class Shows:
    """The subject that a screen shows, and in which version: its message is registered as a card."""

    subject: str
    subject_id: int
    version: int

    @classmethod
    def customer(cls, customer_id: int, hands: int) -> "Shows":
        """What may tell how to reach a customer: it is closed when that leaves its reader (SPEC 9)."""
        return cls(Subject.CUSTOMER, customer_id, hands)

    @classmethod
    def about(cls, customer_id: int) -> "Shows":
        """A message about a customer that shows nothing which would have to go: a reply to it is a follow-up all the same."""
        return cls(Subject.CUSTOMER, customer_id, FOR_EVER)


@dataclass(frozen=True)
class Screen:
    """HTML text with rows of buttons.

    `notice` says what has just happened; it stands last, next to the buttons, where the eye is. `fresh`: always a new message,
    never an edit of the tapped one. `attachment`: the message is nothing but this file or place. `refused`: it says no.
    """

    text: str
    rows: tuple[Row, ...] = ()
    notice: str = ""
    shows: Shows | None = None
    fresh: bool = False
    attachment: Attachment | None = None
    refused: bool = False

    def with_notice(self, line: str) -> "Screen":
        """The same screen with a line that says what has just happened."""
        return replace(self, notice=line)

    def message(self) -> dict[str, Any]:
        """The Bot API parameters that sending and editing share."""
        keyboard = [[button.as_json() for button in row] for row in self.rows if row]
        return {
            "text": self._text(),
            "parse_mode": "HTML",
            "link_preview_options": {"is_disabled": True},
            "reply_markup": {"inline_keyboard": keyboard},
        }

    def _text(self) -> str:
        if not self.notice:
            return fit(self.text, TEXT_LIMIT)
        notice = fit(self.notice, TEXT_LIMIT // 2)
        return f"{fit(self.text, TEXT_LIMIT - visible_length(notice) - 2)}\n\n{notice}"


def fit(text: str, limit: int) -> str:
    """The text cut at a line's end so that what is read of it keeps within `limit` characters (Telegram's is 4096)."""
    if visible_length(text) <= limit:
        return text
    kept: list[str] = []
    left = limit - 2
    for line in text.split("\n"):
        left -= visible_length(line) + 1
        if left < 0:
            break
        kept.append(line)
    return "\n".join([*kept, "…"])


def visible_length(text: str) -> int:
    """How many characters Telegram counts: code points after the tags are taken out."""
    return len(html.unescape(_TAG.sub("", text)))


def without_markup(params: Mapping[str, Any]) -> dict[str, Any]:
    """The same message as plain text: what is left to do when Telegram cannot read the markup."""
    plain = {name: value for name, value in params.items() if name != "parse_mode"}
    return {**plain, "text": html.unescape(_TAG.sub("", params["text"]))}


def escape(value: object) -> str:
    """A value as HTML text."""
    return html.escape(str(value), quote=False)


def clip(label: str, limit: int = 40) -> str:
    """A button's label, cut to what a phone shows."""
    label = " ".join(label.split())
    return label if len(label) <= limit else label[: limit - 1] + "…"


def chunks(buttons: Iterable[Button], width: int) -> list[Row]:
    """Buttons in rows of at most `width`."""
    rest = list(buttons)
    return [rest[i : i + width] for i in range(0, len(rest), width)]
