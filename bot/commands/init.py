"""`init`: the database made ready, and the first admin, or the demo's sample data."""

import click

from bot.commands.context import Shell, command, refuse
from bot.commands.invitations import show_link
from bot.demo import sample
from domain import invitations, upgrading, users
from domain.db import Session
from domain.permissions import Role


@click.option("--sample", "with_sample", is_flag=True, help="Fill an empty database with the demo's people and customers.")
@command
def init(shell: Shell, *, with_sample: bool) -> None:
    """Bring the database to the newest version, and invite the first admin."""
    database = shell.open_database(as_is=True)
    upgrading.upgrade(database)
    click.echo(shell.texts.plain("schema-current"))
    now = shell.office.now()
    with database.unit_of_work() as session:
        if with_sample:
            if users.listing(session):
                refuse(shell.texts.plain("sample-needs-empty"))
            sample.fill(session, policy=shell.office.policy, now=now)
            click.echo(shell.texts.plain("sample-filled"))
        admin = _first_admin(shell, session)
        code = invitations.invite(session, None, admin, policy=shell.office.policy, now=now) if admin else None
    database.dispose()
    if code:
        show_link(shell, code)


def _first_admin(shell: Shell, session: Session) -> int | None:
    """The admin to invite: a new one in an empty database, none once an admin has joined."""
    admins = [person for person in users.listing(session) if person.role is Role.ADMIN and person.active]
    if any(person.bound for person in admins):
        return None
    if admins:
        return admins[0].id
    name = shell.texts.plain("role-admin")
    person = users.NewPerson("admin", name, Role.ADMIN, language=shell.office.language)
    return users.add(session, None, person, now=shell.office.now()).id
