"""Buttons of 请假/代理: whose absence it is travels, since an admin may say it for others."""

from dataclasses import dataclass

from bot.callbacks import Payload


@dataclass(frozen=True)
class OpenAway(Payload, code="aw"):
    """Say until when somebody is away."""

    user: int


@dataclass(frozen=True)
class ListStandIns(Payload, code="awp"):
    """The last day (yyyy-mm-dd) is known: choose who stands in."""

    user: int
    day: str
    page: int


@dataclass(frozen=True)
class ChooseStandIn(Payload, code="aws"):
    """Away until that day; somebody stands in."""

    user: int
    day: str
    stand_in: int


@dataclass(frozen=True)
class ComeBack(Payload, code="awx"):
    """Here again."""

    user: int
