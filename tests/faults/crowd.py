"""Twenty people who tap without mercy, and what must be true when they have done."""

import asyncio
from collections import Counter

from domain.models import (
    ClaimRequest,
    Customer,
    InboxStatus,
    InboxUpdate,
    OutboxStatus,
    Ownership,
    RequestBatch,
    TimelineEntry,
)
from domain.permissions import Role
from domain.stages import RequestStatus
from tests.faults.cards import claim_button
from tests.faults.scene import APPROVE, REJECT

SELLERS, LEADS, CUSTOMERS = 14, 6, 100
WHILE = 0.5


class Crowd:
    """Twenty people who tap whatever they see, as often as is wanted."""

    def __init__(self, town, rng):
        self.town, self.rng = town, rng
        self.leads = [town.hire(f"head{n}", Role.LEAD, "zhao") for n in range(LEADS)]
        self.sellers = [town.hire(f"seller{n:02d}", superior=f"head{n % LEADS}") for n in range(SELLERS)]
        former = [f"seller{n:02d}" for n in range(SELLERS)]
        office = town.office
        self.customers = [office.in_pool(last=former[n % SELLERS] if n % 2 else None) for n in range(CUSTOMERS)]
        self.taps = self.decisions = 0
        town.forget_what_was_to_be_said()

    async def greet(self):
        """Everybody gets a screen to tap on."""
        for person in (*self.leads, *self.sellers):
            await person.send("/menu")
        for person in (*self.leads, *self.sellers):
            await person.see(lambda screen: bool(screen.rows))

    async def tap(self):
        """Somebody decides what waits for him, or claims something."""
        decisions = [found for lead in self.leads for found in _to_decide(lead)]
        if decisions and self.rng.random() < 0.6:
            lead, screen = self.rng.choice(decisions)
            self.decisions += 1
            await lead.tap_data(screen.id, screen.data((APPROVE, REJECT)[self.decisions % 2]))
        else:
            person = self.rng.choice(self.sellers)
            await person.tap_data(person.heard[0].id, claim_button(self.rng.choice(self.customers)))
        self.taps += 1

    async def tap_often(self, times):
        """Some taps, spread over a while."""
        for _ in range(times):
            await asyncio.sleep(self.rng.uniform(0, 2 * WHILE / times))
            await self.tap()

    async def tap_until_decided(self):
        """Some more taps, until somebody approved and somebody rejected, however slow the machine was."""
        for _ in range(120):
            if {RequestStatus.APPROVED, RequestStatus.REJECTED} <= self.outcomes():
                return
            await self.tap()
            await self.town.quiet()

    def outcomes(self):
        """What became of the requests so far: a decision tapped in the middle of a kill may have come too late."""
        return {request.status for request in rows(self.town, ClaimRequest)}


def _to_decide(lead):
    return [(lead, screen) for screen in lead.heard if any(APPROVE in label for label in screen.labels)]


def rows(town, model, *where):
    with town.database.unit_of_work() as session:
        return session.query(model).filter(*where).all()


def twins(town, people):
    """How many messages stand in each chat that no row of the outbox knows: sent, and sent again after a kill."""
    known = {(row.chat_id, row.message_id) for row in town.outbox()}
    return Counter(p.user_id for p in people for screen in p.heard if (p.user_id, screen.id) not in known)


def nothing_was_lost_and_no_effect_came_twice(town, crowd):
    every_update_was_handled_once(town, crowd)
    every_message_went_out(town)
    every_customer_has_one_owner_at_most(town)
    the_timeline_tells_every_effect_once(town)
    every_waiting_request_is_shown(town)


def every_update_was_handled_once(town, crowd):
    kept = rows(town, InboxUpdate)
    assert {update.status for update in kept} == {InboxStatus.DONE}
    assert sum("callback_query" in update.payload for update in kept) == crowd.taps
    replies = {row.key for row in town.outbox()}
    assert {f"update:{update.update_id}" for update in kept} <= replies


def every_message_went_out(town):
    assert {row.status for row in town.outbox()} <= {OutboxStatus.SENT, OutboxStatus.SKIPPED}


def every_customer_has_one_owner_at_most(town):
    open_spans = {span.customer_id: span.owner_id for span in rows(town, Ownership, Ownership.until.is_(None))}
    assert len(open_spans) == len(rows(town, Ownership, Ownership.until.is_(None)))
    owned = {customer.id: customer.owner_id for customer in rows(town, Customer, Customer.owner_id.is_not(None))}
    assert owned == open_spans
    assert owned, "somebody got something"


def the_timeline_tells_every_effect_once(town):
    told = Counter((entry.event, entry.customer_id) for entry in rows(town, TimelineEntry))
    asked = rows(town, ClaimRequest)
    expected = Counter(("claim_requested", request.customer_id) for request in asked)
    for status, event in ((RequestStatus.APPROVED, "request_approved"), (RequestStatus.REJECTED, "request_rejected")):
        decided = [request for request in asked if request.status == status]
        assert decided, f"nothing was {status}"
        expected.update((event, request.customer_id) for request in decided)
    gained = rows(town, Ownership, Ownership.gained == "claimed")
    expected.update(("claimed", span.customer_id) for span in gained)
    assert Counter({key: count for key, count in told.items() if key[0] in {event for event, _ in expected}}) == expected


def every_waiting_request_is_shown(town):
    for request in rows(town, ClaimRequest, ClaimRequest.status == RequestStatus.WAITING):
        name = town.office.customer(request.customer_id).name
        (batch,) = rows(town, RequestBatch, RequestBatch.id == request.batch_id)
        approver = town.person_by_id(batch.approver_id)
        cards = [screen for screen in approver.heard if name in screen and any(APPROVE in label for label in screen.labels)]
        assert cards, f"{approver.name} sees nothing of {name}"
