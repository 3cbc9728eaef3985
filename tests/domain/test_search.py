import pytest

from domain import editing, lists
from domain.customers import NewContact
from domain.filters import Filter, FilterField
from domain.lists import Scope

NAME = "青岛海航国际物流有限公司"


def found(office, who, text, scope=Scope.FOUND):
    return [line.id for line in office.do(lists.page, who, scope, Filter(text=text)).lines]


@pytest.fixture
def haihang(office):
    contact = NewContact("王芳", phone="0532-8888 1234")
    return office.enter("an", NAME, short_name="海航", credit_code="91370200MA3C000X1L", contacts=(contact,))


class TestSearch:
    @pytest.mark.parametrize(
        "text",
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
    def test_any_part_of_what_is_known_finds_it(self, office, haihang, text):
        assert found(office, "an", text) == [haihang]

    def test_its_code_finds_it(self, office, haihang):
        assert found(office, "an", f"C{haihang:06d}") == [haihang]

    @pytest.mark.parametrize("text", ["海青", "航海", "qdhx", "99999", "%", "_", "' OR 1=1", '"'])
    def test_what_is_not_there_finds_nothing(self, office, haihang, text):
        office.enter("an", "Something else")
        assert haihang not in found(office, "an", text)

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
