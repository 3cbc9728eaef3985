"""A list that those who may page through and search by typed words; it is a view, which buttons name by its id."""

from dataclasses import dataclass
from typing import Any

from bot.turn import Turn
from domain import access, drafts
from domain.errors import StaleError
from domain.models import View
from domain.permissions import Act

LONGEST = 100


@dataclass(frozen=True)
class SearchableList:
    """`kind` is that of its views, `asked` the question that typed words answer, `act` what one must be allowed to do."""

    kind: str
    asked: str
    act: Act

    def open(self, turn: Turn, text: str, **state: Any) -> View:  # noqa: ANN401 — what the list keeps besides, as plain JSON
        """The list from its top, narrowed by the words. Raises NotAllowedError."""
        access.require(turn.actor, self.act)
        drafts.drop(turn.session, turn.actor.id)
        kept = {"text": text.strip()[:LONGEST], "page": 0, **state}
        return drafts.open_view(turn.session, turn.actor.id, self.kind, kept, now=turn.now)

    def view(self, turn: Turn, view_id: int) -> View:
        """The list behind a button. Raises StaleError."""
        view = drafts.view(turn.session, turn.actor.id, view_id, now=turn.now)
        if view.kind != self.kind:
            raise StaleError
        return view

    def await_words(self, turn: Turn, view_id: int) -> int:
        """Let the next text be what to look for; returns the page to go back to."""
        access.require(turn.actor, self.act)
        page = int(self.view(turn, view_id).state["page"])
        drafts.expect(turn.session, turn.actor.id, self.asked, {}, now=turn.now)
        return page

    def page_of(self, turn: Turn, view_id: int | None) -> int | None:
        """Where the list behind a card stood; None: there is none any more."""
        try:
            return int(self.view(turn, view_id).state["page"]) if view_id is not None else None
        except StaleError:
            return None
