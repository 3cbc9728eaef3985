import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain import masking


class TestPhone:
    @pytest.mark.parametrize(
        ("number", "shown"),
        [
            ("13812345678", "138••••5678"),
            ("+8613812345678", "+86•••••••5678"),
            ("0532 83881234", "053••••••1234"),
            ("83881234", "••••••34"),
            ("1234567", "•••••••"),
            ("110", "•••"),
        ],
    )
    def test_the_middle_is_hidden(self, number, shown):
        assert masking.phone(number) == shown

    @given(st.text("0123456789", min_size=1, max_size=20))
    def test_four_digits_at_least_are_hidden_and_the_length_stays(self, number):
        shown = masking.phone(number)
        assert len(shown) == len(number)
        assert shown.count(masking.MASK) >= min(4, len(number))


class TestEmail:
    @pytest.mark.parametrize(
        ("address", "shown"),
        [("wang@example.com", "w•••@•••.com"), ("w@example.com", "w•••@•••.com"), ("wang", "w•••")],
    )
    def test_first_letter_and_domain_remain(self, address, shown):
        assert masking.email(address) == shown


class TestWord:
    @pytest.mark.parametrize(("word", "shown"), [("wangfang88", "w•••"), ("山东省青岛市", "山•••"), ("", "")])
    def test_the_first_character_remains(self, word, shown):
        assert masking.word(word) == shown
