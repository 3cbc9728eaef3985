"""SPEC 4's table, a row a test: done by whoever may and refused to whoever may not, through the chat, in both languages.

The words on the buttons are the specification's own (section 1). Export to Excel has its rows in test_exporting.
"""

import pytest
from sqlalchemy import update

from bot.callbacks import Begin, PickPerson, ShowCustomer
from domain import orders, partners, pool, signing
from domain.credit_code import check_digit
from domain.db import Database
from domain.masking import MASK
from domain.models import Partner
from domain.orders import NewOrder
from domain.permissions import Act
from domain.stages import Stage
from tests.bot.desk import Desk

WORDS = {
    "zh": {
        "edit": "编辑",
        "follow up": "记跟进",
        "sign": "签单",
        "release": "释放",
        "price": "价格",
        "assign": "分配",
        "claim": "分配给我",
        "direct": "直接分配",
        "extend": "延长期限",
        "delete": "删除",
        "restore": "恢复",
        "approve": "同意",
        "reject": "拒绝",
        "confirm": "确认",
        "save": "保存",
        "cancel request": "取消申请",
        "order": "登记订单",
        "city": "城市",
        "skip": "跳过",
        "today": "今天",
        "who waits": "已在等待审核",
    },
    "en": {
        "edit": "Edit",
        "follow up": "Follow up",
        "sign": "Sign",
        "release": "Release",
        "price": "Price",
        "assign": "Assign",
        "claim": "Claim",
        "direct": "Direct assign",
        "extend": "Extend",
        "delete": "Delete",
        "restore": "Restore",
        "approve": "Approve",
        "reject": "Reject",
        "confirm": "Confirm",
        "save": "Save",
        "cancel request": "Cancel the request",
        "order": "Record an order",
        "city": "City",
        "skip": "Skip",
        "today": "Today",
        "who waits": "waits for approval",
    },
}
TEMPLATE = {
    "zh": "名称：{name}\n来源：展会\n城市：青岛\n联系人：王芳\n电话：13912345678",
    "en": "Name: {name}\nSource: fair\nCity: Qingdao\nContact: Wang Fang\nPhone: 13912345678",
}


class Floor:
    """The desk, in one language; buttons are pressed by the specification's words."""

    def __init__(self, desk, language):
        self.desk, self.people, self.language = desk, desk.people, language
        self.words = WORDS[language]
        for login in self.people.ids:
            self.people.set(login, language=language, direct_assign=login == "ye")

    def card(self, who, customer):
        return self.desk.tap(who, ShowCustomer(customer, None))

    def press(self, who, reply, *words):
        for word in words:
            reply = self.desk.tap(who, self.find(reply, self.words.get(word, word)))
        return reply

    def find(self, reply, words):
        """What the button of these words carries; of these words with more, where none says just that."""
        exact = [each for each in reply.buttons if each["text"].split(maxsplit=1)[-1] == words and "callback_data" in each]
        return exact[0]["callback_data"] if exact else reply.data(words)

    def offers(self, who, customer, word):
        """Whether the card has a button of exactly these words, a sign before them apart."""
        return any(label.split(maxsplit=1)[-1] == self.words[word] for label in self.card(who, customer).labels)

    def refused(self, who, customer, act):
        """No button for it, and the forged one is a line that changes nothing."""
        before = self.row(customer)
        reply = self.desk.tap(who, Begin(act, customer, None))
        if any(self.words["confirm"] in label for label in reply.labels):
            reply = self.press(who, reply, "confirm")
        return "⚠️" in reply and self.row(customer) == before

    def row(self, customer):
        kept = self.people.customer(customer)
        return (kept.owner_id, kept.stage, kept.deleted_at, kept.due_on, kept.city)

    def owner(self, customer):
        return self.people.owner(customer)


@pytest.fixture(scope="module")
def desk(module_database_url):
    database = Database(module_database_url)
    yield Desk(database)
    database.dispose()


@pytest.fixture(params=["zh", "en"])
def floor(request, desk):
    return Floor(desk, request.param)


