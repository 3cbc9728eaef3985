"""The text of an approval card: who asks, for what, the history in a line, and what was decided (SPEC 5)."""

from bot.screens import clip, escape
from bot.wording import Wording
from domain.request_cards import RequestCard, RequestLine
from domain.stages import RequestStatus

LISTED = 12
_MARKS = {
    RequestStatus.WAITING: "⏳",
    RequestStatus.APPROVED: "✅",
    RequestStatus.REJECTED: "❌",
    RequestStatus.CANCELLED: "✖️",
}


def card(words: Wording, shown: RequestCard) -> str:
    """The card's text (HTML)."""
    return "\n".join([_head(words, shown), "", *_body(words, shown)])


def _head(words: Wording, shown: RequestCard) -> str:
    when = words.instant(shown.created_at)
    if shown.assignee_id != shown.requester_id:
        return words.texts.html("request-for-member", requester=shown.requester, assignee=shown.assignee, when=when)
    return words.texts.html("request-head", requester=shown.requester, when=when)


def _body(words: Wording, shown: RequestCard) -> list[str]:
    if len(shown.lines) == 1:
        return _single(words, shown.lines[0])
    lines = [
        f"{_MARKS[line.status]} <b>{escape(clip(line.customer, 60))}</b>\n{escape(_facts(words, line))}"
        for line in shown.lines[:LISTED]
    ]
    if len(shown.lines) > LISTED:
        lines.append(words.texts.html("and-more", count=len(shown.lines) - LISTED))
    decided = {line.decider for line in shown.lines if line.decider}
    if not shown.waiting and decided:
        lines += ["", words.texts.html("request-decided", decider=words.texts.plain("list-separator").join(sorted(decided)))]
    return lines


def _single(words: Wording, line: RequestLine) -> list[str]:
    lines = [f"<b>{escape(line.customer)}</b>", escape(_facts(words, line)), *_history(words, line)]
    if line.status is not RequestStatus.WAITING:
        lines += ["", verdict(words, line)]
    return lines


def verdict(words: Wording, line: RequestLine) -> str:
    """How one request ended: ✅ 已同意 · 李组长 10:22, with the reason where there is one (HTML)."""
    return f"{_MARKS[line.status]} <b>{escape(words.label(line.status))}</b> · {decided_by(words, line)}"


def decided_by(words: Wording, line: RequestLine) -> str:
    """Who decided and when, with the reason where there is one (HTML)."""
    return _with_reason(words, line, escape(_decider(words, line)))


def reviewed_by(words: Wording, line: RequestLine) -> str:
    """The same as a line of its own: 审核人：李组长 10:22 (HTML)."""
    if line.status not in (RequestStatus.APPROVED, RequestStatus.REJECTED):
        return decided_by(words, line)
    return _with_reason(words, line, words.texts.html("request-decided", decider=_decider(words, line)))


def _decider(words: Wording, line: RequestLine) -> str:
    return f"{line.decider or words.texts.plain('by-system')} {words.instant(line.decided_at) if line.decided_at else ''}"


def _with_reason(words: Wording, line: RequestLine, by: str) -> str:
    return f"{by}\n{words.texts.html('request-reason', reason=line.reason)}" if line.reason else by


def _facts(words: Wording, line: RequestLine) -> str:
    level = words.texts.plain("card-level", level=line.level) if line.level else ""
    return " · ".join(fact for fact in (words.stage(line.stage), level, line.city) if fact)


def _history(words: Wording, line: RequestLine) -> list[str]:
    if line.status is RequestStatus.APPROVED or not line.last_owner:
        return []
    since = words.day(words.now.local(line.pooled_at).date()) if line.pooled_at else "–"
    reason = words.label(line.release_reason) if line.release_reason else words.texts.plain("reason-none")
    return [words.texts.html("request-history", owner=line.last_owner, since=since, reason=reason)]
