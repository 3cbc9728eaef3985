"""Whether Telegram calls us: asked once a minute by a bot with a webhook, for the figures and the log."""

import asyncio

import structlog
from telegram.error import TelegramError

from bot.api import BotApi
from bot.metrics import Metrics
from bot.telegram_webhook import standing

log = structlog.get_logger()

EVERY_SECONDS = 60.0


async def watch(api: BotApi, url: str, metrics: Metrics) -> None:
    """Look until cancelled; a webhook that is not ours is told once."""
    ours = True
    while True:
        try:
            found = await standing(api)
        except TelegramError:
            log.debug("webhook_not_seen")
        else:
            if ours and found.url != url:
                log.warning("webhook_elsewhere", found=found.url)
            ours = found.url == url
            metrics.webhook_ours.set(ours)
            metrics.webhook_pending.set(found.pending)
        await asyncio.sleep(EVERY_SECONDS)
