"""录入: a guided dialogue, one message from a template, or a shared contact as the start (SPEC 5). The draft lives in a view."""

from dataclasses import replace
from typing import Any

from bot import field_words
from bot.callbacks import ShowCustomer
from bot.handlers import customers as cards
from bot.handlers.menu import menu
from bot.keyboards import entry as keyboard
from bot.locales import LANGUAGES, texts_for
from bot.payloads.entry import (
    AskField,
    ChooseOwner,
    ChooseValue,
    LeaveEntry,
    ListFields,
    ListOwners,
    ReviewEntry,
    SaveEntry,
    ShowTemplate,
    StartEntry,
)
from bot.screens import Screen, escape
from bot.turn import Turn
from domain import access, customers, drafts, entry, look_alikes
from domain.errors import DuplicateCustomerError, InvalidFieldError, StaleError
from domain.look_alikes import LookAlike
from domain.models import View
from domain.permissions import Act

KIND = "entry"
TEMPLATE_LINES = 2


def new(turn: Turn) -> Screen:
    """/new: go on with the draft that is there, or start."""
    draft = drafts.newest_view(turn.session, turn.actor.id, KIND)
    if draft is None or not draft.state["entry"]:
        return start(turn)
    name = draft.state["entry"].get("name") or draft.state["entry"].get("contact") or "…"
    return Screen(turn.texts.html("entry-unfinished", name=name), tuple(keyboard.unfinished(turn, draft.id)))


def start(turn: Turn, _tap: StartEntry | None = None) -> Screen:
    """A new entry, its first question."""
    return _ask(turn, _open(turn, {}), entry.FIELDS[0])


def from_contact(turn: Turn, name: str, phone: str) -> Screen:
    """A shared contact fills in the person and the number, in the draft under way or in a new one."""
    awaited = drafts.awaited(turn.session, turn.actor.id, now=turn.now)
    view = _view(turn, awaited.state["view"]) if awaited and awaited.kind == KIND else _open(turn, {})
    _keep(view, {"contact": name, "phone": phone})
    lacking = entry.missing(view.state["entry"])
    return _ask(turn, view, lacking[0]) if lacking else _review(turn, view)


def from_template(turn: Turn) -> Screen | None:
    """A message that is a filled-in template starts an entry of its own; None: it is not one."""
    found, _ = entry.read_template(turn.text, _labels())
    if len(found) < TEMPLATE_LINES or "name" not in found:
        return None
    return _read_template(turn, _open(turn, {}))


def typed(turn: Turn, state: dict[str, Any]) -> Screen:
    """What was typed: a field's value, or a whole template."""
    view = _view(turn, state["view"])
    found, errors = entry.read_template(turn.text, _labels())
    if len(found) + len(errors) >= TEMPLATE_LINES:
        return _read_template(turn, view)
    return _fill(turn, view, view.state["step"], turn.text)


def ask(turn: Turn, tap: AskField) -> Screen:
    """Another field's question."""
    if not 0 <= tap.field < len(entry.FIELDS):
        raise StaleError
    return _ask(turn, _view(turn, tap.view), entry.FIELDS[tap.field])


def choose(turn: Turn, tap: ChooseValue) -> Screen:
    """A choice taken; among services each tap adds or takes away."""
    view = _view(turn, tap.view)
    field = entry.FIELDS[tap.field] if 0 <= tap.field < len(entry.FIELDS) else ""
    offered = keyboard.choices(turn, field)
    if not 0 <= tap.choice < len(offered):
        raise StaleError
    value = offered[tap.choice][0]
    if field != "services":
        return _fill(turn, view, field, value)
    chosen = view.state["entry"].get(field, [])
    _keep(view, {field: [one for one in chosen if one != value] if value in chosen else [*chosen, value]})
    return _ask(turn, view, field)


def review(turn: Turn, tap: ReviewEntry) -> Screen:
    """All that is filled in, with what it resembles."""
    view = _view(turn, tap.view)
    lacking = entry.missing(view.state["entry"])
    return _ask(turn, view, lacking[0]) if lacking else _review(turn, view)


