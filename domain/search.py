"""Search (SPEC 5): any part of a name (two characters are enough), short name, code, phone digits, credit code, pinyin initials.

Every field is cut into grams: pairs of neighbouring characters, and triples of digits, of which there are only ten. They stand in
an index of the database's own kind; what the index finds is checked against the text itself. No contrib extension is needed.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    cast,
    column,
    join,
    literal,
    literal_column,
    or_,
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

_SIGNS = re.compile(r"[\W_]+")
_DIGITS = 3
_ANY_DIGIT = re.compile(r"\d")
_GRAMS = table("customer_grams", column("rowid"), column("grams"))
_FORGET = text("DELETE FROM customer_grams WHERE rowid IN (SELECT value FROM json_each(:ids))")
_AT_ONCE = 1_000


class Searchable(NamedTuple):
    """What search looks at of one customer, in the form in which it is compared: before its code, and behind it.

    Texts hold a field a line, grams stand between spaces.
    """

    names: str
    numbers: str
    grams_of_names: str
    grams_of_numbers: str

    @classmethod
    def of(cls, name: str, short_name: str | None, credit_code: str | None, phones: Iterable[str]) -> "Searchable":
        """Of a customer with these phone numbers, digits alone."""
        names = _lines(normalise(name), normalise(short_name or ""), initials(name))
        numbers = _lines(normalise(credit_code or ""), *phones)
        return cls(names, numbers, " ".join(grams(names)), " ".join(grams(numbers)))

    def text(self, code: str) -> str:
        """A field a line, with its code."""
        return _lines(self.names, code, self.numbers)

    def grams(self, code: str) -> str:
        """All grams, in the order of the text."""
        return f"{self.grams_of_names} {' '.join(grams(code))} {self.grams_of_numbers}"


def _lines(*fields: str) -> str:
    return "\n".join(dict.fromkeys(filter(None, fields)))


def index(session: Session, customer_ids: Iterable[int]) -> None:
    """Make these customers findable as they are now: called by whatever changes what search looks at."""
    put(session, _searchables(session, sorted(set(customer_ids))))


def put(session: Session, found: Mapping[int, Searchable], *, new: bool = False) -> None:
    """The same for whoever knows what there is to be found; `new`: none of them was findable before."""
    codes = {customer_id: customer_code(customer_id).casefold() for customer_id in found}
    rows: list[dict[str, Any]] = [{"customer_id": key, "text": each.text(codes[key])} for key, each in found.items()]
    on = None if new else "customer_id"
    if is_sqlite(session):
        insert_bulk(session, CustomerSearch, rows, on=on)
        if not new:
            session.execute(_FORGET, {"ids": json.dumps(list(codes))})
        pairs = [(key, each.grams(codes[key])) for key, each in found.items()]
        if pairs:
            session.connection().exec_driver_sql("INSERT INTO customer_grams (rowid, grams) VALUES (?, ?)", pairs)
    else:
        for row, each in zip(rows, found.values(), strict=True):
            row["grams"] = "{" + ",".join(each.grams(codes[row["customer_id"]]).split()) + "}"
        insert_bulk(session, CustomerSearch, rows, on=on)


def index_missing(session: Session) -> None:
    """Make findable what was kept before there was this index."""
    known = select(CustomerSearch.customer_id)
    missing = session.scalars(select(Customer.id).where(Customer.id.not_in(known)).order_by(Customer.id)).all()
    for first in range(0, len(missing), _AT_ONCE):
        index(session, missing[first : first + _AT_ONCE])


def holds(session: Session, wanted: str) -> ColumnElement[bool]:
    """The condition on Customer that a search text makes; what is too short for the index is looked for in the names alone."""
    key = normalise(wanted)
    if not grams(key):
        return _named(wanted.strip())
    checked = CustomerSearch.text.contains(key, autoescape=True)
    if is_sqlite(session):
        return Customer.id.in_(
            select(CustomerSearch.customer_id)
            .join(_GRAMS, _GRAMS.c.rowid == CustomerSearch.customer_id)
            .where(_GRAMS.c.grams.op("MATCH")(_phrase(key)), checked)
        )
    return Customer.id.in_(select(CustomerSearch.customer_id).where(_holds_grams(key), checked))


def _named(wanted: str) -> ColumnElement[bool]:
    if not wanted:
        return literal(value=False)
    return or_(Customer.name.icontains(wanted, autoescape=True), Customer.short_name.icontains(wanted, autoescape=True))


def _phrase(key: str) -> str:
    return '"' + " ".join(grams(key)) + '"'


def _holds_grams(key: str) -> ColumnElement[bool]:
    wanted = cast(array([literal(gram) for gram in sorted(set(grams(key)))]), ARRAY(Text))
    return literal_column("customer_search.grams", ARRAY(Text)).contains(wanted)


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
    if not grams(key):
        return Hits(Customer, _named(wanted.strip()), table_of(Customer).c.id)
    checked = CustomerSearch.text.contains(key, autoescape=True)
    if is_sqlite(session):
        number: ColumnElement[int] = _GRAMS.c.rowid
        source = join(_GRAMS, CustomerSearch, number == CustomerSearch.customer_id).join(Customer, number == Customer.id)
        return Hits(source, and_(_GRAMS.c.grams.op("MATCH")(_phrase(key)), checked), number)
    holding = _holds_grams(key)
    source = join(CustomerSearch, Customer, CustomerSearch.customer_id == Customer.id)
    condition = holding if grams(key) == [key] else and_(holding, checked)
    return Hits(source, condition, table_of(CustomerSearch).c.customer_id)


def normalise(value: str) -> str:
    """Half-width small letters and digits without spaces or signs: the form in which everything is compared."""
    return _SIGNS.sub("", unicodedata.normalize("NFKC", value).casefold())


def grams(found: str) -> list[str]:
    """The pairs of neighbouring characters of every line, but of digits the triples: a pair of them stands everywhere."""
    return [gram for line in found.split("\n") for gram in _grams_of(line)]


def _grams_of(line: str) -> Iterable[str]:
    if line.isdecimal():
        return [line[i : i + _DIGITS] for i in range(len(line) - _DIGITS + 1)]
    if _ANY_DIGIT.search(line):
        return filter(None, (_gram(line, i) for i in range(len(line) - 1)))
    return [line[i : i + 2] for i in range(len(line) - 1)]


def _gram(line: str, place: int) -> str | None:
    pair, triple = line[place : place + 2], line[place : place + _DIGITS]
    if not pair.isdecimal():
        return pair
    return triple if triple.isdecimal() and len(triple) == _DIGITS else None


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
