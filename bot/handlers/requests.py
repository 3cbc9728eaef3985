"""Claims that wait: the to-do list, the approval card and its decisions, and taking one's own claim back (SPEC 4, 5)."""

from typing import Any

from bot.callbacks import CancelRequests, Decide, DecideAll, GiveReason, OpenTodo, ShowRequested, ShowRequests
from bot.handlers import customers
from bot.keyboards import requests as keyboard
from bot.notices import request_text
from bot.screens import Screen, Shows
from bot.turn import Turn
from domain import approvals, drafts, request_cards
from domain import customers as customer_cards
from domain.cards import Subject
from domain.errors import CoolingDownError, HeldLimitError, NotAllowedError, StaleError
from domain.outcomes import Outcome

REJECT_REASON = "reject_reason"


def todo(turn: Turn, tap: OpenTodo | None = None) -> Screen:
    """待办事项: what waits for me, what I wait for, and what was decided of late."""
    review = request_cards.summaries(turn.session, request_cards.to_review(turn.session, turn.actor, now=turn.now))
    mine = request_cards.summaries(turn.session, request_cards.my_requests(turn.session, turn.actor))
    lately = request_cards.decided_lately(turn.session, turn.actor, now=turn.now)
    decided = request_cards.summaries(turn.session, lately, decided=True)
    lines = [turn.texts.html("todo-title")]
    lines.append(turn.texts.html("todo-waiting", count=sum(line.customers for line in review)))
    if mine:
        lines.append(turn.texts.html("todo-mine", count=sum(line.customers for line in mine)))
    if decided:
        lines.append(turn.texts.html("todo-decided", count=len(decided)))
    return Screen("\n".join(lines), tuple(keyboard.todo(turn, review, mine, decided, tap.page if tap else 0)))


def show(turn: Turn, tap: ShowRequests | DecideAll | GiveReason | CancelRequests | ShowRequested) -> Screen:
    """An approval card as it is now."""
    return card_screen(turn, tap.batch)


def card_screen(turn: Turn, batch_id: int) -> Screen:
    """The card of a batch for this reader; its message is kept up to date from now on."""
    card = request_cards.card(turn.session, turn.actor, batch_id, now=turn.now)
    shows = Shows(Subject.REQUEST, card.batch_id, card.version)
    return Screen(request_text.card(turn.words, card), tuple(keyboard.card(turn, card)), shows=shows)


def show_customer(turn: Turn, tap: ShowRequested) -> Screen:
    """查看: the customer behind a request, and the way back to the card."""
    card = customer_cards.card(turn.session, turn.actor, tap.customer, **turn.rules)
    shows = None if card.masked else Shows.customer(tap.customer, card.hands)
    return Screen(customers.text_of(turn, card), tuple(keyboard.back_to_card(turn, tap.batch)), shows=shows)


def decide(turn: Turn, tap: Decide) -> Screen:
    """同意 or 拒绝 of one request."""
    return _decided(turn, request_cards.batch_of(turn.session, tap.request), [tap.request], yes=tap.yes)


def home(turn: Turn, tap: Decide) -> Screen:
    """The card that a decision began on."""
    return card_screen(turn, request_cards.batch_of(turn.session, tap.request))


def decide_all(turn: Turn, tap: DecideAll) -> Screen:
    """Everything of the card that still waits."""
    waiting = request_cards.waiting_ids(turn.session, tap.batch)
    if not waiting:
        return card_screen(turn, tap.batch).with_notice("⚠️ " + turn.texts.html("error-nothing-waits"))
    return _decided(turn, tap.batch, waiting, yes=tap.yes)


def judge(turn: Turn, request_ids: list[int], *, yes: bool) -> list[Outcome]:
    """Approve or reject. Raises NotAllowedError for somebody else's requests."""
    if yes:
        outcomes = approvals.approve(turn.session, turn.actor, request_ids, **turn.rules)
    else:
        outcomes = approvals.reject(turn.session, turn.actor, request_ids, now=turn.now)
    _refuse_strangers(outcomes)
    return outcomes


def _decided(turn: Turn, batch_id: int, request_ids: list[int], *, yes: bool) -> Screen:
    outcomes = judge(turn, request_ids, yes=yes)
    screen = card_screen(turn, batch_id)
    if all(outcome.error is None for outcome in outcomes):
        return screen
    return screen.with_notice(verdict(turn, outcomes, yes=yes))


def verdict(turn: Turn, outcomes: list[Outcome], *, yes: bool) -> str:
    """What became of a decision; a request that could not be fulfilled waits on, and that is said (HTML)."""
    told = turn.words.outcomes("approve" if yes else "reject", outcomes)
    passed = any(isinstance(outcome.error, CoolingDownError | HeldLimitError) for outcome in outcomes)
    return f"{told}\n⏳ {turn.texts.html('request-waits-on')}" if passed else told


def _refuse_strangers(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        if isinstance(outcome.error, NotAllowedError):
            raise outcome.error


def give_reason(turn: Turn, tap: GiveReason) -> Screen:
    """Ask whoever rejected for a word to the requester."""
    if not keyboard.may_explain(turn, request_cards.card(turn.session, turn.actor, tap.batch, now=turn.now)):
        raise StaleError
    drafts.expect(turn.session, turn.actor.id, REJECT_REASON, {"batch": tap.batch}, now=turn.now)
    return Screen(turn.texts.html("reject-why"), tuple(keyboard.back_to_card(turn, tap.batch)))


def reject_reason(turn: Turn, state: dict[str, Any]) -> Screen:
    """The typed reason of a rejection."""
    approvals.add_reason(turn.session, turn.actor, state["batch"], turn.text, now=turn.now)
    drafts.drop(turn.session, turn.actor.id)
    return card_screen(turn, state["batch"])


def cancel(turn: Turn, tap: CancelRequests) -> Screen:
    """The requester takes back what still waits."""
    waiting = request_cards.waiting_ids(turn.session, tap.batch)
    if not waiting:
        return card_screen(turn, tap.batch).with_notice("⚠️ " + turn.texts.html("error-nothing-waits"))
    for outcome in approvals.cancel(turn.session, turn.actor, waiting, now=turn.now):
        outcome.raise_if_refused()
    return card_screen(turn, tap.batch)
