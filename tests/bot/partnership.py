"""Partners for the conversations: made behind the screens, under names that are like no other test's."""

import itertools
import random

from sqlalchemy import select

from domain import partners
from domain.models import Customer, Partner

_numbers = itertools.count()


def fresh_name():
    """Eight signs of its own: partners stay when an office is cleared."""
    chance = random.Random(next(_numbers))
    return "".join(chr(chance.randrange(0x4E00, 0x9F00)) for _ in range(8))


def partner(office, name, credit_code=None, *, valid=True):
    """A partner that the business system knows; returns its id."""
    with office.work() as session:
        made = partners.match_or_create(session, name=name, credit_code=credit_code, now=office.now)
        session.get_one(Partner, made).valid = valid
    return made


def partner_of(office, customer):
    """The partner with which a customer is linked."""
    return office.look(select(Customer.partner_id).where(Customer.id == customer.id))[0]
