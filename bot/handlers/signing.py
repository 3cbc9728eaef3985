"""签单: what it would do, the partner to choose where none matches, and doing it, in place of the customer's card (SPEC 4)."""

from bot.callbacks import ShowCustomer
from bot.handlers import customers
from bot.handlers.partners import partner_lines
from bot.keyboards import signing as keyboard
from bot.payloads.signing import AskSigning, ChoosePartner, ConfirmSigning
from bot.screens import Screen
from bot.turn import Turn
from domain import partners, signing
from domain.partners import PartnerLine
from domain.signing import Proposal


def ask(turn: Turn, tap: AskSigning) -> Screen:
    """The partner that matches, the similar ones, or that a new one will be made."""
    proposal = signing.propose(turn.session, turn.actor, tap.customer)
    if proposal.partner is None and proposal.similar:
        text = f"{_title(turn, proposal)}\n{turn.texts.html('sign-similar')}"
        return Screen(text, tuple(keyboard.choosing(turn, tap.customer, proposal.similar, tap.view)))
    return _confirm(turn, proposal, tap.customer, tap.view)


def choose(turn: Turn, tap: ChoosePartner) -> Screen:
    """The chosen partner, or a new one: what will happen."""
    proposal = signing.propose(turn.session, turn.actor, tap.customer, partner_id=tap.partner or None)
    return _confirm(turn, proposal, tap.customer, tap.view)


def confirm(turn: Turn, tap: ConfirmSigning) -> Screen:
    """Signed: the card, with what became of it."""
    found = signing.propose(turn.session, turn.actor, tap.customer, partner_id=tap.partner or None).partner
    linked = signing.sign(turn.session, turn.actor, tap.customer, partner_id=tap.partner or None, **turn.rules)
    name = partners.line(turn.session, linked).name
    notice = "✅ " + turn.texts.html(f"sign-done-{_case(found)}", partner=name)
    return home(turn, tap).with_notice(notice)


def home(turn: Turn, tap: AskSigning | ChoosePartner | ConfirmSigning) -> Screen:
    """The card of the customer."""
    return customers.show(turn, ShowCustomer(tap.customer, tap.view))


def _confirm(turn: Turn, proposal: Proposal, customer: int, view: int | None) -> Screen:
    partner = proposal.partner
    lines = [_title(turn, proposal), turn.texts.html(f"sign-will-{_case(partner)}")]
    if partner is not None:
        lines += ["", *partner_lines(turn, partner)]
        if proposal.credit_code and partner.credit_code not in (None, proposal.credit_code):
            lines += ["", "⚠️ " + turn.texts.html("sign-codes-differ", code=proposal.credit_code)]
    lines += ["", f"<i>{turn.texts.html('sign-then')}</i>"]
    return Screen("\n".join(lines), tuple(keyboard.confirming(turn, customer, partner.id if partner else keyboard.NEW, view)))


def _title(turn: Turn, proposal: Proposal) -> str:
    return turn.texts.html("sign-title", customer=proposal.customer)


def _case(partner: PartnerLine | None) -> str:
    if partner is None:
        return "new"
    return "link" if partner.valid else "revive"
