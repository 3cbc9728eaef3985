"""The rules of the house that an organisation may set: limits, days and what is masked.

A `Policy` is a frozen value that use cases are handed; it reads nothing. Every field declares the values it
accepts, so settings, the admin's screen and the example file refuse the same things in the same words.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, NamedTuple

from domain.stages import Level

LEVELS = tuple(Level)
LEVELLED = ("signing_days_by_level", "dormancy_days_by_level")
"""The fields that say something for each level."""
_TEN_YEARS = 3650


class Violation(NamedTuple):
    """One refused value: the field (`signing_days_by_level.A` for one level), the value, what is allowed."""

    name: str
    value: object
    allowed: str


class PolicyError(ValueError):
    """Values that no policy may have; `violations` names every one of them."""

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        super().__init__(", ".join(v.name for v in violations))
        self.violations = violations


class Whole(NamedTuple):
    """Accepts whole numbers from low to high."""

    low: int
    high: int
    off_when_zero: bool = False

    def refusals(self, name: str, value: object) -> Iterator[Violation]:
        """What is wrong with a value, if anything."""
        if isinstance(value, bool) or not isinstance(value, int) or not self.low <= value <= self.high:
            yield Violation(name, value, self.allowed)

    @property
    def allowed(self) -> str:
        """The same in words."""
        return f"a whole number {self.low}..{self.high}" + (" (0: off)" if self.off_when_zero else "")


class _ByLevel(NamedTuple):
    """Accepts a mapping from customer levels to whole numbers."""

    each: Whole

    def refusals(self, name: str, value: object) -> Iterator[Violation]:
        if not isinstance(value, Mapping):
            yield Violation(name, value, self.allowed)
            return
        for level, days in value.items():
            if level not in LEVELS:
                yield Violation(f"{name}.{level}", days, f"a level of {', '.join(LEVELS)}")
            yield from self.each.refusals(f"{name}.{level}", days)

    @property
    def allowed(self) -> str:
        return f"for each level of {', '.join(LEVELS)} {self.each.allowed}"


class _Switch(NamedTuple):
    """Accepts true and false."""

    allowed: str = "true or false"

    def refusals(self, name: str, value: object) -> Iterator[Violation]:
        if not isinstance(value, bool):
            yield Violation(name, value, self.allowed)


def _whole(default: int, low: int, high: int) -> Any:  # noqa: ANN401 - dataclasses.field is typed as what it stands for
    return field(default=default, metadata={"accepts": Whole(low, high)})


def _limit(high: int) -> Any:  # noqa: ANN401 - as above
    return field(default=0, metadata={"accepts": Whole(0, high, off_when_zero=True)})


def _days_by_level() -> Any:  # noqa: ANN401 - as above
    return field(default_factory=dict, hash=False, metadata={"accepts": _ByLevel(Whole(1, _TEN_YEARS))})


def _switch(*, default: bool) -> Any:  # noqa: ANN401 - as above
    return field(default=default, metadata={"accepts": _Switch()})


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What the organisation has decided; raises `PolicyError` for values out of range.

    A limit or clock that is 0 is off: `first_followup_days`, `followup_days`, `claims_per_day`, `held_limit`,
    `reclaim_cooldown_days`, `old_team_days` and `pool_views_per_day`. The others always apply.
    """

    signing_days: int = _whole(90, 1, _TEN_YEARS)
    signing_days_by_level: Mapping[str, int] = _days_by_level()
    dormancy_days: int = _whole(180, 1, _TEN_YEARS)
    dormancy_days_by_level: Mapping[str, int] = _days_by_level()
    first_followup_days: int = _limit(_TEN_YEARS)
    followup_days: int = _limit(_TEN_YEARS)
    claims_per_day: int = _limit(10_000)
    held_limit: int = _limit(100_000)
    reclaim_cooldown_days: int = _limit(_TEN_YEARS)
    old_team_days: int = _limit(_TEN_YEARS)
    pool_views_per_day: int = _limit(100_000)
    mask_pool_contacts: bool = _switch(default=True)
    dormant_releases: bool = _switch(default=True)
    undo_minutes: int = _whole(10, 1, 1440)
    invitation_days: int = _whole(7, 1, 365)
    batch_limit: int = _whole(500, 1, 500)

    def __post_init__(self) -> None:
        refused = tuple(
            violation
            for each in fields(self)
            for violation in each.metadata["accepts"].refusals(each.name, getattr(self, each.name))
        )
        if refused:
            raise PolicyError(refused)

    def signing_days_for(self, level: str | None) -> int:
        """Days that an owner of a customer of this level has to sign it."""
        return self.signing_days_by_level.get(level or "", self.signing_days)

    def dormancy_days_for(self, level: str | None) -> int:
        """Days without an order after which a cooperating customer of this level is dormant."""
        return self.dormancy_days_by_level.get(level or "", self.dormancy_days)


def allowed(name: str) -> str:
    """What the named field of a `Policy` accepts, in words for whoever sets it."""
    return next(str(each.metadata["accepts"].allowed) for each in fields(Policy) if each.name == name)


def bounds(name: str) -> Whole | None:
    """The whole numbers that a field accepts, by level those of one level; None for a field that is no number."""
    accepts = next(each.metadata["accepts"] for each in fields(Policy) if each.name == name)
    if isinstance(accepts, _ByLevel):
        return accepts.each
    return accepts if isinstance(accepts, Whole) else None
