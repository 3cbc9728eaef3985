"""Buttons of the settings: a rule goes by its name; a value that is typed and one that is tapped are read alike."""

from dataclasses import dataclass

from bot.callbacks import Payload
from bot.rule_words import Group


@dataclass(frozen=True)
class OpenSettings(Payload, code="sg"):
    """All rules."""


@dataclass(frozen=True)
class OpenRules(Payload, code="sgg"):
    """The rules of one group."""

    group: Group


@dataclass(frozen=True)
class OpenRule(Payload, code="sgr"):
    """One rule."""

    name: str


@dataclass(frozen=True)
class SetRule(Payload, code="sgs"):
    """Another value, as it might be typed."""

    name: str
    value: str


@dataclass(frozen=True)
class ResetRule(Payload, code="sgz"):
    """Back to what the settings file says."""

    name: str


@dataclass(frozen=True)
class ConfirmRule(Payload, code="sgy"):
    """A shorter rule after its effect was shown, and the value it had then; without a value, that of the settings file."""

    name: str
    value: int | None
    was: int


@dataclass(frozen=True)
class ShowRuleChanges(Payload, code="sgh"):
    """Who changed what of late."""
