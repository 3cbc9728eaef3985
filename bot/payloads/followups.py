"""Buttons of follow-ups; `view` is the list to go back to."""

from dataclasses import dataclass

from bot.callbacks import Payload
from domain.followups import FollowupKind


@dataclass(frozen=True)
class LogFollowup(Payload, code="gl"):
    """The next message is a follow-up on this customer."""

    customer: int
    view: int | None


@dataclass(frozen=True)
class LeaveFollowup(Payload, code="gx"):
    """It is not: back to the card."""

    customer: int
    view: int | None


@dataclass(frozen=True)
class SetFollowupKind(Payload, code="gk"):
    """How one spoke."""

    followup: int
    view: int | None
    kind: FollowupKind


@dataclass(frozen=True)
class SetNextDay(Payload, code="gd"):
    """The next follow-up: the place of the day among those offered."""

    followup: int
    view: int | None
    choice: int


@dataclass(frozen=True)
class ShowFollowup(Payload, code="gs"):
    """One follow-up, whole; `before` is the page of the timeline to go back to."""

    followup: int
    view: int | None
    before: int | None


@dataclass(frozen=True)
class OpenAttachment(Payload, code="go"):
    """What was sent with a follow-up, sent back."""

    followup: int
