"""What an update asks for, in a word of a closed list: for whoever counts. Whatever else stands in the update stays out."""

from bot.callbacks import unpack
from bot.incoming import Incoming
from bot.routes import COMMANDS, TAPS
from domain.permissions import Act

OTHER, TEXT, STALE, UNKNOWN = "other", "text", "stale", "/?"


def name_of(incoming: Incoming | None) -> str:
    """A button's meaning, with its act where it has one; a command; or one of a few words for all the rest."""
    if incoming is None or incoming.reachable is not None:
        return OTHER
    if incoming.data is not None:
        return _tapped(incoming.data)
    if incoming.command is not None:
        return f"/{incoming.command}" if incoming.command in COMMANDS else UNKNOWN
    return TEXT


def _tapped(data: str) -> str:
    payload = unpack(data)
    if payload is None or type(payload) not in TAPS:
        return STALE
    act = getattr(payload, "act", None)
    return f"{type(payload).__name__}:{act}" if isinstance(act, Act) else type(payload).__name__
