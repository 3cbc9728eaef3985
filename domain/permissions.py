"""Who may do what (SPEC 4), as one table: act → role → the relations to the customer in which it is allowed.

Use cases, keyboards and the matrix test read this table and nothing else.
"""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a user is in the organisation (SPEC 2)."""

    SALES = "sales"
    LEAD = "lead"
    ADMIN = "admin"


class Relation(StrEnum):
    """How an actor stands to a customer. For an admin every team is his."""

    OWN = "own"
    TEAM = "team"
    POOL = "pool"
    OTHER = "other"
    MY_BIN = "my_bin"
    OTHER_BIN = "other_bin"
    APPROVER = "approver"


class Act(StrEnum):
    """Everything that can be done with one customer."""

    VIEW = "view"
    EDIT = "edit"
    SIGN = "sign"
    RELEASE = "release"
    ASSIGN = "assign"
    EXTEND = "extend"
    EXPORT = "export"
    DELETE = "delete"
    CLAIM = "claim"
    POOL_ASSIGN = "pool_assign"
    DIRECT_ASSIGN = "direct_assign"
    POOL_DELETE = "pool_delete"
    REVIEW = "review"
    RESTORE = "restore"
    ENTER = "enter"
    ENTER_FOR_MEMBER = "enter_for_member"
    ENTER_INTO_POOL = "enter_into_pool"
    RECORD_ORDER = "record_order"
    SEE_TEAM = "see_team"
    MANAGE_USERS = "manage_users"
    MANAGE_PARTNERS = "manage_partners"
    MANAGE_SETTINGS = "manage_settings"
    IMPORT = "import"


_OWN = frozenset({Relation.OWN})
_LED = frozenset({Relation.OWN, Relation.TEAM})
_POOL = frozenset({Relation.POOL})
_APPROVER = frozenset({Relation.APPROVER})
_NONE: frozenset[Relation] = frozenset()
_ANY = frozenset(Relation)


def _row(sales: frozenset[Relation], lead: frozenset[Relation], admin: frozenset[Relation]) -> dict[Role, frozenset[Relation]]:
    return {Role.SALES: sales, Role.LEAD: lead, Role.ADMIN: admin}


_MY_BIN = frozenset({Relation.MY_BIN})
_BINS = frozenset({Relation.MY_BIN, Relation.OTHER_BIN})

ALLOWED: Mapping[Act, Mapping[Role, frozenset[Relation]]] = {
    Act.VIEW: _row(_OWN | _POOL | _MY_BIN, _LED | _POOL | _MY_BIN, _LED | _POOL | _BINS),
    Act.EDIT: _row(_OWN, _LED, _LED),
    Act.SIGN: _row(_OWN, _LED, _LED),
    Act.RELEASE: _row(_NONE, _LED, _LED),
    Act.ASSIGN: _row(_NONE, _LED, _LED),
    Act.EXTEND: _row(_NONE, _LED, _LED),
    Act.EXPORT: _row(_NONE, _LED | _POOL, _LED | _POOL | _BINS),
    Act.DELETE: _row(_OWN, _LED, _LED),
    Act.CLAIM: _row(_POOL, _POOL, _POOL),
    Act.POOL_ASSIGN: _row(_NONE, _POOL, _POOL),
    Act.DIRECT_ASSIGN: _row(_POOL, _POOL, _POOL),
    Act.POOL_DELETE: _row(_NONE, _POOL, _POOL),
    Act.REVIEW: _row(_APPROVER, _APPROVER, _APPROVER),
    Act.RESTORE: _row(_MY_BIN, _MY_BIN, _BINS),
    Act.ENTER: _row(_ANY, _ANY, _NONE),
    Act.ENTER_FOR_MEMBER: _row(_NONE, _ANY, _ANY),
    Act.ENTER_INTO_POOL: _row(_NONE, _NONE, _ANY),
    Act.RECORD_ORDER: _row(_NONE, _LED, _LED | _POOL),
    Act.SEE_TEAM: _row(_NONE, _ANY, _ANY),
    Act.MANAGE_USERS: _row(_NONE, _NONE, _ANY),
    Act.MANAGE_PARTNERS: _row(_NONE, _NONE, _ANY),
    Act.MANAGE_SETTINGS: _row(_NONE, _NONE, _ANY),
    Act.IMPORT: _row(_NONE, _NONE, _ANY),
}

SPECIAL_RIGHTS = frozenset({Act.DIRECT_ASSIGN})
"""Acts that ask, besides the table, for a right given to the single person."""


def allows(role: Role, act: Act, relation: Relation, *, special: bool = False) -> bool:
    """Whether a person of `role` may do `act` to a customer in `relation`; `special`: he holds the act's special right."""
    return relation in ALLOWED[act][role] and (special or act not in SPECIAL_RIGHTS)
