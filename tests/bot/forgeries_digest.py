"""Forged buttons of the digest: it is read and acted on by whoever it is meant for, and those who hear it in his place."""

from collections.abc import Callable

from bot.callbacks import Payload
from bot.payloads.digest import Beside, DecideInDigest, ListBeside, Listing, OpenBeside, TurnDigest
from tests.bot.forgeries import FORBIDDEN, HUGE, STALE, UNSEEN, Case, Scene

DAY = 740_000


def _of(scene: Scene, login: str) -> int:
    return scene.office.ids[login]


DIGEST: dict[type[Payload], Callable[[Scene], list[Case]]] = {
    TurnDigest: lambda s: [
        ("lihua", TurnDigest(_of(s, "liu"), DAY, 0), UNSEEN),
        ("liu", TurnDigest(_of(s, "zhang"), DAY, 0), UNSEEN),
        ("liu", TurnDigest(HUGE, DAY, 0), UNSEEN),
        ("liu", TurnDigest(_of(s, "liu"), HUGE, 0), STALE),
        ("liu", TurnDigest(_of(s, "liu"), 0, 0), STALE),
    ],
    DecideInDigest: lambda s: [
        ("lihua", DecideInDigest(_of(s, "lihua"), DAY, 0, s.request, yes=True), FORBIDDEN),
        ("wangwei", DecideInDigest(_of(s, "liu"), DAY, 0, s.request, yes=True), FORBIDDEN),
        ("liu", DecideInDigest(_of(s, "liu"), DAY, 0, HUGE, yes=True), UNSEEN),
        ("liu", DecideInDigest(_of(s, "liu"), HUGE, 0, s.request, yes=True), STALE),
    ],
    OpenBeside: lambda s: [
        ("lihua", OpenBeside(s.theirs.id, Beside.VIEW), UNSEEN),
        ("lihua", OpenBeside(s.theirs.id, Beside.FOLLOWUP), UNSEEN),
        ("chenjie", OpenBeside(s.theirs.id, Beside.EXTEND), FORBIDDEN),
        ("liu", f"1:{OpenBeside.code}:{s.theirs.id}:q", STALE),
    ],
    ListBeside: lambda _: [
        ("lihua", ListBeside(Listing.TEAM), FORBIDDEN),
        ("liu", f"1:{ListBeside.code}:attic", STALE),
    ],
}
