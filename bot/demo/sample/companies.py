"""Three hundred companies: made from cities, brands and industries by a seeded generator, so every run makes the same ones."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from bot.demo.sample import places
from bot.demo.sample.abroad import ABROAD
from bot.demo.sample.industries import INDUSTRIES, VOLUME_UNITS, Industry
from bot.demo.sample.luck import likely
from bot.demo.sample.names import BRANDS, GIVEN_NAMES, SURNAMES, TITLES
from bot.demo.sample.places import City
from domain import credit_code
from domain.customers import NewContact, NewCustomer
from domain.names import name_key
from domain.stages import Level

TOTAL = 300
_SUFFIXES = ("有限公司",) * 8 + ("股份有限公司", "有限责任公司")
_LEVELS = (Level.A,) + (Level.B,) * 3 + (Level.C,) * 4 + (Level.D,) * 2
_SOURCES = ("网络询盘", "展会", "老客户介绍", "电话开发", "海关数据", "社媒推广", "广交会", "同行转介")
_INCOTERMS = (("FOB",), ("FOB", "CIF"), ("CIF",), ("EXW",), ("DAP",), ("CFR",), ("DDP",))
_COMPETITORS = (None, None, None, "本地货代", "船公司直客", "同城两家货代", "上海某大型货代", "客户自有货代")
_REMARKS = (
    None,
    None,
    None,
    "旺季前需提前两周锁舱",
    "对时效敏感，运价其次",
    "付款月结 30 天",
    "单证要求高，提单需反复核对",
    "工厂周日休息",
)
_VOLUMES = {"fcl": (2, 45), "rail": (2, 20), "lcl": (5, 60), "air": (300, 6000)}
_TRANSPORT = ("fcl", "lcl", "air", "rail")
_MOBILE = "1380000{:04d}"


@dataclass(frozen=True)
class Company:
    """A company as it is entered, with what the entry form does not ask for; `north` says whose ground it is."""

    record: NewCustomer
    north: bool
    volume: Decimal
    volume_unit: str
    incoterms: tuple[str, ...]
    competitors: str | None


def companies(rng: random.Random) -> list[Company]:
    """All of them, in an order without meaning; names and credit codes are unique."""
    made = [_around(record, north=place % 2 == 0, rng=rng) for place, record in enumerate(ABROAD)]
    keys = {name_key(company.record.name) for company in made}
    makers = _Maker(rng).endless()
    while len(made) < TOTAL:
        company = next(makers)
        if (key := name_key(company.record.name)) not in keys:
            keys.add(key)
            made.append(company)
    rng.shuffle(made)
    return made


class _Maker:
    """Makes Chinese companies; phone and registration numbers never repeat."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._numbers = iter(rng.sample(range(10_000), 10_000))
        self._organisations = iter(rng.sample(range(1_000_000, 10_000_000), 10_000))
        self._cities = [city for city in places.CITIES for _ in range(places.WEIGHTS.get(city.name, 1))]

    def endless(self) -> Iterator[Company]:
        """Company after company, each brand as often as any other."""
        while True:
            for brand in self._rng.sample(BRANDS, len(BRANDS)):
                yield self._company(brand, self._rng.choice(self._cities), self._rng.choice(INDUSTRIES))

    def _company(self, brand: tuple[str, str], city: City, industry: Industry) -> Company:
        rng, word = self._rng, self._rng.choice(industry.words)
        domain = f"{brand[1]}.example.com"
        services = _services(rng, industry)
        direction = rng.choice(("export", "export", "export", "both", "import"))
        record = NewCustomer(
            name=f"{city.name}{brand[0]}{word}{rng.choice(_SUFFIXES)}",
            short_name=f"{brand[0]}{word[:2]}",
            credit_code=self._credit_code(city) if likely(rng, 90) else None,
            source=rng.choice(_SOURCES),
            city=city.name,
            country="中国",
            industry=industry.name,
            level=rng.choice(_LEVELS),
            contacts=tuple(self._contacts(domain)),
            address=f"{_province(city)}{city.name}市{rng.choice(city.streets)}{rng.randint(1, 399)}号",
            website=f"https://www.{domain}" if likely(rng, 60) else None,
            remark=rng.choice(_REMARKS),
            services=services,
            direction=direction,
            lanes=tuple(_lanes(rng, city, industry, services, direction)),
            commodity=rng.choice(industry.goods),
        )
        return _around(record, north=city.north, rng=rng)

    def _credit_code(self, city: City) -> str:
        first17 = f"91{city.division}MA{next(self._organisations)}"
        return first17 + credit_code.check_digit(first17)

    def _contacts(self, domain: str) -> Iterator[NewContact]:
        for _ in range(self._rng.choice((1, 1, 2, 2, 3))):
            surname, given = self._rng.choice(SURNAMES), self._rng.choice(GIVEN_NAMES)
            latin = f"{given[1]}.{surname[1]}"
            number = next(self._numbers)
            yield NewContact(
                name=surname[0] + given[0],
                phone=_MOBILE.format(number),
                email=f"{latin}@{domain}" if likely(self._rng, 80) else None,
                title=self._rng.choice(TITLES),
                wechat=f"{surname[1]}{given[1]}{number % 1000:03d}" if likely(self._rng, 70) else None,
            )


def _around(record: NewCustomer, *, north: bool, rng: random.Random) -> Company:
    unit = next((service for service in record.services if service in VOLUME_UNITS), "fcl")
    low, high = _VOLUMES[unit]
    volume = Decimal(rng.randint(low, high))
    return Company(record, north, volume, VOLUME_UNITS[unit], rng.choice(_INCOTERMS), rng.choice(_COMPETITORS))


def _services(rng: random.Random, industry: Industry) -> tuple[str, ...]:
    """Some of the industry's services, in its order; one of them moves the cargo."""
    first = rng.choice([service for service in industry.services if service in _TRANSPORT])
    return tuple(service for service in industry.services if service == first or likely(rng, 40))


def _province(city: City) -> str:
    return "" if city.province == city.name else f"{city.province}省"


def _lanes(
    rng: random.Random, city: City, industry: Industry, services: tuple[str, ...], direction: str
) -> list[tuple[str, str]]:
    """One to three lanes of the ways that the customer uses; imports run the other way."""
    ways = [service for service in services if service in _TRANSPORT]
    found = dict.fromkeys(_lane(rng, city, industry, rng.choice(ways)) for _ in range(rng.choice((1, 1, 2, 3))))
    return [lane[::-1] if direction == "import" else lane for lane in found]


def _lane(rng: random.Random, city: City, industry: Industry, way: str) -> tuple[str, str]:
    if way == "air":
        return (city.airport, rng.choice(tuple(places.AIR)))
    if way == "rail":
        return (city.port, rng.choice(tuple(places.RAIL)))
    return (city.port, rng.choice(tuple(places.SEA[rng.choice(industry.trades)])))
