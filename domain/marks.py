"""What the program remembers of its own doings, a value under a name (such as the webhook that it set last)."""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from domain.dialects import upsert
from domain.models import Mark

WEBHOOK = "webhook"
"""The fingerprint of the webhook that was set at Telegram; never its secret."""


def put(session: Session, name: str, value: str) -> None:
    """Remember this from now on."""
    upsert(session, Mark, [{"name": name, "value": value}], on=["name"], change=["value"])


def get(session: Session, name: str) -> str | None:
    """What was remembered last."""
    return session.scalar(select(Mark.value).where(Mark.name == name))


def drop(session: Session, name: str) -> None:
    """Remember nothing any more."""
    session.execute(delete(Mark).where(Mark.name == name))
