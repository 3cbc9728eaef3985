"""What a bot has ready before the first tap, so that nobody waits for it later."""

import gc

from bot.locales import LANGUAGES, texts_for
from domain import search

A_CHARACTER = chr(0x6D77)
"""Any one that is spelt: the table by which names are is heavy."""


def warm_up() -> None:
    """Load what somebody's tap would load otherwise, and look through it for garbage once and never again.

    There are hundreds of thousands of objects that stay for good: to look through them halts everybody for a sixth of a second,
    and Python does it whenever enough has come and gone.
    """
    for language in LANGUAGES:
        texts_for(language)
    search.initials(A_CHARACTER)
    gc.collect()
    gc.freeze()