class TestQueryAndView:
    def test_the_owner_his_leads_and_an_admin_read_all_of_it(self, floor):
        customer = floor.people.enter("an")
        for who in ("an", "li", "zhao", "qian"):
            assert "13812345678" in floor.card(who, customer)

    def test_everybody_reads_the_pool_masked(self, floor):
        shown = floor.card("xu", floor.people.in_pool(last="an"))
        assert f"138{MASK * 4}5678" in shown
        assert "13812345678" not in shown

    def test_a_colleague_reads_nothing(self, floor):
        customer = floor.people.enter("an")
        assert "⚠️" in floor.card("bai", customer)
        found = floor.desk.say("xu", floor.people.customer(customer).name)
        assert floor.people.customer(customer).name not in "".join(found.labels)


class TestEnter:
    def test_a_salesperson_owns_what_he_enters(self, floor):
        name = f"Ocean Gate {floor.language}"
        review = floor.desk.say("an", TEMPLATE[floor.language].format(name=name))
        floor.press("an", review, "save")
        shown = floor.desk.say("an", name)
        assert any(name in label for label in shown.labels)

    def test_a_duplicate_is_refused_saying_who_has_it(self, floor):
        taken = floor.people.customer(floor.people.enter("xu")).name
        review = floor.desk.say("an", TEMPLATE[floor.language].format(name=taken))
        assert "Xu" in review


class TestEdit:
    def test_the_owner_changes_a_field(self, floor):
        customer = floor.people.enter("an")
        floor.press("an", floor.card("an", customer), "edit", "city")
        floor.desk.say("an", "Ningbo")
        assert floor.people.customer(customer).city == "Ningbo"

    def test_in_the_pool_nobody_does(self, floor):
        customer = floor.people.in_pool()
        assert not floor.offers("li", customer, "edit")


class TestFollowUp:
    def test_the_owner_logs_one_message(self, floor):
        customer = floor.people.enter("an")
        floor.press("an", floor.card("an", customer), "follow up")
        floor.desk.say("an", "Sent the rates to 宁波")
        assert "Sent the rates to 宁波" in floor.card("li", customer)

    def test_not_about_somebody_elses(self, floor):
        assert "⚠️" in floor.card("xu", floor.people.enter("an"))


class TestSign:
    def test_the_owner_signs_and_the_customer_cooperates(self, floor):
        customer = floor.people.enter("an", {"zh": "Koala Wool", "en": "Marble Quarry"}[floor.language])
        floor.press("an", floor.card("an", customer), "sign", "confirm")
        assert floor.people.customer(customer).stage == Stage.COOPERATING

    def test_not_with_a_partner_that_another_live_customer_has(self, floor):
        code = {"zh": "91350100M000100Y4", "en": "91350100M000100X4"}[floor.language]
        code += check_digit(code)
        first = floor.people.enter("xu", f"Zebra Steel {floor.language}")
        second = floor.people.enter("an", f"Walrus Tea {floor.language}", credit_code=code)
        floor.people.do(signing.sign, "xu", first)
        with floor.people.work() as session:
            partner = partners.of_customer(session, first)
            session.execute(update(Partner).where(Partner.id == partner.id).values(credit_code=code))
        refused = floor.press("an", floor.card("an", second), "sign")
        assert "⚠️" in refused
        assert "Zebra Steel" in refused
        assert floor.people.customer(second).stage == Stage.POTENTIAL


class TestRelease:
    def test_a_lead_with_a_reason(self, floor):
        customer = floor.people.enter("an")
        floor.press("li", floor.card("li", customer), "release", "price")
        assert floor.owner(customer) is None
        assert floor.words["price"] in floor.card("xu", customer)

    def test_not_the_owner_himself(self, floor):
        customer = floor.people.enter("an")
        assert not floor.offers("an", customer, "release")
        assert floor.refused("an", customer, Act.RELEASE)


