from decimal import Decimal

import pytest
from sqlalchemy import select

from domain import edit_form, editing, search
from domain.customers import NewContact
from domain.edit_form import FIELDS, GROUPS
from domain.errors import DuplicateCustomerError, InvalidFieldError, NotAllowedError, NotFoundError
from domain.models import Customer
from domain.stages import Stage
from domain.timeline import Event

TENCENT = "9144030071526726XG"


def edit(office, who, customer, **changes):
    return office.do(editing.edit, who, customer, changes)


def edit_contact(office, who, customer, **changes):
    return office.do(editing.edit_main_contact, who, customer, changes)


def change(office, customer, field, typed, who="an"):
    return office.do(edit_form.change, who, customer, field, typed)


def values(office, customer, who="an"):
    return office.do(edit_form.values, who, customer)


def found(office, text):
    with office.work() as session:
        return list(session.scalars(select(Customer.id).where(search.holds(session, text))))


class TestWhoMayEdit:
    @pytest.mark.parametrize("who", ["an", "li", "zhao", "qian"])
    def test_the_owner_his_leads_and_admins(self, office, who):
        customer = office.enter("an")
        assert edit(office, who, customer, city="Ningbo") == ["city"]
        assert edit_contact(office, who, customer, title="Boss") == ["title"]
        assert office.customer(customer).city == "Ningbo"

    @pytest.mark.parametrize("who", ["bai", "xu", "wu"])
    def test_nobody_else_knows_of_the_customer(self, office, who):
        customer = office.enter("an")
        for act in (lambda: edit(office, who, customer, city="Ningbo"), lambda: edit_contact(office, who, customer, title="B")):
            with pytest.raises(NotFoundError):
                act()
        with pytest.raises(NotFoundError):
            values(office, customer, who)

    @pytest.mark.parametrize("who", ["an", "li", "qian"])
    def test_nobody_in_the_pool(self, office, who):
        customer = office.in_pool(last="an")
        with pytest.raises(NotAllowedError):
            edit(office, who, customer, city="Ningbo")
        with pytest.raises(NotAllowedError):
            values(office, customer, who)


class TestEdit:
    def test_stands_in_the_timeline_with_before_and_after(self, office):
        customer = office.enter("an")
        edit(office, "li", customer, city="Ningbo", industry="Food", remark=None)
        told = office.timeline(customer)[-1]
        assert (told.event, told.actor_id) == (Event.EDITED, office.ids["li"])
        assert told.detail == {"changes": {"city": ["Qingdao", "Ningbo"], "industry": [None, "Food"]}}

    def test_what_changes_nothing_is_not_told(self, office):
        customer = office.enter("an")
        assert edit(office, "an", customer, city=" Qingdao ") == []
        assert edit_contact(office, "an", customer, phone="13812345678") == []
        assert office.events(customer) == [Event.ENTERED]

    @pytest.mark.parametrize("field", ["name", "source", "city"])
    @pytest.mark.parametrize("value", [None, "", "  "])
    def test_a_required_field_is_not_emptied(self, office, field, value):
        customer = office.enter("an")
        with pytest.raises(InvalidFieldError) as refused:
            edit(office, "an", customer, **{field: value})
        assert (refused.value.field, refused.value.problem) == (field, "empty")

    def test_any_other_is(self, office):
        customer = office.enter("an", industry="Food", services=("fcl",), credit_code=TENCENT)
        assert edit(office, "an", customer, industry="", services=None, credit_code=None) == [
            "credit_code",
            "industry",
            "services",
        ]
        kept = office.customer(customer)
        assert (kept.industry, kept.services, kept.credit_code) == (None, [], None)

    @pytest.mark.parametrize(
        ("field", "value", "problem"),
        [
            ("name", "x" * 201, "too_long"),
            ("name", "!!!", "no_letters"),
            ("remark", "x" * 501, "too_long"),
            ("credit_code", "9144030071526726XX", "check_digit"),
            ("level", "E", "not_offered"),
            ("direction", "sideways", "not_offered"),
            ("incoterms", ["FOB", "XYZ"], "not_offered"),
            ("monthly_volume", "many", "amount"),
            ("monthly_volume", "NaN", "amount"),
            ("monthly_volume", "-3", "amount"),
            ("owner_id", 1, "unknown"),
        ],
    )
    def test_a_value_that_cannot_be_kept_is_refused_at_the_field(self, office, field, value, problem):
        customer = office.enter("an")
        with pytest.raises(InvalidFieldError) as refused:
            edit(office, "an", customer, **{field: value})
        assert (refused.value.field, refused.value.problem) == (field, problem)
        assert office.events(customer) == [Event.ENTERED]

    def test_the_volume_is_a_number(self, office):
        customer = office.enter("an")
        assert edit(office, "an", customer, monthly_volume="20", volume_unit="TEU") == ["monthly_volume", "volume_unit"]
        assert edit(office, "an", customer, monthly_volume="20.00") == []
        assert office.customer(customer).monthly_volume == Decimal(20)

    def test_search_finds_the_new_name_and_the_new_phone_only(self, office):
        customer = office.enter("an", "Blue Anchor")
        edit(office, "an", customer, name="Red Lantern")
        edit_contact(office, "an", customer, phone="139 0000 1111")
        assert found(office, "Red Lantern") == found(office, "13900001111") == [customer]
        assert customer not in found(office, "Blue Anchor") + found(office, "13812345678")


