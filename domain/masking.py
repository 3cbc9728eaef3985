"""How contact details look to somebody who has not claimed the customer (SPEC 4). One module for every path."""

MASK = "•"


def phone(value: str) -> str:
    """A phone number without its middle: 138••••5678."""
    if len(value) <= 7:  # noqa: PLR2004 — too short to show anything of it
        return MASK * len(value)
    return value[:3] + MASK * (len(value) - 7) + value[-4:]


def email(value: str) -> str:
    """An e-mail address of which the first letter and the domain remain."""
    name, at, domain = value.partition("@")
    return f"{name[:1]}{MASK * 3}{at}{domain}"


def word(value: str) -> str:
    """A WeChat name or an address of which the first character remains."""
    return value[:1] + MASK * 3 if value else value
