"""Unified social credit codes: 18 characters, the last a check digit (GB 32100-2015)."""

import unicodedata

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18


def check_digit(first17: str) -> str:
    """The eighteenth character that belongs to the first seventeen. ValueError for a character outside the alphabet."""
    total = sum(ALPHABET.index(char) * pow(3, place, 31) for place, char in enumerate(first17))
    return ALPHABET[(31 - total % 31) % 31]


def normalise(code: str) -> str:
    """The code as it is kept: half-width capitals without spaces."""
    return unicodedata.normalize("NFKC", code).replace(" ", "").upper()


def is_valid(code: str) -> bool:
    """Whether a normalised code has the right length, alphabet and check digit."""
    return len(code) == LENGTH and all(char in ALPHABET for char in code) and check_digit(code[:17]) == code[17]