class TestStage:
    @pytest.mark.parametrize("before", [Stage.POTENTIAL, Stage.INTERESTED, Stage.QUOTING])
    @pytest.mark.parametrize("after", [Stage.POTENTIAL, Stage.INTERESTED, Stage.QUOTING])
    def test_moves_freely_among_the_non_cooperating_ones(self, office, before, after):
        customer = office.enter("an", stage=before)
        assert bool(edit(office, "an", customer, stage=after)) == (before is not after)
        assert office.customer(customer).stage == after

    @pytest.mark.parametrize("after", [Stage.COOPERATING, Stage.DORMANT, "bought", None])
    def test_never_to_the_others(self, office, after):
        with pytest.raises(InvalidFieldError) as refused:
            edit(office, "an", office.enter("an"), stage=after)
        assert refused.value.problem == "not_free"

    def test_never_from_them(self, office):
        customer = office.enter("an")
        office.sign(customer)
        with pytest.raises(InvalidFieldError):
            edit(office, "an", customer, stage=Stage.QUOTING)
        assert "stage" not in office.do(
            lambda session, actor: edit_form.offered(0, edit_form.values(session, actor, customer)), "an"
        )


class TestTwins:
    def test_a_name_that_another_has_is_refused_saying_who(self, office):
        office.enter("xu", "Blue Anchor Co., Ltd.")
        customer = office.enter("an", "Red Lantern")
        with pytest.raises(DuplicateCustomerError) as refused:
            edit(office, "an", customer, name="BLUE  anchor")
        assert (refused.value.field, refused.value.owner) == ("name", "Xu")
        assert office.customer(customer).name == "Red Lantern"

    def test_so_is_a_credit_code(self, office):
        office.in_pool(credit_code=TENCENT)
        with pytest.raises(DuplicateCustomerError) as refused:
            edit(office, "an", office.enter("an"), credit_code=TENCENT.lower())
        assert (refused.value.field, refused.value.owner) == ("credit_code", None)

    def test_its_own_name_may_be_written_differently(self, office):
        customer = office.enter("an", "Blue Anchor")
        assert edit(office, "an", customer, name="Blue Anchor Co., Ltd.") == ["name"]
        assert office.customer(customer).name == "Blue Anchor Co., Ltd."

    def test_a_name_in_the_bin_is_free(self, office):
        office.in_bin("an", "Blue Anchor")
        assert edit(office, "an", office.enter("an"), name="Blue Anchor") == ["name"]


