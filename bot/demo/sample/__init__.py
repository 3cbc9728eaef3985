"""The sample data: 海纳国际货运 with its people, three hundred customers and claims that wait, the same at every filling."""

import random
from collections.abc import Mapping
from datetime import timedelta

from bot.demo.sample.customers import Spread
from bot.demo.sample.days import Days
from bot.demo.sample.histories import Histories
from bot.demo.sample.morning import pass_over
from bot.demo.sample.people import PEOPLE, SamplePerson
from bot.demo.sample.requests import Requests
from bot.demo.sample.staff import add_everybody
from domain import invitations, seeding, users
from domain.clock import Moment
from domain.db import Session
from domain.policy import Policy

__all__ = ["PEOPLE", "AlreadyPeopleError", "SamplePerson", "bind_all", "fill", "pass_over"]

_SEED = 20010
_HIRED = timedelta(days=500)
_JOINED = timedelta(days=1)


class AlreadyPeopleError(Exception):
    """The database has people already, so the sample is not mixed with them."""

    def __init__(self) -> None:
        super().__init__("the sample data needs an empty database, and this one has people already")


def fill(session: Session, *, policy: Policy, now: Moment, telegram_ids: Mapping[str, int] | None = None) -> None:
    """Fill an empty migrated database; `telegram_ids` binds people by login, who then have the cards of what waits for them.

    Without it, people get their cards when they join by invitation. Raises AlreadyPeopleError.
    """
    if users.listing(session):
        raise AlreadyPeopleError
    rng = random.Random(_SEED)  # noqa: S311 - invented data, the same each time
    staff = add_everybody(session, now=now.after(-_HIRED))
    pasts = Spread(rng, Histories(rng, Days(now, rng), staff, policy), staff).customers()
    ids = seeding.seed_customers(session, pasts, policy=policy, now=now)
    requests = Requests(session, staff, pasts, ids, policy=policy, now=now)
    requests.decide()
    bind_all(session, telegram_ids or {}, now=now.after(-_JOINED))
    requests.wait()


def bind_all(session: Session, telegram_ids: Mapping[str, int], *, now: Moment) -> None:
    """Let people join from these Telegram accounts, each by an invitation; what waits for them is queued."""
    for login, telegram_id in telegram_ids.items():
        code = invitations.invite(session, None, users.by_login(session, login).id, policy=Policy(), now=now)
        invitations.join(session, telegram_id, code, now=now)
