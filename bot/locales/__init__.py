"""Every word that a person reads, in Fluent files by language and noun; escaping for HTML happens here and nowhere else."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.types import FluentType

from bot.screens import escape

LANGUAGES = ("zh", "en")
_FOLDER = Path(__file__).parent
_BUNDLE_LOCALES = {"zh": "zh-CN", "en": "en-GB"}


class MissingTextError(LookupError):
    """A text that is not in the locale, or one given the wrong variables: a mistake of the program."""


class Texts:
    """The texts of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._bundle = FluentBundle([_BUNDLE_LOCALES[language]], use_isolating=False)
        self._constant: dict[str, str] = {}
        for path in sorted((_FOLDER / language).glob("*.ftl")):
            self._bundle.add_resource(FluentResource(path.read_text("utf-8")))

    def plain(self, key: str, /, **values: Any) -> str:  # noqa: ANN401 — whatever the text's variables are
        """A text as it stands: for buttons and commands. Raises MissingTextError."""
        if not values and key in self._constant:
            return self._constant[key]
        if not self._bundle.has_message(key):
            raise MissingTextError(key)
        pattern = self._bundle.get_message(key).value
        assert pattern is not None, key
        text, errors = self._bundle.format_pattern(pattern, values)
        if errors:
            raise MissingTextError(key, errors)
        if not values:
            self._constant[key] = str(text)
        return str(text)

    def html(self, key: str, /, **values: Any) -> str:  # noqa: ANN401 — as above
        """A text for a message: its words may hold tags, its variables may not and are escaped."""
        return self.plain(key, **_escaped(values))

    def has(self, key: str) -> bool:
        """Whether the language has this text."""
        return bool(self._bundle.has_message(key))


@cache
def texts_for(language: str) -> Texts:
    """The texts of a language; Chinese for one that is not known."""
    return Texts(language if language in LANGUAGES else LANGUAGES[0])


def _escaped(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: escape(value) if isinstance(value, str) and not isinstance(value, FluentType) else value
        for name, value in values.items()
    }
