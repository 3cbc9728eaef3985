"""The webhook at Telegram: what stands there, whether it is what the settings want, and a change only when it is not.

Telegram tells its address and kinds of updates, but never the secret: of that a fingerprint is remembered, made with the bot's
token, so that nobody can find the secret by trying.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from bot.api import BotApi
from bot.config import Telegram
from bot.intake import ALLOWED_UPDATES


@dataclass(frozen=True)
class Standing:
    """The webhook as Telegram tells it; no `url`: none is set."""

    url: str
    pending: int
    allowed: frozenset[str]
    error: str | None = None
    error_at: datetime | None = None

    @classmethod
    def of(cls, info: dict[str, Any]) -> Self:
        """From Telegram's WebhookInfo."""
        at = info.get("last_error_date")
        return cls(
            info["url"],
            info["pending_update_count"],
            frozenset(info.get("allowed_updates", ())),
            info.get("last_error_message"),
            datetime.fromtimestamp(at, UTC) if at else None,
        )

    def as_json(self) -> dict[str, Any]:
        """For programs to read."""
        at = self.error_at.isoformat() if self.error_at else None
        return {
            "url": self.url,
            "pending": self.pending,
            "allowed_updates": sorted(self.allowed),
            "last_error": self.error,
            "last_error_at": at,
        }


async def standing(api: BotApi) -> Standing:
    """What Telegram says now. Raises TelegramError."""
    return Standing.of(await api.call("getWebhookInfo"))


def is_ours(found: Standing, wanted: Telegram, remembered: str | None) -> bool:
    """Whether nothing is to be changed."""
    return found.url == wanted.webhook_url and found.allowed == set(ALLOWED_UPDATES) and remembered == fingerprint(wanted)


def fingerprint(wanted: Telegram) -> str:
    """What two settings of the same webhook share; the secret cannot be told from it."""
    assert wanted.token is not None
    assert wanted.secret_token is not None
    told = "\n".join([str(wanted.webhook_url), wanted.secret_token.get_secret_value(), *ALLOWED_UPDATES])
    return hmac.new(wanted.token.get_secret_value().encode(), told.encode(), hashlib.sha256).hexdigest()


async def set_up(api: BotApi, wanted: Telegram) -> None:
    """Have Telegram call the webhook; what waits there is kept. Raises TelegramError."""
    assert wanted.secret_token is not None
    secret = wanted.secret_token.get_secret_value()
    await api.call("setWebhook", {"url": wanted.webhook_url, "secret_token": secret, "allowed_updates": ALLOWED_UPDATES})


async def take_down(api: BotApi) -> None:
    """Have Telegram keep what comes until somebody asks; what waits there is kept. Raises TelegramError."""
    await api.call("deleteWebhook", {"drop_pending_updates": False})
