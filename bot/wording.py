"""Values in the reader's words: dates, due marks, stages, refusals and what became of a batch."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby

from babel import Locale
from babel.dates import format_date

from bot.locales import Texts
from bot.screens import clip, escape
from domain.clock import Moment
from domain.errors import GonghaiError
from domain.outcomes import Outcome, Result

SOON_DAYS = 3
LISTED = 8
_BABEL = {"zh": Locale.parse("zh_CN"), "en": Locale.parse("en_GB")}


@dataclass(frozen=True)
class Wording:
    """Formats for one reader at one moment."""

    texts: Texts
    now: Moment

    def label(self, word: StrEnum) -> str:
        """A word of a closed list: `stage-quoting`, `reason-price`."""
        return self.texts.plain(f"{_kind(word)}-{word.value.replace('_', '-')}")

    def stage(self, stage: str) -> str:
        """A stage by its code."""
        return self.texts.plain(f"stage-{stage}")

    def value(self, field: str, value: str) -> str:
        """A value of a customer's field: services and levels have words, the others are words already."""
        if field == "level":
            return self.texts.plain("card-level", level=value)
        key = f"service-{value}"
        return self.texts.plain(key) if field == "service" and self.texts.has(key) else value

    def act(self, act: StrEnum) -> str:
        """An act in the words of its button."""
        return self.texts.plain(f"act-{_dash(act.value)}")

    def day(self, day: date) -> str:
        """A calendar day."""
        return f"{day:%m-%d}" if day.year == self.now.today.year else f"{day:%Y-%m-%d}"

    def weekday(self, day: date) -> str:
        """The day of the week: 周五."""
        return format_date(day, "EEE", locale=_BABEL[self.texts.language])

    def instant(self, instant: datetime) -> str:
        """An instant on the organisation's clock; today's without the day."""
        local = self.now.local(instant)
        time = f"{local:%H:%M}"
        return time if local.date() == self.now.today else f"{self.day(local.date())} {time}"

    def due(self, day: date | None) -> str:
        """The time left until a deadline: 剩 12 天."""
        if day is None:
            return ""
        left = (day - self.now.today).days
        if left == 0:
            return self.texts.plain("due-today")
        return self.texts.plain("due-left", days=left) if left > 0 else self.texts.plain("due-past", days=-left)

    def due_mark(self, day: date | None) -> str:
        """A red mark when fewer than three days are left, else nothing."""
        return "🔴 " if day is not None and (day - self.now.today).days < SOON_DAYS else ""

    def refusal(self, error: GonghaiError) -> str:
        """One line (HTML) that says why not."""
        values = {field.name: self._value(getattr(error, field.name)) for field in fields(error)}  # type: ignore[arg-type]
        return "⚠️ " + self.texts.html(f"error-{_kebab(type(error).__name__.removesuffix('Error'))}", **values)

    def bullets(self, names: Sequence[str]) -> list[str]:
        """Customers' names, one a line, the rest as a number (HTML)."""
        lines = [f"• <b>{escape(clip(name, 80))}</b>" for name in names[:LISTED]]
        return lines if len(names) <= LISTED else [*lines, self.texts.html("and-more", count=len(names) - LISTED)]

    def outcomes(self, act: str, outcomes: Sequence[Outcome]) -> str:
        """What became of an act: one line for one customer, a summary with each reason for several (HTML)."""
        if len(outcomes) == 1 and outcomes[0].error is not None:
            return self.refusal(outcomes[0].error)
        counts = {result: sum(outcome.result is result for outcome in outcomes) for result in Result}
        lines = []
        if counts[Result.DONE]:
            lines.append("✅ " + self.texts.html(f"done-{_dash(act)}", count=counts[Result.DONE]))
        if counts[Result.WAITING]:
            lines.append("⏳ " + self.texts.html("done-waiting", count=counts[Result.WAITING]))
        if counts[Result.REFUSED]:
            lines += self._refused([outcome for outcome in outcomes if outcome.error is not None])
        return "\n".join(lines)

    def _refused(self, outcomes: Sequence[Outcome]) -> list[str]:
        lines = ["⚠️ " + self.texts.html("done-refused", count=len(outcomes))]
        reasons = sorted((self.refusal(o.error).removeprefix("⚠️ "), o.name) for o in outcomes if o.error is not None)
        for reason, group in groupby(reasons, key=lambda pair: pair[0]):
            names = [name for _, name in group if name]
            shown = self.texts.plain("list-separator").join(names[:LISTED])
            more = self.texts.plain("and-more", count=len(names) - LISTED) if len(names) > LISTED else ""
            lines.append(self.texts.html("refused-line", names=shown + more) + reason if names else f"• {reason}")
        return lines

    def _value(self, value: object) -> object:
        if isinstance(value, datetime):
            return self.instant(value)
        if isinstance(value, date):
            return self.day(value)
        if value is None:
            return "none"
        return value if isinstance(value, int | float) else str(value)


def _kind(word: StrEnum) -> str:
    return {"ReleaseReason": "reason", "RequestStatus": "status"}.get(type(word).__name__, _kebab(type(word).__name__))


def _kebab(name: str) -> str:
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in name).lstrip("-")


def _dash(word: str) -> str:
    return word.replace("_", "-")
