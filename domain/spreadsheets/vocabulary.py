"""The words of a workbook in one language: titles of sheets, headings of columns, and what codes are called.

They are handed in, because every word for people lives in the locales. A heading or a word is recognised in whatever width and
case it was typed.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from domain.spreadsheets.layout import Column, SheetName


@dataclass(frozen=True)
class Vocabulary:
    """`values` words the codes of each column by column key, then code; `yes` and `no` are those of a yes-no cell.

    `examples` show by column key what one writes, `phrases` are what else a template says.
    """

    language: str
    sheets: Mapping[SheetName, str]
    headings: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]
    yes: str
    no: str
    examples: Mapping[str, str]
    phrases: Mapping[str, str]

    def word(self, column: Column, code: str) -> str:
        """What a code is called; a code without a word stands for itself."""
        return self.values.get(column.key, {}).get(code, code)

    def is_example(self, first: str) -> bool:
        """Whether a row that begins with this text is a template's example, which is nobody's."""
        return folded(first).startswith(folded(self.phrases["example"]))

    @cached_property
    def columns(self) -> Mapping[str, str]:
        """Column keys by their folded headings."""
        return {folded(heading): key for key, heading in self.headings.items()}

    @cached_property
    def codes(self) -> Mapping[str, Mapping[str, str]]:
        """Codes by their folded words, for each column key."""
        return {key: {folded(word): code for code, word in words.items()} for key, words in self.values.items()}


def folded(typed: str) -> str:
    """A heading or a word as it is compared: half-width, small letters, without spaces and the star of required fields."""
    return "".join(unicodedata.normalize("NFKC", typed).casefold().split()).strip("*")
