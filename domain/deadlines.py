"""The dates by which something must happen to a customer: arithmetic on the organisation's calendar days (SPEC 4)."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from domain.policy import Policy
from domain.stages import NON_COOPERATING, Level, Stage


@dataclass(frozen=True)
class Deadlines:
    """The running clocks of one customer; None: that clock does not run. The deadline day still belongs to the owner."""

    signing: date | None = None
    dormancy: date | None = None
    first_followup: date | None = None
    followup: date | None = None

    @property
    def due(self) -> date | None:
        """The soonest of the running clocks."""
        return min(
            (day for day in (self.signing, self.dormancy, self.first_followup, self.followup) if day),
            default=None,
        )


STOPPED = Deadlines()
"""No clock runs: in the pool and in the bin."""


def on_becoming_owner(policy: Policy, *, stage: Stage, level: Level | None, today: date) -> Deadlines:
    """Fresh clocks for a new owner: signing while non-cooperating, else dormancy; the follow-up clocks when switched on."""
    first = _after(today, policy.first_followup_days)
    followup = _after(today, policy.followup_days)
    if stage in NON_COOPERATING:
        return Deadlines(today + timedelta(days=policy.signing_days_for(level)), None, first, followup)
    return Deadlines(None, today + timedelta(days=policy.dormancy_days_for(level)), first, followup)


def on_signing(policy: Policy, clocks: Deadlines, *, level: Level | None, today: date) -> Deadlines:
    """Signing, or an order, ends the signing clock and starts the dormancy clock."""
    return replace(clocks, signing=None, dormancy=today + timedelta(days=policy.dormancy_days_for(level)))


def on_followup(policy: Policy, clocks: Deadlines, *, today: date) -> Deadlines:
    """A follow-up ends the first-contact clock and pushes the follow-up clock."""
    return replace(clocks, first_followup=None, followup=_after(today, policy.followup_days))


def on_new_level(policy: Policy, clocks: Deadlines, *, before: Level | None, after: Level | None) -> Deadlines:
    """Another level moves the main clock by what it has more or less, as a changed rule does: days given stay given."""
    signing = timedelta(days=policy.signing_days_for(after) - policy.signing_days_for(before))
    dormancy = timedelta(days=policy.dormancy_days_for(after) - policy.dormancy_days_for(before))
    return replace(
        clocks,
        signing=clocks.signing + signing if clocks.signing else None,
        dormancy=clocks.dormancy + dormancy if clocks.dormancy else None,
    )


def extended(clocks: Deadlines, days: int, *, today: date) -> Deadlines:
    """The main clock (signing, else dormancy) `days` later than the deadline, or than today when that has passed."""
    if clocks.signing is not None:
        return replace(clocks, signing=max(clocks.signing, today) + timedelta(days=days))
    if clocks.dormancy is not None:
        return replace(clocks, dormancy=max(clocks.dormancy, today) + timedelta(days=days))
    return clocks


def _after(today: date, days: int) -> date | None:
    return today + timedelta(days=days) if days else None
