"""The words of the workbooks: each heading and each word leads back to the one thing that it names, in both languages."""

from collections import Counter

import pytest

from bot.locales import LANGUAGES, texts_for
from bot.sheet_words import vocabulary
from domain.spreadsheets.layout import SHEETS, SheetName
from domain.spreadsheets.vocabulary import folded


@pytest.fixture(params=LANGUAGES)
def words(request):
    return vocabulary(texts_for(request.param))


def twice(names):
    return [name for name, count in Counter(names).items() if count > 1]


class TestVocabulary:
    @pytest.mark.parametrize("name", SheetName)
    def test_every_heading_of_a_sheet_leads_to_its_column(self, words, name):
        for column in SHEETS[name].columns:
            assert words.columns[folded(f"＊ {words.headings[column.key].upper()}")] == column.key

    def test_no_two_headings_and_no_two_sheets_are_called_alike(self, words):
        assert twice(map(folded, words.headings.values())) == []
        assert twice(words.sheets.values()) == []

    @pytest.mark.parametrize("name", SheetName)
    def test_every_code_has_a_word_that_leads_back_to_it(self, words, name):
        for column in SHEETS[name].columns:
            for code in column.words:
                word = words.word(column, code)
                assert words.codes.get(column.key, {}).get(folded(word), word) == code

    def test_a_code_of_a_newer_version_stands_for_itself(self, words):
        assert words.word(SHEETS[SheetName.CUSTOMERS].column("stage"), "frozen") == "frozen"
