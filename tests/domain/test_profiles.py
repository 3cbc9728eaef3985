import pytest

from domain import profiles
from domain.errors import HasMembersError, InvalidFieldError, LastAdminError, NotAllowedError, NotFoundError
from domain.models import Branch, Department, TimelineEntry, User
from domain.outbox import Kind
from domain.permissions import Role
from domain.timeline import Event


def change(office, setter, who, *args, by="qian", **more):
    return office.do(setter, by, office.ids[who], *args, **more)


def changes(office, who):
    """What the timeline says was changed, oldest first."""
    with office.work() as session:
        about = session.query(TimelineEntry).filter_by(user_id=office.ids[who], event=Event.USER_CHANGED)
        return [entry.detail for entry in about.order_by(TimelineEntry.id)]


def place(office, who):
    with office.work() as session:
        found = session.query(Branch.name, Department.name).select_from(User).outerjoin(Branch, Branch.id == User.branch_id)
        return tuple(found.outerjoin(Department, Department.id == User.department_id).filter(User.id == office.ids[who]).one())


EDITS = [
    (profiles.set_name, ("Anna",), {}),
    (profiles.set_role, (Role.LEAD,), {}),
    (profiles.set_company, ("Ningbo",), {}),
    (profiles.set_department, ("Reefer",), {}),
    (profiles.set_direct_assign, (), {"on": True}),
    (profiles.set_language, ("en",), {}),
]


class TestEveryEdit:
    @pytest.mark.parametrize(("setter", "args", "more"), EDITS, ids=lambda part: getattr(part, "__name__", ""))
    def test_is_an_admins_alone(self, office, setter, args, more):
        for who in ("bai", "li", "zhao"):
            with pytest.raises(NotAllowedError):
                change(office, setter, "an", *args, by=who, **more)
        assert changes(office, "an") == []
        change(office, setter, "an", *args, **more)
        assert len(changes(office, "an")) == 1

    @pytest.mark.parametrize(("setter", "args", "more"), EDITS, ids=lambda part: getattr(part, "__name__", ""))
    def test_twice_the_same_is_one_change(self, office, setter, args, more):
        for _ in range(2):
            change(office, setter, "an", *args, **more)
        assert len(changes(office, "an")) == 1

    @pytest.mark.parametrize(("setter", "args", "more"), EDITS, ids=lambda part: getattr(part, "__name__", ""))
    def test_of_somebody_who_has_left_finds_nobody(self, office, setter, args, more):
        office.set("an", active=False)
        with pytest.raises(NotFoundError):
            change(office, setter, "an", *args, **more)


class TestName:
    def test_stands_in_the_timeline_before_and_after(self, office):
        change(office, profiles.set_name, "an", "  Anna \n Smith ")
        assert office.person("an").name == "Anna Smith"
        assert changes(office, "an") == [{"name": ["An", "Anna Smith"]}]

    @pytest.mark.parametrize(("name", "problem"), [(" ", "empty"), ("x" * 61, "too_long")])
    def test_is_a_line_of_sixty_characters(self, office, name, problem):
        with pytest.raises(InvalidFieldError) as refused:
            change(office, profiles.set_name, "an", name)
        assert refused.value.problem == problem


class TestRole:
    def test_stands_in_the_timeline_before_and_after(self, office):
        change(office, profiles.set_role, "an", Role.LEAD)
        assert office.person("an").role == Role.LEAD
        assert changes(office, "an") == [{"role": ["sales", "lead"]}]

    @pytest.mark.parametrize("role", [Role.SALES, Role.ADMIN])
    def test_a_lead_with_members_stays_one(self, office, role):
        with pytest.raises(HasMembersError) as refused:
            change(office, profiles.set_role, "li", role)
        assert (refused.value.name, refused.value.count) == ("Li", 2)
        assert office.person("li").role == Role.LEAD

    def test_one_whose_members_have_all_left_can(self, office):
        for member in ("an", "bai"):
            office.set(member, active=False)
        change(office, profiles.set_role, "li", Role.SALES)
        assert office.person("li").role == Role.SALES

    def test_the_last_admin_stays_one(self, office):
        for role in (Role.SALES, Role.LEAD):
            with pytest.raises(LastAdminError):
                change(office, profiles.set_role, "qian", role)
        office.hire("sun", Role.ADMIN)
        change(office, profiles.set_role, "qian", Role.LEAD)
        assert office.person("qian").role == Role.LEAD

    def test_what_waits_goes_to_whoever_decides_it_now(self, office):
        for member in ("an", "bai"):
            office.set(member, active=False)
        request = office.waiting("xu", office.in_pool(last="li"))
        change(office, profiles.set_role, "li", Role.SALES)
        assert [message.body["batch_id"] for message in office.told("zhao", Kind.REQUEST)] == [office.batch_of(request)]


class TestPlace:
    def test_another_company_leaves_the_department(self, office):
        change(office, profiles.set_department, "an", "Reefer")
        change(office, profiles.set_company, "an", "Ningbo")
        assert place(office, "an") == ("Ningbo", None)
        assert changes(office, "an")[-1] == {"company": ["Qingdao", "Ningbo"], "department": ["Reefer", None]}

    def test_a_department_of_the_same_name_is_kept(self, office):
        change(office, profiles.set_company, "an", "Ningbo")
        assert place(office, "an") == ("Ningbo", "Sales")
        assert changes(office, "an") == [{"company": ["Qingdao", "Ningbo"]}]

    def test_a_new_company_is_made_and_no_company_is_one_too(self, office):
        change(office, profiles.set_company, "an", " Xiamen ")
        assert place(office, "an") == ("Xiamen", None)
        change(office, profiles.set_company, "an", None)
        assert place(office, "an") == (None, None)

    def test_a_department_stands_in_a_company(self, office):
        change(office, profiles.set_company, "an", None)
        with pytest.raises(InvalidFieldError) as refused:
            change(office, profiles.set_department, "an", "Reefer")
        assert refused.value.problem == "needs_company"

    def test_a_department_can_be_left(self, office):
        change(office, profiles.set_department, "an", None)
        assert place(office, "an") == ("Qingdao", None)


class TestDirectAssign:
    def test_is_given_and_taken(self, office):
        change(office, profiles.set_direct_assign, "an", on=True)
        assert office.person("an").direct_assign
        change(office, profiles.set_direct_assign, "an", on=False)
        assert changes(office, "an") == [{"direct_assign": [False, True]}, {"direct_assign": [True, False]}]


class TestLanguage:
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_is_ones_own_to_choose(self, office, language):
        change(office, profiles.set_language, "an", language, by="an")
        assert office.person("an").language == language

    def test_is_one_of_two(self, office):
        with pytest.raises(InvalidFieldError):
            change(office, profiles.set_language, "an", "de", by="an")
