"""What goes out as a workbook: what its reader may see of what he asked for, with all that belongs to it (SPEC 4, export)."""

from datetime import timedelta

import openpyxl
import pytest

from bot.locales import texts_for
from bot.sheet_words import vocabulary
from domain import export_rights, followups, recycle_bin
from domain.customers import NewContact
from domain.errors import NotAllowedError, NothingToExportError
from domain.export_rights import Selection
from domain.filters import Filter
from domain.followups import FollowupKind, NewFollowup
from domain.lists import Scope
from domain.masking import MASK
from domain.models import TimelineEntry
from domain.spreadsheets import exporting
from domain.spreadsheets.layout import CONTACTS, CUSTOMERS, FOLLOWUPS, OWNERS, PARTNERS, SHEETS
from domain.spreadsheets.writing import Book
from domain.stages import Stage
from domain.timeline import Event

WORDS = vocabulary(texts_for("en"))
ALL = Filter()


class Exports:
    """What somebody gets, as rows of values by column key for each sheet."""

    def __init__(self, office, folder):
        self.office, self.path, self.steps = office, folder / "a.xlsx", []

    def of(self, who, scope, wanted=ALL, ids=()):
        def write(session, actor, policy, now):
            book = Book(WORDS, author=actor.name, now=now)
            found = exporting.selected(session, actor, Selection(scope, wanted, tuple(ids)), policy)
            return exporting.write_customers(session, found, self.path, book, self.steps.append)

        self.office.do(write, who)
        return self.read()

    def everything(self):
        with self.office.work() as session:
            book = Book(WORDS, author="Gonghai", now=self.office.now)
            exporting.write_customers(session, exporting.everything(), self.path, book, self.steps.append)
        return self.read()

    def names(self, *asked, **more):
        return {row["name"] for row in self.of(*asked, **more)[CUSTOMERS.name]}

    def read(self):
        pages = openpyxl.load_workbook(self.path)
        shown = {}
        for sheet in SHEETS.values():
            if WORDS.sheets[sheet.name] in pages.sheetnames:
                rows = pages[WORDS.sheets[sheet.name]].iter_rows(min_row=2, values_only=True)
                keys = [column.key for column in sheet.columns]
                shown[sheet.name] = [dict(zip(keys, row, strict=True)) for row in rows]
        return shown


@pytest.fixture
def exports(office, tmp_path):
    return Exports(office, tmp_path)


class TestWho:
    @pytest.mark.parametrize(
        ("who", "scope"),
        [
            *((who, Scope.TEAM) for who in ("li", "zhao", "qian")),
            *((who, Scope.POOL) for who in ("li", "zhao", "qian")),
            ("li", Scope.MY),
            ("li", Scope.FOUND),
            ("qian", Scope.BIN),
        ],
    )
    def test_leads_their_teams_and_the_pool_admins_the_bins_as_well(self, office, who, scope):
        office.do(lambda _, actor: export_rights.check(actor, scope), who)

    @pytest.mark.parametrize(("who", "scope"), [*(("an", scope) for scope in Scope), ("li", Scope.BIN), ("zhao", Scope.BIN)])
    def test_nobody_else(self, exports, who, scope):
        exports.office.enter("an")
        with pytest.raises(NotAllowedError):
            exports.of(who, scope)


class TestWhich:
    def test_a_lead_gets_his_teams_and_never_anothers(self, exports):
        exports.office.enter("an", "Ours")
        exports.office.enter("xu", "Theirs")
        assert exports.names("li", Scope.TEAM) == {"Ours"}
        assert exports.names("zhao", Scope.TEAM) == {"Ours", "Theirs"}

    def test_of_a_selection_only_what_is_in_the_list_by_then(self, exports):
        office = exports.office
        stayed, left, theirs = office.enter("an", "Stayed"), office.enter("an", "Left"), office.enter("xu", "Theirs")
        office.enter("an", "Not selected")
        office.release(left)
        assert exports.names("li", Scope.TEAM, ids=(stayed, left, theirs)) == {"Stayed"}

    def test_what_the_filter_finds_and_no_more(self, exports):
        exports.office.enter("an", "Quoting", stage=Stage.QUOTING)
        exports.office.enter("an", "Ningbo", city="Ningbo", stage=Stage.QUOTING)
        exports.office.enter("an", "Potential")
        assert exports.names("li", Scope.TEAM, Filter(stage=Stage.QUOTING)) == {"Quoting", "Ningbo"}
        assert exports.names("li", Scope.TEAM, Filter(stage=Stage.QUOTING, city="Ningbo")) == {"Ningbo"}

    def test_a_bin_names_who_had_what_lies_in_it(self, exports):
        customer = exports.office.enter("an", "Binned")
        exports.office.do(recycle_bin.delete, "an", [customer])
        [row] = exports.of("qian", Scope.BIN)[CUSTOMERS.name]
        assert (row["name"], row["owner"]) == ("Binned", "an")

    def test_nothing_at_all_is_refused(self, exports):
        with pytest.raises(NothingToExportError):
            exports.of("li", Scope.TEAM)

    def test_many_portions_lose_and_double_none(self, exports, monkeypatch):
        monkeypatch.setattr("domain.spreadsheets.customer_rows.PORTION", 3)
        entered = {exports.office.customer(exports.office.enter("an")).name for _ in range(8)}
        rows = exports.of("li", Scope.TEAM)[CUSTOMERS.name]
        assert len(rows) == 8
        assert {row["name"] for row in rows} == entered
        assert [step.done for step in exports.steps] == [0, 3, 6, 8]


