"""Command lists and the menu button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.menus import Scope, checked, scope_of
from bot.demo.telegram.methods.registry import method

if TYPE_CHECKING:
    from bot.demo.telegram.engine import Telegram
    from bot.demo.telegram.parameters import Json, Parameters

_LETTERS = 2
_MENU_BUTTONS = ("default", "commands", "web_app")


@method("setMyCommands")
def set_my_commands(telegram: Telegram, parameters: Parameters) -> bool:
    """Set the commands of a scope and language."""
    commands = checked(parameters.json("commands", "commands"))
    telegram.menus.put(_scope(telegram, parameters), _language(parameters), commands)
    telegram.announce_commands()
    return True


@method("getMyCommands")
def get_my_commands(telegram: Telegram, parameters: Parameters) -> list[Json]:
    """Exactly what was set for a scope and language."""
    return telegram.menus.get(_scope(telegram, parameters), _language(parameters))


@method("deleteMyCommands")
def delete_my_commands(telegram: Telegram, parameters: Parameters) -> bool:
    """Forget the commands of a scope and language."""
    telegram.menus.put(_scope(telegram, parameters), _language(parameters), [])
    telegram.announce_commands()
    return True


@method("setChatMenuButton")
def set_chat_menu_button(telegram: Telegram, parameters: Parameters) -> bool:
    """The button beside the input field, in one chat or in all."""
    button = parameters.json("menu_button", "menu button") or {"type": "default"}
    if not isinstance(button, dict) or button.get("type") not in _MENU_BUTTONS:
        raise bad_request("can't parse menu button: Unallowed MenuButton type specified")
    if parameters.given("chat_id"):
        telegram.chat_of(parameters).menu_button = button
    else:
        telegram.menu_button = button
    return True


@method("getChatMenuButton")
def get_chat_menu_button(telegram: Telegram, parameters: Parameters) -> Json:
    """The button beside the input field."""
    if not parameters.given("chat_id"):
        return telegram.menu_button
    return telegram.chat_of(parameters).menu_button or telegram.menu_button


def _scope(telegram: Telegram, parameters: Parameters) -> Scope:
    scope = scope_of(parameters.json("scope", "BotCommandScope"))
    if scope[1] and scope[1] not in telegram.chats:
        raise bad_request("chat not found")
    return scope


def _language(parameters: Parameters) -> str:
    language = parameters.text("language_code")
    if language and not (len(language) == _LETTERS and language.isalpha()):
        raise bad_request("invalid language code specified")
    return language
