"""What operators' programs are told: alive, ready or why not, and the figures, in which nobody can be recognised."""

import asyncio
import re
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime

import httpx
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import event

from bot.app import Application
from bot.asked import OTHER, STALE, TEXT, UNKNOWN
from bot.config import Ops
from bot.failures import FailureKind
from bot.metrics import Outcome, Update
from bot.routes import COMMANDS, TAPS
from domain.db import Database
from domain.jobs import JobName
from domain.models import OutboxMessage
from domain.outbox import Kind
from domain.permissions import Act
from tests.faults.scene import APPROVE, CLAIM, Clock, until

LONG_AGO, LONG_AFTER = datetime(2026, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
NAMED = {tap.__name__ for tap in TAPS} | {f"{tap.__name__}:{act}" for tap in TAPS for act in Act}
CLOSED = {
    "kind": set(Update) | set(Kind),
    "outcome": set(Outcome) | set(FailureKind) | {"sent"},
    "operation": NAMED | {f"/{command}" for command in COMMANDS} | {OTHER, STALE, TEXT, UNKNOWN},
    "job": set(JobName),
}


class Operator:
    """Somebody who asks a bot how it fares."""

    def __init__(self, port):
        each_anew = httpx.Limits(max_keepalive_connections=0)  # as probes do, and none is closed while it lay idle
        self.http = httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30, limits=each_anew)

    async def ready(self):
        return (await self.http.get("/readyz")).json()

    async def failing(self):
        """What /readyz complains of; the status says the same."""
        answer = await self.http.get("/readyz")
        assert answer.status_code == (503 if answer.json()["failing"] else 200)
        return answer.json()["failing"]

    async def sees(self, *failing):
        """Wait until /readyz says just that."""
        clock = Clock()
        while (found := await self.failing()) != list(failing):
            await clock.pause(lambda found=found: f"never ready but for {failing}: {found}")

    async def figures(self):
        """Every sample as name, labels, value."""
        page = (await self.http.get("/metrics")).text
        return [sample for family in text_string_to_metric_families(page) for sample in family.samples]

    async def figure(self, name, **labels):
        return next((each.value for each in await self.figures() if each.name == name and each.labels == labels), 0)


@asynccontextmanager
async def watched(town, port, **telegram):
    """A bot whose health is served on that port."""
    settings = town.settings(**telegram).model_copy(update={"ops": Ops(listen=f"127.0.0.1:{port}")})
    application = Application(settings, Database(town.database_url), ticking=False)
    running = asyncio.create_task(application.run())
    operator = Operator(port)
    try:
        await application.ready.wait()
        yield application, operator
    finally:
        application.stop()
        await running
        await operator.http.aclose()


