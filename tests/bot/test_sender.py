"""The sender between two transactions: what is said in a chat just as its last message is noted goes out at once."""

import asyncio
import threading

import pytest
from sqlalchemy import select

from bot import sender
from bot.sender import Sender
from domain import outbox
from domain.models import OutboxMessage, OutboxStatus
from domain.outbox import Kind

pytestmark = pytest.mark.asyncio(loop_scope="module")

ENGINES = ("postgresql",)
"""SQLite has one writer: there nothing is said while another message is noted."""

LONG = 600
PATIENCE = 10


async def test_a_message_of_the_moment_in_which_its_chat_is_settled_waits_for_no_clock(office, monkeypatch):
    lihua, loop = office.phone("lihua"), asyncio.get_running_loop()
    monkeypatch.setattr(sender, "LOOK_AGAIN", LONG)
    noted, claim, looked = Sender._noted, outbox.claim, threading.Event()

    def claimed(session, **how):
        found = claim(session, **how)
        looked.set()
        return found

    def noted_while_more_is_said(self, session, results):
        more = noted(self, session, results)
        monkeypatch.setattr(Sender, "_noted", noted)
        body = {"method": "sendMessage", "params": {"chat_id": lihua.user_id, "text": "马上"}, "shows": None}
        with office.work() as other:
            outbox.tell_chat(other, key="at-once", kind=Kind.REPLY, chat_id=lihua.user_id, body=body, now=office.now)
        looked.clear()
        monkeypatch.setattr(outbox, "claim", claimed)
        loop.call_soon_threadsafe(self.spoke)
        assert looked.wait(PATIENCE)
        return more

    monkeypatch.setattr(Sender, "_noted", noted_while_more_is_said)
    await lihua.ask("/menu")
    assert "马上" in await lihua.wait_for(lambda screen: "马上" in screen)
    monkeypatch.undo()
    await lihua.ask("/menu")
    assert office.look(select(OutboxMessage.status).where(OutboxMessage.key == "at-once")) == [OutboxStatus.SENT]
