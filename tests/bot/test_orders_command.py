"""`gonghai orders add`: one line when it is done, one that says why when it is refused."""

import logging

import pytest
import structlog
from click.testing import CliRunner

from bot.__main__ import main
from domain import partners
from domain.clock import now_in
from domain.models import Order
from tests.domain.office import SHANGHAI

NAME = "Ocean Star Freight"


@pytest.fixture
def gonghai(database, database_url, monkeypatch):
    """The command line on a database with one partner; its logging ends with the test."""
    monkeypatch.setenv("GONGHAI_DATABASE__URL", database_url)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    with database.unit_of_work() as session:
        partners.match_or_create(session, name=NAME, credit_code=None, now=now_in(SHANGHAI))

    def run(number="ORD-1", partner=NAME, date="2026-01-05", *more):
        words = ("--number", number, "--partner", partner, "--date", date, *more)
        return CliRunner().invoke(main, ["orders", "add", *words])

    root, before = logging.getLogger(), structlog.get_config()
    handlers, level = list(root.handlers), root.level
    yield run
    root.handlers, root.level = handlers, level
    structlog.configure(**before)


def kept(database):
    with database.unit_of_work() as session:
        return [(order.number, order.kind, str(order.ordered_on), order.recorded_by) for order in session.query(Order)]


class TestOrdersAdd:
    def test_records_an_order(self, gonghai, database):
        done = gonghai("ORD-1", "ocean star freight co., ltd", "2026-01-05", "--kind", "fcl")
        assert (done.exit_code, done.output) == (0, f"The order ORD-1 is recorded for “{NAME}”.\n")
        assert kept(database) == [("ORD-1", "fcl", "2026-01-05", None)]

    @pytest.mark.parametrize(
        ("words", "line"),
        [
            (("ORD-1", "Moon"), "No partner has the name or credit code “Moon”."),
            ((" ",), "It must not be empty."),
            (("ORD-1", NAME, "2199-01-01"), "The date lies in the future."),
        ],
    )
    def test_refused_it_says_why_with_exit_code_1(self, gonghai, database, words, line):
        refused = gonghai(*words)
        assert refused.exit_code == 1
        assert refused.stderr.startswith(line)
        assert kept(database) == []

    def test_a_number_is_recorded_once(self, gonghai, database):
        gonghai()
        refused = gonghai()
        assert (refused.exit_code, refused.stderr) == (1, f"The order ORD-1 is recorded for “{NAME}” already.\n")
        assert len(kept(database)) == 1

    @pytest.mark.parametrize("day", ["05.01.2026", "2026-02-30", "today"])
    def test_a_day_is_written_in_one_way_else_exit_code_2(self, gonghai, database, day):
        assert gonghai("ORD-1", NAME, day).exit_code == 2
        assert kept(database) == []