class TestMainContact:
    def test_each_field_changes_and_is_told(self, office):
        customer = office.enter("an")
        changed = edit_contact(office, "an", customer, name="Li Lei", wechat=None)
        assert changed == ["name", "wechat"]
        assert office.timeline(customer)[-1].detail == {
            "changes": {"contact_name": ["Wang Fang", "Li Lei"], "contact_wechat": ["wangfang88", None]}
        }

    @pytest.mark.parametrize("changes", [{"name": " "}, {"phone": None, "email": None}, {"phone": "x" * 501}, {"fax": "1"}])
    def test_keeps_a_name_and_a_way_to_be_reached(self, office, changes):
        customer = office.enter("an")
        with pytest.raises(InvalidFieldError):
            edit_contact(office, "an", customer, **changes)
        assert office.events(customer) == [Event.ENTERED]

    def test_one_way_is_enough(self, office):
        customer = office.enter("an")
        assert edit_contact(office, "an", customer, phone="") == ["phone"]
        with pytest.raises(InvalidFieldError) as refused:
            edit_contact(office, "an", customer, email="")
        assert refused.value.problem == "unreachable"


class TestForm:
    def test_knows_every_field_that_can_be_edited(self):
        columns = {field for field in FIELDS if field not in GROUPS[2]} - {"volume"} | {"monthly_volume", "volume_unit"}
        assert columns == editing.EDITABLE
        assert len(GROUPS[2]) == len(editing.CONTACT_FIELDS)

    @pytest.mark.parametrize(
        ("field", "typed", "kept"),
        [
            ("name", " Red Lantern ", "Red Lantern"),
            ("level", "a", "A"),
            ("stage", "quoting", "quoting"),
            ("direction", "both", "both"),
            ("services", ["air", "fcl"], ["air", "fcl"]),
            ("lanes", "CNTAO → DEHAM", [["CNTAO", "DEHAM"]]),
            ("incoterms", "fob, cif", ["FOB", "CIF"]),
            ("volume", "20TEU", "20 TEU"),
            ("volume", "1.50 t", "1.5 t"),
            ("contact", "Li Lei", "Li Lei"),
            ("phone", "139 0000 1111", "139 0000 1111"),
            ("email", "li@example.com", "li@example.com"),
            ("telegram", "@lilei", "@lilei"),
        ],
    )
    def test_keeps_what_is_typed_as_the_field_wants_it(self, office, field, typed, kept):
        customer = office.enter("an")
        assert change(office, customer, field, typed) is True
        assert values(office, customer)[field] == kept
        assert change(office, customer, field, typed) is False

    @pytest.mark.parametrize(
        ("field", "typed", "problem"),
        [
            ("phone", "12", "no_phone"),
            ("phone", "li@example.com", "no_phone"),
            ("email", "13812345678", "no_email"),
            ("email", "nobody", "no_email"),
            ("volume", "a lot", "amount"),
            ("volume", "20", "amount"),
            ("lanes", "CNTAO", "from_to"),
            ("contact", " ", "empty"),
            ("contact", None, "empty"),
            ("source", None, "empty"),
            ("owner", "an", "unknown"),
        ],
    )
    def test_refuses_at_the_field(self, office, field, typed, problem):
        customer = office.enter("an")
        with pytest.raises(InvalidFieldError) as refused:
            change(office, customer, field, typed)
        assert refused.value.problem == problem

    def test_empties_what_may_be_empty(self, office):
        customer = office.enter("an", industry="Food")
        for field in ("industry", "wechat", "volume"):
            change(office, customer, field, None)
            assert values(office, customer)[field] is None

    def test_offers_to_empty_only_what_may_be_and_is_filled(self, office):
        kept = values(office, office.enter("an", industry="Food", contacts=(NewContact("Wang", phone="13812345678"),)))
        assert [field for field in FIELDS if edit_form.may_empty(field, kept)] == ["industry", "address"]
