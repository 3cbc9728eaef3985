"""The log of the real process at its loudest: one number from an update to all that it caused, and nobody's data in it."""

import shutil

import pytest

from domain.customers import NewContact
from domain.models import OutboxMessage
from tests.faults.process import BotProcess
from tests.faults.scene import APPROVE, CLAIM, TOKEN

PERSON, PHONE, EMAIL = "Wang Fang", "13812345678", "wang.fang@example.com"


@pytest.fixture(params=["sqlite"])
def database_url(request, sqlite_template, tmp_path):
    """What is logged does not depend on the database."""
    shutil.copy(sqlite_template, tmp_path / "traced.db")
    return f"sqlite:///{tmp_path / 'traced.db'}"


class TestAClaimWithItsApproval:
    async def test_leaves_one_thread_in_the_log_and_nobodys_data(self, office_town, tmp_path):
        office_town.office.in_pool("青岛海航", last="xu", contacts=(NewContact(PERSON, phone=PHONE, email=EMAIL),))
        an, wu = office_town.people(["an", "wu"])
        async with BotProcess(office_town, tmp_path, GONGHAI_LOG__LEVEL="DEBUG") as bot:
            await an.open_card("青岛海航")
            await an.tap_on(an.heard[-1].id, CLAIM)
            await wu.tap_on((await wu.see_request("青岛海航")).id, APPROVE)
            await an.send(f"call {PHONE} or {EMAIL}")
            await an.send("/nonsense " + EMAIL)
            await office_town.quiet()
        lines = bot.logged("debug", "info", "warning", "error")
        (card,) = office_town.outbox(OutboxMessage.kind == "request")
        thread = [line["event"] for line in lines if line.get("update_id") == card.update_id]
        assert thread == ["kept", "turn", "sent", "sent"]
        assert {line["outbox_id"] for line in lines if line["event"] == "sent"} >= {card.id}
        for secret in (TOKEN, PERSON, PHONE, EMAIL, "海航"):
            assert secret not in bot.output, secret
