"""How the texts of the settings become values; each refuses with ValueError what it cannot read."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import fields
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

from domain.policy import Policy, PolicyError, Violation


class Address(NamedTuple):
    """Where to listen."""

    host: str
    port: int

    @classmethod
    def parse(cls, value: object) -> Self:
        """`host:port`, with the host of IPv6 in brackets."""
        parts = urlsplit(f"//{value}")
        if not parts.hostname or parts.port is None or parts.netloc != value:
            raise ValueError(value)
        return cls(parts.hostname, parts.port)


def web_address(value: object) -> str:
    """The address as it stands, when it leads to a web server."""
    parts = urlsplit(str(value))
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(value)
    return str(value)


def upper(value: object) -> object:
    """Any text in capitals."""
    return value.upper() if isinstance(value, str) else value


def policy(given: object) -> Policy:
    """The rules of a table of settings, or `PolicyError`: every one that is unknown, or else every wrong one."""
    if isinstance(given, Policy):
        return given
    if not isinstance(given, Mapping):
        raise ValueError(given)  # noqa: TRY004 - pydantic collects ValueErrors
    known = [each.name for each in fields(Policy)]
    if unknown := [name for name in given if name not in known]:
        raise PolicyError(tuple(Violation(name, None, ", ".join(known)) for name in unknown))
    values: dict[str, Any] = {name: _typed(value) for name, value in given.items()}
    return Policy(**values)


def _typed(value: object) -> object:
    """What a text of the environment stands for, with levels in capitals; a policy itself judges whether it may."""
    if isinstance(value, str):
        with suppress(ValueError):
            value = json.loads(value.lower())
    if isinstance(value, dict):
        return {str(level).upper(): _typed(days) for level, days in value.items()}
    return value
