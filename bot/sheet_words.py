"""Workbooks in the reader's words: titles of sheets, headings of columns, and what codes are called (domain/spreadsheets)."""

import html
from collections.abc import Iterator
from dataclasses import dataclass

from bot import field_words
from bot.locales import Texts, texts_for
from bot.wording import Wording
from domain.clock import Moment
from domain.errors import GonghaiError
from domain.spreadsheets.layout import SHEETS, Cell, Column
from domain.spreadsheets.scratch import Fate
from domain.spreadsheets.vocabulary import Vocabulary

_KINDS = {
    "services": "service",
    "direction": "direction",
    "stage": "stage",
    "release_reason": "reason",
    "followup_kind": "followup-kind",
    "gained": "gained",
    "lost": "lost",
    "role": "role",
}
"""Columns whose codes have words, and how the texts that name those begin."""


PHRASES = (
    "template",
    "example",
    "hints",
    "between",
    "hint_sheet",
    "hint_column",
    "hint_required",
    "hint_content",
    "hint_example",
    *(f"hint_{cell}" for cell in Cell),
    *(f"hint_{column.key}" for sheet in SHEETS.values() for column in sheet.columns),
    "outcome",
    "reason",
    *(f"fate_{fate}" for fate in Fate),
)
"""What templates say besides: hints by kind of cell, and by column for those that have one of their own; what reports say."""


def vocabulary(texts: Texts) -> Vocabulary:
    """The words of one language."""
    columns = {column.key: column for column in _columns()}
    return Vocabulary(
        language=texts.language,
        sheets={name: texts.plain(f"sheet-{name}") for name in SHEETS},
        headings={key: _heading(texts, key) for key in columns},
        values={key: _values(texts, column) for key, column in columns.items() if key in _KINDS},
        yes=texts.plain("profile-yes"),
        no=texts.plain("profile-no"),
        examples={key: texts.plain(f"example-{_dash(key)}") for key in columns if texts.has(f"example-{_dash(key)}")},
        phrases={name: texts.plain(f"phrase-{_dash(name)}") for name in PHRASES if texts.has(f"phrase-{_dash(name)}")},
    )


def _columns() -> Iterator[Column]:
    return (column for sheet in SHEETS.values() for column in sheet.columns)


def _heading(texts: Texts, key: str) -> str:
    """A heading of its own, else what the field is called elsewhere."""
    for own in (f"heading-{_dash(key)}", f"profile-{_dash(key)}"):
        if texts.has(own):
            return texts.plain(own)
    return field_words.label(texts, key)


def _values(texts: Texts, column: Column) -> dict[str, str]:
    return {code: texts.plain(f"{_KINDS[column.key]}-{_dash(code)}") for code in column.words}


def _dash(key: str) -> str:
    return key.replace("_", "-")


@dataclass(frozen=True)
class Reasons:
    """Says in one language why a row is not kept; it can travel to another process."""

    language: str
    now: Moment

    def __call__(self, error: GonghaiError) -> str:
        """One line without markup."""
        said = Wording(texts_for(self.language), self.now).refusal(error)
        return html.unescape(said).removeprefix("⚠️ ")