class TestAssignInTheTeam:
    def test_a_lead_to_a_member_at_once(self, floor):
        customer = floor.people.enter("an")
        floor.press("li", floor.card("li", customer), "assign", "Bai")
        assert floor.owner(customer) == "bai"

    def test_not_to_another_team(self, floor):
        customer = floor.people.enter("an")
        asked = floor.press("li", floor.card("li", customer), "assign")
        assert not any("Xu" in label for label in asked.labels)
        errand = int(asked.data("Bai").split(":")[2])
        assert "⚠️" in floor.desk.tap("li", PickPerson(errand, floor.people.ids["xu"]))
        assert floor.owner(customer) == "an"

    def test_not_a_salesperson(self, floor):
        assert floor.refused("an", floor.people.enter("an"), Act.ASSIGN)


class TestExtend:
    def test_a_lead_adds_days(self, floor):
        customer = floor.people.enter("an")
        before = floor.people.customer(customer).due_on
        floor.press("li", floor.card("li", customer), "extend", "+15")
        assert (floor.people.customer(customer).due_on - before).days == 15

    def test_not_the_owner_himself(self, floor):
        customer = floor.people.enter("an")
        assert not floor.offers("an", customer, "extend")
        assert floor.refused("an", customer, Act.EXTEND)


class TestDelete:
    def test_the_owner_a_non_cooperating_one(self, floor):
        customer = floor.people.enter("an")
        floor.press("an", floor.card("an", customer), "delete", "confirm")
        assert floor.people.customer(customer).deleted_by == floor.people.ids["an"]

    def test_a_lead_a_cooperating_one_whose_partner_has_no_orders(self, floor):
        customer = floor.people.enter("an")
        floor.people.do(signing.sign, "an", customer)
        floor.press("li", floor.card("li", customer), "delete", "confirm")
        kept = floor.people.customer(customer)
        assert (kept.stage, kept.partner_id) == (Stage.POTENTIAL, None)

    def test_not_with_orders_and_it_says_how_many(self, floor):
        customer = floor.people.enter("an")
        floor.people.do(signing.sign, "an", customer)
        with floor.people.work() as session:
            partner = partners.of_customer(session, customer)
        floor.people.do(orders.add, "qian", NewOrder(f"S-{customer}", partner.id, floor.people.now.today, None))
        refused = floor.press("li", floor.card("li", customer), "delete", "confirm")
        assert "⚠️" in refused
        assert "1" in refused.text.split("⚠️")[1]
        assert floor.people.customer(customer).deleted_at is None

    def test_not_somebody_elses(self, floor):
        assert floor.refused("xu", floor.people.enter("an"), Act.DELETE)


class TestClaim:
    def test_one_that_nobody_owned_at_once(self, floor):
        customer = floor.people.in_pool()
        floor.press("xu", floor.card("xu", customer), "claim")
        assert floor.owner(customer) == "xu"

    def test_another_teams_waits_and_a_second_claim_is_told_who_waits(self, floor):
        customer = floor.people.in_pool(last="an")
        floor.press("xu", floor.card("xu", customer), "claim")
        assert floor.owner(customer) is None
        assert "Xu" in floor.desk.tap("ye", Begin(Act.CLAIM, customer, None))

    def test_not_one_that_has_an_owner(self, floor):
        assert floor.refused("xu", floor.people.enter("an"), Act.CLAIM)


class TestPoolAssign:
    def test_a_lead_to_a_member(self, floor):
        customer = floor.people.in_pool()
        floor.press("li", floor.card("li", customer), "assign", "Bai")
        assert floor.owner(customer) == "bai"

    def test_another_teams_waits(self, floor):
        customer = floor.people.in_pool(last="xu")
        floor.press("li", floor.card("li", customer), "assign", "Bai")
        assert floor.owner(customer) is None

    def test_not_a_salesperson(self, floor):
        assert floor.refused("an", floor.people.in_pool(), Act.POOL_ASSIGN)