@contextmanager
def database_away(application):
    """A database that answers nobody."""

    def refuse(*_):
        raise application._hop.database.trouble("away", None, Exception("away"))

    engine = application._hop.database.engine
    event.listen(engine, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", refuse)


class TestReadiness:
    async def test_is_there_while_all_is_well(self, office_town, free_port):
        async with watched(office_town, free_port) as (_, operator):
            assert (await operator.http.get("/healthz")).text == "ok\n"
            assert await operator.ready() == {"ready": True, "failing": []}

    async def test_goes_with_the_database_and_comes_back_with_it(self, office_town, free_port):
        async with watched(office_town, free_port) as (application, operator):
            with database_away(application):
                await operator.sees("database")
                assert (await operator.http.get("/healthz")).status_code == 200
                assert await operator.figure("gonghai_database_up") == 0
                assert await operator.figure("gonghai_ready") == 0
            await operator.sees()
            assert await operator.figure("gonghai_database_up") == 1

    async def test_goes_when_another_process_or_a_webhook_takes_the_updates(self, office_town, free_port):
        async with watched(office_town, free_port) as (_, operator):
            await office_town.call("setWebhook", url="http://127.0.0.1:1/elsewhere")
            await operator.sees("updates")
            await office_town.call("deleteWebhook")
            while await operator.failing():
                await office_town.person("an").send("/menu")  # an empty poll would answer in half a minute only

    async def test_goes_when_messages_wait_too_long(self, office_town, free_port):
        async with watched(office_town, free_port) as (_, operator):
            with office_town.office.work() as session:
                stuck = {"kind": "reply", "chat_id": 0, "priority": 0, "body": {}, "created_at": LONG_AGO}
                flying = {"status": "sending", "lease_until": LONG_AFTER}  # its chat offers no other meanwhile
                session.add_all([OutboxMessage(key="stuck", **stuck), OutboxMessage(key="flying", **stuck, **flying)])
            await operator.sees("outbox")

    async def test_is_the_first_thing_to_go_when_it_is_told_to_stop(self, office_town, free_port):
        an = office_town.person("an")
        office_town.strike("slow", method="sendMessage", chat_id=an.user_id, seconds=2)
        async with watched(office_town, free_port) as (application, operator):
            await operator.sees()
            await an.send("/menu")
            answer = (OutboxMessage.chat_id == an.user_id, OutboxMessage.status == "sending")
            await until(lambda: office_town.outbox(*answer), "the answer is on its way")
            application.stop()
            await operator.sees("not_stopping")
        assert an.heard

    async def test_is_told_at_the_webhooks_own_port_and_the_figures_are_not(self, office_town, free_port):
        async with office_town.bot(**office_town.webhook(free_port)):
            door = Operator(free_port)
            assert await door.ready() == {"ready": True, "failing": []}
            assert (await door.http.get("/metrics")).status_code == 404
            await door.http.aclose()

    async def test_knows_whether_telegram_calls_the_webhook(self, office_town, free_port):
        hook, metrics_port = office_town.webhook(free_port), free_port
        await office_town.call("setWebhook", url=hook["webhook_url"], secret_token="secret")
        both = Ops(listen=f"127.0.0.1:{metrics_port}")
        settings = office_town.settings(**hook).model_copy(update={"ops": both})
        application = Application(settings, Database(office_town.database_url), ticking=False)
        running = asyncio.create_task(application.run())
        await application.ready.wait()
        operator, clock = Operator(free_port), Clock()
        while await operator.figure("gonghai_webhook_ours") != 1:
            await clock.pause(lambda: "never knew")
        await operator.http.aclose()
        application.stop()
        await running


class TestFigures:
    async def test_tell_what_was_done_and_name_nobody(self, office_town, free_port):
        an, wu = office_town.people(["an", "wu"])
        customer = office_town.office.in_pool("青岛海航", last="xu")
        async with watched(office_town, free_port) as (_, operator):
            await an.open_card("青岛海航")
            card = an.heard[-1]
            await an.tap_on(card.id, CLAIM)
            await wu.tap_on((await wu.see_request("青岛海航")).id, APPROVE)
            await an.send("/13812345678")
            await an.tap_data(card.id, "1:13812345678:wang@example.com")
            await office_town.quiet()
            await asyncio.sleep(0)
            found = await operator.figures()
            assert await operator.figure("gonghai_updates_total", kind="callback_query") == 4
            assert await operator.figure("gonghai_tap_answer_seconds_count") == 4
            assert await operator.figure("gonghai_operations_total", operation="Begin:claim", outcome="done") == 1
            assert await operator.figure("gonghai_operations_total", operation=STALE, outcome="refused") == 1
            assert await operator.figure("gonghai_operations_total", operation=UNKNOWN, outcome="done") == 1
            assert await operator.figure("gonghai_sends_total", kind="request", outcome="sent") == 1
            assert await operator.figure("gonghai_outbox_waiting") == 0
        assert office_town.office.owner(customer) == "an"
        assert not [each for each in found for name, value in each.labels.items() if not allowed(each.name, name, value)]

    def test_a_label_that_anybody_could_write_would_be_found(self):
        assert allowed("gonghai_updates_total", "kind", "message")
        assert not allowed("gonghai_updates_total", "kind", "青岛海航")
        assert not allowed("gonghai_updates_total", "who", "an")


def allowed(metric, name, value):
    if name == "le":
        return metric.endswith("_bucket") and bool(re.fullmatch(r"[\d.]+|\+Inf", value))
    return value in CLOSED.get(name, ())
