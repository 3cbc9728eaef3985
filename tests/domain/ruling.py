"""Rules changed in the chat, and what the office goes by from then on."""

from domain import rules, settings
from domain.policy import Policy
from domain.rules import Rules
from domain.timetable import USUAL

GIVEN = Rules(policy=Policy(), timetable=USUAL)


def put(office, name, value, *, who="qian", known=None, given=GIVEN):
    """Change a rule; what the office does from then on goes by it."""
    change = office.do(settings.change, who, name, value, given=given, known=known)
    office.policy = in_force(office, given).policy
    return change


def back(office, name, *, given=GIVEN):
    change = office.do(settings.reset, "qian", name, given=given)
    office.policy = in_force(office, given).policy
    return change


def in_force(office, given=GIVEN):
    with office.work() as session:
        return rules.current(session, given)


def due(office, customer):
    """The deadline in days from today."""
    day = office.customer(customer).due_on
    return None if day is None else (day - office.now.today).days
