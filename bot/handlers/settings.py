"""The settings in the chat, for admins: each rule changed by a button or typed; a shorter one shows first what it does."""

from typing import Any

from bot import rule_words
from bot.keyboards import settings as keyboard
from bot.payloads.settings import ConfirmRule, OpenRule, OpenRules, OpenSettings, ResetRule, SetRule, ShowRuleChanges
from bot.rule_words import GROUPS, Group
from bot.screens import Screen, escape
from bot.turn import Turn
from domain import drafts, settings
from domain.errors import RuleRefusedError, StaleError
from domain.settings import Change, Line

KIND = "setting"


def open_(turn: Turn, _tap: OpenSettings | None = None) -> Screen:
    """All rules by group."""
    drafts.drop(turn.session, turn.actor.id)
    lines = settings.seen(turn.session, turn.actor, given=turn.given)
    parts = [f"⚙️ <b>{turn.texts.html('settings')}</b>"]
    for group in Group:
        said = [_said(turn, lines[name]) for name in GROUPS[group] if _worth_saying(lines[name])]
        parts.append("\n".join([f"<b>{turn.texts.html(f'rules-{group}')}</b>", *said]))
    if any(line.differs for line in lines.values()):
        parts.append(turn.texts.html("setting-mark", mark=rule_words.CHANGED))
    return Screen("\n\n".join(parts), tuple(keyboard.groups(turn)))


def open_group(turn: Turn, tap: OpenRules) -> Screen:
    """The rules of a group."""
    return _group(turn, tap.group)


def open_rule(turn: Turn, tap: OpenRule) -> Screen:
    """What a rule is about and says, and what it may become."""
    line = _line(turn, tap.name)
    drafts.expect(turn.session, turn.actor.id, KIND, {"name": line.name}, now=turn.now)
    texts = turn.texts
    parts = [
        f"<b>{escape(rule_words.label(texts, line.name))}</b>",
        escape(rule_words.what(texts, line.name)),
        "",
        texts.html("setting-now", value=_value(turn, line, line.value)),
        texts.html("setting-file", value=_value(turn, line, line.given)),
    ]
    if line.at is not None:
        by = line.by or texts.plain("by-system")
        parts.append(texts.html("setting-changed-by", by=by, when=turn.words.instant(line.at)))
    parts += ["", _allowed(turn, line.name)]
    return Screen("\n".join(parts), tuple(keyboard.choices(turn, line)))


def choose(turn: Turn, tap: SetRule) -> Screen:
    """Another value from a button."""
    return _put(turn, _line(turn, tap.name), tap.value)


def typed(turn: Turn, state: dict[str, Any]) -> Screen:
    """Another value as it was typed."""
    line = _line(turn, state["name"])
    try:
        return _put(turn, line, turn.text)
    except RuleRefusedError as refused:
        return open_rule(turn, OpenRule(line.name)).with_notice(turn.words.refusal(refused))


def reset(turn: Turn, tap: ResetRule) -> Screen:
    """Back to the settings file, with a question first when that is shorter."""
    line = _line(turn, tap.name)
    asked = _asked(turn, line, line.given, reset=True)
    return asked or _saved(turn, line.name, settings.reset(turn.session, turn.actor, line.name, given=turn.given, now=turn.now))


def confirm(turn: Turn, tap: ConfirmRule) -> Screen:
    """The shorter rule, unless it is another one by now."""
    known: dict[str, Any] = {"given": turn.given, "now": turn.now, "known": tap.was}
    if tap.value is None:
        return _saved(turn, tap.name, settings.reset(turn.session, turn.actor, tap.name, **known))
    return _saved(turn, tap.name, settings.change(turn.session, turn.actor, tap.name, tap.value, **known))


