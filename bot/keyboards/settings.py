"""Buttons of the settings: groups, the rules of one, and the values that people choose most often."""

from collections.abc import Mapping, Sequence

from bot import rule_words
from bot.callbacks import OpenMenu
from bot.payloads.settings import ConfirmRule, OpenRule, OpenRules, OpenSettings, ResetRule, SetRule, ShowRuleChanges
from bot.rule_words import GROUPS, Group
from bot.screens import Button, Row, chunks, clip
from bot.turn import Turn
from domain import settings
from domain.settings import Line

_SWITCH = ("1", "0")
_OFTEN: Mapping[str, tuple[str, ...]] = {
    "signing_days": ("30", "60", "90", "120", "180"),
    "signing_days_by_level": ("0", "30", "60", "90", "120"),
    "dormancy_days": ("90", "120", "180", "270", "365"),
    "dormancy_days_by_level": ("0", "90", "120", "180", "365"),
    "first_followup_days": ("0", "1", "2", "3", "7"),
    "followup_days": ("0", "7", "14", "30", "60"),
    "claims_per_day": ("0", "3", "5", "10", "20"),
    "held_limit": ("0", "20", "50", "100", "200"),
    "reclaim_cooldown_days": ("0", "7", "15", "30", "90"),
    "old_team_days": ("0", "1", "3", "7", "15"),
    "pool_views_per_day": ("0", "10", "20", "50", "100"),
    "digest_time": ("0800", "0830", "0900", "0930"),
    "quiet_hours": ("0", "2100-0800", "2000-0830", "2200-0700"),
    "undo_minutes": ("5", "10", "30", "60"),
    "invitation_days": ("1", "3", "7", "14", "30"),
    "batch_limit": ("50", "100", "200", "500"),
}
_WIDTH = 3


def groups(turn: Turn) -> list[Row]:
    """The groups, what was changed of late, and the way back."""
    texts = turn.texts
    buttons = [Button(texts.plain(f"rules-{group}"), OpenRules(group)) for group in Group]
    foot = [Button("🕘 " + texts.plain("setting-history"), ShowRuleChanges()), Button(texts.plain("menu"), OpenMenu())]
    return [*chunks(buttons, 2), foot]


def rules(turn: Turn, group: Group, lines: Mapping[str, Line]) -> list[Row]:
    """The rules of a group with what they say; those of one level two a row."""
    rows: list[list[Button]] = []
    for name in GROUPS[group]:
        button = _rule(turn, lines[name])
        beside = rule_words.is_of_level(name) and len(rows[-1]) == 1 and rows[-1][0].payload not in _COMMON
        if beside:
            rows[-1].append(button)
        else:
            rows.append([button])
    return [*rows, [Button("‹ " + turn.texts.plain("back"), OpenSettings())]]


_COMMON = frozenset(OpenRule(name) for names in GROUPS.values() for name in names if not rule_words.is_of_level(name))


def _rule(turn: Turn, line: Line) -> Button:
    said = f"{rule_words.label(turn.texts, line.name)} · {rule_words.value(turn.texts, line.name, line.value)}"
    return Button(clip(f"{rule_words.CHANGED} {said}" if line.differs else said), OpenRule(line.name))


def choices(turn: Turn, line: Line) -> list[Row]:
    """The usual values but for the present one, the file's, and the way back."""
    texts = turn.texts
    buttons = [Button(label, SetRule(line.name, value)) for value, label in _offered(turn, line)]
    rows = chunks(buttons, _WIDTH if len(buttons) % _WIDTH != 1 else 2)
    if line.differs or line.at is not None:
        given = rule_words.value(texts, line.name, line.given)
        rows.append([Button("↩️ " + texts.plain("setting-reset", value=given), ResetRule(line.name))])
    return [*rows, [Button("‹ " + texts.plain("back"), OpenRules(rule_words.group_of(line.name)))]]


def confirm(turn: Turn, line: Line, value: int | None) -> list[Row]:
    """Save the shorter rule, or leave it."""
    save = Button(turn.texts.plain("confirm"), ConfirmRule(line.name, value, line.value), style="danger")
    return [[save, Button(turn.texts.plain("cancel"), OpenRule(line.name))]]


def back(turn: Turn) -> list[Row]:
    """To all rules."""
    return [[Button("‹ " + turn.texts.plain("back"), OpenSettings())]]


def _offered(turn: Turn, line: Line) -> Sequence[tuple[str, str]]:
    often = _SWITCH if isinstance(line.value, bool) else _OFTEN[line.name.partition(".")[0]]
    kept = ((value, settings.read(line.name, value)) for value in often)
    return [(value, rule_words.value(turn.texts, line.name, each)) for value, each in kept if each != line.value]
