"""Buttons of the daily digest."""

from collections.abc import Sequence

from bot.keyboards.paging import pager
from bot.payloads.digest import Beside, DecideInDigest, ListBeside, Listing, OpenBeside, TurnDigest
from bot.screens import Button, Row, clip
from bot.turn import Turn
from domain.digests import Digest, DueLine, FollowupDue, WaitingLine
from domain.permissions import Act, Relation

A_PAGE = 6
WIDE = 2
Item = WaitingLine | DueLine | FollowupDue


def pages_of(items: int) -> int:
    """How many pages that many lines make."""
    return max(1, -(-items // A_PAGE))


def page(turn: Turn, digest: Digest, shown: Sequence[Item], number: int, items: int) -> list[Row]:
    """What can be done about each line of the page, the pages, and the way to the whole lists."""
    rows = [_row(turn, digest, number, item) for item in shown]
    day = digest.day.toordinal()
    return [*rows, pager(number, pages_of(items), lambda to: TurnDigest(digest.person_id, day, to)), _lists(turn, digest)]


def _row(turn: Turn, digest: Digest, number: int, item: Item) -> Row:
    if isinstance(item, WaitingLine):
        day = digest.day.toordinal()
        return [
            Button("🔍 " + clip(item.customer, 12), OpenBeside(item.customer_id, Beside.VIEW)),
            Button(
                "✅ " + turn.texts.plain("approve"),
                DecideInDigest(digest.person_id, day, number, item.request_id, yes=True),
                style="success",
            ),
            Button(
                "✖ " + turn.texts.plain("reject"),
                DecideInDigest(digest.person_id, day, number, item.request_id, yes=False),
                style="danger",
            ),
        ]
    return _about(turn, item, item.owner_id if isinstance(item, DueLine) else digest.person_id)


def _about(turn: Turn, item: DueLine | FollowupDue, owner_id: int) -> Row:
    """What the reader himself may do: a stand-in reads of customers that he may not open."""
    relation = _relation(turn, owner_id)
    if not turn.actor.may(Act.VIEW, relation):
        return []
    acts = []
    if isinstance(item, DueLine) and turn.actor.may(Act.EXTEND, relation):
        acts.append(Button("⏳ " + turn.texts.plain("act-extend"), OpenBeside(item.customer_id, Beside.EXTEND)))
    if turn.actor.may(Act.EDIT, relation) and (not acts or relation is Relation.OWN):
        acts.append(Button("📝 " + turn.texts.plain("log-followup"), OpenBeside(item.customer_id, Beside.FOLLOWUP)))
    return [Button("🔍 " + clip(item.name, 18 if len(acts) < WIDE else 12), OpenBeside(item.customer_id, Beside.VIEW)), *acts]


def _relation(turn: Turn, owner_id: int) -> Relation:
    if owner_id == turn.actor.id:
        return Relation.OWN
    return Relation.TEAM if turn.actor.leads(owner_id) else Relation.OTHER


def _lists(turn: Turn, digest: Digest) -> Row:
    texts = turn.texts
    team = turn.actor.may_ever(Act.SEE_TEAM)
    whole = (
        Button("👥 " + texts.plain("team-customers"), ListBeside(Listing.TEAM))
        if team
        else Button("👤 " + texts.plain("my-customers"), ListBeside(Listing.MY))
    )
    return [Button("📝 " + texts.plain("todo"), ListBeside(Listing.TODO)), whole] if team or digest.waiting else [whole]