def list_fields(turn: Turn, tap: ListFields) -> Screen:
    """Choose a field to change."""
    view = _view(turn, tap.view)
    return Screen(_text(turn, view), tuple(keyboard.fields(turn, view.id)))


def template(turn: Turn, tap: ShowTemplate) -> Screen:
    """The template, to copy, fill in and send."""
    view = _view(turn, tap.view)
    lines = [
        f"{_label(turn, field)}: {field_words.value(turn.texts, field, view.state['entry'].get(field))}" for field in entry.FIELDS
    ]
    text = f"{turn.texts.html('entry-template-how')}\n\n<pre>{escape(chr(10).join(lines))}</pre>"
    return Screen(text, (keyboard.back_to_review(turn, view.id),))


def list_owners(turn: Turn, tap: ListOwners) -> Screen:
    """Choose who will own the customer."""
    view = _view(turn, tap.view)
    people = turn.session.scalars(access.assignable(turn.actor)).all()
    return Screen(turn.texts.html("entry-owner-who"), tuple(keyboard.owners(turn, view.id, people, tap.page)))


def choose_owner(turn: Turn, tap: ChooseOwner) -> Screen:
    """The owner to be: only one whom the actor may name."""
    view = _view(turn, tap.view)
    if tap.user == 0:
        access.require(turn.actor, Act.ENTER_INTO_POOL)
    elif tap.user not in {turn.actor.id, *(person.id for person in turn.session.scalars(access.assignable(turn.actor)))}:
        raise StaleError
    view.state = {**view.state, "owner": tap.user}
    return _review(turn, view)


def leave(turn: Turn, tap: LeaveEntry) -> Screen:
    """Stop for now: the draft stays for the next /new."""
    _view(turn, tap.view)
    return menu(turn).with_notice(turn.texts.html("entry-kept"))


def save(turn: Turn, tap: SaveEntry) -> Screen:
    """Keep the customer; a duplicate is refused with who has it, and the attempt is noted."""
    view = _view(turn, tap.view)
    owner = view.state.get("owner", 0 if turn.actor.is_admin else turn.actor.id)
    try:
        with turn.session.begin_nested():
            customer = entry.customer_of(view.state["entry"])
            customer_id = customers.enter(
                turn.session, turn.actor, customer, owner_id=owner or None, into_pool=owner == 0, **turn.rules
            )
    except DuplicateCustomerError as twin:
        return _duplicate(turn, _review(turn, view), twin)
    drafts.drop(turn.session, turn.actor.id)
    drafts.close_view(turn.session, view.id)
    notice = "✅ " + turn.texts.html("entry-saved")
    return cards.show(turn, ShowCustomer(customer_id, None)).with_notice(notice)


def _open(turn: Turn, filled: entry.Entry) -> View:
    drafts.close_views(turn.session, turn.actor.id, KIND)
    state = {"entry": filled, "step": entry.FIELDS[0]}
    return drafts.open_view(turn.session, turn.actor.id, KIND, state, now=turn.now)


def _view(turn: Turn, view_id: int) -> View:
    view = drafts.view(turn.session, turn.actor.id, view_id, now=turn.now)
    if view.kind != KIND:
        raise StaleError
    return view


def _keep(view: View, values: entry.Entry) -> None:
    view.state = {**view.state, "entry": {**view.state["entry"], **values}}


def _fill(turn: Turn, view: View, field: str, value: str) -> Screen:
    try:
        if field == "services":
            value = _services_as_codes(value)
        cleaned = entry.clean(field, value)
        if field in ("name", "credit_code"):
            name, code = (cleaned, None) if field == "name" else (None, cleaned)
            customers.refuse_duplicate(turn.session, name, code)
    except DuplicateCustomerError as twin:
        return _duplicate(turn, _ask(turn, view, field), twin)
    except InvalidFieldError as error:
        return _ask(turn, view, field).with_notice(turn.words.refusal(error))
    _keep(view, {field: cleaned})
    place = entry.FIELDS.index(field) + 1
    return _ask(turn, view, entry.FIELDS[place]) if place < len(entry.FIELDS) else _review(turn, view)


