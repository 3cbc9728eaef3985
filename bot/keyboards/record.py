"""What a card offers besides the acts: its record to edit, to follow up and to look back on, and what can be copied."""

from bot import field_words
from bot.payloads.editing import ListChanges
from bot.payloads.followups import LogFollowup
from bot.payloads.history import ShowTimeline
from bot.screens import Button, Row
from bot.turn import Turn
from domain.customers import CustomerCard
from domain.permissions import Act


def record_row(turn: Turn, card: CustomerCard, view: int | None) -> Row:
    """编辑 · 记跟进 for those who may, 时间线 for whoever sees the card."""
    customer, texts = card.place.id, turn.texts
    timeline = Button("🕘 " + texts.plain("timeline"), ShowTimeline(customer, view, None))
    if not turn.actor.may(Act.EDIT, card.relation):
        return [timeline]
    return [
        Button("✏️ " + texts.plain("edit-customer"), ListChanges(customer, view, 0)),
        Button("📝 " + texts.plain("log-followup"), LogFollowup(customer, view)),
        timeline,
    ]


def copy_row(turn: Turn, card: CustomerCard) -> Row:
    """Name, phone and credit code, each with one tap; what is masked cannot be copied."""
    phone = card.contacts[0].phone if card.contacts and not card.masked else None
    values = (("name", card.name), ("phone", phone), ("credit_code", card.credit_code))
    return [Button("📋 " + field_words.short_label(turn.texts, field), copy=value) for field, value in values if value]
