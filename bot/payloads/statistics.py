"""The buttons of the statistics."""

from dataclasses import dataclass

from bot.callbacks import Payload
from domain.statistics import Period


@dataclass(frozen=True)
class OpenStatistics(Payload, code="st"):
    """The numbers of a period; pages of people count from 0."""

    period: Period
    page: int