def _read_template(turn: Turn, view: View) -> Screen:
    found, errors = entry.read_template(turn.text, _labels())
    _keep(view, found)
    if errors:
        field, error = next(iter(errors.items()))
        return _ask(turn, view, field).with_notice(turn.words.refusal(error))
    lacking = entry.missing(view.state["entry"])
    return _ask(turn, view, lacking[0]) if lacking else _review(turn, view)


def _duplicate(turn: Turn, screen: Screen, twin: DuplicateCustomerError) -> Screen:
    customers.note_attempt(turn.session, turn.actor, twin.customer_id, now=turn.now)
    rows = screen.rows
    if twin.owner is None:
        rows = (*keyboard.claim_instead(turn, twin.customer_id), *rows)
    return replace(screen, rows=rows).with_notice(turn.words.refusal(twin))


def _ask(turn: Turn, view: View, field: str) -> Screen:
    view.state = {**view.state, "step": field}
    drafts.expect(turn.session, turn.actor.id, KIND, {"view": view.id}, now=turn.now)
    place = entry.FIELDS.index(field)
    head = turn.texts.html("entry-head", step=place + 1, steps=len(entry.FIELDS))
    ask = turn.texts.html(f"entry-{keyboard.how(turn, field)}", field=_label(turn, field))
    hint = f"entry-hint-{field.replace('_', '-')}"
    lines = [head, *_filled(turn, view), "", ask, *([f"<i>{turn.texts.html(hint)}</i>"] if turn.texts.has(hint) else [])]
    return Screen("\n".join(lines), tuple(keyboard.asking(turn, view.id, field, view.state["entry"])))


def _review(turn: Turn, view: View) -> Screen:
    drafts.expect(turn.session, turn.actor.id, KIND, {"view": view.id}, now=turn.now)
    return Screen(_text(turn, view), tuple(keyboard.review(turn, view.id)))


def _text(turn: Turn, view: View) -> str:
    filled = view.state["entry"]
    warnings = [*_resembling(turn, "name", look_alikes.by_name(turn.session, filled.get("name", "")))]
    warnings += _resembling(turn, "phone", look_alikes.by_phone(turn.session, filled.get("phone", "")))
    return "\n".join([turn.texts.html("entry-check"), *_filled(turn, view), *_owner(turn, view), *warnings])


def _resembling(turn: Turn, what: str, found: list[LookAlike]) -> list[str]:
    if not found:
        return []
    lines = [f"• {escape(line.name)} · {escape(line.owner or turn.texts.plain('in-pool'))}" for line in found]
    return ["", "⚠️ " + turn.texts.html(f"entry-like-{what}"), *lines]


def _owner(turn: Turn, view: View) -> list[str]:
    owner = view.state.get("owner", 0 if turn.actor.is_admin else turn.actor.id)
    if owner == turn.actor.id:
        return []
    name = access.names_of(turn.session, [owner]).get(owner) if owner else turn.texts.plain("public-pool")
    return [turn.texts.html("card-owner", owner=name or "")]


def _filled(turn: Turn, view: View) -> list[str]:
    filled = view.state["entry"]
    return [
        turn.texts.html(
            "entry-line", field=_label(turn, field).rstrip("*"), value=field_words.value(turn.texts, field, filled[field])
        )
        for field in entry.FIELDS
        if filled.get(field)
    ]


def _label(turn: Turn, field: str) -> str:
    return turn.texts.plain(f"field-{field.replace('_', '-')}") + ("*" if field in entry.REQUIRED else "")


def _labels() -> dict[str, str]:
    """What people may write before the colon, in both languages, to fields."""
    names = ((texts_for(code).plain(f"field-{field.replace('_', '-')}"), field) for code in LANGUAGES for field in entry.FIELDS)
    return {label.casefold(): field for label, field in names}


def _services_as_codes(value: str) -> str:
    """Service names as people write them, in either language, as their codes."""
    names = {texts_for(code).plain(f"service-{one}").casefold(): one for code in LANGUAGES for one in entry.SERVICES}
    words = [word.strip() for word in value.replace("、", ",").replace("，", ",").split(",")]
    return ",".join(names.get(word.casefold(), word) for word in words)
