"""Customers from a workbook: what comes in whole, what is left out, and why."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest
from sqlalchemy import select

from domain.errors import NotAllowedError
from domain.models import Contact, Followup, ImportedRow, Partner
from domain.recycle_bin import restore
from domain.spreadsheets import templates
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.scratch import Fate
from domain.stages import Gained, Lost, Stage
from domain.workbook_errors import (
    FileImportedError,
    ImportRunningError,
    MissingColumnsError,
    NoKnownSheetError,
)
from tests.domain.office import MONDAY
from tests.spreadsheets.desk import WORDS, counts
from tests.spreadsheets.sheets import customer

CODE = "91350211M00010000T"


class TestACustomer:
    def test_comes_in_with_all_its_fields(self, desk):
        desk.customers(
            customer(
                "Sailing One",
                统一社会信用代码=CODE.lower(),
                级别=" a ",
                服务="FCL、customs;拼箱",
                进出口="出口",
                航线="青岛 → 汉堡、Ningbo->Rotterdam",
                月货量="１，２００.5 TEU",
                贸易术语="fob,CIF",
                电话=13812345678.0,
                负责人登录名="AN",
                签单期限="2026-06-30",
            )
        )
        kept = desk.named("Sailing One")
        assert (kept.credit_code, kept.level, kept.direction) == (CODE, "A", "export")
        assert kept.services == ["fcl", "customs", "lcl"]
        assert kept.lanes == [["青岛", "汉堡"], ["Ningbo", "Rotterdam"]]
        assert (kept.monthly_volume, kept.volume_unit, kept.incoterms) == (Decimal("1200.50"), "TEU", ["FOB", "CIF"])
        assert (desk.office.owner(kept.id), kept.signing_deadline, kept.due_on) == ("an", date(2026, 6, 30), date(2026, 6, 30))
        with desk.office.work() as session:
            [contact] = session.scalars(select(Contact).where(Contact.customer_id == kept.id))
        assert (contact.phone, contact.main) == ("13812345678", True)
        assert desk.office.events(kept.id) == ["entered", "imported"]

    def test_without_an_owner_it_lies_in_the_pool(self, desk):
        desk.customers(customer("Sailing One"))
        kept = desk.named("Sailing One")
        assert (kept.owner_id, kept.pooled_at, kept.due_on) == (None, MONDAY.utc, None)

    def test_without_a_deadline_it_gets_the_usual_one(self, desk):
        desk.customers(
            customer("Sailing One", 负责人登录名="an"), customer("Sailing Two", 负责人登录名="an", 领取时间="2026-02-01")
        )
        days = timedelta(days=desk.office.policy.signing_days)
        assert desk.named("Sailing One").due_on == MONDAY.today + days
        assert desk.named("Sailing Two").due_on == date(2026, 2, 1) + days

    def test_brings_contacts_followups_and_owners_with_their_true_authors_and_dates(self, desk):
        desk.customers(
            customer("Sailing One", 负责人登录名="bai", 录入时间="2024-05-01 09:30"),
            其他联系人=[{"所属客户": "sailing one", "联系人": "Zhou", "电子邮箱": "zhou@example.com"}],
            跟进记录=[
                {
                    "所属客户": "Sailing One",
                    "跟进时间": "2025-03-01 14:00",
                    "跟进人登录名": "an",
                    "跟进内容": "asked",
                    "跟进方式": "电话",
                },
                {"所属客户": "Sailing One", "跟进时间": date(2024, 6, 1), "跟进人登录名": "bai", "跟进内容": "called"},
            ],
            历任负责人=[
                {"所属客户": "Sailing One", "负责人登录名": "an", "开始时间": "2024-05-01 09:30", "结束时间": "2025-04-01"},
                {"所属客户": "Sailing One", "负责人登录名": "bai", "开始时间": "2025-05-01"},
            ],
        )
        kept = desk.named("Sailing One")
        with desk.office.work() as session:
            contacts = session.scalars(select(Contact.name).where(Contact.customer_id == kept.id).order_by(Contact.id)).all()
            said = session.scalars(select(Followup).where(Followup.customer_id == kept.id).order_by(Followup.at)).all()
        assert contacts == ["Wang Fang", "Zhou"]
        assert [(each.author_id, each.text) for each in said] == [
            (desk.office.ids["bai"], "called"),
            (desk.office.ids["an"], "asked"),
        ]
        assert said[1].at == datetime(2025, 3, 1, 6, tzinfo=UTC)
        assert kept.created_at == datetime(2024, 5, 1, 1, 30, tzinfo=UTC)
        spans = desk.office.ownerships(kept.id)
        assert [(each.owner_id, each.gained, each.lost) for each in spans] == [
            (desk.office.ids["an"], Gained.ENTERED, Lost.RELEASED),
            (desk.office.ids["bai"], Gained.ASSIGNED, None),
        ]
        assert kept.owned_since == datetime(2025, 4, 30, 16, tzinfo=UTC)

    def test_a_cooperating_one_gets_its_partner_or_the_one_that_is_known(self, desk):
        with desk.office.work() as session:
            session.add(Partner(name="Sailing 2 Ltd", name_key="sailing2", credit_code=None, valid=False, created_at=MONDAY.utc))
        desk.customers(
            customer("Sailing 1", 客户状态="合作阶段", 负责人登录名="an", 沉睡期限="2026-09-01"),
            customer("Sailing 2", 客户状态="Cooperating", 负责人登录名="an"),
        )
        first, second = desk.named("Sailing 1"), desk.named("Sailing 2")
        assert (first.stage, first.signing_deadline, first.due_on) == (Stage.COOPERATING, None, date(2026, 9, 1))
        with desk.office.work() as session:
            partners = {each.id: (each.name, each.valid) for each in session.scalars(select(Partner))}
        assert partners[first.partner_id] == ("Sailing 1", True)
        assert partners[second.partner_id] == ("Sailing 2 Ltd", True)

    def test_is_found_by_search_at_once(self, desk):
        desk.customers(customer("青岛海航贸易有限公司"))
        with desk.office.work() as session:
            from domain.models import Customer  # noqa: PLC0415
            from domain.search import holds  # noqa: PLC0415 - the only test that searches

            assert session.scalars(select(Customer.name).where(holds(session, "qdhh"))).all() == ["青岛海航贸易有限公司"]


class TestHeadings:
    def test_in_english_below_a_title_and_in_any_order(self, desk, tmp_path):
        book = openpyxl.Workbook()
        book.active.title = "My list of 2025"
        for row in (["Our customers"], [], ["Phone", "City*", "NAME", "whatever", "contact", "Source"]):
            book.active.append(row)
        headings = [cell.value for cell in book.active[3]]
        book.active.append(["139 1111 2222", "Ningbo", "Sailing One", "?", "Li", "friend"])
        book.save(tmp_path / "english.xlsx")
        assert headings
        desk.bring(tmp_path / "english.xlsx")
        assert desk.named("Sailing One").city == "Ningbo"

    def test_a_column_that_is_needed_is_asked_for(self, desk):
        path = desk.file(客户=[{"客户名称": "Sailing One", "城市": "Qingdao", "联系人": "Wang"}])
        with pytest.raises(MissingColumnsError) as refused:
            desk.look(path)
        assert (refused.value.sheet, refused.value.headings) == ("客户", "Source")

    def test_a_workbook_of_something_else_is_refused(self, desk):
        path = desk.file(菜单=[{"主食": "面", "价格": 12}])
        with pytest.raises(NoKnownSheetError):
            desk.look(path)


class TestReasons:
    @pytest.mark.parametrize(
        ("cells", "reason"),
        [
            ({"客户名称": ""}, "客户名称: must be filled in"),
            ({"客户名称": "···"}, "客户名称: “···” has no letters"),
            ({"客户名称": "x" * 201}, "客户名称: too long"),
            ({"电话": ""}, "电话: a phone number or an e-mail address is needed"),
            ({"电话": "call me"}, "电话: “call me” is not a phone number"),
            ({"电话": "", "电子邮箱": "wang"}, "电子邮箱: “wang” is not an e-mail address"),
            ({"统一社会信用代码": CODE[:-1] + "4"}, f"统一社会信用代码: the check digit of “{CODE[:-1]}4” is wrong"),
            ({"客户状态": "签了"}, "客户状态: “签了” is not one of the choices"),
            ({"签单期限": "2026-02-30"}, "签单期限: “2026-02-30” is not a date; write 2026-11-25"),
            ({"录入时间": "2027-01-01"}, "录入时间: 2027-01-01 00:00 lies in the future"),
            ({"月货量": "lots"}, "月货量: “lots” is not a number"),
            ({"月货量": "-1"}, "月货量: -1 is out of range"),
            ({"航线": "青岛"}, "航线: write “青岛” as from → to"),
            ({"负责人登录名": "nobody"}, "There is no such colleague to choose: nobody"),
            ({"负责人登录名": "qian"}, "There is no such colleague to choose: qian"),
        ],
    )
    def test_each_wrong_cell_says_what_is_wrong(self, desk, cells, reason):
        [said] = desk.reasons(customer("Sailing One", **cells))
        assert said == reason

    def test_all_that_is_wrong_with_a_row_is_said_at_once(self, desk):
        [said] = desk.reasons(customer("Sailing One", 城市="", 级别="E"))
        assert said.splitlines() == ["级别: “E” is not one of the choices", "城市: must be filled in"]

    def test_a_wrong_row_of_another_sheet_keeps_the_whole_customer_out(self, desk):
        talk = {"所属客户": "Sailing One", "跟进时间": "2026-01-01", "跟进人登录名": "nobody", "跟进内容": "hello"}
        path = desk.file(
            客户=[customer("Sailing One"), customer("Sailing Two")], 跟进记录=[talk, talk | {"所属客户": "Sailing 9"}]
        )
        plan = desk.look(path)
        desk.drive().keep(plan)
        assert counts(plan.summary()) == {"refused": 1, "done": 1}
        assert desk.names() == ["Sailing Two"]
        [first, _] = plan.gathered.scratch.every(SheetName.CUSTOMERS)
        assert first.reason == "row 2 of the sheet “跟进记录” is wrong"
        assert [each.reason for each in plan.gathered.scratch.every(SheetName.FOLLOWUPS)] == [
            "There is no such colleague to choose: nobody",
            "the sheet of customers does not have this customer",
        ]

    def test_owners_that_overlap_or_lead_elsewhere_are_refused(self, desk):
        def owner(login, since, until=None, name="Sailing One"):
            return {"所属客户": name, "负责人登录名": login, "开始时间": since, "结束时间": until}

        said = desk.reasons(
            customer("Sailing One"),
            customer("Sailing Two", 负责人登录名="bai"),
            历任负责人=[
                owner("an", "2025-01-01", "2025-06-01"),
                owner("bai", "2025-05-01", "2025-07-01"),
                owner("an", "2025-01-01", name="Sailing Two"),
            ],
        )
        assert said == [
            "负责人登录名: former owners overlap in time",
            "负责人登录名: not the present owner among the former ones",
        ]


class TestDuplicates:
    def test_of_whom_is_said(self, desk):
        desk.office.enter("an", "Sailing One")
        desk.office.in_pool("Sailing Two", credit_code=CODE)
        said = desk.reasons(
            customer("ＳＡＩＬＩＮＧ (One) Co., Ltd"), customer("Other", 统一社会信用代码=CODE), customer("New"), customer("new")
        )
        assert said == [
            "This customer exists: “Sailing One”, with An.",
            "This customer exists: “Sailing Two”, in the public pool.",
            "",
            "the same as row 4 of this file",
        ]

    def test_one_in_the_bin_is_offered_for_restoring_and_comes_back(self, desk):
        binned = desk.office.in_bin("an", "Sailing One")
        plan = desk.look(desk.file(客户=[customer("Sailing One"), customer("Sailing Two")]))
        assert counts(plan.summary()) == {"new": 1, "in_bin": 1}
        desk.drive().keep(plan, restoring=True)
        assert counts(plan.summary()) == {"done": 1, "restored": 1}
        assert desk.office.customer(binned).deleted_at is None

    def test_one_in_the_bin_stays_there_unless_it_is_asked_for(self, desk):
        desk.office.in_bin("an", "Sailing One")
        summary = desk.customers(customer("Sailing One"))
        assert counts(summary) == {"in_bin": 1}
        assert summary.examples[Fate.IN_BIN][0].reason.startswith("“Sailing One” was deleted by An on")

    def test_a_partner_with_another_customer_keeps_this_one_out(self, desk):
        desk.customers(customer("Sailing 1", 客户状态="合作阶段", 统一社会信用代码=CODE, 负责人登录名="an"))
        with desk.office.work() as session:
            taken = session.scalars(select(Partner)).one()
            taken.name_key = "other"
            taken.name = "Other"
        [said] = desk.reasons(customer("Other", 客户状态="合作阶段", 负责人登录名="an"))
        assert "Other" in said
        assert "Sailing 1" in said


class TestImporting:
    def test_is_for_admins_and_the_command_line(self, desk):
        path = desk.file(客户=[customer("Sailing One")])
        for login in ("an", "li", "zhao"):
            with pytest.raises(NotAllowedError):
                desk.look(path, by=login)
        assert counts(desk.bring(path, by=None)) == {"done": 1}
        assert desk.named("Sailing One").created_by is None

    def test_looking_changes_nothing(self, desk):
        plan = desk.look(desk.file(客户=[customer("Sailing One"), customer("")]))
        assert counts(plan.summary()) == {"new": 1, "refused": 1}
        assert desk.names() == []

    def test_the_same_file_is_imported_once_whatever_it_is_called(self, desk, tmp_path):
        path = desk.file(客户=[customer("Sailing One")])
        desk.bring(path)
        again = tmp_path / "renamed.xlsx"
        again.write_bytes(path.read_bytes())
        with pytest.raises(FileImportedError) as refused:
            desk.bring(again)
        assert (refused.value.by, refused.value.at) == ("Qian", MONDAY.utc)

    def test_one_at_a_time(self, desk):
        path = desk.file(客户=[customer("Sailing One")])
        first, second = desk.look(path), desk.look(path)
        with desk.office.work() as session:
            first.begin(session, None, now=desk.office.now)
        with desk.office.work() as session, pytest.raises(ImportRunningError):
            second.begin(session, None, now=desk.office.now)

    def test_cut_short_it_goes_on_where_it_stopped(self, desk, monkeypatch):
        path = desk.file(客户=[customer(f"Sailing {n}") for n in range(25)])
        plan = desk.look(path)
        plan._importing.chunk = 10

        def killed(_phase, done, _total):
            if done == 20:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            desk.drive(told=killed).keep(plan)
        assert len(desk.names()) == 20
        again = desk.look(path)
        assert counts(again.summary()) == {"new": 5, "done": 20}
        desk.drive().keep(again)
        assert counts(again.summary()) == {"done": 25}
        assert len(desk.names()) == 25
        with desk.office.work() as session:
            assert len(session.scalars(select(ImportedRow)).all()) == 25

    def test_cut_short_behind_what_came_back_from_the_bin_it_takes_none_of_it_for_a_duplicate(self, desk):
        binned = [desk.office.in_bin("an", name) for name in ("Sailing One", "Sailing Two")]
        path = desk.file(客户=[customer(name) for name in ("Sailing One", "Sailing Two", "Sailing Three", "Sailing Four")])
        plan = desk.look(path)

        def killed(*_):
            raise KeyboardInterrupt

        plan._importing.chunk = 1
        with pytest.raises(KeyboardInterrupt):
            desk.drive(told=killed).keep(plan, restoring=True)
        assert [desk.office.customer(each).deleted_at for each in binned] == [None, None]
        again = desk.look(path)
        assert counts(again.summary()) == {"done": 3, "new": 1}
        desk.drive().keep(again, restoring=True)
        assert counts(again.summary()) == {"done": 4}
        assert desk.names() == ["Sailing One", "Sailing Two", "Sailing Three", "Sailing Four"]

    def test_statements_do_not_grow_with_the_rows_of_a_chunk(self, desk, statements):
        asked = []
        for size in (2, 60):
            path = desk.file(
                客户=[customer(f"Fleet {size} {n}", 负责人登录名="an", 客户状态="合作阶段") for n in range(size)],
                跟进记录=[
                    {"所属客户": f"Fleet {size} {n}", "跟进时间": "2026-01-01", "跟进人登录名": "an", "跟进内容": "x"}
                    for n in range(size)
                ],
            )
            statements.clear()
            desk.bring(path)
            asked.append(len(statements))
        assert asked[0] == asked[1]


class TestTheReport:
    def test_is_the_file_with_an_outcome_and_a_reason(self, desk):
        rows = [customer("Sailing One", 备注="=HYPERLINK(1)", 录入时间=date(2024, 5, 1)), customer("", 电话=13812345678)]
        plan = desk.look(desk.file(客户=rows))
        desk.drive().keep(plan)
        sheet = openpyxl.load_workbook(desk.report(plan))["客户"]
        told = [[cell.value for cell in row] for row in sheet.iter_rows()]
        assert told[0] == [*dict.fromkeys([*rows[0], *rows[1]]), "Outcome", "Reason"]
        assert told[1][0] == "Sailing One"
        assert told[1][-2:] == ["imported", None]
        assert told[2][-2:] == ["refused", "客户名称: must be filled in"]
        assert told[2][4] == 13812345678
        assert str(told[1][6]) == "2024-05-01 00:00:00"
        assert sheet["F2"].data_type == "s"

    def test_mended_in_place_it_can_be_imported_itself(self, desk):
        plan = desk.look(desk.file(客户=[customer("Sailing One"), customer("Sailing Two", 城市="")]))
        desk.drive().keep(plan)
        path = desk.report(plan)
        book = openpyxl.load_workbook(path)
        book["客户"]["C3"] = "Ningbo"
        book.save(path)
        assert counts(desk.bring(path)) == {"done": 1, "duplicate": 1}
        assert desk.names() == ["Sailing One", "Sailing Two"]


def test_restore_is_the_recycle_bins_own(desk):
    """The rule that a restoring import obeys is the one of the bin: a live twin is in the way there too."""
    assert desk.office.do(restore, "qian", [desk.office.in_bin("an", "Sailing One")])[0].error is None


class TestTheExampleOfATemplate:
    @pytest.mark.parametrize("words", WORDS, ids=["en", "zh"])
    def test_is_passed_over_with_its_mark_and_comes_in_without_it(self, desk, words):
        path = desk.folder / "template.xlsx"
        templates.write(SheetName.CUSTOMERS, path, words, now=desk.office.now)
        assert desk.look(path).summary().rows == 0
        without_marks(path, words)
        desk.office.hire("lihaiyan", superior="li")
        summary = desk.bring(path)
        assert counts(summary) == {"done": 1}, summary.examples


def without_marks(path, words):
    book = openpyxl.load_workbook(path)
    for page in book.worksheets[:-1]:
        page["A2"].value = page["A2"].value.removeprefix(words.phrases["example"])
    book.save(path)
