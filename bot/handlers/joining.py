"""People whom the bot does not know: an invitation lets them in, anything else gets one polite line (SPEC 2)."""

from bot import menus
from bot.handlers.menu import menu
from bot.incoming import Incoming
from bot.locales import Texts, texts_for
from bot.office import Office
from bot.screens import Screen
from bot.turn import Turn
from bot.wording import Wording
from domain import invitations
from domain.clock import Moment
from domain.db import Session
from domain.errors import GonghaiError, InvitationUnknownError


def join(session: Session, office: Office, incoming: Incoming, *, texts: Texts, now: Moment) -> Screen:
    """Use an invitation: welcome and menu, or the line that says why not."""
    try:
        with session.begin_nested():
            actor = invitations.join(session, incoming.user_id, incoming.invitation_code, now=now)
    except GonghaiError as refusal:
        if isinstance(refusal, InvitationUnknownError):
            invitations.note_guess(session, incoming.user_id, now=now)
        return Screen(Wording(texts, now).refusal(refusal))
    texts = texts_for(actor.language)
    turn = Turn(session, actor, now, office.rules(session).policy, texts, incoming.update_id, incoming.chat_id)
    key = str(incoming.update_id)
    menus.set_personal(session, chat_id=incoming.chat_id, role=actor.role, language=actor.language, key=key, now=now)
    return menu(turn).with_notice("🎉 " + texts.html("welcome", name=actor.name))


def polite_line(texts: Texts) -> Screen:
    """What somebody unknown, or no longer known, hears."""
    return Screen(texts.html("stranger"))
