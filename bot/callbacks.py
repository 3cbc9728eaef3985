"""What a button carries: a version, a code and ids, at most 64 bytes. Rights never travel in it."""

from dataclasses import astuple, dataclass, fields
from functools import cache
from types import UnionType
from typing import Any, ClassVar, Never, Self, get_args, get_type_hints

from domain.lists import Scope
from domain.permissions import Act
from domain.stages import ReleaseReason, Stage

VERSION = "1"
LIMIT = 64
_SEPARATOR = ":"
_BOOLS = {"0": False, "1": True}
_BIGGEST = 2**63


class PayloadTooLongError(ValueError):
    """A payload that Telegram would refuse: a mistake of the program."""


@dataclass(frozen=True)
class Payload:
    """Base of everything a button can mean. Fields are int, str, bool or None; they travel in their order."""

    code: ClassVar[str]
    known: ClassVar[dict[str, type["Payload"]]] = {}

    def __init_subclass__(cls, *, code: str) -> None:
        """Each payload has a short code of its own, for ever."""
        assert code not in Payload.known, code
        cls.code = code
        Payload.known[code] = cls

    def pack(self) -> str:
        """The callback data. Raises PayloadTooLongError."""
        data = _SEPARATOR.join([VERSION, self.code, *(_write(value) for value in astuple(self))])
        if len(data.encode()) > LIMIT:
            raise PayloadTooLongError(data)
        return data

    @classmethod
    def read(cls, words: list[str]) -> Self:
        """The payload from its words. Raises ValueError."""
        return cls(*(_read(word, kind) for word, kind in zip(words, _kinds(cls.code), strict=True)))


@cache
def _kinds(code: str) -> tuple[Any, ...]:
    """What the fields of a payload hold, in their order."""
    payload = Payload.known[code]
    kinds = get_type_hints(payload)
    return tuple(kinds[field.name] for field in fields(payload))


def unpack(data: str) -> Payload | None:
    """What a button means, or None for data that no button of ours carries (any more)."""
    version, _, rest = data.partition(_SEPARATOR)
    code, *words = rest.split(_SEPARATOR)
    payload = Payload.known.get(code)
    if version != VERSION or payload is None:
        return None
    try:
        return payload.read(words)
    except ValueError:
        return None


def _write(value: object) -> str:
    if value is None:
        return ""
    return str(int(value)) if isinstance(value, bool) else str(value)


def _read(word: str, kind: Any) -> Any:  # noqa: ANN401 — the field's own type
    if isinstance(kind, UnionType):
        if not word:
            return None
        kind = next(arg for arg in get_args(kind) if arg is not type(None))
    if kind is bool:
        return _BOOLS[word] if word in _BOOLS else _refuse(word)
    if kind is int:
        return int(word) if word == str(int(word)) and abs(int(word)) < _BIGGEST else _refuse(word)
    return kind(word)


def _refuse(word: str) -> Never:
    raise ValueError(word)


@dataclass(frozen=True)
class OpenMenu(Payload, code="m"):
    """The main menu."""


@dataclass(frozen=True)
class OpenList(Payload, code="l"):
    """A list of customers, from its top."""

    scope: Scope


@dataclass(frozen=True)
class TurnTo(Payload, code="p"):
    """A page of a list (0 is the first)."""

    view: int
    page: int


@dataclass(frozen=True)
class ChooseTab(Payload, code="t"):
    """A stage tab of a list; None: all stages."""

    view: int
    stage: Stage | None


@dataclass(frozen=True)
class SelectMany(Payload, code="s"):
    """Multi-select on or off."""

    view: int
    on: bool


@dataclass(frozen=True)
class Select(Payload, code="k"):
    """Put a customer into the selection, or take it out: the wanted state travels, so a double tap changes nothing."""

    view: int
    customer: int
    on: bool


@dataclass(frozen=True)
class ShowCustomer(Payload, code="c"):
    """A customer's card; `view` is the list to go back to."""

    customer: int
    view: int | None


@dataclass(frozen=True)
class Begin(Payload, code="a"):
    """An act on one customer, from its card."""

    act: Act
    customer: int
    view: int | None


@dataclass(frozen=True)
class BeginBatch(Payload, code="b"):
    """An act on the selection of a list."""

    act: Act
    view: int


@dataclass(frozen=True)
class PickPerson(Payload, code="w"):
    """The person whom an errand is for."""

    errand: int
    user: int


@dataclass(frozen=True)
class TurnPeople(Payload, code="wp"):
    """A page of the people to pick from."""

    errand: int
    page: int


@dataclass(frozen=True)
class PickReason(Payload, code="r"):
    """Why customers are released."""

    errand: int
    reason: ReleaseReason


@dataclass(frozen=True)
class DropErrand(Payload, code="x"):
    """Leave an errand undone."""

    errand: int


@dataclass(frozen=True)
class OpenTodo(Payload, code="o"):
    """The claims that wait; pages count from 0."""

    page: int


@dataclass(frozen=True)
class ShowRequests(Payload, code="q"):
    """An approval card."""

    batch: int


@dataclass(frozen=True)
class ShowRequested(Payload, code="qc"):
    """The customer of a request, seen from its card."""

    batch: int
    customer: int


@dataclass(frozen=True)
class Decide(Payload, code="y"):
    """Approve or reject one request."""

    request: int
    yes: bool


@dataclass(frozen=True)
class DecideAll(Payload, code="ya"):
    """Approve or reject everything of a card that still waits."""

    batch: int
    yes: bool


@dataclass(frozen=True)
class GiveReason(Payload, code="yr"):
    """Say why something was rejected."""

    batch: int


@dataclass(frozen=True)
class CancelRequests(Payload, code="yc"):
    """The requester takes his claims back."""

    batch: int


@dataclass(frozen=True)
class OpenLanguages(Payload, code="ls"):
    """Choose a language."""


@dataclass(frozen=True)
class ChooseLanguage(Payload, code="la"):
    """A language: zh or en."""

    language: str
