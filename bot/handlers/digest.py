"""The daily digest (SPEC 6): a message that stays, with buttons to act; what they open comes below it."""

from dataclasses import replace
from datetime import date

from bot.callbacks import Begin, ShowCustomer
from bot.handlers import customers, errands, followups, lists, requests
from bot.keyboards import digest as keyboard
from bot.notices import digest_text
from bot.payloads.digest import Beside, DecideInDigest, ListBeside, Listing, OpenBeside, TurnDigest
from bot.payloads.followups import LogFollowup
from bot.screens import Screen
from bot.turn import Turn
from domain import digests
from domain.digests import Digest
from domain.errors import StaleError
from domain.permissions import Act


def page(turn: Turn, person_id: int, day: date, number: int = 0) -> Screen:
    """One page of what a person hears on a day, for whoever reads it. Raises NotFoundError when it is not his to read."""
    return screen(turn, digests.of(turn.session, turn.actor, person_id, day, now=turn.now), number)


def screen(turn: Turn, digest: Digest, number: int = 0) -> Screen:
    """One page of a digest; beyond the last page stands the last."""
    items = len(digest.items)
    number = max(0, min(number, keyboard.pages_of(items) - 1))
    shown = digest.items[number * keyboard.A_PAGE : (number + 1) * keyboard.A_PAGE]
    return Screen(digest_text.text(turn, digest, shown), tuple(keyboard.page(turn, digest, shown, number, items)))


def turn_to(turn: Turn, tap: TurnDigest | DecideInDigest) -> Screen:
    """Another page, as things stand now."""
    return page(turn, tap.person, _day(tap.day), tap.page)


def decide(turn: Turn, tap: DecideInDigest) -> Screen:
    """同意 or 拒绝: the digest stays, and says what became of it."""
    day = _day(tap.day)
    outcomes = requests.judge(turn, [tap.request], yes=tap.yes)
    return page(turn, tap.person, day, tap.page).with_notice(requests.verdict(turn, outcomes, yes=tap.yes))


def open_beside(turn: Turn, tap: OpenBeside) -> Screen:
    """A card or a question in a new message."""
    if tap.what is Beside.VIEW:
        opened = customers.show(turn, ShowCustomer(tap.customer, None))
    elif tap.what is Beside.EXTEND:
        opened = errands.begin(turn, Begin(Act.EXTEND, tap.customer, None))
    else:
        opened = followups.begin(turn, LogFollowup(tap.customer, None))
    return replace(opened, fresh=True)


def list_beside(turn: Turn, tap: ListBeside) -> Screen:
    """A whole list in a new message."""
    opens = {Listing.TODO: requests.todo, Listing.TEAM: lists.team, Listing.MY: lists.my}
    return replace(opens[tap.what](turn), fresh=True)


def _day(ordinal: int) -> date:
    try:
        return date.fromordinal(ordinal)
    except (ValueError, OverflowError):
        raise StaleError from None
