"""Who the bot is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.methods.registry import method

if TYPE_CHECKING:
    from bot.demo.telegram.engine import Telegram
    from bot.demo.telegram.parameters import Json, Parameters

_LIMITS = {"name": 64, "description": 512, "short_description": 120}
_ABILITIES: Json = {
    "can_join_groups": True,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
}


@method("getMe")
def get_me(telegram: Telegram, _parameters: Parameters) -> Json:
    """The bot."""
    return telegram.bot | _ABILITIES | {"can_read_all_group_messages": not telegram.groups.privacy}


@method("setMyName")
def set_my_name(telegram: Telegram, parameters: Parameters) -> bool:
    """The name at the top of the chat."""
    return _put(telegram, parameters, "name")


@method("setMyDescription")
def set_my_description(telegram: Telegram, parameters: Parameters) -> bool:
    """What an empty chat says."""
    return _put(telegram, parameters, "description")


@method("setMyShortDescription")
def set_my_short_description(telegram: Telegram, parameters: Parameters) -> bool:
    """What the profile says."""
    return _put(telegram, parameters, "short_description")


@method("getMyName")
def get_my_name(telegram: Telegram, parameters: Parameters) -> Json:
    """The name in a language."""
    return {"name": _get(telegram, parameters, "name") or telegram.bot["first_name"]}


@method("getMyDescription")
def get_my_description(telegram: Telegram, parameters: Parameters) -> Json:
    """The description in a language."""
    return {"description": _get(telegram, parameters, "description")}


@method("getMyShortDescription")
def get_my_short_description(telegram: Telegram, parameters: Parameters) -> Json:
    """The short description in a language."""
    return {"short_description": _get(telegram, parameters, "short_description")}


def _put(telegram: Telegram, parameters: Parameters, what: str) -> bool:
    value = parameters.text(what)
    if len(value) > _LIMITS[what]:
        raise bad_request(f"{what.replace('_', ' ')} is too long")
    telegram.profile[what, parameters.text("language_code")] = value
    return True


def _get(telegram: Telegram, parameters: Parameters, what: str) -> str:
    wanted = telegram.profile.get((what, parameters.text("language_code")))
    return wanted or telegram.profile.get((what, ""), "")
