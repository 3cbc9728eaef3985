"""The limits of claiming as the specification tells them, in plain Python: when one more customer is one too many."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta


@dataclass
class Limits:
    """What is set, the day that it is, and the claims of each person and day."""

    today: date = date.min
    claims_per_day: int = 0
    held_limit: int = 0
    reclaim_cooldown_days: int = 0
    old_team_days: int = 0
    claims: Counter[tuple[int, date]] = field(default_factory=Counter)

    def note_claim(self, who: int) -> None:
        self.claims[who, self.today] += 1

    def day_is_full(self, who: int) -> bool:
        return 0 < self.claims_per_day <= self.claims[who, self.today]

    def hands_are_full(self, held: int) -> bool:
        return 0 < self.held_limit <= held

    def was_his_lately(self, who: int, ended: list[tuple[int, date]]) -> bool:
        """Whether one of the spans that ended was his, fewer days ago than he has to wait."""
        return any(owner == who and day + timedelta(self.reclaim_cooldown_days) > self.today for owner, day in ended)

    def is_kept(self, pooled: date | None) -> bool:
        """Whether only the old team may have what came into the pool on this day."""
        return pooled is not None and pooled + timedelta(self.old_team_days) > self.today
