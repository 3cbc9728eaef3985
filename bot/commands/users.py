"""`users`: the staff from the command line."""

import json
from dataclasses import asdict

import click

from bot.commands.context import Shell, command
from bot.commands.importing import import_command
from bot.commands.invitations import show_link
from domain import departures, invitations
from domain import users as staff
from domain.permissions import Role
from domain.spreadsheets.layout import SheetName
from domain.users import NewPerson, Person

COLUMNS = ("login", "name", "role", "superior", "company", "department", "active", "bound")


@click.group()
def users() -> None:
    """The people of the staff."""


@users.command()
@click.argument("login")
@click.option("--name", required=True)
@click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
@click.option("--superior", "superior_login", metavar="LOGIN")
@click.option("--company")
@click.option("--department")
@click.option("--direct-assign", is_flag=True, help="May assign without any approval.")
@command
def add(shell: Shell, /, *, role: str, **given: str | None) -> None:
    """Add somebody; company and department are made when they are new."""
    person = NewPerson(role=Role(role), language=shell.office.language, **given)  # type: ignore[arg-type]
    with shell.work() as session:
        user = staff.add(session, None, person, now=shell.office.now())
    click.echo(shell.texts.plain("user-added", login=user.login))


@users.command(name="list")
@click.option("--json", "as_json", is_flag=True, help="For programs to read.")
@command
def list_(shell: Shell, *, as_json: bool) -> None:
    """Everybody, the inactive included."""
    with shell.work() as session:
        people = staff.listing(session)
    if as_json:
        click.echo(json.dumps([_plain(person) for person in people], ensure_ascii=False, indent=2))
    else:
        _table([COLUMNS, *(tuple(_cell(value) for value in _plain(person).values()) for person in people)])


@users.command()
@click.argument("login")
@command
def invite(shell: Shell, login: str) -> None:
    """Make a link that binds this person to his Telegram account; the link stands alone on the last line."""
    with shell.work() as session:
        user = staff.by_login(session, login)
        code = invitations.invite(session, None, user.id, policy=shell.office.policy, now=shell.office.now())
    show_link(shell, code)


@users.command()
@click.argument("login")
@click.option("--successor", metavar="LOGIN", help="Who gets the customers; without one they go into the public pool.")
@command
def deactivate(shell: Shell, login: str, successor: str | None) -> None:
    """Close somebody's access; a lead needs a successor."""
    with shell.work() as session:
        user = staff.by_login(session, login)
        successor_id = staff.by_login(session, successor).id if successor else None
        now, policy = shell.office.now(), shell.office.policy
        moved = departures.deactivate(session, None, user.id, successor_id=successor_id, policy=policy, now=now)
    click.echo(shell.texts.plain("user-deactivated", login=user.login, count=moved))


users.add_command(import_command(SheetName.USERS))


def _plain(person: Person) -> dict[str, object]:
    values = asdict(person)
    return {name: values[name] for name in COLUMNS} | {"direct_assign": person.direct_assign}


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "")


def _table(rows: list[tuple[str, ...]]) -> None:
    widths = [max(_width(row[column]) for row in rows) for column in range(len(COLUMNS))]
    for row in rows:
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=False))
        click.echo("  ".join(cells).rstrip())


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)  # noqa: PLR2004 — where the wide scripts begin
