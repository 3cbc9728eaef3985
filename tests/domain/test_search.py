import pytest
from sqlalchemy import delete, text

from domain import editing, lists, search
from domain.customers import NewContact
from domain.dialects import is_sqlite
from domain.filters import Filter, FilterField
from domain.lists import Scope
from domain.models import CustomerSearch

NAME = "青岛海航国际物流有限公司"


def found(office, who, wanted, scope=Scope.FOUND):
    return [line.id for line in office.do(lists.page, who, scope, Filter(text=wanted)).lines]


@pytest.fixture
def haihang(office):
    contact = NewContact("王芳", phone="0532-8888 1234")
    return office.enter("an", NAME, short_name="海航", credit_code="91370200MA3C000X1L", contacts=(contact,))


class TestSearch:
    @pytest.mark.parametrize(
        "wanted",
        [
            "海航",
            "青岛海航",
            "国际物流",
            "物流有限",
            NAME,
            "qdhh",
            "QDHH",
            "053288881234",
            "8888 1234",
            "91370200ma3c000x1l",
            "０５３２",
        ],
    )
    def test_any_part_of_what_is_known_finds_it(self, office, haihang, wanted):
        assert found(office, "an", wanted) == [haihang]

    @pytest.mark.parametrize("wanted", ["053", "288", "234", "0532 888", "913", "2 0 0", "a3c0", "0x1"])
    def test_digits_find_it_by_three_and_in_the_midst_of_letters(self, office, haihang, wanted):
        assert found(office, "an", wanted) == [haihang]

    @pytest.mark.parametrize("wanted", ["053288881235", "132", "2340532", "a3c1"])
    def test_digits_in_another_order_do_not(self, office, haihang, wanted):
        assert found(office, "an", wanted) == []

    def test_two_digits_are_looked_for_in_the_names_alone(self, office, haihang):
        tongcheng = office.enter("an", "58同城物流", short_name="同城24")
        assert (found(office, "an", "58"), found(office, "an", "24")) == ([tongcheng], [tongcheng])
        assert (found(office, "an", "58同"), found(office, "an", "城24")) == ([tongcheng], [tongcheng])
        assert found(office, "an", "05") == []

    def test_its_code_finds_it(self, office, haihang):
        assert found(office, "an", f"C{haihang:06d}") == [haihang]

    @pytest.mark.parametrize("wanted", ["海青", "航海", "qdhx", "99999", "%", "_", "' OR 1=1", '"'])
    def test_what_is_not_there_finds_nothing(self, office, haihang, wanted):
        office.enter("an", "Something else")
        assert haihang not in found(office, "an", wanted)

    def test_pairs_of_two_fields_do_not_make_a_match(self, office, haihang):
        assert found(office, "an", "司海") == []

    def test_a_changed_name_is_found_and_the_old_one_is_not(self, office, haihang):
        office.do(editing.edit, "an", haihang, {"name": "烟台蓝锚货运有限公司", "short_name": "蓝锚"})
        assert found(office, "an", "蓝锚") == [haihang]
        assert found(office, "an", "海航") == []

    def test_what_one_may_not_see_is_not_found(self, office, haihang):
        assert found(office, "xu", "海航") == []

    def test_but_who_holds_it_is_told_with_the_name_masked(self, office, haihang):
        (line,) = office.do(lists.held_elsewhere, "xu", "海航")
        assert (line.name, line.owner) == ("青•••", "An")
        assert line.due_on == office.customer(haihang).due_on

    @pytest.mark.parametrize("who", ["an", "li", "zhao", "qian"])
    def test_who_may_see_it_hears_of_nothing_elsewhere(self, office, haihang, who):
        assert office.do(lists.held_elsewhere, who, "海航") == []

    def test_in_the_pool_everybody_finds_it(self, office, haihang):
        office.release(haihang)
        assert found(office, "xu", "海航") == [haihang]


class TestAnIndexMadeAnew:
    def test_finds_what_was_kept_before_there_was_one(self, office, haihang, monkeypatch):
        monkeypatch.setattr(search, "_AT_ONCE", 2)
        others = [office.enter("an", f"Sailing {name}") for name in ("One", "Two", "Three", "Four")]
        with office.work() as session:
            session.execute(delete(CustomerSearch))
            if is_sqlite(session):
                session.execute(text("DELETE FROM customer_grams"))
        assert found(office, "an", "sailing") == []
        with office.work() as session:
            search.index_missing(session)
            search.index_missing(session)
        assert found(office, "an", "sailing") == others[::-1]
        assert found(office, "an", "888812") == [haihang]


class TestFilters:
    def test_services_and_their_numbers(self, office):
        sea = office.enter("an", services=("fcl", "customs"))
        office.enter("an", services=("air",))
        offered = office.do(lists.choices, "an", Scope.MY, Filter(), FilterField.SERVICE)
        assert {(choice.value, choice.customers) for choice in offered} == {("fcl", 1), ("customs", 1), ("air", 1)}
        assert [line.id for line in office.do(lists.page, "an", Scope.MY, Filter(service="fcl")).lines] == [sea]

    def test_owners_are_offered_by_name(self, office):
        office.enter("an")
        office.enter("bai")
        offered = office.do(lists.choices, "li", Scope.TEAM, Filter(), FilterField.OWNER)
        assert {choice.label for choice in offered} == {"An", "Bai"}

    def test_due_within_counts_the_day_and_what_has_passed(self, office):
        soon = office.enter("an")
        office.later(days=87)
        office.enter("an")
        wanted = Filter(due_within=3, today=office.now.today)
        assert [line.id for line in office.do(lists.page, "an", Scope.MY, wanted).lines] == [soon]
        assert office.do(lists.page, "an", Scope.MY, Filter(due_within=0, today=office.now.today)).lines == []

    def test_untouched_is_without_a_follow_up_since_it_was_claimed(self, office):
        customer = office.enter("an")
        assert [line.id for line in office.do(lists.page, "an", Scope.MY, Filter(untouched=True)).lines] == [customer]
        assert office.do(lists.page, "xu", Scope.POOL, Filter(untouched=True)).lines == []
