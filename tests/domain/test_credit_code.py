import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.credit_code import ALPHABET, check_digit, is_valid, normalise

PUBLISHED = ["9144030071526726XG", "91330100799655058B", "914403001922038216", "91110000802100433B", "91370200163562681G"]

codes = st.text(ALPHABET, min_size=17, max_size=17).map(lambda first: first + check_digit(first))


class TestCheckDigit:
    @pytest.mark.parametrize("code", PUBLISHED)
    def test_it_fits_codes_that_companies_publish(self, code):
        assert is_valid(code)

    @given(codes)
    def test_what_is_computed_is_valid(self, code):
        assert is_valid(code)

    @given(codes, st.integers(0, 17), st.sampled_from(ALPHABET))
    def test_any_single_wrong_character_is_caught(self, code, place, char):
        changed = code[:place] + char + code[place + 1 :]
        assert is_valid(changed) == (changed == code)

    @given(codes, st.integers(0, 16))
    def test_any_two_neighbours_swapped_are_caught(self, code, place):
        swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        assert is_valid(swapped) == (swapped == code)


class TestShape:
    @pytest.mark.parametrize("letter", "IOSVZ")
    def test_letters_that_look_like_digits_are_not_used(self, letter):
        assert letter not in ALPHABET
        assert not is_valid(letter + PUBLISHED[0][1:])

    @pytest.mark.parametrize("code", ["", PUBLISHED[0][:-1], PUBLISHED[0] + "0", PUBLISHED[0].lower(), "海" * 18])
    def test_it_has_18_capitals_or_digits(self, code):
        assert not is_valid(code)

    def test_there_are_31_characters(self):
        assert len(set(ALPHABET)) == 31


class TestNormalise:
    @pytest.mark.parametrize("typed", ["9144030071526726xg", "9144 0300 7152 6726 XG", "９１４４０３００７１５２６７２６ＸＧ"])
    def test_case_spaces_and_width_do_not_count(self, typed):
        assert normalise(typed) == PUBLISHED[0]
