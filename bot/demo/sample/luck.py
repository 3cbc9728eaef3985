"""Chance, as far as a seeded generator knows it."""

import random


def likely(rng: random.Random, percent: int) -> bool:
    """True in so many cases of a hundred."""
    return rng.randrange(100) < percent
