"""Command lists and the menu button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.telegram.chats import Chat
from bot.demo.telegram.errors import bad_request
from bot.demo.telegram.menus import Scope, checked, scope_of
from bot.demo.telegram.methods.registry import method
from bot.demo.telegram.parameters import Parameters

if TYPE_CHECKING:
    from bot.demo.telegram.engine import Telegram
    from bot.demo.telegram.parameters import Json

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
        _private(telegram, parameters).menu_button = button
    else:
        telegram.menu_button = button
    return True


@method("getChatMenuButton")
def get_chat_menu_button(telegram: Telegram, parameters: Parameters) -> Json:
    """The button beside the input field."""
    if not parameters.given("chat_id"):
        return telegram.menu_button
    return _private(telegram, parameters).menu_button or telegram.menu_button


def _private(telegram: Telegram, parameters: Parameters) -> Chat:
    room = telegram.chat_of(parameters)
    if not isinstance(room, Chat):
        raise bad_request("invalid chat_id specified")
    return room


def _scope(telegram: Telegram, parameters: Parameters) -> Scope:
    scope = scope_of(parameters.json("scope", "BotCommandScope"))
    if scope.chat_id:
        room = telegram.chat_of(Parameters({"chat_id": scope.chat_id}))
        if isinstance(room, Chat) and scope.kind != "chat":
            raise bad_request("can't use specified scope in private chats")
    return scope


def _language(parameters: Parameters) -> str:
    language = parameters.text("language_code")
    if language and not (len(language) == _LETTERS and language.isalpha()):
        raise bad_request("invalid language code specified")
    return language
