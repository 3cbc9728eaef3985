"""How the bot gets its updates: long polling or a webhook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.methods.registry import method
from bot.demo.telegram.webhook import Target

if TYPE_CHECKING:
    from bot.demo.telegram.engine import Telegram
    from bot.demo.telegram.parameters import Json, Parameters


@method("getUpdates")
async def get_updates(telegram: Telegram, parameters: Parameters) -> list[Json]:
    """Wait for updates."""
    telegram.updates.allow(_kinds(parameters))
    return await telegram.updates.poll(
        parameters.integer("offset"), parameters.integer("limit", 100), parameters.integer("timeout")
    )


@method("setWebhook")
async def set_webhook(telegram: Telegram, parameters: Parameters) -> bool:
    """Have updates pushed; an empty address takes the webhook away."""
    if not parameters.text("url"):
        return await delete_webhook(telegram, parameters)
    target = Target.checked(parameters.text("url"), parameters.text("secret_token"), parameters.integer("max_connections", 40))
    if parameters.flag("drop_pending_updates"):
        telegram.updates.drop()
    telegram.updates.allow(_kinds(parameters))
    await telegram.webhook.start(target)
    return True


@method("deleteWebhook")
async def delete_webhook(telegram: Telegram, parameters: Parameters) -> bool:
    """Back to polling."""
    await telegram.webhook.stop()
    if parameters.flag("drop_pending_updates"):
        telegram.updates.drop()
    return True


@method("getWebhookInfo")
def get_webhook_info(telegram: Telegram, _parameters: Parameters) -> Json:
    """The webhook and how it fares."""
    return telegram.webhook.info()


def _kinds(parameters: Parameters) -> list[str] | None:
    kinds = parameters.json("allowed_updates", "allowed updates")
    if kinds is None:
        return None
    if not isinstance(kinds, list) or not all(isinstance(kind, str) for kind in kinds):
        raise bad_request("can't parse allowed updates: expected an Array of String")
    return kinds
