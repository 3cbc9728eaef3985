"""The pool as the specification tells it, in plain Python: what each act must answer, and what is so afterwards."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from domain.errors import (
    GonghaiError,
    LastAdminError,
    NoSuchPersonError,
    NotAllowedError,
    NotInYourTeamsError,
    SuccessorNeededError,
    SuperiorCycleError,
)
from domain.outcomes import Result
from domain.permissions import Role
from domain.stages import RequestStatus
from tests.domain.limits_model import Limits

Answer = dict[int, Result]


class Refused(Exception):  # noqa: N818 — it is an answer
    """The whole act is refused."""

    def __init__(self, error: type[GonghaiError]) -> None:
        self.error = error


@dataclass
class Person:
    id: int
    role: Role
    superior: int | None
    telegram: int
    direct_assign: bool = False
    active: bool = True


@dataclass
class Customer:
    owner: int | None = None
    last_owner: int | None = None
    last_lead: int | None = None
    pooled: date | None = None
    ended: list[tuple[int, date]] = field(default_factory=list)


@dataclass
class Request:
    customer: int
    requester: int
    assignee: int
    lead: int | None
    status: RequestStatus = RequestStatus.WAITING


@dataclass
class Pool:
    people: dict[int, Person] = field(default_factory=dict)
    customers: dict[int, Customer] = field(default_factory=dict)
    requests: dict[int, Request] = field(default_factory=dict)
    blocked: set[int] = field(default_factory=set)
    limits: Limits = field(default_factory=Limits)

    # Who is who

    def active(self, *roles: Role) -> list[int]:
        return [person.id for person in self.people.values() if person.active and (not roles or person.role in roles)]

    def team(self, who: int) -> int | None:
        person = self.people[who]
        return who if person.role is Role.LEAD else person.superior

    def above(self, who: int | None) -> list[int]:
        """The person and everybody above, nearest first."""
        chain = []
        while who is not None:
            chain.append(who)
            who = self.people[who].superior
        return chain

    def leads(self, who: int, other: int) -> bool:
        role = self.people[who].role
        return role is Role.ADMIN or (role is Role.LEAD and who in self.above(other))

    def reachable(self, who: int) -> bool:
        person = self.people[who]
        return person.active and person.telegram not in self.blocked

    def approvers(self, request: Request) -> list[int]:
        """Whom a request waits for: the first of the chain that can be reached, else the admins that can."""
        for who in self.above(request.lead):
            if self.reachable(who) and who != request.requester and self.people[who].role is not Role.SALES:
                return [who]
        return [admin for admin in self.active(Role.ADMIN) if self.reachable(admin)]

    def may_decide(self, who: int, request: Request) -> bool:
        if who == request.requester:
            return False
        leads_it = request.lead is not None and self.leads(who, request.lead)
        return self.people[who].role is Role.ADMIN or leads_it or who in self.approvers(request)

    def waiting(self) -> dict[int, Request]:
        """The requests that wait, by customer."""
        return {request.customer: request for request in self.requests.values() if request.status is RequestStatus.WAITING}

    def foreign(self) -> list[tuple[int, int]]:
        """Who would have to ask for which customer."""
        waiting = self.waiting()
        free = [each for each, customer in self.customers.items() if customer.owner is None and each not in waiting]
        sellers = self.active(Role.SALES, Role.LEAD)
        return [(who, each) for each in free for who in sellers if not self._needs_no_approval(who, self.customers[each])]

    def former(self) -> list[tuple[int, int]]:
        """Who had which customer of the pool."""
        free = [(each, customer) for each, customer in self.customers.items() if customer.owner is None]
        return [(who, each) for each, customer in free for who, _ in customer.ended if self.people[who].active]

    # What each act answers and does

    def claim(self, who: int, batch: Collection[int]) -> Answer:
        return self._take(who, who, batch)

    def pool_assign(self, who: int, to: int, batch: Collection[int]) -> Answer:
        self._check_member(who, to)
        return self._take(who, to, batch)

    def _check_member(self, who: int, to: int) -> None:
        if self.people[who].role is Role.SALES:
            raise Refused(NotAllowedError)
        self._check_seller(to)
        if not self.leads(who, to):
            raise Refused(NotInYourTeamsError)

    def _check_seller(self, to: int) -> None:
        if not self.people[to].active or self.people[to].role is Role.ADMIN:
            raise Refused(NoSuchPersonError)

    def _take(self, who: int, to: int, batch: Collection[int]) -> Answer:
        waiting = self.waiting()
        answer: Answer = {}
        for each in batch:
            customer = self.customers[each]
            asked = list(answer.values()).count(Result.WAITING)
            if customer.owner is not None or each in waiting or self._passes_a_limit(who, to, customer, asked):
                answer[each] = Result.REFUSED
                continue
            if who == to:
                self.limits.note_claim(who)
            answer[each] = Result.DONE if self._needs_no_approval(who, customer) else Result.WAITING
            if answer[each] is Result.DONE:
                self._give(customer, to)
        return answer

    def _passes_a_limit(self, who: int, to: int, customer: Customer, asked: int) -> bool:
        """What one gives to himself he claims; `asked` of this act wait already."""
        if self.people[who].role is Role.ADMIN and who == to:
            return False
        limits = self.limits
        foreign = customer.last_lead is not None and not self._needs_no_approval(who, customer)
        if foreign and limits.is_kept(customer.pooled):
            return True
        if who == to and (limits.day_is_full(who) or limits.was_his_lately(who, customer.ended)):
            return True
        return limits.hands_are_full(self._held(to) + asked)

    def _held(self, who: int, *, waiting: bool = True) -> int:
        owned = sum(customer.owner == who for customer in self.customers.values())
        return owned + waiting * sum(request.assignee == who for request in self.waiting().values())

    def may_enter(self, who: int) -> bool:
        return not self.limits.hands_are_full(self._held(who))

    def _needs_no_approval(self, who: int, customer: Customer) -> bool:
        if customer.last_owner is None or self.people[who].role is Role.ADMIN:
            return True
        lead = customer.last_lead
        return lead is not None and (lead == self.team(who) or self.leads(who, lead))

    def _give(self, customer: Customer, to: int) -> None:
        if customer.owner is not None:
            customer.ended.append((customer.owner, self.limits.today))
        customer.owner = customer.last_owner = to
        customer.last_lead, customer.pooled = self.team(to), None

    def _lose(self, customer: Customer) -> None:
        assert customer.owner is not None
        customer.ended.append((customer.owner, self.limits.today))
        customer.pooled = self.limits.today
        customer.last_lead, customer.owner = self.team(customer.owner), None

    def direct_assign(self, who: int, to: int, batch: Collection[int]) -> Answer:
        if not self.people[who].direct_assign:
            raise Refused(NotAllowedError)
        self._check_seller(to)
        waiting = self.waiting()
        answer = {}
        for each in batch:
            customer = self.customers[each]
            his_place = each in waiting and waiting[each].assignee == to
            if customer.owner is not None or (not his_place and self.limits.hands_are_full(self._held(to))):
                answer[each] = Result.REFUSED
                continue
            self._give(customer, to)
            answer[each] = Result.DONE
            if each in waiting:
                waiting[each].status = RequestStatus.CANCELLED
        return answer

    def assign(self, who: int, to: int, batch: Collection[int]) -> Answer:
        self._check_member(who, to)
        return {each: self._move(who, to, self.customers[each]) for each in batch}

    def _move(self, who: int, to: int, customer: Customer) -> Result:
        if customer.owner in (None, to) or not self.leads(who, customer.owner):
            return Result.REFUSED
        if self.limits.hands_are_full(self._held(to)):
            return Result.REFUSED
        self._give(customer, to)
        return Result.DONE

    def release(self, who: int, batch: Collection[int]) -> Answer:
        if self.people[who].role is Role.SALES:
            raise Refused(NotAllowedError)
        answer = {}
        for each in batch:
            customer = self.customers[each]
            his = customer.owner is not None and self.leads(who, customer.owner)
            answer[each] = Result.DONE if his else Result.REFUSED
            if his:
                self._lose(customer)
        return answer

    def decide(self, who: int, batch: Collection[int], status: RequestStatus) -> Answer:
        answer = {}
        for each in batch:
            request = self.requests[each]
            allowed = who == request.requester if status is RequestStatus.CANCELLED else self.may_decide(who, request)
            too_much = status is RequestStatus.APPROVED and self._approval_passes_a_limit(request)
            if request.status is not RequestStatus.WAITING or not allowed or too_much:
                answer[each] = Result.REFUSED
                continue
            request.status = status
            answer[each] = Result.DONE
            if status is RequestStatus.APPROVED:
                self._give(self.customers[request.customer], request.assignee)
        return answer

    def _approval_passes_a_limit(self, request: Request) -> bool:
        claimed = request.requester == request.assignee
        lately = self.limits.was_his_lately(request.assignee, self.customers[request.customer].ended)
        return (claimed and lately) or self.limits.hands_are_full(self._held(request.assignee, waiting=False))

    def set_superior(self, who: int, superior: int | None) -> None:
        if superior is not None and not self.people[superior].active:
            raise Refused(NoSuchPersonError)
        if who in self.above(superior):
            raise Refused(SuperiorCycleError)
        self.people[who].superior = superior

    def deactivate(self, who: int, successor: int | None) -> int:
        """How many customers moved."""
        self._check_departure(who, successor)
        self.people[who].active = False
        owned = [customer for customer in self.customers.values() if customer.owner == who]
        for customer in owned:
            self._lose(customer) if successor is None else self._give(customer, successor)
        for request in self.waiting().values():
            if who in (request.requester, request.assignee):
                request.status = RequestStatus.CANCELLED
        if self.people[who].role is Role.LEAD and successor is not None:
            self._hand_over_team(who, successor)
        return len(owned)

    def _check_departure(self, who: int, successor: int | None) -> None:
        role = self.people[who].role
        if role is Role.ADMIN and self.active(Role.ADMIN) == [who]:
            raise Refused(LastAdminError)
        if successor is None:
            if role is Role.LEAD:
                raise Refused(SuccessorNeededError)
            return
        heir = self.people[successor]
        wrong_role = heir.role is Role.ADMIN or (role is Role.LEAD and heir.role is not Role.LEAD)
        if not heir.active or successor == who or wrong_role:
            raise Refused(NoSuchPersonError)

    def _hand_over_team(self, who: int, successor: int) -> None:
        if who in self.above(successor):
            self.people[successor].superior = self.people[who].superior
        for person in self.people.values():
            if person.superior == who:
                person.superior = successor
        for customer in self.customers.values():
            if customer.last_lead == who:
                customer.last_lead = successor
        for request in self.requests.values():
            if request.lead == who:
                request.lead = successor
