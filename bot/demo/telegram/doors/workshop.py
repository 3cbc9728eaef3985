"""`/control/…`: people, weather, time, and what the bot did."""

from typing import Literal

from pydantic import BaseModel, NonNegativeFloat, PositiveInt
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from bot.demo.telegram.doors.founding import group_routes
from bot.demo.telegram.doors.replies import Work, body, door
from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.errors import PhoneError
from bot.demo.telegram.faults import Fault


class _Person(BaseModel):
    id: PositiveInt
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    note: str = ""
    color: str = ""
    started: bool = False


class _Fault(BaseModel):
    kind: Literal["429", "500", "502", "reset", "lost_reply", "slow", "duplicate"]
    times: PositiveInt = 1
    method: str | None = None
    chat_id: int | None = None
    contains: str | None = None
    seconds: NonNegativeFloat = 1.0
    retry_after: PositiveInt = 1


class _Advance(BaseModel):
    advance: NonNegativeFloat


class _Limits(BaseModel):
    enabled: bool


async def _people(telegram: Telegram, request: Request) -> object:
    given = _Person.model_validate(await body(request)).model_dump()
    return telegram.people.add(given.pop("id"), given.pop("first_name"), **given).person


async def _calls(telegram: Telegram, request: Request) -> object:
    after = request.query_params.get("after", "")
    return [call.summary() for call in telegram.calls.after(int(after) if after.isdecimal() else 0)]


async def _unanswered(telegram: Telegram, _request: Request) -> object:
    return [query.summary() for query in telegram.queries.unanswered()]


async def _strike(telegram: Telegram, request: Request) -> object:
    telegram.strike(Fault(**_Fault.model_validate(await body(request)).model_dump()))
    return {"ok": True}


async def _calm(telegram: Telegram, _request: Request) -> object:
    telegram.calm()
    return {"ok": True}


async def _clock(telegram: Telegram, request: Request) -> object:
    if not telegram.clock.movable:
        raise PhoneError("this clock cannot be moved", 403)
    await telegram.clock.pass_by(_Advance.model_validate(await body(request)).advance)
    return {"now": telegram.clock.now().isoformat()}


async def _time(telegram: Telegram, _request: Request) -> object:
    clock = telegram.clock
    known = {"now": clock.now().isoformat(), "movable": clock.movable}
    return known | ({"timezone": clock.timezone} if clock.timezone else {})


async def _limits(telegram: Telegram, request: Request) -> object:
    telegram.rates.enabled = _Limits.model_validate(await body(request)).enabled
    return {"enabled": telegram.rates.enabled}


_WORKS: tuple[tuple[str, str, Work], ...] = (
    ("POST", "people", _people),
    ("GET", "calls", _calls),
    ("GET", "unanswered", _unanswered),
    ("POST", "faults", _strike),
    ("DELETE", "faults", _calm),
    ("GET", "clock", _time),
    ("POST", "clock", _clock),
    ("POST", "limits", _limits),
)


def workshop_routes(telegram: Telegram) -> list[BaseRoute]:
    """The door of tests and of the demo."""
    alone = [Route(f"/control/{name}", door(telegram, work), methods=[verb]) for verb, name, work in _WORKS]
    return [*alone, *group_routes(telegram)]
