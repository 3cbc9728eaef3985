"""A customer's fields in the reader's words: what they are called, and what stands in them."""

from collections.abc import Callable, Mapping
from typing import Any

from bot.locales import Texts

_CONTACT = "contact_"
_KEYS: Mapping[str, Callable[[str], str]] = {
    "services": lambda code: f"service-{code}",
    "direction": lambda code: f"direction-{code}",
    "stage": lambda code: f"stage-{code}",
}
"""Fields whose values are codes, and the texts that name those."""


def label(texts: Texts, field: str) -> str:
    """What a field is called; a change of the main contact is told as that of his name, his phone."""
    name = {"contact_name": "contact"}.get(field, field).removeprefix(_CONTACT)
    return texts.plain(f"field-{name.replace('_', '-')}")


def short_label(texts: Texts, field: str) -> str:
    """What a field is called where there is little room."""
    key = f"field-{field.replace('_', '-')}-short"
    return texts.plain(key) if texts.has(key) else label(texts, field)


def value(texts: Texts, field: str, kept: Any) -> str:  # noqa: ANN401 — a field's value
    """What stands in a field, in one line; nothing for an empty one."""
    if not kept:
        return ""
    if field == "lanes":
        return texts.plain("list-separator").join(" → ".join(lane) for lane in kept)
    if isinstance(kept, list | tuple):
        return texts.plain("list-separator").join(_word(texts, field, one) for one in kept)
    return _word(texts, field, str(kept))


def _word(texts: Texts, field: str, code: str) -> str:
    key = _KEYS[field](code) if field in _KEYS else ""
    return texts.plain(key) if texts.has(key) else code
