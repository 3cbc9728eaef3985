"""Which addresses Telegram takes in links and buttons."""

import re

_HTTP = re.compile(r"(?:(?P<scheme>https?)://)?(?P<host>[^\s/?#:@]+)(?P<port>:\d{1,5})?(?P<rest>[/?#]\S*)?", re.IGNORECASE)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HOST = re.compile(r"[^.]+(?:\.[^.]+)+")


def normal_url(address: str) -> str | None:
    """The address as the server keeps it, or None when it is no link that Telegram knows."""
    if problem(address) is not None:
        return None
    whole = address if "://" in address else f"http://{address}"
    return whole if "/" in whole.split("://", 1)[1] or not whole.startswith("http") else f"{whole}/"


def problem(address: str) -> str | None:
    """Why a button or link may not lead there, in Telegram's words; None when it may."""
    if address.lower().startswith(("tg://", "ton://")):
        return None
    if "://" in address and not address.lower().startswith(("http://", "https://")):
        return "Unsupported URL protocol"
    match = _HTTP.fullmatch(address)
    if match is None or (_SCHEME.match(address) and not match["scheme"] and not match["port"]):
        return "Wrong HTTP URL"
    if match["host"].lower() == "localhost" or not _HOST.fullmatch(match["host"]):
        return "Wrong HTTP URL"
    return None
