"""How contact details look to somebody who has not claimed the customer (SPEC 4). One module for every path."""

MASK = "•"
_MOBILE, _SHORT = 11, 7


def phone(value: str) -> str:
    """A phone number without its middle: 138••••5678; of a shorter one only the last two digits remain."""
    if len(value) < _MOBILE:
        shown = value[-2:] if len(value) > _SHORT else ""
        return MASK * (len(value) - len(shown)) + shown
    return value[:3] + MASK * (len(value) - 7) + value[-4:]


def email(value: str) -> str:
    """An e-mail address of which the first letter and the country or kind of its domain remain: w•••@•••.com."""
    name, at, domain = value.partition("@")
    return f"{name[:1]}{MASK * 3}{at}{MASK * 3}.{domain.rpartition('.')[2]}" if at else word(value)


def word(value: str) -> str:
    """A WeChat name or an address of which the first character remains."""
    return value[:1] + MASK * 3 if value else value
