"""Fifty people, twenty customers, two hundred taps at once: one has each, and every other tapper is told who."""

import asyncio
import re
from collections import Counter

import pytest_asyncio

from domain.models import ClaimRequest, RequestBatch
from domain.permissions import Role
from domain.stages import RequestStatus
from tests.faults.cards import deal
from tests.faults.process import BotProcess
from tests.faults.scene import APPROVE, CLAIM, REJECT

PEOPLE, CUSTOMERS, CLAIMS_EACH, TEAMS = 50, 20, 4, 5
REFUSED = re.compile("⚠️ (?:手慢了|待审核)：(.+) 已于")


@pytest_asyncio.fixture
async def crowd(office_town):
    """Fifty salespeople under five leads; five other leads, each with a salesperson who owned customers before."""
    for team in range(TEAMS):
        office_town.hire(f"lead{team}", Role.LEAD, "zhao")
        office_town.hire(f"other{team}", Role.LEAD, "zhao")
        office_town.hire(f"former{team}", superior=f"other{team}")
    return [office_town.hire(f"seller{number:02d}", superior=f"lead{number % TEAMS}").name.lower() for number in range(PEOPLE)]


@pytest_asyncio.fixture
async def bot(office_town, tmp_path):
    async with BotProcess(office_town, tmp_path) as bot:
        yield bot


def goods(office):
    """Half of the customers were never owned, half belonged to other teams last."""
    fresh = [office.in_pool() for _ in range(CUSTOMERS // 2)]
    return fresh + [office.in_pool(last=f"former{number % TEAMS}") for number in range(CUSTOMERS // 2)]


def holder(office, customer):
    """The name of the one who has the customer, or of the one who waits for it: never both, never two."""
    owner = office.owner(customer)
    open_spans = [span.owner_id for span in office.ownerships(customer) if span.until is None]
    with office.work() as session:
        asked = session.query(RequestBatch.requester_id).join(ClaimRequest, ClaimRequest.batch_id == RequestBatch.id)
        waiting = [
            row[0] for row in asked.filter(ClaimRequest.customer_id == customer, ClaimRequest.status == RequestStatus.WAITING)
        ]
    assert len(open_spans + waiting) == 1, f"customer {customer}"
    assert open_spans == ([office.ids[owner]] if owner else [])
    return next(login for login, known in office.ids.items() if known in open_spans + waiting).title()


def refusals(person):
    """The names that the refusals on a person's screen give, once for every message that shows one."""
    found = [REFUSED.search(screen.text) for screen in person.heard]
    return Counter(refusal[1] for refusal in found if refusal)


class TestClaimsInARace:
    async def test_one_has_each_customer_and_all_others_are_told_who(self, office_town, crowd, bot):
        office, customers = office_town.office, goods(office_town.office)
        wanted = {who: [customers[(n * CLAIMS_EACH + k) % CUSTOMERS] for k in range(CLAIMS_EACH)] for n, who in enumerate(crowd)}
        cards = await deal(office_town, wanted)
        assert len(cards) == PEOPLE * CLAIMS_EACH

        await asyncio.gather(*(person.tap_on(card.id, CLAIM) for person, card in cards))
        await office_town.quiet()

        holders = {customer: holder(office, customer) for customer in customers}
        for who, own in wanted.items():
            person = office_town.person(who)
            lost_to = Counter(holders[customer] for customer in own if holders[customer] != person.name)
            assert refusals(person) == lost_to, await person.transcript()
        assert sum(refusals(person).total() for person in office_town.people(crowd)) == len(cards) - CUSTOMERS
        assert office_town.telegram.queries.unanswered() == []
        assert bot.logged("error", "critical") == []


class TestDecisionsInARace:
    async def test_a_lead_and_his_superior_decide_once_and_each_sees_the_other(self, office_town, bot):
        customer = office_town.office.in_pool("Twice Wanted", last="xu")
        request = office_town.office.waiting("an", customer)
        wu, zhao = office_town.person("wu"), office_town.person("zhao")
        card = await wu.see_request("Twice Wanted")
        await zhao.send("/todo")
        todo = await zhao.see(lambda screen: "Twice Wanted" in " ".join(screen.labels))
        await zhao.tap_on(todo.id, "Twice Wanted")
        copy = await zhao.see_request("Twice Wanted")

        await asyncio.gather(wu.tap_on(card.id, APPROVE), zhao.tap_on(copy.id, REJECT))
        await office_town.quiet()

        winner = one_decision(office_town, customer, request)
        for person, shown in ((wu, card.id), (zhao, copy.id)):
            decided = next(screen for screen in person.heard if screen.id == shown)
            assert f" · {winner} " in decided, await person.transcript()
        loser = wu if winner == zhao.name else zhao
        assert loser.hearing(f"已由 {winner} 于"), await loser.transcript()
        assert bot.logged("error", "critical") == []

    async def test_two_taps_of_one_lead_decide_once(self, office_town, bot):
        customer = office_town.office.in_pool("Tapped Twice", last="xu")
        request = office_town.office.waiting("an", customer)
        wu = office_town.person("wu")
        card = await wu.see_request("Tapped Twice")

        await asyncio.gather(wu.tap_on(card.id, APPROVE), wu.tap_on(card.id, REJECT))
        await office_town.quiet()

        assert one_decision(office_town, customer, request) == wu.name
        assert len([screen for screen in wu.heard if "Tapped Twice" in screen]) == 1
        assert wu.hearing(f" · {wu.name} "), await wu.transcript()
        assert wu.hearing(f"已由 {wu.name} 于"), await wu.transcript()
        assert bot.logged("error", "critical") == []


def one_decision(town, customer, request):
    """The name of whoever decided the request; its effect and its word to the requester are there once."""
    decided = town.office.request(request)
    approved = decided.status == RequestStatus.APPROVED
    events = town.office.events(customer)
    assert (events.count("request_approved"), events.count("request_rejected")) == (int(approved), int(not approved))
    assert town.office.owner(customer) == ("an" if approved else None)
    assert len(town.person("an").hearing("您申请的 1 个客户")) == 1
    return next(login for login, known in town.office.ids.items() if known == decided.decided_by).title()
