"""The customers that the tour speaks of, found by what they are in the sample."""

from pathlib import Path

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from domain.db import Database
from domain.models import Customer, Followup, Partner, User
from domain.stages import NON_COOPERATING
from tests.bot.demo.story import customer_of_another_team

_POOL = (Customer.owner_id.is_(None), Customer.deleted_at.is_(None))


def cast_of(folder: Path) -> dict[str, str]:
    """Names by role in the tour."""
    database = Database(f"sqlite:///{folder / 'demo.db'}")
    with database.unit_of_work() as session:
        mine = session.scalars(select(User.id).where(User.login == "lihaiyan")).one()
        told = exists().where(Followup.customer_id == Customer.id)
        own = (Customer.owner_id == mine, Customer.deleted_at.is_(None), Customer.stage.in_(NON_COOPERATING))
        found = {
            "own": _name(session, *own, told),
            "quiet": _name(session, *own, ~told),
            "free": _name(session, *_POOL, Customer.last_owner_id.is_(None)),
            "theirs": _name(session, Customer.owner_id.is_not(None), Customer.owner_id != mine, Customer.deleted_at.is_(None)),
            "partner": session.scalars(
                select(Partner.name).where(Partner.valid, Partner.name.endswith("有限公司")).order_by(Partner.id).limit(1)
            ).one(),
        }
        found["similar"] = found["theirs"].replace("有限", "国际有限", 1)
        found["partner_like"] = found["partner"].replace("有限", "国际有限", 1)
        found["like"] = _name(session, *own, Customer.name != found["own"], Customer.name != found["quiet"])
    database.dispose()
    return found | {"foreign": customer_of_another_team(folder)}


def _name(session: Session, *where: object) -> str:
    return session.scalars(select(Customer.name).where(*where).order_by(Customer.id).limit(1)).one()