class TestMasking:
    def test_contacts_in_the_pool_are_masked_for_leads_and_open_for_admins(self, exports):
        further = NewContact("Liu Yang", phone="13900000000")
        main = NewContact("Wang Fang", phone="13812345678", email="wang@example.com", wechat="wangfang88", telegram="wfang")
        exports.office.in_pool("Pooled", contacts=(main, further))
        masked, open_ = exports.of("li", Scope.POOL), exports.of("qian", Scope.POOL)
        for key in ("phone", "email", "wechat", "telegram", "address"):
            assert MASK in masked[CUSTOMERS.name][0][key]
            assert MASK not in open_[CUSTOMERS.name][0][key]
        assert MASK in masked[CONTACTS.name][0]["phone"]
        assert open_[CONTACTS.name][0]["phone"] == "13900000000"

    def test_what_a_lead_owns_is_open_also_among_what_a_search_finds(self, exports):
        exports.office.enter("an", "Owned")
        exports.office.in_pool("Pooled")
        rows = {row["name"]: row["phone"] for row in exports.of("li", Scope.FOUND)[CUSTOMERS.name]}
        assert rows["Owned"] == "13812345678"
        assert MASK in rows["Pooled"]

    def test_what_was_said_to_a_customer_goes_with_whoever_may_read_it(self, exports):
        office = exports.office
        customer = office.enter("an", "Told")
        office.do(followups.add, "an", customer, NewFollowup("Call 13812345678", FollowupKind.CALL))
        [said] = exports.of("li", Scope.TEAM)[FOLLOWUPS.name]
        assert (said["text"], said["author"], said["followup_kind"]) == ("Call 13812345678", "an", "Call")
        office.release(customer)
        assert exports.of("li", Scope.POOL)[FOLLOWUPS.name] == []
        assert len(exports.of("qian", Scope.POOL)[FOLLOWUPS.name]) == 1

    def test_the_command_line_masks_nothing(self, exports):
        exports.office.in_pool("Pooled")
        assert exports.everything()[CUSTOMERS.name][0]["phone"] == "13812345678"


class TestHistory:
    def test_every_owner_from_when_to_when_and_why_it_ended(self, exports):
        office = exports.office
        customer = office.enter("an", "Handed on")
        office.later(days=1)
        office.release(customer)
        [span] = exports.of("qian", Scope.POOL)[OWNERS.name]
        assert (span["owner"], span["gained"], span["lost"], span["release_reason"]) == ("an", "entered", "Released", "No need")
        assert span["until"] - span["since"] == timedelta(days=1)


class TestPartners:
    def test_all_of_them_with_their_orders_and_customers(self, exports):
        office = exports.office
        customer = office.enter("an", "Signed")
        office.sign(customer)
        with office.work() as session:
            book = Book(WORDS, author="Qian", now=office.now)
            exporting.write_partners(session, "", exports.path, book, exports.steps.append)
        [row] = exports.read()[PARTNERS.name]
        assert (row["partner"], row["valid"], row["order_count"], row["customer"]) == (f"Partner {customer}", "Yes", 0, "Signed")


class TestTelling:
    def tell(self, office, by):
        params = {"scope": "team", "filter": {"stage": "quoting"}, "ids": [1, 2], "language": "zh"}
        with office.work() as session:
            exporting.tell(session, office.ids[by] if by else None, "7", params, 34, now=office.now)

    def test_admins_hear_who_took_how_many_of_what_once(self, office):
        office.hire("sun", "admin")
        self.tell(office, "li")
        self.tell(office, "li")
        for admin in ("qian", "sun"):
            [told] = office.told(admin, "exported")
            assert told.body["count"] == 34
            assert told.body["params"] == {"scope": "team", "filter": {"stage": "quoting"}, "selected": 2, "count": 34}

    def test_nobody_hears_of_his_own(self, office):
        self.tell(office, "qian")
        assert office.told("qian", "exported") == []

    @pytest.mark.parametrize("by", ["li", None])
    def test_it_is_kept_for_ever_in_one_entry(self, office, by):
        self.tell(office, by)
        with office.work() as session:
            [entry] = session.query(TimelineEntry).where(TimelineEntry.event == Event.EXPORTED)
            assert (entry.actor_id, entry.detail["count"]) == (office.ids.get(by), 34)


class TestSelection:
    def test_it_comes_back_as_it_was_kept(self):
        day = Filter(stage=Stage.QUOTING, text="a", city="b", owner_id=3, due_within=0, untouched=True)
        for wanted in (ALL, day):
            selection = Selection(Scope.FOUND, wanted, (1, 2))
            assert Selection.from_json(selection.to_json()) == selection
