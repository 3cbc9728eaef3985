"""`/control/groups…` and `/control/privacy`: groups made, filled, upgraded and deleted."""

from typing import Literal

from pydantic import BaseModel, NegativeInt
from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from bot.demo.telegram.doors.replies import Work, body, door
from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.groups import Group
from bot.demo.telegram.parameters import Json


class _Group(BaseModel):
    id: NegativeInt | None = None
    title: str
    members: list[int]
    supergroup: bool = False
    bot: Literal["administrator", "member", "restricted", "left"] = "member"


class _Member(BaseModel):
    user_id: int | None = None
    status: str
    rights: list[str] | None = None
    by: int | None = None


class _Change(BaseModel):
    title: str | None = None
    silent: bool | None = None


class _Privacy(BaseModel):
    enabled: bool


async def _make(telegram: Telegram, request: Request) -> object:
    given = _Group.model_validate(await body(request))
    made = telegram.groups.make(given.title, given.members, group_id=given.id, supergroup=given.supergroup, bot=given.bot)
    return _shown(made)


async def _turn(telegram: Telegram, request: Request) -> object:
    given = _Member.model_validate(await body(request))
    user_id = telegram.bot["id"] if given.user_id is None else given.user_id
    group = _group(telegram, request)
    return telegram.groups.turn(group, user_id, given.status, rights=given.rights, by=given.by).card()


async def _change(telegram: Telegram, request: Request) -> object:
    given, group = _Change.model_validate(await body(request)), _group(telegram, request)
    if given.title is not None:
        telegram.groups.rename(group, given.title)
    if given.silent is not None:
        group.silent = given.silent
    return _shown(group)


async def _upgrade(telegram: Telegram, request: Request) -> object:
    return _shown(telegram.groups.upgrade(_group(telegram, request)))


async def _delete(telegram: Telegram, request: Request) -> object:
    _group(telegram, request).deleted = True
    return {"ok": True}


async def _privacy(telegram: Telegram, request: Request) -> object:
    telegram.groups.privacy = _Privacy.model_validate(await body(request)).enabled
    return {"enabled": telegram.groups.privacy}


def _group(telegram: Telegram, request: Request) -> Group:
    return telegram.groups.group(-request.path_params["number"])


def _shown(group: Group) -> Json:
    return group.card | {"members": [member.card() for member in (*group.people.values(), group.bot)]}


_WORKS: tuple[tuple[str, str, Work], ...] = (
    ("POST", "groups", _make),
    ("POST", "groups/-{number:int}", _change),
    ("DELETE", "groups/-{number:int}", _delete),
    ("POST", "groups/-{number:int}/members", _turn),
    ("POST", "groups/-{number:int}/upgrade", _upgrade),
    ("POST", "privacy", _privacy),
)


def group_routes(telegram: Telegram) -> list[BaseRoute]:
    """The part of the workshop that makes groups."""
    return [Route(f"/control/{name}", door(telegram, work), methods=[verb]) for verb, name, work in _WORKS]
