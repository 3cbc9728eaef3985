"""Customers' cards with their real buttons on many screens at once, sent through the outbox without a turn for each."""

from bot.callbacks import Begin, ShowCustomer
from bot.handlers import customers
from bot.locales import texts_for
from bot.turn import Turn
from domain import access, outbox
from domain.clock import now_in
from domain.outbox import Kind
from domain.permissions import Act
from tests.domain.office import SHANGHAI
from tests.faults.scene import CLAIM, Person, Screen, Town


async def deal(town: Town, wanted: dict[str, list[int]]) -> list[tuple[Person, Screen]]:
    """Send everybody (by login) the cards of some customers, and answer who holds which."""
    with town.office.work() as session:
        for login, customer_ids in wanted.items():
            actor = access.actor_by_id(session, town.office.ids[login])
            chat_id, now = town.office.telegram[login], now_in(SHANGHAI)
            turn = Turn(session, actor, now, town.office.policy, texts_for("zh"), update_id=0, chat_id=chat_id)
            for customer in customer_ids:
                params = {"chat_id": chat_id, **customers.show(turn, ShowCustomer(customer, None)).message()}
                body = {"method": "sendMessage", "params": params, "shows": None}
                key = f"dealt:{login}:{customer}"
                outbox.tell_chat(session, key=key, kind=Kind.REPLY, chat_id=chat_id, body=body, now=now, user_id=actor.id)
    await town.quiet()
    return [(person, card) for person in town.people(wanted) for card in person.heard if CLAIM in card.labels]


def claim_button(customer: int) -> str:
    """What the claim button on a customer's card carries."""
    return Begin(Act.CLAIM, customer, None).pack()
