"""新增用户: login, name, role and superior, one question after another (SPEC 2). The answers live in a view."""

from typing import Any

from bot.handlers import users as cards
from bot.keyboards import users as keyboard
from bot.payloads.users import AskHire, ChooseHireRole, ChooseHireSuperior, SaveHire, StartHire
from bot.screens import Screen
from bot.turn import Turn
from domain import access, drafts, staff, users
from domain.errors import InvalidFieldError, LoginTakenError, StaleError
from domain.models import View
from domain.permissions import Act, Role
from domain.users import NewPerson

KIND = "hiring"
STEPS = ("login", "name", "role", "superior", "review")
LOGIN, NAME, ROLE, SUPERIOR, REVIEW = range(len(STEPS))


def start(turn: Turn, _tap: StartHire) -> Screen:
    """Somebody new: the first question."""
    access.require(turn.actor, Act.MANAGE_USERS)
    return _ask(turn, drafts.open_view(turn.session, turn.actor.id, KIND, {}, now=turn.now), LOGIN)


def ask(turn: Turn, tap: AskHire) -> Screen:
    """Back to a question, or another page of its choices."""
    view = _view(turn, tap.view)
    if not 0 <= tap.step <= len(view.state):
        raise StaleError
    return _ask(turn, view, tap.step, tap.page)


def typed(turn: Turn, state: dict[str, Any]) -> Screen:
    """The login or the name."""
    view = _view(turn, state["view"])
    step = state["step"]
    try:
        value = users.free_login(turn.session, turn.text) if step == LOGIN else users.checked(STEPS[step], turn.text)
    except (InvalidFieldError, LoginTakenError) as refused:
        return _ask(turn, view, step).with_notice(turn.words.refusal(refused))
    return _keep(turn, view, step, value)


def choose_role(turn: Turn, tap: ChooseHireRole) -> Screen:
    """The role; an admin answers to nobody."""
    view = _view(turn, tap.view, ROLE)
    if tap.role is Role.ADMIN:
        view.state = {**view.state, "role": tap.role}
        return _keep(turn, view, SUPERIOR, 0)
    return _keep(turn, view, ROLE, tap.role)


def choose_superior(turn: Turn, tap: ChooseHireSuperior) -> Screen:
    """To whom somebody new answers."""
    view = _view(turn, tap.view, SUPERIOR)
    if tap.user and tap.user not in {person.id for person in staff.superiors(turn.session, turn.actor, None)}:
        raise StaleError
    return _keep(turn, view, SUPERIOR, tap.user)


def save(turn: Turn, tap: SaveHire) -> Screen:
    """Add the person, in the superior's company, department and language."""
    view = _view(turn, tap.view, REVIEW)
    person = _new_person(turn, view)
    user = users.add(turn.session, turn.actor, person, now=turn.now)
    drafts.close_view(turn.session, view.id)
    return cards.shown(turn, user.id, None, "✅ " + turn.texts.html("hire-done", name=person.name))


def home(turn: Turn, tap: SaveHire) -> Screen:
    """The answers, under the reason why they will not do."""
    return _ask(turn, _view(turn, tap.view, REVIEW), REVIEW)


def _view(turn: Turn, view_id: int, step: int = LOGIN) -> View:
    """The answers so far; a step whose questions before are unanswered is out of date."""
    access.require(turn.actor, Act.MANAGE_USERS)
    view = drafts.view(turn.session, turn.actor.id, view_id, now=turn.now)
    if view.kind != KIND or len(view.state) < step:
        raise StaleError
    return view


def _keep(turn: Turn, view: View, step: int, value: object) -> Screen:
    view.state = {**view.state, STEPS[step]: value}
    return _ask(turn, view, step + 1)


def _ask(turn: Turn, view: View, step: int, page: int = 0) -> Screen:
    drafts.drop(turn.session, turn.actor.id)
    if step in (LOGIN, NAME):
        drafts.expect(turn.session, turn.actor.id, KIND, {"view": view.id, "step": step}, now=turn.now)
        rows = keyboard.hire_typed(turn, view.id, step)
    elif step == ROLE:
        rows = keyboard.hire_roles(turn, view.id, step)
    elif step == SUPERIOR:
        people = staff.superiors(turn.session, turn.actor, None)
        rows = keyboard.hire_superiors(turn, view.id, step, people, page)
    else:
        rows = keyboard.hire_review(turn, view.id, step)
    lines = [turn.texts.html("hire-title"), *_answers(turn, view, step), "", turn.texts.html(f"hire-{STEPS[step]}")]
    return Screen("\n".join(lines), tuple(rows))


def _answers(turn: Turn, view: View, step: int) -> list[str]:
    """What has been answered before this step; before the last one, also what follows from it."""
    person, none = _new_person(turn, view), turn.texts.plain("profile-none")
    values = {"login": person.login, "name": person.name, "role": turn.words.label(person.role), "superior": none}
    if person.superior_login:
        superior = users.by_login(turn.session, person.superior_login)
        values |= {"superior": superior.name, "company": person.company or none, "department": person.department or none}
    shown = [name for name in values if name not in STEPS[step:] and (step == REVIEW or name in STEPS)]
    return [turn.texts.html("users-line", name=turn.texts.plain(f"profile-{name}"), value=values[name]) for name in shown]


def _new_person(turn: Turn, view: View) -> NewPerson:
    """The person as far as the answers go."""
    given = view.state
    person = NewPerson(
        given.get("login", ""), given.get("name", ""), Role(given.get("role", Role.SALES)), language=turn.actor.language
    )
    if not given.get("superior"):
        return person
    above = staff.card(turn.session, turn.actor, given["superior"], now=turn.now)
    return NewPerson(
        person.login, person.name, person.role, above.login, above.company, above.department, language=above.language
    )
