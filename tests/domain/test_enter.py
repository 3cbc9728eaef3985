from dataclasses import replace

import pytest

from domain import customers, pool
from domain.customers import NewContact
from domain.errors import (
    DuplicateCustomerError,
    InvalidFieldError,
    NoSuchPersonError,
    NotAllowedError,
    NotInYourTeamsError,
)
from domain.policy import Policy
from domain.stages import Gained, Level, Stage
from domain.timeline import Event
from tests.domain.office import new_customer

TENCENT = "9144030071526726XG"


def enter(office, who, customer, **more):
    if "owner" in more:
        more["owner_id"] = office.ids[more.pop("owner")]
    return office.do(customers.enter, who, customer, **more)


class TestOwner:
    @pytest.mark.parametrize("who", ["an", "li", "zhao"])
    def test_is_the_enterer(self, office, who):
        customer = enter(office, who, new_customer("Blue Anchor"))
        assert office.owner(customer) == who
        assert office.ownerships(customer)[0].gained == Gained.ENTERED
        assert office.events(customer) == [Event.ENTERED]

    @pytest.mark.parametrize(("by", "owner"), [("li", "an"), ("zhao", "xu"), ("zhao", "li"), ("qian", "an")])
    def test_may_be_a_member_that_a_lead_names(self, office, by, owner):
        assert office.owner(enter(office, by, new_customer("Blue Anchor"), owner=owner)) == owner

    @pytest.mark.parametrize("owner", ["xu", "wu", "zhao"])
    def test_may_not_be_one_of_another_team(self, office, owner):
        with pytest.raises(NotInYourTeamsError):
            enter(office, "li", new_customer("Blue Anchor"), owner=owner)

    def test_may_not_be_named_by_a_salesperson(self, office):
        with pytest.raises(NotAllowedError):
            enter(office, "an", new_customer("Blue Anchor"), owner="bai")

    @pytest.mark.parametrize("nobody", ["an", "qian"])
    def test_is_active_and_no_admin(self, office, nobody):
        office.set("an", active=False)
        with pytest.raises(NoSuchPersonError):
            enter(office, "zhao", new_customer("Blue Anchor"), owner=nobody)

    def test_is_nobody_when_an_admin_enters_into_the_pool(self, office):
        customer = enter(office, "qian", new_customer("Blue Anchor"), into_pool=True)
        kept = office.customer(customer)
        assert (kept.owner_id, kept.pooled_at, kept.due_on) == (None, office.now.utc, None)

    @pytest.mark.parametrize("who", ["an", "li", "zhao"])
    def test_only_an_admin_enters_into_the_pool(self, office, who):
        with pytest.raises(NotAllowedError):
            enter(office, who, new_customer("Blue Anchor"), into_pool=True)

    def test_an_admin_owns_nothing(self, office):
        with pytest.raises(NotAllowedError):
            enter(office, "qian", new_customer("Blue Anchor"))


class TestDeadline:
    def test_it_follows_the_level(self, office):
        office.policy = Policy(signing_days=90, signing_days_by_level={"A": 30})
        days = [
            (office.customer(office.enter("an", level=level)).signing_deadline - office.now.today).days
            for level in (Level.A, Level.B, None)
        ]
        assert days == [30, 90, 90]


