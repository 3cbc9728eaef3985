"""One person's update as handlers see it: who acts, when, under which rules, in whose language, in one open transaction."""

from dataclasses import dataclass, replace
from typing import Any

from bot.incoming import Attachment, Document
from bot.locales import Texts
from bot.wording import Wording
from domain.access import Actor, actor_by_id
from domain.clock import Moment
from domain.db import Session
from domain.policy import Policy
from domain.rules import Rules
from domain.timetable import USUAL, Timetable

AS_GIVEN = Rules(policy=Policy(), timetable=USUAL)


@dataclass(frozen=True)
class Turn:
    """What a handler needs.

    `text` is what was typed after a command, or the whole message, `attachment` what came with it, `document` the same as a
    file; `update_id` keys what it says.
    `given` are the rules as the settings file says them; `policy` and `timetable` those in force.
    """

    session: Session
    actor: Actor
    now: Moment
    policy: Policy
    texts: Texts
    update_id: int
    chat_id: int
    text: str = ""
    attachment: Attachment | None = None
    timetable: Timetable = USUAL
    given: Rules = AS_GIVEN
    document: Document | None = None

    @property
    def words(self) -> Wording:
        """Values in the reader's words."""
        return Wording(self.texts, self.now)

    @property
    def rules(self) -> dict[str, Any]:
        """What most use cases take besides the actor."""
        return {"policy": self.policy, "now": self.now}

    def again(self, texts: Texts) -> "Turn":
        """The same turn with the person as he is now: after a change of his own record."""
        return replace(self, actor=actor_by_id(self.session, self.actor.id), texts=texts)
