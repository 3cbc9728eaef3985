"""When two company names are the same one (SPEC 3): NFKC, case, spaces, brackets and the legal suffix do not count."""

import re
import unicodedata
from functools import lru_cache

LEGAL_SUFFIXES = (
    "股份有限公司",
    "有限责任公司",
    "有限公司",
    "集团公司",
    "公司",
    "coltd",
    "colimited",
    "companylimited",
    "limited",
    "ltd",
    "llc",
    "inc",
    "corp",
    "corporation",
    "gmbh",
)

_IGNORED = re.compile(r"[\W_]+")


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """The form under which names are compared; two equal keys are one company. Empty when nothing but signs was given."""
    key = _IGNORED.sub("", unicodedata.normalize("NFKC", name).casefold())
    suffix = next((s for s in LEGAL_SUFFIXES if key.endswith(s) and len(key) > len(s)), "")
    return key.removesuffix(suffix)
