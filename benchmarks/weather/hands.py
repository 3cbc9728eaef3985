"""What one person does to one customer, tap by tap, each with the effect that it must leave (in the words of the interface)."""

import random
from contextlib import suppress

from benchmarks.weather.ledger import Ledger, Pace, Told, answered
from benchmarks.weather.phones import Message, Phone, RefusedError, Wanted, offers
from benchmarks.weather.staff import Stock

IMPATIENCE = 0.15
"""How often somebody taps twice."""

SHOWN = 7


class Hands:
    """Somebody at work on a customer. Whoever calls holds the phone's lock: one thing at a time."""

    def __init__(self, ledger: Ledger, pace: Pace, rng: random.Random, phone: Phone, customer: Stock) -> None:
        self.ledger, self.pace, self.rng, self.phone, self.customer = ledger, pace, rng, phone, customer
        self.me = phone.member

    @property
    def _short(self) -> str:
        """As much of the name as any button shows, and as much as tells it from all others."""
        return self.customer.name[:SHOWN]

    def _there(self, message_id: int, words: str) -> Wanted:
        return lambda each: each["message_id"] == message_id and words in each.get("text", "")

    async def _said(self, kind: str, text: str, wanted: Wanted) -> Message:
        await self.pace.turn()
        return await answered(self.ledger, self.phone, kind, lambda: self.phone.send(text), wanted)

    async def _tapped(self, kind: str, message_id: int, label: str, wanted: Wanted, *, twice: bool = False) -> Message:
        async def deed() -> None:
            await self.phone.tap(message_id, label)
            if twice and self.rng.random() < IMPATIENCE:
                with suppress(RefusedError):
                    await self.phone.tap(message_id, label)
                    self.ledger.taps_again += 1

        await self.pace.turn()
        return await answered(self.ledger, self.phone, kind, deed, wanted)

    async def _act(self, event: str, message_id: int, label: str, words: str, *, twice: bool = True) -> None:
        """The tap that changes something, once."""
        self.ledger.expect(self.customer.id, event, self.me.id)
        await self._tapped(event, message_id, label, self._there(message_id, words), twice=twice)

    def _tell(self, kind: str, user_id: int) -> None:
        if user_id != self.me.id:
            self.ledger.told[Told(kind, user_id, self.customer.id)] += 1

    async def search(self) -> int:
        """Find the customer by its name."""
        name = self.customer.name
        return int((await self._said("search", name, lambda each: offers(each, self._short)))["message_id"])

    async def card(self) -> int:
        """Search it and open its card."""
        found = await self.search()
        opened = self._there(found, self.customer.name)
        await self._tapped("open card", found, self._short, lambda each: opened(each) and not offers(each, self._short))
        return found

    async def claim(self) -> None:
        """At once: never owned, or last of the own team."""
        await self._act("claimed", await self.card(), "分配给我", "已领取 1 个客户")
        self.ledger.owners[self.customer.id] = self.me.id

    async def race(self, card: int) -> bool:
        """Tap together with others: whether it was won; whoever lost is told who has it."""
        told = self._there(card, "已领取 1 个客户"), self._there(card, "手慢了")
        message = await self._tapped("race", card, "分配给我", lambda each: told[0](each) or told[1](each))
        return told[0](message)

    async def ask(self, lead_id: int) -> int:
        """A claim that another team's lead decides; answers the card on which it can be taken back."""
        card = await self.card()
        self._tell("request", lead_id)
        await self._act("claim_requested", card, "分配给我", "已提交审核", twice=False)
        return card

    async def take_back(self, card: int) -> None:
        """Cancel one's own request."""
        self.ledger.expect(self.customer.id, "request_cancelled", self.me.id)
        cancelled = "已取消"
        await self._tapped("request_cancelled", card, "取消申请", self._there(card, cancelled))

    async def decide(self, requester_id: int, *, yes: bool) -> None:
        """Approve or reject the request whose card is here or on its way."""

        def card(each: Message) -> bool:
            return self.customer.name in each.get("text", "") and offers(each, "同意") and offers(each, "拒绝")

        standing = self.phone.find(card) or await answered(self.ledger, self.phone, "card arrives", _nothing, card)
        event, label, words = ("request_approved", "同意", "已同意") if yes else ("request_rejected", "拒绝", "已拒绝")
        self._tell("decided", requester_id)
        if yes:
            self.ledger.owners[self.customer.id] = requester_id
        await self._act(event, standing["message_id"], label, words)

    async def follow_up(self, number: int) -> None:
        """One message and no form."""
        card = await self.card()
        await self._tapped("begin follow-up", card, "记跟进", self._there(card, "请发送内容"))
        self.ledger.expect(self.customer.id, "followed_up", self.me.id)
        text = f"电话联系 {self.customer.id}-{number}，对方要三个柜的报价"
        await self._said(
            "followed_up", text, lambda each: "已记录" in each["text"] and f"{self.customer.id}-{number}" in each["text"]
        )

    async def extend(self, *, undo: bool) -> None:
        card = await self.card()
        await self._tapped("ask days", card, "延长期限", self._there(card, "延长几天"))
        await self._act("extended", card, "+7", "已延长 1 个客户的期限", twice=False)
        if undo:
            await self.undo(card)

    async def assign(self, to: Phone, owner_id: int, *, undo: bool) -> None:
        """A lead moves the customer within the team, and perhaps back."""
        card = await self.card()
        await self._tapped("ask whom", card, "分配", self._there(card, "给谁"))
        self._tell("assigned", to.member.id)
        self._tell("released", owner_id)
        await self._act("assigned", card, to.member.name, "已分配 1 个客户", twice=False)
        self.ledger.owners[self.customer.id] = to.member.id
        if undo:
            self._tell("assigned", owner_id)
            await self.undo(card)
            self.ledger.owners[self.customer.id] = owner_id

    async def release(self, owner_id: int, *, undo: bool) -> None:
        """A lead clears the owner, and perhaps takes that back."""
        card = await self.card()
        await self._tapped("ask why", card, "释放", self._there(card, "原因是"))
        self._tell("released", owner_id)
        await self._act("released", card, "无需求", "已将 1 个客户释放到公海", twice=False)
        self.ledger.owners[self.customer.id] = None
        if undo:
            self._tell("assigned", owner_id)
            await self.undo(card)
            self.ledger.owners[self.customer.id] = owner_id

    async def delete(self, *, undo: bool) -> None:
        """The owner puts it into the bin and takes it out again."""
        card = await self.card()
        await self._tapped("ask whether", card, "删除", self._there(card, "删除到回收站"))
        await self._act("deleted", card, "确认", "已将 1 个客户删除到回收站", twice=False)
        if undo:
            await self.undo(card)
        else:
            await self._act("restored", card, "恢复", "已恢复 1 个客户")

    async def undo(self, card: int) -> None:
        await self._act("undone", card, "撤销", "已撤销", twice=False)

    async def look_around(self) -> None:
        """A list and a page of it, or what waits."""
        if self.me.id == self.me.lead_id and self.rng.random() < 0.5:
            await self._said("to-do list", "/todo", lambda each: "待办事项" in each["text"])
            return
        opened = await self._said("open list", "/pool", lambda each: "客户公海" in each["text"] and offers(each, "›"))
        await self._tapped("turn page", opened["message_id"], "›", lambda each: offers(each, "‹") and offers(each, "2/"))


async def _nothing() -> None:
    """What is awaited is on its way already."""
