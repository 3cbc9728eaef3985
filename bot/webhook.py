"""Updates pushed by Telegram: the secret compared in constant time, the body bounded, the inbox row before the 200."""

import json
import secrets
from http import HTTPStatus

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.intake import Intake

log = structlog.get_logger()

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 — the header's name
BODY_LIMIT = 1_000_000
_BIGGEST = 2**63


def door(intake: Intake, *, path: str, secret: str) -> Route:
    """Where Telegram posts to."""

    async def receive(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not secrets.compare_digest(given.encode(), secret.encode()):
            return Response(status_code=HTTPStatus.FORBIDDEN)
        body = await _bounded(request)
        if body is None:
            return Response(status_code=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        return await _keep(intake, body)

    return Route(path, receive, methods=["POST"])


async def _keep(intake: Intake, body: bytes) -> Response:
    try:
        update = json.loads(body)
        update_id = update["update_id"]
    except (ValueError, TypeError, KeyError):
        return Response(status_code=HTTPStatus.BAD_REQUEST)
    if type(update_id) is not int or not 0 <= update_id < _BIGGEST:
        return Response(status_code=HTTPStatus.BAD_REQUEST)
    try:
        await intake.receive([update])
    except Exception:  # Telegram repeats what was not kept
        log.exception("update_not_kept", update_id=update_id)
        return Response(status_code=HTTPStatus.SERVICE_UNAVAILABLE)
    return Response()


async def _bounded(request: Request) -> bytes | None:
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)
