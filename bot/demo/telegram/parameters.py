"""What a call came with, read alike from a query, a form, JSON and multipart."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from bot.demo.telegram.errors import bad_request

Json = dict[str, Any]


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True)
class Parameters:
    """Values as they came: text from forms, JSON values from JSON bodies. The getters convert."""

    values: Json = field(default_factory=dict)
    uploads: dict[str, Upload] = field(default_factory=dict)

    def given(self, name: str) -> bool:
        """Whether the call named the parameter at all."""
        return self.values.get(name) is not None

    def text(self, name: str) -> str:
        """A string; missing is empty."""
        value = self.values.get(name)
        if value is None:
            return ""
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; missing or unreadable is the default, as on the real server."""
        value = self.values.get(name)
        try:
            return default if value is None else int(value)
        except (TypeError, ValueError):
            return default

    def number(self, name: str) -> float | None:
        """A number, None when missing or unreadable."""
        value = self.values.get(name)
        try:
            return None if value is None else float(value)
        except (TypeError, ValueError):
            return None

    def flag(self, name: str) -> bool:
        """A yes or no; missing is no."""
        value = self.values.get(name)
        return value is True or str(value).lower() in ("true", "yes", "1")

    def json(self, name: str, called: str) -> Any:  # noqa: ANN401 - any JSON value may come; callers check its shape
        """A nested object, which forms carry as JSON text; `called` is what Telegram calls it in a refusal."""
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {called} JSON object") from None

    def merged(self, other: "Parameters") -> "Parameters":
        """These, with `other` over them."""
        return Parameters(self.values | other.values, self.uploads | other.uploads)


def from_query(query: bytes) -> Parameters:
    """Parameters of a query string or an urlencoded form."""
    try:
        text = query.decode()
        return Parameters(dict(parse_qsl(text, keep_blank_values=True, errors="strict")))
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None


def from_json(body: bytes) -> Parameters:
    """Parameters of a JSON body, which must be an object."""
    try:
        values = json.loads(body)
    except UnicodeDecodeError:
        raise bad_request("strings must be encoded in UTF-8") from None
    except ValueError:
        raise bad_request("can't parse JSON object") from None
    if not isinstance(values, dict):
        raise bad_request("object expected as request body")
    return Parameters(values)
