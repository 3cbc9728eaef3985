import random
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from domain import access, lists, pool, recycle_bin
from domain.errors import NotAllowedError
from domain.lists import PAGE, Filter, Scope
from domain.policy import Policy
from domain.seeding import PastCustomer, seed_customers
from domain.stages import Level, Stage
from tests.domain.office import new_customer

ALL = Filter()


def page(office, who, scope, wanted=ALL, after=None):
    return office.do(lists.page, who, scope, wanted, after=after)


def ids(office, who, scope, wanted=ALL):
    return office.do(lists.all_ids, who, scope, wanted, limit=1000)


def pages(office, who, scope, wanted=ALL):
    """Every page to the last, as the reader turns them."""
    after = None
    while True:
        shown = page(office, who, scope, wanted, after=after)
        yield [line.id for line in shown.lines]
        after = shown.after
        if after is None:
            return


class TestScope:
    @pytest.fixture
    def customers(self, office):
        return {who: office.enter(who) for who in ("an", "bai", "li", "xu", "zhao")} | {"pool": office.in_pool()}

    @pytest.mark.parametrize(
        ("who", "scope", "expected"),
        [
            ("an", Scope.MY, {"an"}),
            ("li", Scope.MY, {"li"}),
            ("li", Scope.TEAM, {"li", "an", "bai"}),
            ("wu", Scope.TEAM, {"xu"}),
            ("zhao", Scope.TEAM, {"zhao", "li", "an", "bai", "xu"}),
            ("qian", Scope.TEAM, {"zhao", "li", "an", "bai", "xu"}),
            ("qian", Scope.MY, set()),
            ("an", Scope.POOL, {"pool"}),
            ("qian", Scope.POOL, {"pool"}),
        ],
    )
    def test_each_list_holds_its_own(self, office, customers, who, scope, expected):
        assert set(ids(office, who, scope)) == {customers[name] for name in expected}

    def test_a_salesperson_has_no_team_list(self, office):
        with pytest.raises(NotAllowedError):
            page(office, "an", Scope.TEAM)

    def test_the_bin_is_in_none(self, office):
        binned = office.in_bin("an")
        for who in ("an", "li", "qian"):
            assert binned not in ids(office, who, Scope.POOL) + ids(office, who, Scope.MY)


class TestLine:
    def test_it_says_whose_it_is_and_when_it_is_due(self, office):
        office.enter("an", "Blue Anchor", level=Level.A)
        (line,) = page(office, "li", Scope.TEAM).lines
        assert (line.name, line.city, line.level, line.owner) == ("Blue Anchor", "Qingdao", "A", "An")
        assert (line.due_on - office.now.today, line.waiting) == (timedelta(days=90), False)

    def test_a_claim_that_waits_is_marked(self, office):
        waits, free = office.in_pool(last="an"), office.in_pool(last="an")
        office.waiting("xu", waits)
        assert {line.id: line.waiting for line in page(office, "ye", Scope.POOL).lines} == {waits: True, free: False}


class TestTabs:
    def test_each_stage_has_its_count(self, office):
        for stage in (Stage.POTENTIAL, Stage.POTENTIAL, Stage.QUOTING):
            office.enter("an", stage=stage)
        office.sign(office.enter("an"))
        office.enter("bai")
        assert office.do(lists.tabs, "an", Scope.MY, ALL).stages == {
            Stage.POTENTIAL: 2,
            Stage.INTERESTED: 0,
            Stage.QUOTING: 1,
            Stage.COOPERATING: 1,
            Stage.DORMANT: 0,
        }

    def test_the_counts_follow_the_filter_but_not_the_tab_chosen(self, office):
        office.enter("an", city="Ningbo")
        office.enter("an", city="Ningbo", stage=Stage.QUOTING)
        office.enter("an")
        counts = office.do(lists.tabs, "an", Scope.MY, Filter(stage=Stage.QUOTING, city="Ningbo")).stages
        assert (counts[Stage.POTENTIAL], counts[Stage.QUOTING]) == (1, 1)


