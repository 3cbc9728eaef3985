"""Answers to taps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.telegram.errors import OLD_QUERY, bad_request
from bot.demo.telegram.links import problem
from bot.demo.telegram.methods.registry import method

if TYPE_CHECKING:
    from bot.demo.telegram.engine import Telegram
    from bot.demo.telegram.parameters import Parameters

_TEXT_LIMIT = 200


@method("answerCallbackQuery")
def answer_callback_query(telegram: Telegram, parameters: Parameters) -> bool:
    """Stop the spinner, with a toast or an alert."""
    text, url = parameters.text("text"), parameters.text("url")
    if len(text) > _TEXT_LIMIT:
        raise bad_request("MESSAGE_TOO_LONG")
    if url and (problem(url) or not url.startswith(f"https://t.me/{telegram.bot['username']}?")):
        raise bad_request("URL_INVALID")
    query = telegram.queries.answer(parameters.text("callback_query_id"))
    data = {
        "callback_query_id": query.id,
        "text": text or None,
        "show_alert": parameters.flag("show_alert"),
        "url": url or None,
    }
    telegram.events.publish(query.user_id, "answer", data)
    return True


@method("answerInlineQuery")
def answer_inline_query(_telegram: Telegram, _parameters: Parameters) -> bool:
    """Refused: nobody here asks inline queries."""
    raise bad_request(OLD_QUERY)
