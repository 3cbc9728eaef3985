import pytest

from domain import access, users
from domain.access import Actor
from domain.errors import (
    InvalidFieldError,
    LoginTakenError,
    NoSuchPersonError,
    NotALeadError,
    NotAllowedError,
    SuperiorCycleError,
)
from domain.permissions import Role
from domain.users import NewPerson


def add(office, person, by="qian"):
    return office.do(users.add, by, person)


def actor(office, login) -> Actor:
    with office.work() as session:
        return access.actor_by_id(session, office.ids[login])


def logins(office, ids):
    return {login for login, known in office.ids.items() if known in ids}


def set_superior(office, who, superior, by="qian"):
    return office.do(users.set_superior, by, office.ids[who], superior and office.ids[superior])


class TestAdd:
    def test_company_and_department_are_made_when_new_and_shared_afterwards(self, office):
        for login in ("feng", "gao"):
            add(office, NewPerson(login, login, Role.SALES, "li", "Xiamen", "Reefer"))
        with office.work() as session:
            found = {person.login: person for person in users.listing(session)}
        assert {(found[login].company, found[login].department) for login in ("feng", "gao")} == {("Xiamen", "Reefer")}
        assert office.person("an").branch_id != add(office, NewPerson("hu", "Hu", Role.SALES, None, "Xiamen")).branch_id

    @pytest.mark.parametrize("login", ["an", "AN", " an "])
    def test_a_login_is_unique_whatever_its_case(self, office, login):
        with pytest.raises(LoginTakenError):
            add(office, NewPerson(login, "Another", Role.SALES))

    @pytest.mark.parametrize(("login", "name", "field"), [("", "X", "login"), ("x", "  ", "name")])
    def test_login_and_name_are_needed(self, office, login, name, field):
        with pytest.raises(InvalidFieldError) as refused:
            add(office, NewPerson(login, name, Role.SALES))
        assert refused.value.field == field

    def test_a_department_stands_in_a_company(self, office):
        with pytest.raises(InvalidFieldError):
            add(office, NewPerson("feng", "Feng", Role.SALES, department="Reefer"))

    @pytest.mark.parametrize("superior", ["nobody", "an"])
    def test_the_superior_is_somebody_active(self, office, superior):
        office.set("an", active=False)
        with pytest.raises(NoSuchPersonError):
            add(office, NewPerson("feng", "Feng", Role.SALES, superior))

    @pytest.mark.parametrize("who", ["an", "li", "zhao"])
    def test_only_an_admin_adds(self, office, who):
        with pytest.raises(NotAllowedError):
            add(office, NewPerson("feng", "Feng", Role.SALES), by=who)

    def test_somebody_is_found_by_login_in_any_case(self, office):
        with office.work() as session:
            assert users.by_login(session, " Li ").id == office.ids["li"]


class TestListing:
    def test_it_says_who_is_there_and_who_has_joined(self, office):
        office.hire("feng", superior="li", joined=False)
        office.set("bai", active=False)
        with office.work() as session:
            found = {person.login: person for person in users.listing(session)}
        assert list(found) == sorted(found)
        assert (found["feng"].bound, found["an"].bound) == (False, True)
        assert (found["bai"].active, found["an"].superior, found["an"].role) == (False, "li", Role.SALES)


class TestTeams:
    def test_a_lead_leads_everybody_below_all_the_way_down(self, office):
        assert logins(office, actor(office, "zhao").led_ids) == {"zhao", "li", "an", "bai", "wu", "xu", "ye"}
        assert logins(office, actor(office, "li").led_ids) == {"li", "an", "bai"}

    def test_a_salesperson_leads_nobody(self, office):
        assert not actor(office, "an").leads(office.ids["an"])

    def test_an_admin_leads_everybody(self, office):
        assert all(actor(office, "qian").leads(known) for known in office.ids.values())

    def test_the_own_team_is_the_superiors_and_a_leads_his_own(self, office):
        assert actor(office, "an").team_lead_id == office.ids["li"]
        assert actor(office, "li").team_lead_id == office.ids["li"]


class TestSuperior:
    def test_a_move_changes_the_team(self, office):
        set_superior(office, "an", "wu")
        assert actor(office, "an").team_lead_id == office.ids["wu"]
        assert logins(office, actor(office, "li").led_ids) == {"li", "bai"}

    def test_nobody_is_a_superior_too(self, office):
        set_superior(office, "li", None)
        assert logins(office, actor(office, "zhao").led_ids) == {"zhao", "wu", "xu", "ye"}

    @pytest.mark.parametrize("below", ["zhao", "li", "an"])
    def test_nobody_stands_below_himself(self, office, below):
        with pytest.raises(SuperiorCycleError):
            set_superior(office, "zhao", below)
        assert office.person("zhao").superior_id is None

    def test_the_superior_is_somebody_active(self, office):
        office.set("wu", active=False)
        with pytest.raises(NoSuchPersonError):
            set_superior(office, "an", "wu")
        with pytest.raises(NoSuchPersonError):
            office.do(users.set_superior, "qian", office.ids["an"], 999_999)

    @pytest.mark.parametrize("superior", ["bai", "qian"])
    def test_the_superior_is_a_lead(self, office, superior):
        with pytest.raises(NotALeadError):
            set_superior(office, "an", superior)
        with pytest.raises(NotALeadError):
            add(office, NewPerson("feng", "Feng", Role.SALES, superior))

    @pytest.mark.parametrize("who", ["an", "li", "zhao"])
    def test_only_an_admin_changes_it(self, office, who):
        with pytest.raises(NotAllowedError):
            set_superior(office, "an", "wu", by=who)
