"""A customer's card (SPEC 5): what this reader may see, and the acts that he may do."""

import re

from bot import field_words, followup_words
from bot.callbacks import Begin, OpenMenu, ShowCustomer, TurnTo
from bot.handlers import lists
from bot.keyboards.acts import card_acts, deletion
from bot.keyboards.record import copy_row, record_row
from bot.screens import Button, Row, Screen, Shows, escape
from bot.turn import Turn
from domain import customers, drafts, followups, partners
from domain.customers import CustomerCard, NewContact, PastOwner
from domain.errors import StaleError
from domain.permissions import Act, Relation
from domain.stages import NON_COOPERATING

FOLLOWUPS = 2
_MAINLAND = re.compile(r"1\d{10}|0\d{9,11}")
_DIALLED = range(8, 16)


def show(turn: Turn, tap: ShowCustomer) -> Screen:
    """查看. Whatever was still awaited is not about this card: what is typed under it answers no older question."""
    drafts.drop(turn.session, turn.actor.id)
    return _screen(turn, customers.card(turn.session, turn.actor, tap.customer, **turn.rules), tap.view)


def unasked(turn: Turn, customer_id: int) -> Screen:
    """The card as its reader may see it now, in a message that showed it before. Raises NotFoundError, NotAllowedError."""
    return _screen(turn, customers.card(turn.session, turn.actor, customer_id, unasked=True, **turn.rules), None)


def _screen(turn: Turn, card: CustomerCard, view: int | None) -> Screen:
    record, copy = record_row(turn, card, view), copy_row(turn, card)
    rows = [*card_acts(turn, card, view), record, copy, deletion(turn, card, view), _back(turn, view)]
    text = "\n\n".join([text_of(turn, card), *_partner(turn, card), *_followups(turn, card)])
    return Screen(text, tuple(rows), shows=None if card.masked else Shows.customer(card.place.id, card.hands))


def home(turn: Turn, tap: Begin) -> Screen:
    """The card that an act began on."""
    return show(turn, ShowCustomer(tap.customer, tap.view))


def _back(turn: Turn, view: int | None) -> Row:
    if view is not None:
        try:
            page = lists.state_of(turn, view).page
        except StaleError:
            view = None
        else:
            return [Button("‹ " + turn.texts.plain("back"), TurnTo(view, page))]
    return [Button(turn.texts.plain("menu"), OpenMenu())]


def text_of(turn: Turn, card: CustomerCard) -> str:
    """The card's text (HTML)."""
    blocks = [_head(turn, card), _place(turn, card), _contacts(turn, card), _business(turn, card), _history(turn, card)]
    return "\n\n".join(block for block in blocks if block)


def _partner(turn: Turn, card: CustomerCard) -> list[str]:
    """With which partner a signed customer is linked."""
    partner = partners.of_customer(turn.session, card.place.id) if card.stage not in NON_COOPERATING else None
    return [turn.texts.html("card-partner", partner=partner.name, count=partner.orders)] if partner else []


def _followups(turn: Turn, card: CustomerCard) -> list[str]:
    """The newest follow-ups, for those who may log one."""
    if card.last_followup_at is None or not turn.actor.may(Act.EDIT, card.relation):
        return []
    lines = followups.newest_at(turn.session, turn.actor, card.place, limit=FOLLOWUPS)
    said = [
        f"• {turn.words.instant(line.at)} {escape(line.author)} · {followup_words.brief(turn, line, followup_words.ON_CARD)}"
        for line in lines
    ]
    return ["\n".join([turn.texts.html("card-followups"), *said])] if said else []


def _head(turn: Turn, card: CustomerCard) -> str:
    words, texts = turn.words, turn.texts
    facts = [words.label(card.stage), texts.plain("card-level", level=card.level) if card.level else "", card.city, card.country]
    lines = [f"<b>{escape(card.name)}</b>", escape(" · ".join([card.code, *(fact for fact in facts if fact)]))]
    if card.credit_code:
        lines.append(f"<code>{escape(card.credit_code)}</code>")
    lines += [texts.html(f"card-{name}", value=value) for name, value in _plain_facts(card) if value]
    return "\n".join(lines)


