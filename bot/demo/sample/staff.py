"""The sample people once they are kept: their ids, and who stands where."""

import random
from collections.abc import Mapping

from bot.demo.sample.people import ADMIN, DIRECTOR, LEADS, PEOPLE, members, superiors_first
from domain import users
from domain.clock import Moment
from domain.db import Session


class Staff:
    """Ids by login, and the teams behind them."""

    def __init__(self, ids: Mapping[str, int]) -> None:
        self.ids = ids
        self.admin_id, self.director_id = ids[ADMIN], ids[DIRECTOR]
        self._leads = {ids[person.login]: self._lead(person.department) for person in PEOPLE if person.department in LEADS}

    def _lead(self, department: str) -> int:
        return self.ids[LEADS[department]]

    def lead_of(self, user_id: int) -> int:
        """The lead of somebody's team; a lead's is himself."""
        return self._leads[user_id]

    def team(self, department: str) -> list[int]:
        """The salespeople of a team, without its lead."""
        return [self.ids[person.login] for person in members(department)]

    def colleague(self, user_id: int, rng: random.Random) -> int:
        """Somebody else of the same team."""
        lead_id = self.lead_of(user_id)
        return rng.choice([other for other, lead in self._leads.items() if lead == lead_id and other not in (user_id, lead_id)])


def add_everybody(session: Session, *, now: Moment) -> Staff:
    """Add the people with their branches and departments."""
    return Staff({person.login: users.add(session, None, person.as_new, now=now).id for person in superiors_first()})
