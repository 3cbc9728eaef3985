"""The report of a run, as Markdown: what was done, what struck, what was lost or doubled, how long it took, how much it held."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from benchmarks.figures import percentile
from benchmarks.weather.judge import Verdict
from benchmarks.weather.ledger import Ledger
from benchmarks.weather.sky import Sky

SHOWN = 40
Memory = list[list[float | None]]
"""Resident megabytes of each replica, a row for every minute; None: it was down."""


class Plan(NamedTuple):
    """How long, how much, from which seed."""

    minutes: float
    per_second: float
    stories: int
    seed: int
    restarts: int
    calm: float
    foul: float


class Weathered(NamedTuple):
    """Everything that is known after a run."""

    plan: Plan
    seconds: float
    ledger: Ledger
    sky: Sky
    verdict: Verdict
    memory: Memory
    errors: Sequence[str]


def written(run: Weathered) -> str:
    """The report."""
    done, verdict, plan = run.ledger.done, run.verdict, run.plan
    head = [
        (
            f"{run.seconds / 60:.1f} minutes of work in weather, seed {plan.seed}: {len(done):,} operations"
            f" ({len(done) / run.seconds:.1f} a second), {run.ledger.taps_again} of them tapped twice."
        ),
        "",
        (
            f"**Lost: {len(verdict.lost)}. Doubled: {len(verdict.doubled)}. Broken: {len(verdict.broken)}.**"
            f" Twins explained by an ambiguous send or a kill: {verdict.twins}."
            f" Sends that stayed uncertain, and had arrived: {verdict.uncertain_seen}."
        ),
    ]
    parts = [
        head,
        _table("Operations", ("operation", "done"), Counter(each.kind for each in done).most_common()),
        _table("Faults met", ("fault", "times"), sorted(run.sky.met.items())),
        _table("What the judge counted", ("", "there"), sorted(verdict.counts.items())),
        _latencies(run),
        _memory(run.memory),
        _table("Errors logged by the replicas", ("event", "times"), Counter(run.errors).most_common()),
        *(_listed(name, lines) for name, lines in _wrongs(verdict)),
    ]
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def _wrongs(verdict: Verdict) -> list[tuple[str, list[str]]]:
    return [("Lost", verdict.lost), ("Doubled", verdict.doubled), ("Broken", verdict.broken)]


def _latencies(run: Weathered) -> list[str]:
    spans: dict[str, list[float]] = {"calm": [], "weather": []}
    for each in run.ledger.done:
        if each.kind != "card arrives":
            spans["weather" if run.sky.foul(each.began, each.ended) else "calm"].append(1000 * (each.ended - each.began))
    rows = [
        (name, f"{len(spent):,}", *(f"{percentile(spent, share):,.0f}" for share in (50, 95, 99, 100)))
        for name, spent in spans.items()
    ]
    return _table("From a tap to what it led to, ms", ("", "operations", "p50", "p95", "p99", "longest"), rows)


def _memory(samples: Memory) -> list[str]:
    rows = [(minute, *("down" if held is None else f"{held:.0f}" for held in sample)) for minute, sample in enumerate(samples)]
    heads = ("minute", *(f"replica {n + 1}" for n in range(len(samples[0]) if samples else 0)))
    return _table("Resident memory, MB", heads, rows)


def _table(title: str, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    lines = ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    if not lines:
        return []
    ruler = "| " + " | ".join(["---", *("---:" for _ in heads[1:])]) + " |"
    return [f"## {title}", "", "| " + " | ".join(heads) + " |", ruler, *lines]


def _listed(title: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    more = [f"- … and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
    return [f"## {title}", "", *(f"- {line}" for line in lines[:SHOWN]), *more]
