"""Acts on customers, one or a selection, with the questions that stand before them, and undo (SPEC 4, 5).

An errand is a view that remembers the act, the customers and where to go back to while a person or a reason is chosen.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from bot.callbacks import Begin, BeginBatch, DropErrand, PickPerson, PickReason, ShowCustomer, TurnPeople
from bot.handlers import customers, lists
from bot.keyboards import errands as keyboard
from bot.payloads.errands import ConfirmErrand, PickDays, Undo
from bot.screens import Screen
from bot.turn import Turn
from domain import access, drafts, extending, pool, recycle_bin, undo
from domain import customers as records
from domain.errors import GonghaiError, InvalidFieldError, NotFoundError, NothingSelectedError, StaleError
from domain.outcomes import Outcome
from domain.permissions import Act
from domain.stages import ReleaseReason

KIND = "errand"
RELEASE_NOTE = "release_note"
EXTEND_DAYS = "extend_days"


@dataclass(frozen=True)
class Errand:
    """What is to be done to which customers; `view` is the list, `single` whether it began on a card."""

    act: Act
    customer_ids: tuple[int, ...]
    view: int | None
    single: bool

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        return {**self.__dict__, "customer_ids": list(self.customer_ids)}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> Self:
        """As it was kept."""
        return cls(Act(kept["act"]), tuple(kept["customer_ids"]), kept["view"], kept["single"])


def begin(turn: Turn, tap: Begin) -> Screen:
    """An act from a customer's card."""
    return _start(turn, Errand(tap.act, (tap.customer,), tap.view, single=True))


def begin_batch(turn: Turn, tap: BeginBatch) -> Screen:
    """An act on the selection of a list."""
    selected = lists.state_of(turn, tap.view).selected
    if not selected:
        raise NothingSelectedError
    return _start(turn, Errand(tap.act, selected, tap.view, single=False))


def _start(turn: Turn, errand: Errand) -> Screen:
    if errand.act not in (Act.RELEASE, Act.EXTEND, *_AT_ONCE, *_CONFIRMED, *_ASSIGNING):
        raise StaleError
    access.require(turn.actor, errand.act)
    if errand.act in _AT_ONCE:
        return _do(turn, errand, lambda: _AT_ONCE[errand.act](turn.session, turn.actor, errand.customer_ids, **turn.rules))
    kept = drafts.open_view(turn.session, turn.actor.id, KIND, errand.to_json(), now=turn.now)
    return _ask(turn, kept.id, errand)


def _ask(turn: Turn, errand_id: int, errand: Errand, page: int = 0) -> Screen:
    if errand.act is Act.RELEASE:
        title = turn.texts.html("release-why", count=len(errand.customer_ids))
        return Screen(_about(turn, title, errand), tuple(keyboard.reasons(turn, errand_id)))
    if errand.act in _CONFIRMED:
        title = turn.texts.html("delete-sure", count=len(errand.customer_ids))
        return Screen(_about(turn, title, errand), tuple(keyboard.confirm(turn, errand_id)))
    if errand.act is Act.EXTEND:
        title = turn.texts.html("extend-by", count=len(errand.customer_ids))
        return Screen(_about(turn, title, errand), tuple(keyboard.days(turn, errand_id)))
    everybody = access.anybody(turn.actor) if errand.act is Act.DIRECT_ASSIGN else access.assignable(turn.actor)
    people = turn.session.scalars(everybody).all()
    title = turn.texts.html("assign-to-whom", act=turn.words.act(errand.act), count=len(errand.customer_ids))
    return Screen(_about(turn, title, errand), tuple(keyboard.people(turn, errand_id, people, page)))


def _about(turn: Turn, title: str, errand: Errand) -> str:
    """The question with the customers that it is about, as far as the actor may see them."""
    names = [name for name in records.visible_names(turn.session, turn.actor, errand.customer_ids).values() if name]
    return "\n".join([title, *turn.words.bullets(names)])


def turn_people(turn: Turn, tap: TurnPeople) -> Screen:
    """Another page of people to choose from."""
    return _ask(turn, tap.errand, _errand(turn, tap.errand, *_ASSIGNING), tap.page)


def pick_person(turn: Turn, tap: PickPerson) -> Screen:
    """The person is chosen: do it."""
    errand = _take(turn, tap.errand, *_ASSIGNING)
    doing = _ASSIGNING[errand.act]
    return _do(turn, errand, lambda: doing(turn.session, turn.actor, errand.customer_ids, tap.user, **turn.rules))


_AT_ONCE: dict[Act, Callable[..., list[Outcome]]] = {Act.CLAIM: pool.claim, Act.RESTORE: recycle_bin.restore}
_CONFIRMED: dict[Act, Callable[..., list[Outcome]]] = {Act.DELETE: recycle_bin.delete, Act.POOL_DELETE: recycle_bin.delete}
_ASSIGNING: dict[Act, Callable[..., list[Outcome]]] = {
    Act.ASSIGN: pool.assign,
    Act.POOL_ASSIGN: pool.pool_assign,
    Act.DIRECT_ASSIGN: pool.direct_assign,
}


def pick_reason(turn: Turn, tap: PickReason) -> Screen:
    """The reason is chosen: release; for another reason, ask for its words first."""
    errand = _errand(turn, tap.errand, Act.RELEASE)
    if tap.reason is ReleaseReason.OTHER:
        drafts.expect(turn.session, turn.actor.id, RELEASE_NOTE, {"errand": tap.errand}, now=turn.now)
        count = len(errand.customer_ids)
        return Screen(turn.texts.html("release-other", count=count), tuple(keyboard.only_cancel(turn, tap.errand)))
    return _release(turn, tap.errand, tap.reason, None)


