import pytest

from domain import departures, profiles, staff
from domain.errors import NotAllowedError, NotFoundError
from domain.permissions import Role
from domain.staff import Word


def search(office, *words, by="qian", page=0):
    return office.do(staff.search, by, [word if isinstance(word, Word) else Word(word) for word in words], page=page)


def found(office, *words):
    return {line.name for line in search(office, *words).lines}


def card(office, who, by="qian"):
    return office.do(staff.card, by, office.ids[who])


def names(people):
    return [person.name for person in people]


class TestSearch:
    def test_without_words_it_is_everybody_by_name(self, office):
        page = search(office)
        assert names(page.lines) == sorted(names(page.lines))
        assert (page.total, page.pages, len(page.lines)) == (8, 1, 8)

    @pytest.mark.parametrize(
        ("word", "whom"),
        [("ZHA", {"Zhao"}), ("an", {"An", "Qian"}), ("ningb", {"Wu", "Xu", "Ye"}), ("%", set()), ("_", set()), ("nobody", set())],
    )
    def test_a_word_is_part_of_name_login_or_company(self, office, word, whom):
        assert found(office, word) == whom

    def test_a_word_is_part_of_the_department(self, office):
        office.do(profiles.set_department, "qian", office.ids["an"], "Reefer")
        assert found(office, "reef") == {"An"}

    def test_a_word_names_roles(self, office):
        assert found(office, Word("boss", (Role.LEAD,))) == {"Zhao", "Li", "Wu"}

    def test_every_word_must_be_found(self, office):
        assert found(office, "ningbo", Word("seller", (Role.SALES,))) == {"Xu", "Ye"}

    def test_eight_stand_on_a_page_and_the_gone_come_last(self, office):
        for login in ("abel", "feng", "gao"):
            office.hire(login, joined=False)
        office.do(departures.deactivate, "qian", office.ids["abel"])
        first, second = search(office), search(office, page=1)
        assert (first.pages, len(first.lines), len(second.lines)) == (2, 8, 3)
        assert second.lines[-1].name == "Abel"
        assert not second.lines[-1].active
        assert search(office, page=99).page == 1
        assert search(office, page=-1).page == 0

    def test_it_says_who_has_joined_and_who_is_away(self, office):
        office.hire("feng", joined=False)
        office.send_away("li", "wu", days=2)
        marks = {line.name: (line.bound, line.away) for line in (*search(office).lines, *search(office, page=1).lines)}
        assert (marks["Feng"], marks["Li"], marks["An"]) == ((False, False), (True, True), (True, False))
        office.later(days=3)
        assert not any(line.away for line in search(office).lines)

    @pytest.mark.parametrize("who", ["an", "li", "zhao"])
    def test_only_an_admin_searches(self, office, who):
        with pytest.raises(NotAllowedError):
            search(office, by=who)


class TestCard:
    def test_it_holds_everything(self, office):
        office.enter("li")
        office.send_away("li", "wu")
        shown = card(office, "li")
        assert (shown.login, shown.name, shown.role, shown.superior) == ("li", "Li", Role.LEAD, "Zhao")
        assert (shown.company, shown.department) == ("Qingdao", "Sales")
        assert (shown.direct_assign, shown.language, shown.active) == (False, "zh", True)
        assert (shown.telegram_id, shown.stand_in) == (office.telegram["li"], "Wu")
        assert (shown.members, shown.customers) == (2, 1)

    def test_an_absence_that_has_passed_is_not_on_it(self, office):
        office.send_away("li", "wu", days=1)
        office.later(days=2)
        assert (card(office, "li").away_until, card(office, "li").stand_in) == (None, None)

    def test_everybody_sees_himself_and_only_an_admin_others(self, office):
        assert card(office, "an", by="an").name == "An"
        for who in ("an", "li", "zhao"):
            with pytest.raises(NotFoundError):
                card(office, "bai", by=who)

    def test_nobody_has_no_card(self, office):
        with pytest.raises(NotFoundError):
            office.do(staff.card, "qian", 999_999)


class TestBurden:
    def test_it_counts_what_would_be_left_behind(self, office):
        office.enter("li")
        office.waiting("xu", office.in_pool(last="an"))
        office.waiting("li", office.in_pool(last="xu"))
        assert office.do(staff.burden_of, "qian", office.ids["li"]) == (1, 2, 1, 1)
        assert office.do(staff.burden_of, "qian", office.ids["bai"]) == (0, 0, 0, 0)

    def test_only_an_admin_counts(self, office):
        with pytest.raises(NotAllowedError):
            office.do(staff.burden_of, "zhao", office.ids["an"])


class TestChoices:
    def test_superiors_are_leads_who_do_not_stand_below(self, office):
        assert names(office.do(staff.superiors, "qian", office.ids["li"])) == ["Wu", "Zhao"]
        assert names(office.do(staff.superiors, "qian", None)) == ["Li", "Wu", "Zhao"]
        assert names(office.do(staff.superiors, "qian", office.ids["zhao"])) == []

    def test_stand_ins_are_everybody_else_who_has_joined_the_own_team_first(self, office):
        office.hire("feng", superior="li", joined=False)
        office.set("ye", active=False)
        with office.work() as session:
            assert names(staff.stand_ins(session, office.ids["an"])) == ["Bai", "Li", "Qian", "Wu", "Xu", "Zhao"]
            assert names(staff.stand_ins(session, office.ids["li"]))[:4] == ["An", "Bai", "Wu", "Zhao"]

    def test_departments_are_those_of_the_company(self, office):
        office.do(profiles.set_department, "qian", office.ids["xu"], "Reefer")
        with office.work() as session:
            branches = {choice.name: choice.id for choice in staff.companies(session)}
            assert names(staff.departments(session, branches["Ningbo"])) == ["Reefer", "Sales"]
            assert names(staff.departments(session, branches["Qingdao"])) == ["Sales"]
            assert staff.departments(session, None) == []

    def test_a_leads_successors_are_leads_and_a_salespersons_anybody_who_can_own(self, office):
        assert names(office.do(departures.successors, "qian", office.ids["li"])) == ["Wu", "Zhao"]
        assert names(office.do(departures.successors, "qian", office.ids["an"])) == ["Bai", "Li", "Wu", "Xu", "Ye", "Zhao"]