class TestCountingStops:
    """Nobody turns to page 700: above a bound the counts only say that there are more."""

    @pytest.fixture(autouse=True)
    def at_two(self, monkeypatch):
        monkeypatch.setattr(lists, "COUNTED", 2)
        monkeypatch.setattr(lists, "SEARCH_COUNTED", 2)

    @pytest.mark.parametrize(("scope", "wanted"), [(Scope.POOL, ALL), (Scope.FOUND, Filter(text="Harbour"))])
    def test_above_the_bound(self, office, scope, wanted):
        for number in range(3):
            office.in_pool(f"Harbour {number}")
        counts = office.do(lists.tabs, "an", scope, wanted)
        assert Stage.POTENTIAL in counts.more
        assert office.do(lists.count, "an", scope, wanted) == 3

    @pytest.mark.parametrize(("scope", "wanted"), [(Scope.POOL, ALL), (Scope.FOUND, Filter(text="Harbour"))])
    def test_not_at_it(self, office, scope, wanted):
        for number in range(2):
            office.in_pool(f"Harbour {number}")
        counts = office.do(lists.tabs, "an", scope, wanted)
        assert (counts.stages[Stage.POTENTIAL], counts.more) == (2, frozenset())


class TestFilter:
    @pytest.mark.parametrize(
        "wanted",
        [
            Filter(stage=Stage.QUOTING),
            Filter(city="Ningbo"),
            Filter(industry="chemicals"),
            Filter(source="referral"),
            Filter(level="A"),
            Filter(text="海航"),
            Filter(text="青岛 海航"),
            Filter(text="（青岛）"),
            Filter(text="hh"),
            Filter(text="9144030071526726xg"),
            Filter(city="Ningbo", level="A", text="海航"),
        ],
    )
    def test_finds_what_fits_and_nothing_else(self, office, wanted):
        fitting = office.enter(
            "an",
            "青岛海航国际物流有限公司",
            city="Ningbo",
            industry="chemicals",
            source="referral",
            level=Level.A,
            stage=Stage.QUOTING,
            short_name="HHang",
            credit_code="9144030071526726XG",
        )
        office.enter("an", "Blue Anchor", industry="toys", level=Level.B)
        assert ids(office, "an", Scope.MY, wanted) == [fitting]

    def test_by_owner(self, office):
        customer = office.enter("an")
        office.enter("bai")
        assert ids(office, "li", Scope.TEAM, Filter(owner_id=office.ids["an"])) == [customer]

    @pytest.mark.parametrize("text", ["%", "_", "no such name"])
    def test_signs_of_the_database_are_plain_text(self, office, text):
        office.enter("an", "Blue Anchor", short_name="BA")
        assert ids(office, "an", Scope.MY, Filter(text=text)) == []

    def test_a_limit_cuts_the_selection(self, office):
        customers = [office.enter("an") for _ in range(3)]
        assert office.do(lists.all_ids, "an", Scope.MY, ALL, limit=2) == customers[:2]


class TestOrder:
    def test_due_soonest_first(self, office):
        office.policy = Policy(signing_days_by_level={"A": 10, "B": 20, "C": 5})
        second, third, first, last = (office.enter("an", level=level) for level in (Level.A, Level.B, Level.C, None))
        assert ids(office, "an", Scope.MY) == [first, second, third, last]

    def test_in_the_pool_the_newest_arrivals_first(self, office):
        old = office.in_pool()
        office.later(hours=1)
        new = office.in_pool()
        office.later(hours=1)
        back = office.in_pool(last="an")
        assert ids(office, "xu", Scope.POOL) == [back, new, old]

    def test_in_a_search_the_newest_customers_first(self, office):
        office.policy = Policy(signing_days_by_level={"A": 5})
        old, soon = office.enter("an", "Harbour one"), office.enter("an", "Harbour two", level=Level.A)
        new = office.in_pool("Harbour three")
        assert ids(office, "an", Scope.FOUND, Filter(text="Harbour")) == [new, soon, old]


