"""What goes out comes in again: export, import into an empty database, export again; equal but for the customers' codes."""

import tempfile
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.customers import NewContact, NewCustomer
from domain.editing import DIRECTIONS, INCOTERMS
from domain.entry import SERVICES
from domain.followups import FollowupKind
from domain.names import name_key
from domain.seeding import PastCustomer, PastFollowup, PastSpan, seed_customers
from domain.spreadsheets import exporting
from domain.spreadsheets.layout import SheetName
from domain.spreadsheets.writing import Book
from domain.stages import NON_COOPERATING, Gained, Level, Lost, ReleaseReason, Stage
from tests.domain.office import MONDAY, borrowed
from tests.spreadsheets.desk import WORDS, Desk, counts

OWNERS = ("an", "bai", "xu", "ye")
LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co"))
ANY = st.text(LETTERS, min_size=1, max_size=12)
RISKY = st.sampled_from(["=1+1", "+86", "-", "@sum", "#N/A", "'quoted", "001234", "1e5", "2026-01-02", "true", "a\nb", "是"])
TEXT = (RISKY | ANY).map(str.strip).filter(bool)
MAYBE = st.none() | TEXT
PHONES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
AGO = st.integers(0, 500 * 86_400).map(lambda seconds: MONDAY.utc - timedelta(seconds=seconds))
PORTS = st.sampled_from(["青岛", "Saint-Nazaire", "CNNGB", "汉堡", "L'Aquila"])


@st.composite
def contacts(draw):
    return NewContact(draw(TEXT), phone=draw(PHONES), title=draw(MAYBE), wechat=draw(MAYBE), telegram=draw(MAYBE))


@st.composite
def spans(draw, ids):
    times = sorted(draw(st.lists(AGO, min_size=2, max_size=6, unique=True)))
    found = []
    for since, until in zip(times[::2], times[1::2], strict=False):
        gained, reason = draw(st.sampled_from(Gained)), draw(st.none() | st.sampled_from(ReleaseReason))
        lost = draw(st.sampled_from([Lost.RELEASED, Lost.SWEPT, Lost.HANDED_OVER]))
        found.append(PastSpan(ids[draw(st.sampled_from(OWNERS))], since, gained, None, until, lost, reason=reason))
    if len(times) % 2:
        found.append(PastSpan(ids[draw(st.sampled_from(OWNERS))], times[-1], Gained.CLAIMED, None))
    return tuple(found)


@st.composite
def pasts(draw, ids):
    several = {
        name: tuple(draw(st.lists(st.sampled_from(codes), unique=True)))
        for name, codes in (("services", SERVICES), ("incoterms", INCOTERMS))
    }
    customer = NewCustomer(
        name=draw(TEXT.filter(name_key)),
        source=draw(TEXT),
        city=draw(TEXT),
        contacts=tuple(draw(st.lists(contacts(), min_size=1, max_size=3))),
        level=draw(st.none() | st.sampled_from(Level)),
        services=several["services"],
        direction=draw(st.none() | st.sampled_from(DIRECTIONS)),
        lanes=tuple(draw(st.lists(st.tuples(PORTS, PORTS), max_size=3))),
        stage=draw(st.sampled_from(Stage)),
        **{name: draw(MAYBE) for name in ("short_name", "industry", "country", "address", "website", "remark", "commodity")},
    )
    owned, began = draw(spans(ids)), draw(AGO)
    said = st.builds(
        PastFollowup,
        st.sampled_from([ids[each] for each in OWNERS]),
        AGO,
        st.none() | st.sampled_from(FollowupKind),
        TEXT,
        st.none() | AGO.map(lambda at: at.date()),
    )
    signed = customer.stage not in NON_COOPERATING
    volume = draw(st.none() | st.decimals(Decimal("0.01"), Decimal(9999), places=2))
    return PastCustomer(
        customer=customer,
        created_by=None,
        created_at=min([began, *(span.since for span in owned)]),
        spans=owned,
        followups=tuple(sorted(draw(st.lists(said, max_size=3, unique_by=lambda each: each.at)), key=lambda each: each.at)),
        signed_at=began if signed else None,
        partner_name=f"{customer.name} 伙伴" if signed and draw(st.booleans()) else None,
        monthly_volume=volume,
        volume_unit=draw(MAYBE) if volume else None,
        incoterms=several["incoterms"],
        competitors=draw(MAYBE),
    )


def exported(office, path):
    with office.work() as session:
        book = Book(WORDS[1], author="test", now=office.now)
        exporting.write_customers(session, exporting.everything(), path, book, lambda _: None)
    book = openpyxl.load_workbook(path)
    return {sheet.title: [[cell.value for cell in row][1:] for row in sheet.iter_rows()] for sheet in book}


class TestARoundTrip:
    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
    @given(data=st.data())
    def test_loses_nothing(self, founded, data):
        with tempfile.TemporaryDirectory() as folder:
            first, second = Path(folder) / "first.xlsx", Path(folder) / "second.xlsx"
            with borrowed(founded) as before:
                wanted = st.lists(pasts(before.ids), min_size=1, max_size=4, unique_by=lambda each: name_key(each.customer.name))
                with before.work() as session:
                    seed_customers(session, data.draw(wanted), policy=before.policy, now=before.now)
                went_out = exported(before, first)
            with borrowed(founded) as after:
                summary = Desk(after, Path(folder)).bring(first, SheetName.CUSTOMERS)
                assert counts(summary) == {"done": summary.rows}, summary.examples
                came_back = exported(after, second)
        assert came_back == went_out
