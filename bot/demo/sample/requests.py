"""Claims between the teams: some decided in the past days, some waiting now. They come about by the rules, as in life."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.demo.sample.people import AIR, LEADS, SEA_ONE, SEA_TWO
from bot.demo.sample.staff import Staff
from domain import access, approvals, pool, request_cards
from domain.access import Actor
from domain.clock import Moment
from domain.db import Session
from domain.policy import Policy
from domain.seeding import PastCustomer
from domain.stages import NON_COOPERATING, Lost

_SETTLED = timedelta(days=15)


class Requests:
    """Asks for customers of other teams that have lain in the pool for a while."""

    def __init__(
        self, session: Session, staff: Staff, pasts: Sequence[PastCustomer], ids: Sequence[int], *, policy: Policy, now: Moment
    ) -> None:
        self._session, self._staff, self._policy, self._now = session, staff, policy, now
        self._free = {team: self._lying(team, pasts, ids) for team in LEADS}

    def decide(self) -> None:
        """Three approved, one rejected, one taken back."""
        self._approve(self._claim("zhangwei", AIR, ago=timedelta(days=6)), "chensiyuan", ago=timedelta(days=5, hours=20))
        two = self._claim("wujiayi", SEA_TWO, count=2, ago=timedelta(days=3))
        self._approve(two[:1], "sunlihua", ago=timedelta(days=2, hours=22))
        self._reject(two[1:], "sunlihua", "我组仍在跟进，本月会重新联系", ago=timedelta(days=2, hours=22))
        self._approve(self._claim("zhengkai", SEA_ONE, ago=timedelta(days=2)), "wangzhiqiang", ago=timedelta(days=1, hours=21))
        self._cancel(self._claim("xutingting", SEA_TWO, ago=timedelta(days=4)), "xutingting", ago=timedelta(days=3, hours=23))

    def wait(self) -> None:
        """Three single requests and one for three customers, each younger than a day."""
        self._claim("shenhao", SEA_ONE, count=3, ago=timedelta(hours=18))
        self._assign("sunlihua", "lintao", SEA_ONE, ago=timedelta(hours=5))
        self._claim("maxiaofeng", AIR, ago=timedelta(hours=2))
        self._claim("lihaiyan", SEA_TWO, ago=timedelta(minutes=20))

    def _lying(self, team: str, pasts: Sequence[PastCustomer], ids: Sequence[int]) -> list[int]:
        lead_id = self._staff.ids[LEADS[team]]
        return [
            customer_id
            for customer_id, past in zip(ids, pasts, strict=True)
            if past.last_span
            and past.last_span.lost in (Lost.RELEASED, Lost.SWEPT)
            and past.last_span.until
            and past.last_span.until < self._now.utc - _SETTLED
            and past.customer.stage in NON_COOPERATING
            and self._staff.lead_of(past.last_span.owner_id) == lead_id
        ]

    def _claim(self, login: str, team: str, *, ago: timedelta, count: int = 1) -> list[int]:
        def ask(actor: Actor, customer_ids: list[int], now: Moment) -> None:
            pool.claim(self._session, actor, customer_ids, policy=self._policy, now=now)

        return self._ask(login, team, ask, ago=ago, count=count)

    def _assign(self, login: str, assignee: str, team: str, *, ago: timedelta) -> list[int]:
        def ask(actor: Actor, customer_ids: list[int], now: Moment) -> None:
            pool.pool_assign(self._session, actor, customer_ids, self._staff.ids[assignee], policy=self._policy, now=now)

        return self._ask(login, team, ask, ago=ago, count=1)

    def _ask(
        self, login: str, team: str, ask: Callable[[Actor, list[int], Moment], None], *, ago: timedelta, count: int
    ) -> list[int]:
        """Ask for the next free customers of the team, and return the new requests."""
        actor = self._actor(login)
        before = set(self._waiting(actor))
        ask(actor, [self._free[team].pop() for _ in range(count)], self._now.after(-ago))
        return [request_id for request_id in self._waiting(actor) if request_id not in before]

    def _waiting(self, actor: Actor) -> list[int]:
        batches = request_cards.my_requests(self._session, actor)
        cards = [request_cards.card(self._session, actor, batch_id, now=self._now) for batch_id in batches]
        return [line.request_id for card in cards for line in card.waiting]

    def _approve(self, request_ids: list[int], login: str, *, ago: timedelta) -> None:
        approvals.approve(self._session, self._actor(login), request_ids, policy=self._policy, now=self._now.after(-ago))

    def _reject(self, request_ids: list[int], login: str, reason: str, *, ago: timedelta) -> None:
        approvals.reject(self._session, self._actor(login), request_ids, reason=reason, now=self._now.after(-ago))

    def _cancel(self, request_ids: list[int], login: str, *, ago: timedelta) -> None:
        approvals.cancel(self._session, self._actor(login), request_ids, now=self._now.after(-ago))

    def _actor(self, login: str) -> Actor:
        return access.actor_by_id(self._session, self._staff.ids[login])