class TestDirectAssign:
    def test_whoever_has_the_right_to_anybody(self, floor):
        customer = floor.people.in_pool(last="an")
        floor.people.do(pool.claim, "xu", [customer])
        floor.press("ye", floor.card("ye", customer), "direct", "Bai")
        assert floor.owner(customer) == "bai"

    def test_nobody_else(self, floor):
        customer = floor.people.in_pool()
        assert not floor.offers("li", customer, "direct")
        assert floor.refused("li", customer, Act.DIRECT_ASSIGN)


class TestPoolDelete:
    def test_a_lead(self, floor):
        customer = floor.people.in_pool()
        floor.press("li", floor.card("li", customer), "delete", "confirm")
        assert floor.people.customer(customer).deleted_at is not None

    def test_not_a_salesperson(self, floor):
        customer = floor.people.in_pool()
        assert not floor.offers("xu", customer, "delete")
        assert floor.refused("xu", customer, Act.POOL_DELETE)


class TestReview:
    @pytest.mark.parametrize(("answer", "owner"), [("approve", "xu"), ("reject", None)])
    def test_the_approver_decides_once(self, floor, answer, owner):
        customer = floor.people.in_pool(last="an")
        request = floor.people.waiting("xu", customer)
        todo = floor.desk.say("li", "/todo")
        card = floor.press("li", todo, floor.people.customer(customer).name[:12])
        floor.press("li", card, answer)
        assert floor.owner(customer) == owner
        assert "Li" in floor.press("zhao", card, answer)
        assert floor.people.request(request).decided_by == floor.people.ids["li"]

    def test_nobody_else(self, floor):
        customer = floor.people.in_pool(last="an")
        request = floor.people.waiting("xu", customer)
        card = floor.press("li", floor.desk.say("li", "/todo"), floor.people.customer(customer).name[:12])
        for who in ("xu", "bai", "wu"):
            assert "⚠️" in floor.press(who, card, "approve")
        assert floor.people.request(request).decided_at is None
        floor.press("li", card, "reject")


class TestCancelARequest:
    def test_the_requester(self, floor):
        customer = floor.people.in_pool(last="an")
        floor.people.do(pool.claim, "xu", [customer])
        card = floor.press("xu", floor.desk.say("xu", "/todo"), floor.people.customer(customer).name[:12])
        floor.press("xu", card, "cancel request")
        assert "⚠️" not in floor.desk.tap("ye", Begin(Act.CLAIM, customer, None))

    def test_nobody_else(self, floor):
        customer = floor.people.in_pool(last="an")
        request = floor.people.waiting("xu", customer)
        card = floor.press("xu", floor.desk.say("xu", "/todo"), floor.people.customer(customer).name[:12])
        assert "⚠️" in floor.press("ye", card, "cancel request")
        assert floor.people.request(request).decided_at is None
        floor.press("xu", card, "cancel request")


class TestRestore:
    def test_who_deleted_it_brings_it_back_to_its_owner(self, floor):
        customer = floor.people.enter("an")
        floor.press("li", floor.card("li", customer), "delete", "confirm")
        floor.press("li", floor.card("li", customer), "restore")
        assert floor.owner(customer) == "an"

    def test_nobody_else_but_an_admin(self, floor):
        customer = floor.people.enter("an")
        floor.press("li", floor.card("li", customer), "delete", "confirm")
        assert floor.refused("an", customer, Act.RESTORE)
        floor.press("qian", floor.card("qian", customer), "restore")
        assert floor.owner(customer) == "an"


class TestRecordAnOrder:
    def test_a_lead_for_his_team(self, floor):
        customer = floor.people.enter("an")
        floor.people.do(signing.sign, "an", customer)
        floor.press("li", floor.card("li", customer), "order")
        asked = floor.desk.say("li", f"O-{customer}")
        done = floor.press("li", asked, "skip", "today", "confirm")
        assert f"O-{customer}" in done

    def test_not_the_owner(self, floor):
        customer = floor.people.enter("an")
        floor.people.do(signing.sign, "an", customer)
        assert not floor.offers("an", customer, "order")
