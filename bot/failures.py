"""What a failed call to Telegram means for the one who made it.

The exceptions of python-telegram-bot alone do not say: `BadRequest` and `TimedOut` are both kinds of
`NetworkError`, and a connection that was never made is one as well as an answer that was lost. What the
outbox does with each kind stands in docs/design.md, "Failures of a send".
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any

import aiohttp
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
)


class FailureKind(StrEnum):
    """What happened, told apart by what may be done next."""

    NOT_SENT = "not_sent"
    FLOOD = "flood"
    AMBIGUOUS = "ambiguous"
    GONE = "gone"
    MOVED = "moved"
    REJECTED = "rejected"
    MARKUP = "markup"
    UNCHANGED = "unchanged"
    MISSING = "missing"
    TOKEN = "token"  # noqa: S105 - the name of a failure


@dataclass(frozen=True)
class Failure:
    """One failed call: `retry_after` seconds with FLOOD (None: not told), `new_chat_id` with MOVED."""

    kind: FailureKind
    retry_after: float | None = None
    new_chat_id: int | None = None
    description: str = ""


_NEVER_LEFT = (
    aiohttp.ConnectionTimeoutError,  # also a wait for a free connection
    aiohttp.ClientConnectorError,  # refused, no such host, no trust in the certificate
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
    RuntimeError,  # the session is not open
)

# python-telegram-bot capitalises what Telegram says; these are the beginnings of it in lower case.
_SAID: tuple[tuple[FailureKind, tuple[str, ...]], ...] = (
    (FailureKind.UNCHANGED, ("message is not modified",)),
    (FailureKind.MARKUP, ("can't parse entities",)),
    (
        FailureKind.MISSING,
        (
            "message to edit not found",
            "message can't be edited",
            "message_id_invalid",
            "there is no text in the message to edit",
            "there is no caption in the message to edit",
            "message to delete not found",
            "message can't be deleted",
        ),
    ),
    (
        FailureKind.GONE,
        (
            "chat not found",
            "user not found",
            "peer_id_invalid",
            "user_is_blocked",
            "input_user_deactivated",
            "chat_write_forbidden",
            "group chat is deactivated",
            "not enough rights to send",
            "have no rights to send",
            "need administrator rights in the channel chat",
        ),
    ),
)
_TOO_MANY = re.compile(r"too many requests(?:: retry after (\d+))?")
_TOO_LARGE = "request entity too large"


def classify(error: Exception) -> Failure:
    """The meaning of an error that a method of `telegram.Bot` raised; what nobody knows is ambiguous."""
    for known, meaning in _MEANINGS:
        if isinstance(error, known):
            return replace(meaning(error), description=str(error))
    return Failure(FailureKind.AMBIGUOUS, description=str(error) or type(error).__name__)


def _refused(error: Exception) -> Failure:
    said = str(error).lower()
    kind = next((kind for kind, beginnings in _SAID if said.startswith(beginnings)), FailureKind.REJECTED)
    return Failure(kind)


def _lost(error: Exception) -> Failure:
    if isinstance(error.__cause__, _NEVER_LEFT):
        return Failure(FailureKind.NOT_SENT)
    said = str(error).lower()
    if flood := _TOO_MANY.match(said):
        return Failure(FailureKind.FLOOD, retry_after=float(flood[1]) if flood[1] else None)
    return Failure(FailureKind.REJECTED if said.startswith(_TOO_LARGE) else FailureKind.AMBIGUOUS)


def _flooded(error: RetryAfter) -> Failure:
    wait = error.retry_after
    seconds = wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
    return Failure(FailureKind.FLOOD, retry_after=seconds)


_MEANINGS: tuple[tuple[type[Exception], Callable[[Any], Failure]], ...] = (
    (RetryAfter, _flooded),
    (ChatMigrated, lambda error: Failure(FailureKind.MOVED, new_chat_id=error.new_chat_id)),
    (Forbidden, lambda _: Failure(FailureKind.GONE)),
    (InvalidToken, lambda _: Failure(FailureKind.TOKEN)),
    (Conflict, lambda _: Failure(FailureKind.REJECTED)),
    (EndPointNotFound, lambda _: Failure(FailureKind.REJECTED)),
    (BadRequest, _refused),
    (NetworkError, _lost),  # last: BadRequest is one of its kinds
)
