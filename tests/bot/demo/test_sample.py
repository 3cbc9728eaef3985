"""The sample data: what is promised is there, and it could have come about by the rules."""

import random
import shutil
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.demo import sample
from bot.demo.sample import PEOPLE
from bot.demo.sample.customers import Spread
from bot.demo.sample.days import Days
from bot.demo.sample.histories import Histories
from bot.demo.sample.staff import Staff
from domain import access, credit_code, customers, invitations, lists, pool, request_cards, users
from domain.clock import Moment
from domain.db import Database, Session
from domain.lists import Filter, Scope
from domain.models import Branch, ClaimRequest, Contact, Customer, OutboxMessage, Ownership, RequestBatch, TimelineEntry, User
from domain.names import name_key
from domain.outbox import Kind
from domain.outcomes import Result
from domain.permissions import Role
from domain.policy import Policy
from domain.stages import Stage
from tests.conftest import ENGINES

NOW = Moment(datetime(2026, 3, 18, 6, 30, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
PHONES = {person.login: person.telegram_id for person in PEOPLE}


@pytest.fixture
def session(database):
    with database.unit_of_work() as session:
        yield session


@pytest.fixture(scope="module", params=ENGINES)
def fresh_url(request, tmp_path_factory):
    """Makes databases that last as long as this module, all of one engine."""
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        yield lambda: f"sqlite:///{shutil.copy(template, tmp_path_factory.mktemp('sample') / 'gonghai.db')}"
        return
    server, made = request.getfixturevalue("postgresql"), []

    def fresh():
        made.append(server.fresh())
        return made[-1]

    yield fresh
    for url in made:
        server.drop(url)


def filled(url, **binding):
    database = Database(url)
    with database.unit_of_work() as session:
        sample.fill(session, policy=Policy(), now=NOW, **binding)
    return database


@pytest.fixture(scope="module")
def unbound_database(fresh_url):
    database = filled(fresh_url())
    yield database
    database.dispose()


@pytest.fixture(scope="module")
def bound_database(fresh_url):
    database = filled(fresh_url(), telegram_ids=PHONES)
    yield database
    database.dispose()


@pytest.fixture
def unbound(unbound_database):
    """The sample with nobody bound; whatever a test does to it is undone."""
    with Session(unbound_database.engine) as session:
        yield session
        session.rollback()


@pytest.fixture
def bound(bound_database):
    """The sample with everybody bound; whatever a test does to it is undone."""
    with Session(bound_database.engine) as session:
        yield session
        session.rollback()


def actor(session, login):
    return access.actor_by_id(session, users.by_login(session, login).id)


def count(session, *where):
    return session.scalar(select(func.count()).select_from(Customer).where(*where))


def cards(session, login):
    person = users.by_login(session, login)
    sent = select(OutboxMessage).where(OutboxMessage.kind == Kind.REQUEST, OutboxMessage.user_id == person.id)
    return session.scalars(sent).all()


def invented():
    rng = random.Random(7)
    staff = Staff({person.login: place for place, person in enumerate(PEOPLE, 1)})
    return Spread(rng, Histories(rng, Days(NOW, rng), staff, Policy()), staff).customers()


class TestThePeople:
    def test_two_branches_and_three_teams(self, unbound):
        assert unbound.scalar(select(func.count()).select_from(Branch)) == 2
        staff = users.listing(unbound)
        teams = Counter(person.superior for person in staff if person.role is Role.SALES)
        assert teams == {"wangzhiqiang": 4, "sunlihua": 4, "chensiyuan": 3}
        assert [person.login for person in staff if person.direct_assign] == ["zhaojianguo"]
        assert [person.login for person in staff if person.role is Role.ADMIN] == ["zhoumin"]

    def test_the_director_sees_both_teams_of_one_branch(self, unbound):
        director = actor(unbound, "zhaojianguo")
        below = {person.login for person in PEOPLE if director.leads(users.by_login(unbound, person.login).id)}
        assert {"wangzhiqiang", "sunlihua", "lihaiyan", "lintao"} < below
        assert not {"chensiyuan", "shenhao", "zhoumin"} & below

    def test_each_has_an_account_a_color_and_a_note_in_both_languages(self):
        assert len({person.telegram_id for person in PEOPLE}) == len({person.color for person in PEOPLE}) == len(PEOPLE)
        assert (PEOPLE[0].note, PEOPLE[0].note_en) == ("销售 · 海运一组", "Sales · Sea team 1")
        assert sorted(person.login for person in PEOPLE if person.language == "en") == ["chensiyuan", "shenhao"]


class TestTheCustomers:
    def test_three_hundred_are_spread_over_owners_pool_and_bins(self, unbound):
        owned = count(unbound, Customer.owner_id.is_not(None))
        pooled = count(unbound, Customer.owner_id.is_(None), Customer.deleted_at.is_(None))
        assert (owned, pooled, count(unbound, Customer.deleted_at.is_not(None))) == (170, 120, 10)

    def test_names_and_credit_codes_are_unique_and_valid(self, unbound):
        rows = unbound.execute(select(Customer.name, Customer.name_key, Customer.credit_code)).all()
        assert len({name_key(row.name) for row in rows}) == 300
        assert all(row.name_key == name_key(row.name) for row in rows)
        codes = [row.credit_code for row in rows if row.credit_code]
        assert len(set(codes)) == len(codes) > 200
        assert all(credit_code.is_valid(code) for code in codes)

    def test_every_one_has_a_main_contact(self, unbound):
        assert unbound.scalar(select(func.count()).where(Contact.main)) == 300

    def test_deadlines_are_near_and_none_has_passed(self, unbound):
        days = Counter((due - NOW.today).days for due in unbound.scalars(select(Customer.due_on)) if due)
        assert min(days) == 0
        assert all(days[left] > 0 for left in (0, 1, 3, 7))
        assert count(unbound, Customer.owner_id.is_not(None), Customer.due_on.is_(None)) == 0

    def test_ownerships_agree_with_the_customers(self, unbound):
        held = select(Ownership.customer_id, Ownership.owner_id).where(Ownership.until.is_(None))
        owned = select(Customer.id, Customer.owner_id).where(Customer.owner_id.is_not(None))
        assert dict(map(tuple, unbound.execute(held))) == dict(map(tuple, unbound.execute(owned)))
        never = count(unbound, Customer.last_owner_id.is_(None))
        assert never == 300 - unbound.scalar(select(func.count(Ownership.customer_id.distinct())))

    def test_spans_of_one_customer_do_not_overlap(self, unbound):
        rows = unbound.execute(select(Ownership).order_by(Ownership.customer_id, Ownership.since)).scalars().all()
        pairs = [(one, two) for one, two in pairwise(rows) if one.customer_id == two.customer_id]
        assert pairs
        assert all(one.until is not None and one.until <= two.since for one, two in pairs)

    def test_the_timeline_begins_with_the_entry_and_never_lies_ahead(self, unbound):
        rows = unbound.execute(
            select(TimelineEntry.customer_id, TimelineEntry.event, TimelineEntry.at).order_by(TimelineEntry.id)
        )
        first = {}
        for row in rows:
            assert row.at <= NOW.utc
            if row.customer_id:
                first.setdefault(row.customer_id, row.event)
        assert len(first) == 300
        assert set(first.values()) == {"entered"}

    def test_every_card_opens_for_the_admin(self, unbound):
        admin = actor(unbound, "zhoumin")
        for customer_id in unbound.scalars(select(Customer.id)).all()[::10]:
            assert customers.card(unbound, admin, customer_id, policy=Policy(), now=NOW).contacts

    @pytest.mark.parametrize("scope", Scope)
    def test_every_list_has_something_to_show(self, unbound, scope):
        lead = actor(unbound, "sunlihua")
        assert lists.page(unbound, lead, scope, Filter()).lines
        assert lists.tabs(unbound, lead, scope, Filter()).stages[Stage.POTENTIAL] > 0
        assert lists.page(unbound, lead, Scope.POOL, Filter(city="青岛")).lines

    def test_everybody_who_sells_has_customers(self, unbound):
        for person in PEOPLE:
            if person.role is Role.SALES:
                assert len(lists.page(unbound, actor(unbound, person.login), Scope.MY, Filter()).lines) == lists.PAGE


class TestTheRequests:
    def test_four_wait_one_of_them_for_three_customers(self, bound):
        waiting = select(ClaimRequest.batch_id).where(ClaimRequest.status == "waiting")
        assert sorted(Counter(bound.scalars(waiting)).values()) == [1, 1, 1, 3]
        decided = Counter(bound.scalars(select(ClaimRequest.status).where(ClaimRequest.status != "waiting")))
        assert decided == {"approved": 3, "rejected": 1, "cancelled": 1}

    def test_each_has_the_approver_of_the_other_team(self, bound):
        waiting = select(ClaimRequest.batch_id).where(ClaimRequest.status == "waiting")
        batches = bound.scalars(select(RequestBatch).where(RequestBatch.id.in_(waiting))).all()
        assert all(batch.approver_id == batch.lead_id for batch in batches)
        for batch in batches:
            approver = access.actor_by_id(bound, batch.approver_id)
            assert request_cards.card(bound, approver, batch.id, now=NOW).waiting

    def test_bound_approvers_have_their_cards_and_nothing_old_is_told(self, bound):
        assert [len(cards(bound, login)) for login in ("wangzhiqiang", "sunlihua", "chensiyuan")] == [2, 1, 1]
        assert bound.scalar(select(func.count()).select_from(OutboxMessage)) == 4

    def test_an_unbound_approver_gets_his_when_he_joins(self, unbound):
        assert unbound.scalar(select(func.count()).select_from(OutboxMessage)) == 0
        lead = users.by_login(unbound, "sunlihua")
        code = invitations.invite(unbound, None, lead.id, policy=Policy(), now=NOW)
        invitations.join(unbound, 7001, code, now=NOW)
        assert [card.chat_id for card in cards(unbound, "sunlihua")] == [7001]

    def test_another_claim_between_teams_asks_the_other_lead(self, bound):
        asking, lead = actor(bound, "lihaiyan"), users.by_login(bound, "sunlihua")
        waits = select(ClaimRequest.customer_id).where(ClaimRequest.status == "waiting")
        free = select(Customer.id).where(Customer.owner_id.is_(None), Customer.deleted_at.is_(None), Customer.id.not_in(waits))
        wanted = bound.scalars(free.where(Customer.last_lead_id == lead.id)).first()
        outcome = pool.claim(bound, asking, [wanted], policy=Policy(), now=NOW)
        assert [each.result for each in outcome] == [Result.WAITING]
        assert len(cards(bound, "sunlihua")) == 2


class TestFilling:
    def test_twice_is_refused(self, unbound):
        with pytest.raises(sample.AlreadyPeopleError, match="people already"):
            sample.fill(unbound, policy=Policy(), now=NOW)

    def test_is_the_same_every_time(self):
        assert invented() == invented()

    def test_everybody_bound_has_joined(self, bound):
        joined = bound.execute(select(User.login, User.telegram_id).where(User.joined_at.is_not(None)))
        assert dict(map(tuple, joined)) == PHONES

    @pytest.mark.parametrize(
        "policy",
        [
            Policy(signing_days=1, dormancy_days=1, signing_days_by_level={"A": 3650}, dormancy_days_by_level={"A": 3650}),
            Policy(first_followup_days=3, followup_days=7, claims_per_day=1, held_limit=1),
        ],
    )
    def test_any_policy_of_the_house_will_do(self, session, policy):
        sample.fill(session, policy=policy, now=NOW)
        assert count(session) == 300

    def test_the_middle_of_a_weekend_night_will_do(self, session):
        sample.fill(session, policy=Policy(), now=NOW.after(timedelta(days=3, hours=12)), telegram_ids=PHONES)
        assert count(session) == 300