def _plain_facts(card: CustomerCard) -> list[tuple[str, str | None]]:
    return [
        ("short-name", card.short_name),
        ("industry", card.industry),
        ("source", card.source),
        ("address", card.address),
        ("website", card.website),
    ]


def _place(turn: Turn, card: CustomerCard) -> str:
    words, texts = turn.words, turn.texts
    if card.owner:
        due = f" · {words.due_mark(card.due_on)}{words.due(card.due_on)} ({words.day(card.due_on)})" if card.due_on else ""
        return texts.html("card-owner", owner=card.owner) + due
    if card.relation in (Relation.MY_BIN, Relation.OTHER_BIN):
        return "🗑 " + texts.html("card-bin")
    lines = [texts.html("card-pool", since=words.instant(card.pooled_at)) if card.pooled_at else texts.html("in-pool")]
    if card.release_reason:
        reason = words.label(card.release_reason)
        lines.append(texts.html("card-released", reason=f"{reason} · {card.release_note}" if card.release_note else reason))
    if card.waiting:
        lines.append(
            "⏳ " + texts.html("card-waiting", requester=card.waiting.requester, since=words.instant(card.waiting.since))
        )
    return "\n".join(lines)


def _contacts(turn: Turn, card: CustomerCard) -> str:
    lines = [_contact(turn, contact, masked=card.masked) for contact in card.contacts]
    if card.masked and lines:
        lines.append(f"<i>{_why_masked(turn, card)}</i>")
    return "\n".join(lines)


def _why_masked(turn: Turn, card: CustomerCard) -> str:
    if card.opened is None:
        return turn.texts.html("card-masked")
    return turn.texts.html("card-opened", count=card.opened.count, limit=card.opened.limit)


def _contact(turn: Turn, contact: NewContact, *, masked: bool) -> str:
    title = f" · {escape(contact.title)}" if contact.title else ""
    parts = [f"👤 {escape(contact.name)}{title}"]
    if contact.phone:
        parts.append(_phone(turn, contact.phone, masked=masked))
    parts += [f"{mark} {escape(value)}" for mark, value in _ways(contact) if value]
    return "\n".join(parts)


def _ways(contact: NewContact) -> tuple[tuple[str, str | None], ...]:
    return (("✉️", contact.email), ("💬", contact.wechat), ("✈️", contact.telegram))


def _phone(turn: Turn, phone: str, *, masked: bool) -> str:
    if masked:
        return f"📞 {escape(phone)}"
    number = dialled(phone)
    call = f" · {turn.texts.html('call')} {number}" if number else ""
    return f"📞 <code>{escape(phone)}</code>{call}"


def dialled(phone: str) -> str | None:
    """The number as Telegram itself makes a tel link of it: international. None for what cannot be told to be a number."""
    digits = "".join(char for char in phone if char.isdigit() and char.isascii())
    if phone.strip().startswith(("+", "00")):
        digits = digits.removeprefix("00")
    elif _MAINLAND.fullmatch(digits):
        digits = "86" + digits.removeprefix("0")
    else:
        return None
    return f"+{digits}" if len(digits) in _DIALLED else None


def _business(turn: Turn, card: CustomerCard) -> str:
    names = ("services", "direction", "lanes", "commodity", "volume", "incoterms", "competitors", "remark")
    facts = ((name, field_words.value(turn.texts, name, getattr(card, name))) for name in names)
    return "\n".join(turn.texts.html(f"card-{name}", value=value) for name, value in facts if value)


def _history(turn: Turn, card: CustomerCard) -> str:
    past = [owner for owner in card.history if owner.until is not None]
    if not past:
        return turn.texts.html("card-never-owned") if card.owner is None else ""
    return "\n".join([turn.texts.html("card-history"), *(_past_owner(turn, owner) for owner in past)])


def _past_owner(turn: Turn, past: PastOwner) -> str:
    words = turn.words
    assert past.until is not None
    why = words.label(past.reason) if past.reason else turn.texts.plain(f"lost-{(past.lost or '').replace('_', '-')}")
    span = f"{words.day(turn.now.local(past.since).date())} – {words.day(turn.now.local(past.until).date())}"
    return f"• {escape(past.name)} {span} · {escape(why)}"
