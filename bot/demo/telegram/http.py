"""The HTTP side: the Bot API, the people's phones, the workshop."""

from starlette.applications import Starlette
from starlette.routing import BaseRoute

from bot.demo.telegram.doors.bot_api import bot_api_routes
from bot.demo.telegram.doors.people import people_routes
from bot.demo.telegram.doors.workshop import workshop_routes
from bot.demo.telegram.engine import Telegram


def routes(telegram: Telegram) -> list[BaseRoute]:
    """The three doors, to be composed into a larger application."""
    return [*people_routes(telegram), *workshop_routes(telegram), *bot_api_routes(telegram)]


def application(telegram: Telegram) -> Starlette:
    """The three doors as one application; run it with `bot.demo.telegram.server.serve`."""
    return Starlette(routes=routes(telegram))
