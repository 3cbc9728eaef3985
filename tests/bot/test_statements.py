"""No screen asks the database more because it shows more: a full page, or forty customers, take as many statements as one."""

import pytest

from bot.callbacks import BeginBatch, OpenList, Select
from bot.payloads.settings import SetRule
from domain import orders, partners, pool, recycle_bin, settings, signing
from domain.lists import Scope
from domain.models import Setting
from domain.orders import NewOrder
from domain.permissions import Act
from domain.seeding import PastCustomer, PastSpan, seed_customers
from domain.stages import Gained
from tests.bot.desk import Desk
from tests.domain.office import new_customer

FEW, MANY = 1, 7
BATCH = 40


@pytest.fixture
def desk(database):
    return Desk(database)


def seed(desk, count, who=None, *, last=None, start=0):
    """Customers of somebody, or in the pool; owned last by somebody."""
    people, now = desk.people, desk.people.now
    holder = who or last
    spans = ()
    if holder:
        span = PastSpan(people.ids[holder], now.utc, Gained.ENTERED, people.ids[holder])
        spans = (span,)
    names = [f"海通货运{start + number:04d}" for number in range(count)]
    with people.work() as session:
        pasts = [PastCustomer(new_customer(name), people.ids["qian"], now.utc, spans) for name in names]
        ids = seed_customers(session, pasts, policy=people.policy, now=now)
    if last:
        people.release(*ids)
    return ids


def _binned(desk, ids):
    desk.people.do(recycle_bin.delete, "an", ids)


def _asked(desk, ids):
    for customer in ids:
        desk.people.do(pool.claim, "xu", [customer])


def _hired(desk, count, start):
    for number in range(count):
        desk.people.hire(f"new{start + number}", superior="li", joined=False)


def _signed(desk, ids):
    for customer in ids:
        desk.people.do(signing.sign, "an", customer)


def _ruled(desk, count, start):
    names = (
        "claims_per_day",
        "held_limit",
        "old_team_days",
        "undo_minutes",
        "invitation_days",
        "batch_limit",
        "signing_days",
        "followup_days",
    )
    for name in names[min(start, 1) :][:count]:
        desk.people.do(settings.change, "qian", name, 50, given=desk.house.given)


SCREENS = {
    "my": ("an", lambda desk, n, start: seed(desk, n, "an", start=start), "/my"),
    "team": ("li", lambda desk, n, start: seed(desk, n, "an", start=start), "/team"),
    "pool": ("xu", lambda desk, n, start: seed(desk, n, start=start), "/pool"),
    "pool of the once owned": ("xu", lambda desk, n, start: seed(desk, n, last="an", start=start), "/pool"),
    "found": ("xu", lambda desk, n, start: seed(desk, n, start=start), "海通"),
    "found elsewhere": ("xu", lambda desk, n, start: seed(desk, n, "an", start=start), "海通"),
    "bin": ("an", lambda desk, n, start: _binned(desk, seed(desk, n, "an", start=start)), "/bin"),
    "todo": ("li", lambda desk, n, start: _asked(desk, seed(desk, n, last="an", start=start)), "/todo"),
    "my requests": ("xu", lambda desk, n, start: _asked(desk, seed(desk, n, last="an", start=start)), "/todo"),
    "users": ("qian", _hired, "/users"),
    "partners": ("qian", lambda desk, n, start: _signed(desk, seed(desk, n, "an", start=start)), "/partners"),
    "settings": ("qian", _ruled, "/settings"),
    "statistics": ("li", _hired, "/stats"),
    "exports": ("qian", lambda desk, n, start: seed(desk, n, "an", start=start), "/export"),
    "menu": ("li", lambda desk, n, start: _asked(desk, seed(desk, n, last="an", start=start)), "/menu"),
}


class TestScreens:
    @pytest.mark.parametrize("screen", SCREENS)
    def test_a_full_page_asks_no_more_than_a_single_row(self, desk, screen):
        who, prepare, words = SCREENS[screen]
        prepare(desk, FEW, 0)
        desk.say(who, words)  # whatever is looked up once
        few = desk.say(who, words).statements
        prepare(desk, MANY, 100)
        assert desk.say(who, words).statements == few

    def test_a_card_asks_no_more_for_a_long_history(self, desk):
        [customer] = seed(desk, 1, last="an")
        few = desk.press("xu", desk.say("xu", "/pool"), "海通").statements
        for _ in range(4):
            desk.people.do(pool.claim, "bai", [customer])
            desk.people.release(customer)
        assert desk.press("xu", desk.say("xu", "/pool"), "海通").statements == few

    def test_a_partners_card_asks_no_more_for_many_orders(self, desk):
        [customer] = seed(desk, 1, "an")
        desk.people.do(signing.sign, "an", customer)
        with desk.people.work() as session:
            partner = partners.of_customer(session, customer)
        shown = desk.say("qian", "/partners")
        few = desk.press("qian", shown, "海通").statements
        for number in range(6):
            desk.people.do(orders.add, "qian", NewOrder(f"N-{number}", partner.id, desk.people.now.today, None))
        assert desk.press("qian", shown, "海通").statements == few

    def test_an_approval_card_of_many_asks_no_more_than_one_of_one(self, desk):
        desk.people.do(pool.claim, "xu", seed(desk, 1, last="an"))
        few = desk.press("li", desk.say("li", "/todo"), "Xu").statements
        desk.people.do(pool.claim, "ye", seed(desk, 6, last="an", start=100))
        assert desk.press("li", desk.say("li", "/todo"), "Ye").statements == few


