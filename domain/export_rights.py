"""Which customers may go out as a workbook, and for whom (SPEC 4, export): checked when it is asked for and when it is made."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Self

from domain import access
from domain.access import Actor
from domain.errors import NotAllowedError
from domain.filters import Filter
from domain.lists import Scope
from domain.permissions import Act, Relation
from domain.stages import Stage

_LISTED = {
    Scope.MY: Relation.OWN,
    Scope.TEAM: Relation.TEAM,
    Scope.POOL: Relation.POOL,
    Scope.FOUND: Relation.TEAM,
    Scope.BIN: Relation.OTHER_BIN,
}
"""How an exporter stands to the customers of each list: what a search finds for him is his teams' or in the pool."""


@dataclass(frozen=True)
class Selection:
    """What is exported: of a list what its filter finds, or of that only `ids`."""

    scope: Scope
    filter: Filter
    ids: tuple[int, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """As it is kept."""
        wanted = {name: value for name, value in asdict(self.filter).items() if value is not None and value is not False}
        if self.filter.today:
            wanted["today"] = self.filter.today.isoformat()
        return {"scope": self.scope, "filter": wanted, "ids": list(self.ids)}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """As it was kept."""
        wanted = dict(kept["filter"])
        if wanted.get("today"):
            wanted["today"] = date.fromisoformat(wanted["today"])
        if wanted.get("stage"):
            wanted["stage"] = Stage(wanted["stage"])
        return cls(Scope(kept["scope"]), Filter(**wanted), tuple(kept["ids"]))


def may(actor: Actor, scope: Scope) -> bool:
    """Whether the actor may export this list."""
    return actor.may(Act.EXPORT, _LISTED[scope])


def check(actor: Actor, scope: Scope) -> None:
    """Raise NotAllowedError for a list that the actor may not export."""
    access.require(actor, Act.EXPORT)
    if not may(actor, scope):
        raise NotAllowedError(Act.EXPORT)
