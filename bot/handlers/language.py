"""中文 or English, for one's own screens, menus and messages."""

from bot import menus
from bot.callbacks import ChooseLanguage, OpenLanguages, OpenMenu
from bot.handlers.menu import menu
from bot.locales import LANGUAGES, texts_for
from bot.screens import Button, Screen
from bot.turn import Turn
from domain import profiles


def choose(turn: Turn, _tap: OpenLanguages | None = None) -> Screen:
    """The languages to choose from, each in its own words."""
    buttons = [Button(texts_for(code).plain("language-name"), ChooseLanguage(code)) for code in LANGUAGES]
    return Screen(turn.texts.html("language-choose"), (buttons, [Button(turn.texts.plain("menu"), OpenMenu())]))


def chosen(turn: Turn, tap: ChooseLanguage) -> Screen:
    """From now on in that language, the Telegram menu too."""
    profiles.set_language(turn.session, turn.actor, turn.actor.id, tap.language, now=turn.now)
    turn = turn.again(texts_for(tap.language))
    menus.set_personal(
        turn.session, chat_id=turn.chat_id, role=turn.actor.role, language=tap.language, key=str(turn.update_id), now=turn.now
    )
    return menu(turn).with_notice("✅ " + turn.texts.html("language-set"))
