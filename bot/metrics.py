"""What the program counts of itself, for Prometheus (docs/operations.md names each).

The registry is the application's own. Labels are words of closed lists (kinds, outcomes, jobs, names of operations): nothing that
a person typed, is called or can be reached by ever becomes one.
"""

from enum import StrEnum

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, generate_latest

from domain.queues import Queues

SOON = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)


class Update(StrEnum):
    """What comes in."""

    MESSAGE = "message"
    CALLBACK_QUERY = "callback_query"
    INLINE_QUERY = "inline_query"
    MY_CHAT_MEMBER = "my_chat_member"
    OTHER = "other"

    @classmethod
    def of(cls, payload: dict[str, object]) -> "Update":
        """The kind of an update as Telegram sent it."""
        return next((kind for kind in cls if kind in payload), cls.OTHER)


class Outcome(StrEnum):
    """What became of a turn or of a job's run."""

    DONE = "done"
    REFUSED = "refused"
    BROKEN = "broken"


class Metrics:
    """All of them, in a registry of their own."""

    def __init__(self) -> None:
        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        self.updates = Counter("gonghai_updates", "Updates kept, by what they are.", ["kind"], registry=registry)
        self.last_update = Gauge("gonghai_last_update_timestamp_seconds", "When an update was last kept.", registry=registry)
        self.last_poll = Gauge("gonghai_last_poll_timestamp_seconds", "When Telegram last answered a poll.", registry=registry)
        self.taps = Histogram(
            "gonghai_tap_answer_seconds", "From a tap's arrival to its answer.", registry=registry, buckets=SOON
        )
        self.operations = Counter(
            "gonghai_operations",
            "Turns taken, by what was asked for and what came of it.",
            ["operation", "outcome"],
            registry=registry,
        )
        self.turns = Histogram(
            "gonghai_turn_seconds", "From an update's arrival to the commit of its turn.", registry=registry, buckets=SOON
        )
        self.sends = Counter("gonghai_sends", "Calls that speak, by kind and outcome.", ["kind", "outcome"], registry=registry)
        self.send_seconds = Histogram("gonghai_send_seconds", "How long Telegram takes.", registry=registry, buckets=SOON)
        self.jobs = Counter("gonghai_job_runs", "Runs of the clock's jobs here.", ["job", "outcome"], registry=registry)
        self.job_finished = Gauge(
            "gonghai_job_finished_timestamp_seconds", "When a job last finished, on any replica.", ["job"], registry=registry
        )
        self.webhook_pending = Gauge("gonghai_webhook_pending_updates", "Updates that wait at Telegram.", registry=registry)
        self.webhook_ours = Gauge("gonghai_webhook_ours", "1 when Telegram calls the webhook_url.", registry=registry)
        self._ready = Gauge("gonghai_ready", "1 when /readyz says so.", registry=registry)
        self._database_up = Gauge("gonghai_database_up", "1 when the database answers.", registry=registry)
        self._inbox = Gauge("gonghai_inbox_waiting", "Updates that wait for their turn.", registry=registry)
        self._inbox_lag = Gauge("gonghai_inbox_lag_seconds", "For how long the oldest of them waits.", registry=registry)
        self._outbox = Gauge("gonghai_outbox_waiting", "Messages that wait to be sent.", registry=registry)
        self._outbox_lag = Gauge(
            "gonghai_outbox_lag_seconds", "For how long the oldest that may go out waits.", registry=registry
        )
        self._in_flight = Gauge("gonghai_outbox_in_flight", "Messages on their way, of all replicas.", registry=registry)

    def exposition(self, queues: Queues | None, *, ready: bool) -> bytes:
        """Everything in Prometheus's text format; without `queues` the database is away, and what it would say is no number."""
        self._ready.set(ready)
        self._database_up.set(queues is not None)
        seen = queues or Queues.unknown()
        self._inbox.set(seen.inbox)
        self._inbox_lag.set(seen.inbox_lag)
        self._outbox.set(seen.outbox)
        self._outbox_lag.set(seen.outbox_lag)
        self._in_flight.set(seen.in_flight)
        for job, finished in seen.jobs.items():
            self.job_finished.labels(job).set(finished.timestamp())
        return generate_latest(self._registry)