def history(turn: Turn, _tap: ShowRuleChanges) -> Screen:
    """Who changed what of late."""
    past = settings.history(turn.session, turn.actor)
    lines = [f"<b>{turn.texts.html('setting-history')}</b>", ""]
    for each in past:
        lines.append(f"<b>{turn.words.instant(each.at)}</b> {escape(each.by)}")
        lines.append(change_line(turn, each.name, each.before, each.after))
    if not past:
        lines.append(turn.texts.html("setting-history-none"))
    return Screen("\n".join(lines), tuple(keyboard.back(turn)))


def home(turn: Turn, tap: SetRule | ResetRule | ConfirmRule) -> Screen:
    """The rules around it as they are, under the reason why not."""
    return _group(turn, rule_words.group_of(_line(turn, tap.name).name))


def change_line(turn: Turn, name: str, before: Any, after: Any) -> str:  # noqa: ANN401 — a rule's values
    """签单期限：90 天 → 60 天 (HTML)."""
    was, became = (rule_words.value(turn.texts, name, each) for each in (before, after))
    return turn.texts.html("timeline-change", field=rule_words.label(turn.texts, name), before=was, after=became)


def _put(turn: Turn, line: Line, text: str) -> Screen:
    value = settings.read(line.name, text)
    asked = _asked(turn, line, value)
    given, now = turn.given, turn.now
    return asked or _saved(turn, line.name, settings.change(turn.session, turn.actor, line.name, value, given=given, now=now))


def _asked(turn: Turn, line: Line, value: Any, *, reset: bool = False) -> Screen | None:  # noqa: ANN401 — a rule's value
    """The question before a shorter rule; None where there is nothing to ask."""
    effect = settings.preview(turn.session, turn.actor, line.name, value, given=turn.given, now=turn.now)
    if effect is None:
        return None
    texts = turn.texts
    lines = [
        f"⚠️ <b>{change_line(turn, line.name, line.value, value)}</b>",
        "",
        texts.html("setting-effect-past", count=effect.past, owners=effect.owners),
        texts.html("setting-effect-soon", count=effect.soon),
        texts.html("setting-effect-warned"),
    ]
    return Screen("\n".join(lines), tuple(keyboard.confirm(turn, line, None if reset else value)))


def _saved(turn: Turn, name: str, change: Change | None) -> Screen:
    screen = _group(turn, rule_words.group_of(name))
    if change is None:
        return screen.with_notice(turn.texts.html("setting-same", rule=rule_words.label(turn.texts, name)))
    notice = "✅ " + change_line(turn, name, change.before, change.after)
    return screen.with_notice(f"{notice}\n{turn.texts.html('setting-moved', count=change.moved)}" if change.moved else notice)


def _group(turn: Turn, group: Group) -> Screen:
    drafts.drop(turn.session, turn.actor.id)
    lines = settings.seen(turn.session, turn.actor, given=turn.given)
    title = f"⚙️ <b>{turn.texts.html(f'rules-{group}')}</b>\n{turn.texts.html('setting-choose')}"
    if any(lines[name].differs for name in GROUPS[group]):
        title += "\n" + turn.texts.html("setting-mark", mark=rule_words.CHANGED)
    return Screen(title, tuple(keyboard.rules(turn, group, lines)))


def _line(turn: Turn, name: str) -> Line:
    line = settings.seen(turn.session, turn.actor, given=turn.given).get(name)
    if line is None:
        raise StaleError
    return line


def _worth_saying(line: Line) -> bool:
    return line.differs or not rule_words.is_of_level(line.name) or bool(line.value)


def _said(turn: Turn, line: Line) -> str:
    said = turn.texts.html("setting-line", rule=rule_words.label(turn.texts, line.name), value=_value(turn, line, line.value))
    return f"{rule_words.CHANGED} {said}" if line.differs else said


def _value(turn: Turn, line: Line, value: Any) -> str:  # noqa: ANN401 — a rule's value
    return rule_words.value(turn.texts, line.name, value)


def _allowed(turn: Turn, name: str) -> str:
    accepts = settings.accepted(name)
    return turn.texts.html(f"setting-type-{accepts.accepts.replace('_', '-')}", low=accepts.low, high=accepts.high)
