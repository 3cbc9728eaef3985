"""What a picture of the gallery is: who does what before it, and how it is called. Buttons are named by what they mean, so that
one tour serves both languages."""

from dataclasses import dataclass, field
from typing import Any

from bot.callbacks import Payload


@dataclass(frozen=True)
class Become:
    """The phone goes to this person."""

    login: str


@dataclass(frozen=True)
class Invite:
    """This person has no account any more, and `{invitation}` is the code of a new link."""

    login: str


@dataclass(frozen=True)
class Say:
    """Typed and sent; `{names}` stand for customers of the cast."""

    text: str


@dataclass(frozen=True)
class Reply:
    """Typed and sent as a reply to the newest message."""

    text: str


@dataclass(frozen=True)
class Tap:
    """A button of the newest message that has one of this meaning; of several the one at `place`."""

    payload: type[Payload]
    wanted: dict[str, Any] = field(default_factory=dict)
    place: int = 0


@dataclass(frozen=True)
class Photo:
    """A photo with words under it."""

    caption: str


@dataclass(frozen=True)
class Card:
    """A contact shared."""

    name: str
    phone: str


@dataclass(frozen=True)
class Pass:
    """The demo's clock goes on by so many days."""

    days: int


@dataclass(frozen=True)
class Workbook:
    """A workbook sent; `{names}` in its cells stand for customers of the cast."""

    rows: tuple[tuple[str, ...], ...]


Deed = Become | Invite | Say | Reply | Tap | Photo | Card | Pass | Workbook


@dataclass(frozen=True)
class Shot:
    """A picture, and what is done for it after the one before. `rows`: how many of the newest messages it shows."""

    name: str
    zh: str
    en: str
    deeds: tuple[Deed, ...]
    rows: int = 1


@dataclass(frozen=True)
class Chapter:
    """A part of the manual; each begins in a demo of its own."""

    name: str
    zh: str
    en: str
    shots: tuple[Shot, ...]


def tap(payload: type[Payload], place: int = 0, **wanted: Any) -> Tap:  # noqa: ANN401 - fields of any payload
    """A tap on a button that means this."""
    return Tap(payload, wanted, place)


def shot(name: str, zh: str, en: str, *deeds: Deed, rows: int = 0) -> Shot:
    """A picture; after something said it shows that too."""
    return Shot(name, zh, en, deeds, rows or (2 if isinstance(deeds[-1], Say | Card | Photo | Workbook) else 1))
