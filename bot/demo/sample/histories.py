"""What happened to one company: entered, owned, talked to, signed, released or deleted, told backwards from the present."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from bot.demo.sample.companies import Company
from bot.demo.sample.days import Days
from bot.demo.sample.luck import likely
from bot.demo.sample.places import abroad
from bot.demo.sample.staff import Staff
from bot.demo.sample.talks import FAREWELLS, RELEASE_NOTES, TALKS, Talk
from domain.customers import NewCustomer
from domain.policy import Policy
from domain.seeding import PastCustomer, PastFollowup, PastOrder, PastSpan
from domain.stages import CHOSEN_REASONS, Gained, Lost, ReleaseReason, Stage

_TALK_COUNTS = {
    Stage.POTENTIAL: (0, 2),
    Stage.INTERESTED: (1, 4),
    Stage.QUOTING: (2, 5),
    Stage.COOPERATING: (3, 6),
    Stage.DORMANT: (2, 4),
}
_WAYS = (Gained.ENTERED,) * 10 + (Gained.CLAIMED,) * 6 + (Gained.ASSIGNED,) * 3 + (Gained.DIRECT,)
_REASONS = CHOSEN_REASONS + CHOSEN_REASONS[:4]


class Histories:
    """Gives companies a past that the rules could have brought about."""

    def __init__(self, rng: random.Random, days: Days, staff: Staff, policy: Policy) -> None:
        self._rng, self._days, self._staff, self._policy = rng, days, staff, policy
        self._orders = 0

    def owned(self, company: Company, owner_id: int, stage: Stage, *, left: int | None = None) -> PastCustomer:
        """Owned and not yet signed; `left` days remain to the signing deadline."""
        term = self._policy.signing_days_for(company.record.level)
        ago = self._rng.randint(1, max(1, min(term - 8, 82))) if left is None else max(1, term - left)
        span = self._gained(owner_id, self._days.at(ago))
        talks = self._talks(company, span, stage)
        return self._past(company, stage, self._preceded(span), self._with_next(talks))

    def cooperating(self, company: Company, owner_id: int, *, left: int | None = None) -> PastCustomer:
        """Signed, with orders; `left` days remain to the dormancy deadline."""
        term = self._policy.dormancy_days_for(company.record.level)
        ago = self._rng.randint(1, max(1, min(term - 8, 120))) if left is None else max(1, term - left)
        signed_ago = ago + self._rng.randint(5, 90)
        span = self._gained(owner_id, self._days.at(signed_ago + self._rng.randint(8, 60)))
        talks = self._talks(company, span, Stage.COOPERATING)
        past = self._past(company, Stage.COOPERATING, self._preceded(span), self._with_next(talks))
        return self._signed(past, signed_ago, ago)

    def dormant(self, company: Company, owner_id: int) -> PastCustomer:
        """Signed once, without orders for too long: in the pool, released by the daily sweep."""
        term = self._policy.dormancy_days_for(company.record.level)
        ago = term + self._rng.randint(4, 45)
        signed_ago = ago + self._rng.randint(20, 90)
        span = self._gained(owner_id, self._days.at(signed_ago + self._rng.randint(8, 60)))
        ended = self._swept(span, ago - term - 1, ReleaseReason.DORMANT)
        past = self._past(company, Stage.DORMANT, self._preceded(ended), self._talks(company, ended, Stage.DORMANT))
        return self._signed(past, signed_ago, ago)

    def woken(self, company: Company, owner_id: int) -> PastCustomer:
        """Dormant, and claimed from the pool by a colleague of the last owner."""
        past = self.dormant(company, self._staff.colleague(owner_id, self._rng))
        left_at = past.spans[-1].until or past.created_at
        since = self._days.between(left_at, self._days.now.utc)
        return replace(past, spans=(*past.spans, PastSpan(owner_id, since, Gained.CLAIMED, owner_id)))

    def unowned(self, company: Company, ago: int) -> PastCustomer:
        """Imported by the admin and never owned."""
        return self._past(company, Stage.POTENTIAL, (), (), created_at=self._days.at(ago))

    def released(self, company: Company, owner_id: int, ago: int) -> PastCustomer:
        """Given up by its team's lead, for a reason."""
        reason = self._rng.choice(_REASONS)
        held = self._gained(owner_id, self._days.at(ago + self._rng.randint(12, 80)))
        lead_id = self._staff.lead_of(owner_id)
        note = self._rng.choice(RELEASE_NOTES[reason])
        until = self._days.at(ago)
        span = replace(held, until=until, lost=Lost.RELEASED, ended_by=lead_id, reason=reason, note=note)
        return self._given_up(company, span)

    def overdue(self, company: Company, owner_id: int, ago: int) -> PastCustomer:
        """Not signed in time: released by the daily sweep."""
        term = self._policy.signing_days_for(company.record.level)
        span = self._gained(owner_id, self._days.at(ago + term + 1))
        return self._given_up(company, self._swept(span, ago, ReleaseReason.OVERDUE))

    def deleted(self, company: Company, owner_id: int, ago: int, *, by: int) -> PastCustomer:
        """In the recycle bin of whoever deleted it from the owner."""
        deleted_at = self._days.at(ago)
        held = self._gained(owner_id, self._days.at(ago + self._rng.randint(5, 50)))
        span = replace(held, until=deleted_at, lost=Lost.DELETED, ended_by=by)
        past = self._past(company, Stage.POTENTIAL, self._preceded(span), self._talks(company, span, Stage.POTENTIAL))
        return replace(past, deleted_at=deleted_at, deleted_by=by)

    def _given_up(self, company: Company, span: PastSpan) -> PastCustomer:
        stage = self._rng.choice((Stage.POTENTIAL, Stage.POTENTIAL, Stage.INTERESTED, Stage.QUOTING))
        talks = self._talks(company, span, stage)
        if talks:
            kind, text = self._said(company.record, FAREWELLS)
            talks = (*talks[:-1], replace(talks[-1], kind=kind, text=text))
        return self._past(company, stage, self._preceded(span), talks)

    def _past(
        self,
        company: Company,
        stage: Stage,
        spans: tuple[PastSpan, ...],
        talks: tuple[PastFollowup, ...],
        *,
        created_at: datetime | None = None,
    ) -> PastCustomer:
        first = spans[0] if spans else None
        entered = first is not None and first.gained is Gained.ENTERED
        created_by = first.owner_id if first and entered else self._staff.admin_id
        if first and not entered:
            created_at = first.since - timedelta(days=self._rng.randint(3, 40))
        return PastCustomer(
            customer=replace(company.record, stage=stage),
            created_by=created_by,
            created_at=created_at or spans[0].since,
            spans=spans,
            followups=talks,
            monthly_volume=company.volume,
            volume_unit=company.volume_unit,
            incoterms=company.incoterms,
            competitors=company.competitors,
        )

    def _gained(self, owner_id: int, since: datetime) -> PastSpan:
        how = self._rng.choice(_WAYS)
        by = {Gained.ASSIGNED: self._staff.lead_of(owner_id), Gained.DIRECT: self._staff.director_id}.get(how, owner_id)
        return PastSpan(owner_id, since, how, by)

    def _preceded(self, span: PastSpan) -> tuple[PastSpan, ...]:
        """Sometimes a colleague had it before and gave it up."""
        if span.gained not in (Gained.CLAIMED, Gained.ASSIGNED) or likely(self._rng, 40):
            return (span,)
        until = span.since - timedelta(days=self._rng.randint(1, 30))
        since = until - timedelta(days=self._rng.randint(15, 80))
        colleague = self._staff.colleague(span.owner_id, self._rng)
        reason = self._rng.choice(CHOSEN_REASONS[:4])
        lead_id = self._staff.lead_of(colleague)
        before = PastSpan(colleague, since, Gained.ENTERED, colleague, until, Lost.RELEASED, lead_id, reason)
        return (before, span)

    def _swept(self, span: PastSpan, ago: int, reason: ReleaseReason) -> PastSpan:
        at = max(span.since, self._days.now.start_of_day(self._days.day(ago)))
        return replace(span, until=at, lost=Lost.SWEPT, reason=reason)

    def _talks(self, company: Company, span: PastSpan, stage: Stage) -> tuple[PastFollowup, ...]:
        last = (span.until or self._days.now.utc) - timedelta(seconds=1)
        count = self._rng.randint(*_TALK_COUNTS[stage])
        times = sorted({self._days.between(span.since, last) for _ in range(count)})
        return tuple(PastFollowup(span.owner_id, at, *self._said(company.record, TALKS[stage])) for at in times)

    def _said(self, record: NewCustomer, talks: tuple[Talk, ...]) -> Talk:
        kind, text = self._rng.choice(talks)
        to = abroad(record.lanes[0])
        return kind, text.format(contact=record.contacts[0].name, commodity=record.commodity, to=to)

    def _with_next(self, talks: tuple[PastFollowup, ...]) -> tuple[PastFollowup, ...]:
        """Half of the last talks agree on a next one, within the week."""
        if not talks or likely(self._rng, 50):
            return talks
        return (*talks[:-1], replace(talks[-1], next_on=self._days.day(-self._rng.randint(0, 7))))

    def _signed(self, past: PastCustomer, signed_ago: int, last_order_ago: int) -> PastCustomer:
        ordered = sorted(self._rng.sample(range(last_order_ago + 1, signed_ago), min(4, signed_ago - last_order_ago - 1)))
        agos = [*reversed(ordered[: self._rng.randint(0, 4)]), last_order_ago]
        return replace(past, signed_at=self._days.at(signed_ago), orders=tuple(self._ordered(past, agos)))

    def _ordered(self, past: PastCustomer, agos: list[int]) -> Iterator[PastOrder]:
        for ago in agos:
            self._orders += 1
            day = self._days.day(ago)
            yield PastOrder(f"HN{day:%y%m}{self._orders:04d}", day, past.customer.services[0], self._staff.admin_id)