class TestPages:
    @pytest.mark.parametrize("count", [0, 1, PAGE, PAGE + 1, 2 * PAGE + 3])
    @pytest.mark.parametrize(("scope", "wanted"), [(Scope.MY, ALL), (Scope.POOL, ALL), (Scope.FOUND, Filter(text="Harbour"))])
    def test_they_hold_everything_once_in_order(self, office, scope, wanted, count):
        for number in range(count):
            office.enter("an", f"Harbour {number}") if scope is Scope.MY else office.in_pool(f"Harbour {number}")
        turned = list(pages(office, "an", scope, wanted))
        assert [customer for each in turned for customer in each] == ids(office, "an", scope, wanted)
        assert len(turned) == max(1, -(-count // PAGE))
        assert all(len(each) == PAGE for each in turned[:-1])


class TestStablePages:
    @given(data=st.data())
    @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
    def test_what_was_there_all_along_is_shown_once_whatever_comes_and_goes(self, office, data):
        office.later(days=1)
        before = [office.in_pool() for _ in range(data.draw(st.integers(9, 20)))]
        known, gone, seen = set(ids(office, "an", Scope.POOL)), set(), []
        for shown in pages(office, "an", Scope.POOL):
            seen += shown
            leaving = data.draw(st.sets(st.sampled_from(before), max_size=4)) - gone
            if leaving:
                office.do(pool.claim, "an", leaving)
                gone |= leaving
            office.later(minutes=data.draw(st.integers(0, 1)))
            for _ in range(data.draw(st.integers(0, 3))):
                office.in_pool()
        assert len(seen) == len(set(seen))
        assert known - gone <= set(seen)

    def test_so_it_is_while_a_thousand_changes_come_in(self, office):
        chance = random.Random(7)
        with office.work() as session:
            pasts = [PastCustomer(new_customer(f"Fire {n}"), office.ids["qian"], office.now.utc) for n in range(760)]
            before = seed_customers(session, pasts, policy=office.policy, now=office.now)
        office.later(minutes=1)
        touched, seen, changes = set(), [], 0
        for shown in pages(office, "an", Scope.POOL):
            seen += shown
            for _ in range(3):
                left = [customer for customer in before if customer not in touched]
                taken = chance.sample(left, min(2, len(left)))
                touched |= set(taken)
                if taken:
                    office.do(pool.claim, "xu", taken)
                    office.release(*taken[:1])
                    office.do(recycle_bin.delete, "wu", taken[1:])
                office.later(seconds=1)
                office.in_pool()
                changes += 2 * len(taken) + 1
        assert changes >= 1000
        assert len(seen) == len(set(seen))
        assert set(before) - touched <= set(seen)


class TestThePool:
    def test_is_walked_from_its_newest_arrival_and_never_sorted(self, office):
        heard = []

        def hear(_connection, _cursor, statement, values, *_):
            heard.append((statement, values))

        with office.work() as session:
            bind, actor = session.connection(), access.actor_by_id(session, office.ids["an"])
            event.listen(bind, "before_cursor_execute", hear)
            lists.page(session, actor, Scope.POOL, ALL)
            event.remove(bind, "before_cursor_execute", hear)
            [(statement, values)] = heard
            if bind.dialect.name == "sqlite":
                plan = [row[3] for row in bind.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
            else:
                bind.exec_driver_sql("SET LOCAL enable_sort = off")
                plan = [row[0] for row in bind.exec_driver_sql(f"EXPLAIN {statement}", values)]
        assert any("ix_customers_pooled_at" in line for line in plan), plan
        assert not [line for line in plan if "ORDER BY" in line or "Sort" in line], plan
