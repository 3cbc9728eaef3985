"""What the workbooks look like: sheets and their columns, one description for exports, templates and imports.

An export writes every column; an import takes those that are `taken` and finds them by their headings in any order.
"""

from dataclasses import dataclass
from enum import StrEnum

from domain.editing import DIRECTIONS, INCOTERMS
from domain.entry import SERVICES
from domain.followups import FollowupKind
from domain.permissions import Role
from domain.stages import Gained, Level, Lost, ReleaseReason, Stage


class Cell(StrEnum):
    """What stands in a column's cells. Instants are shown and read on the organisation's clock; lists stand in one cell."""

    TEXT = "text"
    DATE = "date"
    INSTANT = "instant"
    NUMBER = "number"
    WORD = "word"
    WORDS = "words"
    LANES = "lanes"
    YES_NO = "yes_no"


class SheetName(StrEnum):
    """The sheets there are."""

    CUSTOMERS = "customers"
    CONTACTS = "contacts"
    FOLLOWUPS = "followups"
    OWNERS = "owners"
    USERS = "users"
    PARTNERS = "partners"
    ORDERS = "orders"


@dataclass(frozen=True)
class Column:
    """One column. `key` names it in the code and in the locales; `words` are the codes that it may hold, worded by the locales.

    `taken`: an import reads it; the others only tell. `width` is in characters.
    """

    key: str
    cell: Cell = Cell.TEXT
    width: int = 14
    required: bool = False
    words: tuple[str, ...] = ()
    taken: bool = True


@dataclass(frozen=True)
class Sheet:
    """One sheet and its columns from the left."""

    name: SheetName
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        """The column of that key. Raises KeyError."""
        return {each.key: each for each in self.columns}[key]


_OF_CUSTOMER = (Column("customer_code", width=12), Column("customer", width=32, required=True))

CUSTOMERS = Sheet(
    SheetName.CUSTOMERS,
    (
        Column("customer_code", width=12, taken=False),
        Column("name", width=32, required=True),
        Column("short_name"),
        Column("credit_code", width=22),
        Column("industry"),
        Column("source", required=True),
        Column("level", Cell.WORD, 8, words=tuple(Level)),
        Column("country", width=10),
        Column("city", width=10, required=True),
        Column("address", width=32),
        Column("website", width=24),
        Column("contact_name", width=12, required=True),
        Column("phone", width=18),
        Column("email", width=24),
        Column("title"),
        Column("wechat"),
        Column("telegram"),
        Column("services", Cell.WORDS, 24, words=SERVICES),
        Column("direction", Cell.WORD, 10, words=DIRECTIONS),
        Column("lanes", Cell.LANES, 32),
        Column("commodity", width=18),
        Column("monthly_volume", Cell.NUMBER, 10),
        Column("volume_unit", width=8),
        Column("incoterms", Cell.WORDS, 14, words=INCOTERMS),
        Column("competitors", width=18),
        Column("remark", width=32),
        Column("stage", Cell.WORD, 10, words=tuple(Stage)),
        Column("linked_partner", width=32),
        Column("owner", width=14),
        Column("owner_name", width=12, taken=False),
        Column("created_at", Cell.INSTANT, 18),
        Column("owned_since", Cell.INSTANT, 18),
        Column("last_followup_at", Cell.INSTANT, 18, taken=False),
        Column("last_order_at", Cell.DATE, 12, taken=False),
        Column("signing_deadline", Cell.DATE, 12),
        Column("dormancy_deadline", Cell.DATE, 12),
        Column("pooled_at", Cell.INSTANT, 18, taken=False),
        Column("release_reason", Cell.WORD, 14, words=tuple(ReleaseReason), taken=False),
    ),
)
"""One customer a row with its main contact. `owner` is a staff login; empty: the customer lies in the pool.

`linked_partner` is the one of a cooperating or dormant customer, by name; empty: the one that matches, or its own.
"""

CONTACTS = Sheet(
    SheetName.CONTACTS,
    (
        *_OF_CUSTOMER,
        Column("contact_name", width=12, required=True),
        Column("phone", width=18),
        Column("email", width=24),
        Column("title"),
        Column("wechat"),
        Column("telegram"),
    ),
)
"""The further contacts; the main one stands with its customer."""

FOLLOWUPS = Sheet(
    SheetName.FOLLOWUPS,
    (
        *_OF_CUSTOMER,
        Column("at", Cell.INSTANT, 18, required=True),
        Column("author", width=14, required=True),
        Column("author_name", width=12, taken=False),
        Column("followup_kind", Cell.WORD, 10, words=tuple(FollowupKind)),
        Column("text", width=48, required=True),
        Column("next_on", Cell.DATE, 12),
    ),
)
"""What was said, when and by whom (a staff login): history keeps its true author and date."""

OWNERS = Sheet(
    SheetName.OWNERS,
    (
        *_OF_CUSTOMER,
        Column("owner", width=14, required=True),
        Column("owner_name", width=12, taken=False),
        Column("since", Cell.INSTANT, 18, required=True),
        Column("until", Cell.INSTANT, 18),
        Column("gained", Cell.WORD, 12, words=tuple(Gained)),
        Column("lost", Cell.WORD, 12, words=tuple(Lost)),
        Column("release_reason", Cell.WORD, 14, words=tuple(ReleaseReason)),
    ),
)
"""Who had a customer, from when to when, and why it ended."""

USERS = Sheet(
    SheetName.USERS,
    (
        Column("login", required=True),
        Column("person_name", width=12, required=True),
        Column("role", Cell.WORD, 12, required=True, words=tuple(Role)),
        Column("superior", width=14),
        Column("company"),
        Column("department"),
        Column("direct_assign", Cell.YES_NO, 10),
    ),
)

PARTNERS = Sheet(
    SheetName.PARTNERS,
    (
        Column("partner", width=32, required=True),
        Column("credit_code", width=22),
        Column("valid", Cell.YES_NO, 10, taken=False),
        Column("order_count", Cell.NUMBER, 10, taken=False),
        Column("customer", width=32, taken=False),
    ),
)

ORDERS = Sheet(
    SheetName.ORDERS,
    (
        Column("order_number", width=18, required=True),
        Column("partner", width=32, required=True),
        Column("credit_code", width=22),
        Column("order_kind"),
        Column("ordered_on", Cell.DATE, 12, required=True),
    ),
)

SHEETS = {sheet.name: sheet for sheet in (CUSTOMERS, CONTACTS, FOLLOWUPS, OWNERS, USERS, PARTNERS, ORDERS)}