def release_note(turn: Turn, state: dict[str, Any]) -> Screen:
    """The typed reason of a release."""
    if not turn.text.strip() or len(turn.text) > pool.NOTE_LENGTH:
        raise InvalidFieldError("reason", "too_long" if turn.text.strip() else "empty")
    drafts.drop(turn.session, turn.actor.id)
    return _release(turn, state["errand"], ReleaseReason.OTHER, turn.text)


def _release(turn: Turn, errand_id: int, reason: ReleaseReason, note: str | None) -> Screen:
    errand = _take(turn, errand_id, Act.RELEASE)
    ids = errand.customer_ids
    return _do(turn, errand, lambda: pool.release(turn.session, turn.actor, ids, reason, note=note, **turn.rules))


def confirm(turn: Turn, tap: ConfirmErrand) -> Screen:
    """The act was confirmed: do it."""
    errand = _take(turn, tap.errand, *_CONFIRMED)
    doing = _CONFIRMED[errand.act]
    return _do(turn, errand, lambda: doing(turn.session, turn.actor, errand.customer_ids, **turn.rules))


def pick_days(turn: Turn, tap: PickDays) -> Screen:
    """By how many days: one of the buttons, or a number to be typed."""
    if tap.days:
        return _extend(turn, tap.errand, tap.days)
    _errand(turn, tap.errand, Act.EXTEND)
    drafts.expect(turn.session, turn.actor.id, EXTEND_DAYS, {"errand": tap.errand}, now=turn.now)
    return Screen(turn.texts.html("extend-typed", longest=extending.LONGEST), tuple(keyboard.only_cancel(turn, tap.errand)))


def extend_days(turn: Turn, state: dict[str, Any]) -> Screen:
    """The typed number of days."""
    if not turn.text.isdecimal():
        raise InvalidFieldError("days", "out_of_range")
    screen = _extend(turn, state["errand"], int(turn.text))
    drafts.drop(turn.session, turn.actor.id)
    return screen


def _extend(turn: Turn, errand_id: int, days: int) -> Screen:
    errand = _take(turn, errand_id, Act.EXTEND)
    ids = errand.customer_ids
    return _do(turn, errand, lambda: extending.extend(turn.session, turn.actor, ids, days, **turn.rules))


def take_back(turn: Turn, tap: Undo) -> Screen:
    """撤销: what was done goes back to how it stood."""
    outcomes = undo.undo(turn.session, turn.actor, tap.undo, **turn.rules)
    single = len(outcomes) == 1
    errand = Errand(Act.VIEW, tuple(outcome.customer_id for outcome in outcomes), tap.view, single=single)
    return _back_under(turn, errand, turn.words.outcomes("undo", outcomes))


def _do(turn: Turn, errand: Errand, work: Callable[[], list[Outcome]]) -> Screen:
    """Do it, and show where it began with what became of it; where it can be undone, with a button for that."""
    if errand.act not in undo.UNDOABLE:
        return finish(turn, errand, work())
    outcomes, undo_id = undo.undoable(turn.session, turn.actor, errand.act, errand.customer_ids, work, now=turn.now)
    screen = finish(turn, errand, outcomes)
    if undo_id is None:
        return screen
    *rows, way_back = screen.rows
    return replace(screen, rows=(*rows, keyboard.undo(turn, undo_id, errand.view), way_back))


def home(turn: Turn, tap: PickPerson | PickReason | TurnPeople | PickDays | ConfirmErrand) -> Screen:
    """Where a refused errand began."""
    return _origin(turn, _errand(turn, tap.errand))


def drop(turn: Turn, tap: DropErrand) -> Screen:
    """Back to where the errand began, nothing done."""
    errand = _errand(turn, tap.errand)
    drafts.drop(turn.session, turn.actor.id)
    return _origin(turn, errand)


def finish(turn: Turn, errand: Errand, outcomes: Sequence[Outcome]) -> Screen:
    """Where the errand began, under a line that says what became of it."""
    notice = turn.words.outcomes(errand.act, outcomes)
    if not errand.single and errand.view is not None:
        lists.leave_selection(turn, errand.view)
    return _back_under(turn, errand, notice)


def _back_under(turn: Turn, errand: Errand, notice: str) -> Screen:
    try:
        return _origin(turn, errand).with_notice(notice)
    except GonghaiError:
        return Screen(notice, tuple(keyboard.only_menu(turn)))


def _origin(turn: Turn, errand: Errand) -> Screen:
    if errand.single:
        try:
            return customers.show(turn, ShowCustomer(errand.customer_ids[0], errand.view))
        except NotFoundError:
            pass
    if errand.view is None:
        raise StaleError
    return lists.show(turn, errand.view)


def _errand(turn: Turn, errand_id: int, *acts: Act) -> Errand:
    """The errand, of one of these acts if any are named: a button of another question is out of date."""
    view = drafts.view(turn.session, turn.actor.id, errand_id, now=turn.now)
    if view.kind != KIND or (acts and Act(view.state["act"]) not in acts):
        raise StaleError
    return Errand.from_json(view.state)


def _take(turn: Turn, errand_id: int, *acts: Act) -> Errand:
    """The errand, to be done now: a second tap finds it gone."""
    errand = _errand(turn, errand_id, *acts)
    drafts.close_view(turn.session, errand_id)
    return errand