def _batch(desk, who, scope, ids, act):
    """The question before an act on a selection."""
    shown = desk.tap(who, OpenList(scope))
    view = int(shown.data("多选").split(":")[2])
    for customer in ids:
        desk.tap(who, Select(view, customer, on=True))
    reply = desk.tap(who, BeginBatch(act, view))
    assert "失效" not in reply
    return reply


BATCHES = {
    "claim at once": ("xu", Scope.POOL, Act.CLAIM, {}, ()),
    "claim for approval": ("xu", Scope.POOL, Act.CLAIM, {"last": "an"}, ()),
    "release": ("li", Scope.TEAM, Act.RELEASE, {"who": "an"}, ("价格",)),
    "assign": ("li", Scope.TEAM, Act.ASSIGN, {"who": "an"}, ("Bai",)),
    "extend": ("li", Scope.TEAM, Act.EXTEND, {"who": "an"}, ("+7",)),
    "delete": ("li", Scope.TEAM, Act.DELETE, {"who": "an"}, ("确认",)),
    "pool assign": ("li", Scope.POOL, Act.POOL_ASSIGN, {}, ("Bai",)),
    "pool delete": ("li", Scope.POOL, Act.POOL_DELETE, {}, ("确认",)),
}


def assert_forty_cost_what_two_do(desk, name):
    who, scope, act, held, answers = BATCHES[name]

    def used(count, start):
        ids = seed(desk, count, start=start, **held)
        reply = _batch(desk, who, scope, ids, act)
        counts = [reply.statements]
        for answer in answers:
            reply = desk.press(who, reply, answer)
            counts.append(reply.statements)
        return counts

    used(2, 0)
    assert used(BATCH, 200) == used(2, 100)


class TestRules:
    def test_moving_forty_deadlines_takes_no_more_statements_than_two(self, desk):
        def used(days):
            asked = desk.tap("qian", SetRule("signing_days", days))
            return asked.statements, desk.press("qian", asked, "确认").statements

        seed(desk, 2, "an")
        used("80")
        few = used("70")
        seed(desk, BATCH, "an", start=100)
        assert used("60") == few


class TestBatches:
    @pytest.mark.parametrize("name", BATCHES)
    def test_forty_take_no_more_statements_than_two(self, desk, name):
        assert_forty_cost_what_two_do(desk, name)

    @pytest.mark.parametrize("name", ["claim at once", "claim for approval", "assign", "pool assign"])
    def test_nor_when_limits_are_counted(self, desk, name):
        names = ("claims_per_day", "held_limit", "reclaim_cooldown_days")
        with desk.people.work() as session:
            session.add_all([Setting(name=each, value=1000, changed_at=desk.people.now.utc) for each in names])
        assert_forty_cost_what_two_do(desk, name)

    def test_nor_does_bringing_forty_back(self, desk):
        def used(count, start):
            ids = seed(desk, count, "an", start=start)
            desk.people.do(recycle_bin.delete, "an", ids)
            return _batch(desk, "an", Scope.BIN, ids, Act.RESTORE).statements

        used(2, 0)
        assert used(BATCH, 200) == used(2, 100)

    @pytest.mark.parametrize("name", ["release", "assign", "extend", "delete"])
    def test_nor_taking_an_act_back(self, desk, name):
        who, scope, act, held, answers = BATCHES[name]

        def used(count, start):
            reply = _batch(desk, who, scope, seed(desk, count, start=start, **held), act)
            for answer in answers:
                reply = desk.press(who, reply, answer)
            return desk.press(who, reply, "撤销").statements

        used(10, 0)
        assert used(BATCH, 200) == used(2, 100)

    @pytest.mark.parametrize("answer", ["全部同意", "全部拒绝"])
    def test_nor_deciding_all_of_a_card(self, desk, answer):
        def used(count, start):
            desk.people.do(pool.claim, "xu", seed(desk, count, last="an", start=start))
            card = desk.press("li", desk.say("li", "/todo"), "Xu")
            return desk.press("li", card, answer).statements

        used(2, 0)
        assert used(BATCH, 200) == used(2, 100)
