"""时间线: what happened to a customer, newest first, a page at a time, in the reader's words (SPEC 3)."""

from collections.abc import Sequence

from bot import followup_words, timeline_words
from bot.callbacks import ShowCustomer
from bot.payloads.followups import ShowFollowup
from bot.payloads.history import ShowTimeline
from bot.screens import Button, Row, Screen, Shows, chunks
from bot.turn import Turn
from domain import access, history
from domain.history import Entry


def show(turn: Turn, tap: ShowTimeline) -> Screen:
    """A page of the timeline; a follow-up that says more than fits can be opened."""
    place = access.place_of(turn.session, turn.actor, tap.customer)
    entries, more = history.page(turn.session, turn.actor, tap.customer, before=tap.before)
    head = turn.texts.html("timeline-head", name=place.name)
    lines = [timeline_words.entry(turn, entry) for entry in entries] or [turn.texts.html("timeline-empty")]
    return Screen(
        "\n".join([head, "", *lines]), tuple(_rows(turn, tap, entries, more=more)), shows=Shows.customer(place.id, place.hands)
    )


def _rows(turn: Turn, tap: ShowTimeline, entries: Sequence[Entry], *, more: bool) -> list[Row]:
    turning = []
    if tap.before is not None:
        turning.append(Button("« " + turn.texts.plain("timeline-newest"), ShowTimeline(tap.customer, tap.view, None)))
    if more:
        older = ShowTimeline(tap.customer, tap.view, entries[-1].id)
        turning.append(Button(turn.texts.plain("timeline-older") + " ›", older))
    back = [Button("‹ " + turn.texts.plain("back"), ShowCustomer(tap.customer, tap.view))]
    return [*chunks(_longer(turn, tap, entries), 3), turning, back]


def _longer(turn: Turn, tap: ShowTimeline, entries: Sequence[Entry]) -> list[Button]:
    """A button for each follow-up with an attachment or with more text than the page shows."""
    found = (entry.followup for entry in entries if entry.followup is not None)
    return [
        Button(f"{'📎' if line.attachment else '📝'} {turn.words.instant(line.at)}", ShowFollowup(line.id, tap.view, tap.before))
        for line in found
        if line.attachment is not None or len(line.text) > followup_words.IN_TIMELINE
    ]
