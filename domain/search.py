"""Search (SPEC 5): any part of a name (two characters are enough), short name, code, phone digits, credit code, pinyin initials.

Every field is cut into pairs of neighbouring characters. The pairs stand in an index of the database's own kind; what the index
finds is checked against the text itself. No contrib extension is needed.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    cast,
    column,
    join,
    literal,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, array
from sqlalchemy.orm import Session
from sqlalchemy.types import Text

from domain.bulk import insert_bulk
from domain.dialects import is_sqlite, table_of
from domain.models import Contact, Customer, CustomerSearch, customer_code

SHORTEST = 2
_SIGNS = re.compile(r"[\W_]+")
_GRAMS = table("customer_grams", column("rowid"), column("grams"))
_FORGET = text("DELETE FROM customer_grams WHERE rowid IN (SELECT value FROM json_each(:ids))")


class Searchable(NamedTuple):
    """What search looks at of one customer, in the form in which it is compared: before its code, and behind it."""

    names: tuple[str, ...]
    numbers: tuple[str, ...]

    @classmethod
    def of(cls, name: str, short_name: str | None, credit_code: str | None, phones: Iterable[str]) -> "Searchable":
        """Of a customer with these phone numbers, digits alone."""
        return cls((normalise(name), normalise(short_name or ""), initials(name)), (normalise(credit_code or ""), *phones))

    def text(self, customer_id: int) -> str:
        """A field a line."""
        return "\n".join(dict.fromkeys([*self.names, normalise(customer_code(customer_id)), *self.numbers]))


def index(session: Session, customer_ids: Iterable[int]) -> None:
    """Make these customers findable as they are now: called by whatever changes what search looks at."""
    put(session, _searchables(session, sorted(set(customer_ids))))


def put(session: Session, found: Mapping[int, Searchable]) -> None:
    """The same for whoever knows what there is to be found."""
    texts = {customer_id: each.text(customer_id) for customer_id, each in found.items()}
    if is_sqlite(session):
        rows = [{"customer_id": customer_id, "text": said} for customer_id, said in texts.items()]
        insert_bulk(session, CustomerSearch, rows, on="customer_id")
        session.execute(_FORGET, {"ids": json.dumps(list(texts))})
        pairs = [(customer_id, " ".join(grams(said))) for customer_id, said in texts.items()]
        if pairs:
            session.connection().exec_driver_sql("INSERT INTO customer_grams (rowid, grams) VALUES (?, ?)", pairs)
    else:
        rows = [{"customer_id": key, "text": said, "grams": list(set(grams(said)))} for key, said in texts.items()]
        insert_bulk(session, CustomerSearch, rows, on="customer_id")


def index_missing(session: Session) -> None:
    """Make findable what was kept before there was this index."""
    known = select(CustomerSearch.customer_id)
    index(session, session.scalars(select(Customer.id).where(Customer.id.not_in(known))))


def holds(session: Session, wanted: str) -> ColumnElement[bool]:
    """The condition on Customer that a search text makes; one that nothing fulfils for less than two letters or digits."""
    key = normalise(wanted)
    if len(key) < SHORTEST:
        return Customer.name.icontains(wanted.strip(), autoescape=True) if wanted.strip() else literal(value=False)
    checked = CustomerSearch.text.contains(key, autoescape=True)
    if is_sqlite(session):
        return Customer.id.in_(
            select(CustomerSearch.customer_id)
            .join(_GRAMS, _GRAMS.c.rowid == CustomerSearch.customer_id)
            .where(_GRAMS.c.grams.op("MATCH")(_phrase(key)), checked)
        )
    return Customer.id.in_(select(CustomerSearch.customer_id).where(_holds_pairs(key), checked))


def _phrase(key: str) -> str:
    return '"' + " ".join(grams(key)) + '"'


def _holds_pairs(key: str) -> ColumnElement[bool]:
    pairs = cast(array([literal(gram) for gram in sorted(set(grams(key)))]), ARRAY(Text))
    return literal_column("customer_search.grams", ARRAY(Text)).contains(pairs)


class Hits(NamedTuple):
    """What a search text finds, as parts of a query: where to select customers from, what they fulfil, and the newest first.

    Walked in that order, the database stops at the first page instead of finding every customer that holds a common word.
    """

    source: FromClause | type[Customer]
    condition: ColumnElement[bool]
    number: ColumnElement[int]


def hits(session: Session, wanted: str) -> Hits:
    """The customers that hold the text."""
    key = normalise(wanted)
    if len(key) < SHORTEST:
        return Hits(Customer, holds(session, wanted), table_of(Customer).c.id)
    checked = CustomerSearch.text.contains(key, autoescape=True)
    if is_sqlite(session):
        number: ColumnElement[int] = _GRAMS.c.rowid
        source = join(_GRAMS, CustomerSearch, number == CustomerSearch.customer_id).join(Customer, number == Customer.id)
        return Hits(source, and_(_GRAMS.c.grams.op("MATCH")(_phrase(key)), checked), number)
    pairs = _holds_pairs(key)
    source = join(CustomerSearch, Customer, CustomerSearch.customer_id == Customer.id)
    condition = pairs if len(key) == SHORTEST else and_(pairs, checked)
    return Hits(source, condition, table_of(CustomerSearch).c.customer_id)


def normalise(value: str) -> str:
    """Half-width small letters and digits without spaces or signs: the form in which everything is compared."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", value).casefold())


def grams(found: str) -> Sequence[str]:
    """The pairs of neighbouring characters of every line."""
    return [line[i : i + 2] for line in found.split("\n") for i in range(len(line) - 1)]


def likeness(one: str, other: str) -> float:
    """Dice's coefficient of two names' character pairs: 1 for equal ones, 0 for names without a pair in common."""
    a, b = ({name[i : i + 2] for i in range(len(name) - 1)} for name in (one, other))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def initials(name: str) -> str:
    """青岛海航 → qdhh; letters and digits stay."""
    return normalise(_hans().sub(_initials_of_run, name))


@cache
def _hans() -> re.Pattern[str]:
    """Characters that can be pronounced, one behind the other."""
    from pypinyin.constants import RE_HANS  # noqa: PLC0415 — its table of phrases is heavy, and most turns need none of it

    return re.compile(RE_HANS.pattern.strip("^$"))


def _initials_of_run(run: re.Match[str]) -> str:
    from pypinyin.seg import mmseg  # noqa: PLC0415 — as above

    return "".join(map(_initials_of_word, mmseg.seg.cut(run[0])))


@lru_cache(maxsize=20_000)
def _initials_of_word(word: str) -> str:
    """Names of firms are made of the same words over and over."""
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415 — as above

    return "".join(lazy_pinyin(word, style=Style.FIRST_LETTER))


def _searchables(session: Session, customer_ids: Sequence[int]) -> dict[int, Searchable]:
    customers = session.execute(
        select(Customer.id, Customer.name, Customer.short_name, Customer.credit_code).where(Customer.id.in_(customer_ids))
    )
    phones: dict[int, list[str]] = {}
    found = select(Contact.customer_id, Contact.phone_digits).where(Contact.customer_id.in_(customer_ids))
    for contact in session.execute(found.where(Contact.phone_digits.is_not(None))):
        phones.setdefault(contact.customer_id, []).append(contact.phone_digits)
    return {row.id: Searchable.of(row.name, row.short_name, row.credit_code, phones.get(row.id, [])) for row in customers}
