"""Buttons of the timeline."""

from dataclasses import dataclass

from bot.callbacks import Payload


@dataclass(frozen=True)
class ShowTimeline(Payload, code="tl"):
    """What happened to a customer before the entry `before`; None: the newest."""

    customer: int
    view: int | None
    before: int | None