class TestRequiredFields:
    @pytest.mark.parametrize("field", ["name", "source", "city"])
    @pytest.mark.parametrize("value", ["", "   "])
    def test_name_source_and_city(self, office, field, value):
        with pytest.raises(InvalidFieldError) as refused:
            enter(office, "an", replace(new_customer("Blue Anchor"), **{field: value}))
        assert (refused.value.field, refused.value.problem) == (field, "empty")

    @pytest.mark.parametrize("contacts", [(), (NewContact("  ", phone="13812345678"),)])
    def test_a_main_contact_with_a_name(self, office, contacts):
        with pytest.raises(InvalidFieldError) as refused:
            enter(office, "an", new_customer("Blue Anchor", contacts=contacts))
        assert (refused.value.field, refused.value.problem) == ("contact", "empty")

    @pytest.mark.parametrize("contact", [NewContact("Wang"), NewContact("Wang", phone=" "), NewContact("Wang", wechat="wang")])
    def test_who_has_a_phone_or_an_email(self, office, contact):
        with pytest.raises(InvalidFieldError) as refused:
            enter(office, "an", new_customer("Blue Anchor", contacts=(contact,)))
        assert (refused.value.field, refused.value.problem) == ("contact", "unreachable")

    @pytest.mark.parametrize("contact", [NewContact("Wang", phone="0532 83881234"), NewContact("Wang", email="w@x.cn")])
    def test_either_is_enough(self, office, contact):
        assert office.customer(enter(office, "an", new_customer("Blue Anchor", contacts=(contact,)))).name == "Blue Anchor"

    def test_a_name_has_letters_in_at_most_200_characters(self, office):
        for name, problem in (("—— ()", "no_letters"), ("x" * 201, "too_long")):
            with pytest.raises(InvalidFieldError) as refused:
                enter(office, "an", new_customer(name))
            assert refused.value.problem == problem
        assert enter(office, "an", new_customer("x" * 200))

    @pytest.mark.parametrize("stage", [Stage.COOPERATING, Stage.DORMANT])
    def test_nobody_enters_what_is_only_reached_by_signing(self, office, stage):
        with pytest.raises(InvalidFieldError):
            enter(office, "an", new_customer("Blue Anchor", stage=stage))

    @pytest.mark.parametrize("stage", [Stage.POTENTIAL, Stage.INTERESTED, Stage.QUOTING])
    def test_the_non_cooperating_stages_may_be_entered(self, office, stage):
        assert office.customer(office.enter("an", stage=stage)).stage == stage


class TestCreditCode:
    @pytest.mark.parametrize(
        "code", [TENCENT, TENCENT.lower(), " 9144 0300 7152 6726 XG ", "９１４４０３００７１５２６７２６ＸＧ"]
    )
    def test_it_is_kept_in_one_form(self, office, code):
        assert office.customer(office.enter("an", credit_code=code)).credit_code == TENCENT

    @pytest.mark.parametrize("code", ["9144030071526726XH", TENCENT[:-1], TENCENT + "0", "91440300715267260O"])
    def test_a_wrong_one_is_refused(self, office, code):
        with pytest.raises(InvalidFieldError) as refused:
            office.enter("an", credit_code=code)
        assert (refused.value.field, refused.value.problem) == ("credit_code", "check_digit")

    def test_none_is_no_duplicate_of_none(self, office):
        assert office.enter("an", credit_code=None) != office.enter("an", credit_code=None)


class TestDuplicate:
    def refused(self, office, who="xu", **fields):
        with pytest.raises(DuplicateCustomerError) as refused:
            enter(office, who, replace(new_customer("Another Name"), **fields))
        return refused.value

    @pytest.mark.parametrize("name", ["青岛海航物流", "青岛海航物流 股份有限公司", "（青岛）海航物流有限公司"])
    def test_of_a_name_says_who_has_it(self, office, name):
        customer = office.enter("an", "青岛海航物流有限公司")
        error = self.refused(office, name=name)
        assert (error.field, error.customer_id, error.name, error.owner) == ("name", customer, "青岛海航物流有限公司", "An")

    def test_of_a_code_says_who_has_it(self, office):
        customer = office.enter("an", "Blue Anchor", credit_code=TENCENT)
        error = self.refused(office, credit_code=TENCENT.lower())
        assert (error.field, error.customer_id, error.owner) == ("credit_code", customer, "An")

    def test_in_the_pool_has_no_owner_and_can_be_claimed(self, office):
        customer = office.in_pool("Blue Anchor")
        error = self.refused(office, name="BLUE ANCHOR Co., Ltd.")
        assert (error.customer_id, error.owner) == (customer, None)
        office.do(pool.claim, "xu", [error.customer_id])
        assert office.owner(customer) == "xu"

    def test_of_ones_own_is_one_too(self, office):
        office.enter("an", "Blue Anchor")
        assert self.refused(office, who="an", name="blue anchor").owner == "An"

    def test_of_what_lies_in_the_bin_is_none(self, office):
        office.in_bin("an", "Blue Anchor")
        assert office.owner(enter(office, "xu", new_customer("Blue Anchor"))) == "xu"

    def test_leaves_nothing_behind(self, office):
        customer = office.enter("an", "Blue Anchor")
        self.refused(office, name="Blue Anchor")
        assert (office.events(customer), office.owner(customer)) == ([Event.ENTERED], "an")
