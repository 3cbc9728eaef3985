"""Five hundred customers with names that break things, and people, contacts and partners like them: every screen stands.

Somebody of each role walks through the whole conversation, button by button; each answer is shown to the strict local Telegram.
"""

import json
from collections import Counter, deque
from http import HTTPStatus

import pytest

from bot.callbacks import Begin, BeginBatch, unpack
from bot.demo.stage import TOKEN
from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.parameters import Parameters
from bot.payloads.users import ConfirmLeave, InviteUser
from bot.screens import TEXT_LIMIT, visible_length
from domain import orders, partners, pool, recycle_bin, signing
from domain.customers import NewContact
from domain.models import Customer
from domain.orders import NewOrder
from domain.seeding import PastCustomer, PastFollowup, PastSpan, seed_customers
from domain.stages import Gained, Level
from tests.bot.desk import Desk
from tests.domain.office import new_customer

CUSTOMERS = 500
NASTY = (
    "<b>{n}</b> & <a href='tg://x'>链接</a>",
    "\u202e港海岛青{n}\u202c 有限公司",
    "🚢🏴‍☠️👨‍👩‍👧‍👦{n}🚢",
    "海" * 190 + "{n}",
    "=HYPERLINK(1,{n})",
    "&lt;{n}&gt; &amp; &#0;",
    "{{ $count }} {n} {{-brand}}",
    "e\u0301\u0302\u0303{n}\u200b\u200d\ufeffz",
    "'; DROP TABLE customers;-- {n}",
    "`{n}` *x* _y_ [z](http://q) ~s~ ||t||",
    "𠮷野家𝔘𝔫𝔦{n}",
    "<tg-spoiler>{n}<",
)
EACH = 3
"""So many buttons of a kind are pressed; a kind is a payload with its act."""
LEFT_ALONE = (ConfirmLeave, InviteUser)
"""What would end the walk: people who leave, and links that take them elsewhere."""
WALKS = {
    "an": ("/menu", "/my", "/pool", "/todo", "/bin", "/new", "/lang", "/help", "海", "<b>", "/find &", "/cancel"),
    "li": ("/menu", "/my", "/team", "/pool", "/todo", "/bin", "/new", "链接", "/help"),
    "qian": (
        "/menu",
        "/team",
        "/pool",
        "/todo",
        "/bin",
        "/users",
        "/users <b>",
        "/partners",
        "/partners 海",
        "/settings",
        "/new",
        "/help",
    ),
}


@pytest.fixture
def desk(database):
    made = Desk(database)
    people, now = made.people, made.people.now
    for number, login in enumerate(("an", "bai", "xu", "li", "wu", "zhao", "qian")):
        people.set(login, name=NASTY[number].format(n=login)[:80])
    pasts = [_past(people, number, now) for number in range(CUSTOMERS)]
    with people.work() as session:
        ids = seed_customers(session, pasts, policy=people.policy, now=now)
    people.later(minutes=1)
    mine = [i for i, past in zip(ids, pasts, strict=True) if past.spans]
    people.do(pool.release, "zhao", mine[100:200], "price")
    people.do(pool.claim, "xu", mine[100:108])
    people.do(pool.claim, "xu", mine[110:111])
    people.do(recycle_bin.delete, "zhao", mine[60:75])
    people.do(recycle_bin.delete, "an", [i for i in mine[:60] if _owner(made, i) == people.ids["an"]][:10])
    for customer in mine[40:52]:
        people.do(signing.sign, "zhao", customer)
        with people.work() as session:
            partner = partners.of_customer(session, customer)
        people.do(orders.add, "qian", NewOrder(f"<i>{customer}", partner.id, now.today, "<u>"))
    return made


def _past(people, number, now):
    name = NASTY[number % len(NASTY)].format(n=number)
    contact = NewContact(name[:60], phone="13812345678", email="a&b@example.com", wechat="<x>&", title="<b>经理")
    fields = {"city": name[:40], "source": name[:40], "address": name, "remark": name, "level": Level.A, "commodity": name}
    record = new_customer(name, contacts=(contact,), services=("fcl", "air"), **fields)
    owner = people.ids[("an", "bai", "li")[number % 3]]
    spans = (PastSpan(owner, now.utc, Gained.ENTERED, owner),) if number % 5 else ()
    talks = (PastFollowup(owner, now.utc, "call", name, now.today),) if spans else ()
    return PastCustomer(record, people.ids["qian"], now.utc, spans, talks)


def _owner(desk, customer):
    with desk.people.work() as session:
        return session.get_one(Customer, customer).owner_id


class Walk:
    """One person, pressing whatever there is to press."""

    def __init__(self, desk, login) -> None:
        self.desk, self.login = desk, login
        self.telegram = Telegram(TOKEN)
        self.telegram.people.add(desk.people.telegram[login], login, started=True)
        self.pressed = Counter()
        self.screens = 0

    async def go(self, words) -> None:
        waiting = deque()
        for word in words:
            waiting.extend(await self._look(self.desk.say(self.login, word)))
        while waiting:
            data = waiting.popleft()
            kind = self._kind(data)
            if self.pressed[kind] < EACH:
                self.pressed[kind] += 1
                waiting.extend(await self._look(self.desk.tap(self.login, data)))

    async def _look(self, reply):
        self.screens += 1
        assert visible_length(reply.text) <= TEXT_LIMIT
        assert all(len(button.get("callback_data", "").encode()) <= 64 for button in reply.buttons)
        assert all(button["text"].strip() for button in reply.buttons)
        params = {name: value for name, value in reply.params.items() if name != "message_id"}
        answer = await self.telegram.answer("sendMessage", Parameters(json.loads(json.dumps(params))))
        assert answer.status == HTTPStatus.OK, (answer.body, reply.text)
        return [button["callback_data"] for button in reply.buttons if "callback_data" in button]

    def _kind(self, data):
        payload = unpack(data)
        assert payload is not None, data
        if isinstance(payload, LEFT_ALONE):
            self.pressed[type(payload).__name__] = EACH
        return type(payload).__name__ + (payload.act if isinstance(payload, Begin | BeginBatch) else "")


class TestEveryScreen:
    @pytest.mark.parametrize("language", ["zh", "en"])
    async def test_stands_whatever_the_names_are(self, desk, language):
        seen = Counter()
        for login, words in WALKS.items():
            desk.people.set(login, language=language)
            walk = Walk(desk, login)
            await walk.go(words)
            assert walk.screens > 40
            seen += walk.pressed
        assert len(seen) > 60, sorted(seen)
