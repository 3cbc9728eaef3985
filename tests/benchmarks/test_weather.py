"""The weather in its smoke form, and its judge, who must see what is lost, doubled or broken."""

import subprocess
import sys
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from benchmarks.weather.judge import judge
from benchmarks.weather.ledger import Ledger, Told
from benchmarks.weather.staff import fill, members
from tests.benchmarks.test_smoke import ROOT

CUSTOMER, SELLER = 1, 7
AT = "now()"


@pytest.fixture(params=["postgresql"])
def database_url(request, postgresql):
    """Replicas share a server."""
    url = postgresql.fresh()
    fill(url, 8)
    yield url
    postgresql.drop(url)


@pytest.fixture
def run(database):
    """A run in which nothing has happened yet."""
    phones = {member.id: SimpleNamespace(member=member, first={}, deeds=0) for member in members()}
    return SimpleNamespace(database=database, ledger=Ledger(), phones=phones)


def verdict(run):
    return judge(run.database, run.ledger, run.phones)


def happen(run, statement):
    with run.database.unit_of_work() as session:
        session.execute(text(statement))


def claimed(run):
    """Once in the timeline."""
    event = f"({AT}, {SELLER}, 'claimed', {CUSTOMER}, '{{}}')"
    happen(run, f"INSERT INTO timeline (at, actor_id, event, customer_id, detail) VALUES {event}")


def said(run, status, message_id, *, attempts=1):
    """A message of the bot to the seller, as the outbox knows it."""
    row = f"'n{message_id}', 'assigned', {SELLER}, {run.phones[SELLER].member.telegram_id}, 1, '{{\"customer_ids\": [1]}}'"
    columns = "key, kind, user_id, chat_id, priority, body, status, attempts, created_at, message_id"
    happen(run, f"INSERT INTO outbox ({columns}) VALUES ({row}, '{status}', {attempts}, {AT}, {message_id})")
    run.ledger.told[Told("assigned", SELLER, CUSTOMER)] += 1


def hear(run, *message_ids):
    run.phones[SELLER].first = {number: {"from": {"is_bot": True}, "text": "📥"} for number in message_ids}


class TestTheJudge:
    def test_finds_nothing_wrong_where_all_is_as_it_was_done(self, run):
        run.ledger.expect(CUSTOMER, "claimed", SELLER)
        claimed(run)
        said(run, "sent", 5)
        hear(run, 5)
        found = verdict(run)
        assert (found.lost, found.doubled, found.broken) == ([], [], [])

    def test_misses_an_act_without_its_effect_and_an_update_that_was_not_kept(self, run):
        run.ledger.expect(CUSTOMER, "claimed", SELLER)
        run.phones[SELLER].deeds = 1
        assert len(verdict(run).lost) == 2

    def test_sees_an_effect_that_came_twice(self, run):
        run.ledger.expect(CUSTOMER, "claimed", SELLER)
        claimed(run)
        claimed(run)
        assert len(verdict(run).doubled) == 1

    @pytest.mark.parametrize(("status", "lost"), [("sent", 1), ("pending", 1), ("failed", 1), ("uncertain", 1), ("skipped", 0)])
    def test_misses_a_message_that_nobody_saw(self, run, status, lost):
        said(run, status, 5)
        assert len(verdict(run).lost) == lost

    @pytest.mark.parametrize(("attempts", "twins", "doubled"), [(1, 0, 1), (2, 1, 0)])
    def test_explains_a_twin_by_a_second_attempt_alone(self, run, attempts, twins, doubled):
        said(run, "sent", 5, attempts=attempts)
        hear(run, 5, 6)
        found = verdict(run)
        assert (found.twins, len(found.doubled)) == (twins, doubled)

    def test_sees_a_customer_in_the_wrong_hands_and_an_owner_without_an_ownership(self, run):
        run.ledger.owners[CUSTOMER] = 8
        owned = f"owner_id = {SELLER}, owned_since = {AT}, pooled_at = NULL, last_owner_id = {SELLER}"
        happen(run, f"UPDATE customers SET {owned} WHERE id = {CUSTOMER}")
        assert len(verdict(run).broken) == 2


def test_some_seconds_of_it_lose_and_double_nothing():
    options = ("--minutes", "0.15", "--calm", "0.5", "--stories", "12", "--restarts", "1", "--foul", "1")
    command = [sys.executable, "-m", "benchmarks.weather", *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "**Lost: 0. Doubled: 0. Broken: 0.**" in done.stdout
    assert "| PostgreSQL restarted | 1 |" in done.stdout
