"""The judge: what was done beside what there is. Every act once, every message once, nothing left under way."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import text

from benchmarks.weather.ledger import Effect, Ledger, Told
from benchmarks.weather.phones import Phone
from domain.db import Database, Session

_NEW = "body->>'method'"
_FINAL = frozenset({"sent", "skipped"})
_EDITING = frozenset({"refresh"})


@dataclass
class Verdict:
    """What is not as it must be, a line each; and the twins that an ambiguous send or a kill explains."""

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    twins: int = 0
    uncertain_seen: int = 0
    counts: Counter[str] = field(default_factory=Counter)


def judge(database: Database, ledger: Ledger, phones: Mapping[int, Phone]) -> Verdict:
    """Compare everything, once all is quiet."""
    verdict = Verdict(lost=[f"no answer was seen: {each}" for each in ledger.unanswered])
    with database.unit_of_work() as session:
        _effects(session, ledger, verdict)
        _owners(session, ledger, verdict)
        _updates(session, phones, verdict)
        _notices(session, ledger, verdict)
        _messages(session, phones, verdict)
        _invariants(session, verdict)
    return verdict


def _rows(session: Session, statement: str) -> list[tuple]:
    return [tuple(row) for row in session.execute(text(statement))]


def _compare(verdict: Verdict, wanted: Counter, found: Counter, what: str) -> None:
    verdict.lost += [f"{what}: {key}, {count} ×" for key, count in (wanted - found).items()]
    verdict.doubled += [f"{what}: {key}, {count} ×" for key, count in (found - wanted).items()]


def _effects(session: Session, ledger: Ledger, verdict: Verdict) -> None:
    found: dict[int, list[Effect]] = defaultdict(list)
    for customer_id, event, actor_id in _rows(
        session, "SELECT customer_id, event, actor_id FROM timeline WHERE customer_id IS NOT NULL ORDER BY id"
    ):
        found[customer_id].append((event, actor_id))
    for customer_id in found.keys() | ledger.effects.keys():
        wanted, there = ledger.effects.get(customer_id, []), found.get(customer_id, [])
        _compare(verdict, Counter(wanted), Counter(there), f"effect on customer {customer_id}")
        if wanted != there and Counter(wanted) == Counter(there):
            verdict.broken.append(f"the timeline of customer {customer_id} is out of order: {there}")
    verdict.counts["effects in the timeline"] = sum(map(len, found.values()))
    for customer_id, won in ledger.winners.items():
        if len(won) != 1:
            verdict.broken.append(f"race for customer {customer_id}: won by {won}")
    verdict.counts["races, each with one winner"] = len(ledger.winners)


def _owners(session: Session, ledger: Ledger, verdict: Verdict) -> None:
    owners = dict(_rows(session, "SELECT id, owner_id FROM customers"))
    wrong = {i: (owner, owners[i]) for i, owner in ledger.owners.items() if owners[i] != owner}
    verdict.broken += [f"customer {i} should be {owner}'s and is {there}'s" for i, (owner, there) in wrong.items()]
    verdict.counts["customers worked on"] = len(ledger.owners)


def _updates(session: Session, phones: Mapping[int, Phone], verdict: Verdict) -> None:
    status = Counter(dict(_rows(session, "SELECT status, count(*) FROM inbox GROUP BY status")))
    deeds = sum(phone.deeds for phone in phones.values())
    _compare(verdict, Counter(updates=deeds), Counter(updates=status.total()), "kept of what was tapped and typed")
    verdict.lost += [f"updates {name}: {count}" for name, count in status.items() if name != "done"]
    unsaid = _rows(
        session, "SELECT update_id FROM inbox i WHERE NOT EXISTS (SELECT FROM outbox WHERE key = 'update:' || i.update_id)"
    )
    verdict.lost += [f"update {update_id} was never answered" for (update_id,) in unsaid]
    verdict.counts["updates, each handled once"] = deeds


_TOLD = """
SELECT kind, user_id, customer_id, count(*) FROM (
    SELECT kind, user_id, (json_array_elements_text(body->'customer_ids'))::bigint AS customer_id
    FROM outbox WHERE kind IN ('assigned', 'released', 'deleted')
    UNION ALL
    SELECT o.kind, o.user_id, r.customer_id FROM outbox o JOIN claim_requests r ON r.batch_id = (o.body->>'batch_id')::bigint
    WHERE o.kind = 'request'
    UNION ALL
    SELECT o.kind, o.user_id, r.customer_id
    FROM (SELECT kind, user_id, (json_array_elements_text(body->'request_ids'))::bigint AS request FROM outbox
          WHERE kind = 'decided') o JOIN claim_requests r ON r.id = o.request
) AS told GROUP BY kind, user_id, customer_id
"""


def _notices(session: Session, ledger: Ledger, verdict: Verdict) -> None:
    found = Counter({Told(kind, user_id, customer_id): count for kind, user_id, customer_id, count in _rows(session, _TOLD)})
    _compare(verdict, ledger.told, found, "notice queued")
    verdict.counts["notices caused"] = found.total()


def _messages(session: Session, phones: Mapping[int, Phone], verdict: Verdict) -> None:
    rows = _rows(
        session,
        f"SELECT id, kind, chat_id, status, message_id, attempts, {_NEW} = 'editMessageText', coalesce(error, '')"
        " FROM outbox ORDER BY id",
    )
    verdict.counts.update(Counter(f"outbox: {row[3]}" for row in rows))
    by_chat: dict[int, list[tuple]] = defaultdict(list)
    for row in rows:
        by_chat[row[2]].append(row)
    for phone in phones.values():
        _chat(phone, by_chat[phone.member.telegram_id], verdict)


def _chat(phone: Phone, rows: Iterable[tuple], verdict: Verdict) -> None:
    """Every new message of a chat beside the rows that sent it."""
    heard = {i: each for i, each in phone.first.items() if each["from"]["is_bot"]}
    known: dict[int, int] = {}
    often: Counter[str] = Counter()
    unsure: list[tuple] = []
    for row in rows:
        outbox_id, kind, _, status, message_id, attempts, edits, error = row
        if status == "uncertain":
            unsure.append(row)
        elif status not in _FINAL:
            verdict.lost.append(f"outbox {outbox_id} ({kind}) is {status}: {error}")
        if status != "sent" or edits or kind in _EDITING:
            continue
        if message_id not in heard:
            verdict.lost.append(f"outbox {outbox_id} ({kind}) was sent as {message_id}, which {phone.member.name} never saw")
        elif message_id in known:
            verdict.doubled.append(f"outbox {outbox_id} and {known[message_id]} are one message")
        else:
            known[message_id] = outbox_id
            if attempts > 1:
                often[_words(heard[message_id])] += attempts - 1
    _unknown(phone, [each for i, each in heard.items() if i not in known], often, unsure, verdict)


def _unknown(phone: Phone, strangers: list[dict], often: Counter[str], unsure: list[tuple], verdict: Verdict) -> None:
    """Messages that no row knows: twins of what was sent more than once, or what an uncertain send did deliver."""
    arrived = 0
    for each in strangers:
        words = _words(each)
        if often[words] > 0:
            often[words] -= 1
            verdict.twins += 1
        elif arrived < len(unsure):
            arrived += 1
        else:
            verdict.doubled.append(f"{phone.member.name} saw once too often: {words[:80]}")
    verdict.uncertain_seen += arrived
    for row in unsure[arrived:]:
        verdict.lost.append(f"outbox {row[0]} ({row[1]}) is uncertain and was never seen: {row[7]}")


def _words(message: Mapping[str, object]) -> str:
    return re.sub(r"\s+", " ", str(message.get("text", "")))


_MUST_BE_EMPTY = {
    "an owned customer without its one open ownership": """
        SELECT c.id FROM customers c LEFT JOIN ownerships o ON o.customer_id = c.id AND o.until IS NULL
        GROUP BY c.id, c.owner_id HAVING c.owner_id IS NOT NULL AND (count(o.id) <> 1 OR min(o.owner_id) <> c.owner_id)""",
    "an open ownership of a customer that nobody owns": """
        SELECT o.id FROM ownerships o JOIN customers c ON c.id = o.customer_id WHERE o.until IS NULL AND c.owner_id IS NULL""",
    "two requests that wait for one customer": """
        SELECT customer_id FROM claim_requests WHERE status = 'waiting' GROUP BY customer_id HAVING count(*) > 1""",
    "a key of the outbox twice": "SELECT key FROM outbox GROUP BY key HAVING count(*) > 1",
    "an update twice": "SELECT update_id FROM inbox GROUP BY update_id HAVING count(*) > 1",
}


def _invariants(session: Session, verdict: Verdict) -> None:
    for what, statement in _MUST_BE_EMPTY.items():
        if there := _rows(session, statement):
            verdict.broken.append(f"{what}: {there[:5]}")
