"""A morning on which the clock has everything to do, and what it leaves behind, to be compared."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import select, update

from domain import due_warnings
from domain.clock import now_in
from domain.models import Customer, DueWarning, JobRun, OutboxMessage, Ownership, TimelineEntry
from domain.outbox import Kind
from domain.permissions import Role
from domain.stages import Lost, ReleaseReason

JOBS = 3


def founded(town, zone, teams):
    """Teams of a lead and a seller, who has lost two customers by today, one of them cooperating, and whose third is due today.

    Every third lead has let a request wait since yesterday.
    """
    office = town.office
    office.at(now_in(zone).after(timedelta(days=-1, hours=-2)))
    town.found()
    for number in range(teams):
        town.hire(f"head{number}", Role.LEAD, "zhao")
        town.hire(f"seller{number}", superior=f"head{number}")
        lost, slept, due = (office.enter(f"seller{number}", f"{word} {number}") for word in ("Lost", "Slept", "Due"))
        office.sign(slept)
        if number % 3 == 0:
            office.waiting("an", office.in_pool(f"Wanted {number}", last=f"seller{number}"))
        let_be_due(office, [lost], -1, "signing_deadline")
        let_be_due(office, [slept], -1, "dormancy_deadline")
        let_be_due(office, [due], 0, "signing_deadline")
    with office.work() as session:
        due_warnings.give(session, now_in(zone).today - timedelta(days=1))
    town.forget_what_was_to_be_said()


def let_be_due(office, customers, days, clock):
    day = office.now.today + timedelta(days=1 + days)
    stopped = {"signing_deadline": None, "dormancy_deadline": None}
    with office.work() as session:
        session.execute(update(Customer).where(Customer.id.in_(customers)).values({**stopped, clock: day, "due_on": day}))


def runs(town):
    """The jobs that are done, and those that were begun and are not."""
    with town.database.unit_of_work() as session:
        found = session.scalars(select(JobRun)).all()
    return {run.name for run in found if run.finished_at}, {run.name for run in found if run.finished_at is None}


def state(town):
    """What the clock has made of the database, but for ids and times."""
    with town.database.unit_of_work() as session:

        def rows(*columns, where=True):
            return Counter(repr(tuple(row)) for row in session.execute(select(*columns).where(where)))

        return {
            "customers": rows(*_CUSTOMER),
            "ownerships": rows(*_OWNERSHIP),
            "timeline": rows(*_ENTRY),
            "warnings": rows(*_WARNING),
            "outbox": rows(*_MESSAGE, where=OutboxMessage.kind != Kind.MENU),
            "jobs": rows(JobRun.name, JobRun.day),
        }


_CUSTOMER = (
    Customer.id, Customer.stage, Customer.owner_id, Customer.last_owner_id, Customer.last_lead_id, Customer.release_reason,
    Customer.signing_deadline, Customer.dormancy_deadline, Customer.first_followup_deadline, Customer.due_on,
)  # fmt: skip
_OWNERSHIP = (
    Ownership.customer_id, Ownership.owner_id, Ownership.lead_id, Ownership.gained, Ownership.lost, Ownership.reason,
    Ownership.until.is_(None),
)  # fmt: skip
_ENTRY = (TimelineEntry.event, TimelineEntry.customer_id, TimelineEntry.user_id, TimelineEntry.actor_id, TimelineEntry.detail)
_WARNING = (DueWarning.customer_id, DueWarning.owner_id, DueWarning.due_on, DueWarning.level, DueWarning.clock, DueWarning.day)
_MESSAGE = (
    OutboxMessage.key, OutboxMessage.kind, OutboxMessage.user_id, OutboxMessage.chat_id, OutboxMessage.priority,
    OutboxMessage.body, OutboxMessage.status,
)  # fmt: skip


def screens(town):
    """Every message of the bot by its chat, with how often it stands there."""
    chats = (town.person(login) for login in town.office.telegram)
    return Counter((person.user_id, screen.text) for person in chats for screen in person.heard)


def swept(town):
    """How many customers the clock has taken, and how many of them had fallen dormant."""
    with town.database.unit_of_work() as session:
        gone = session.scalars(select(Ownership.reason).where(Ownership.lost == Lost.SWEPT)).all()
    return len(gone), gone.count(ReleaseReason.DORMANT)
