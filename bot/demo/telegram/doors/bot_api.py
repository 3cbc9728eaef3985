"""`/bot<token>/<method>` and `/file/bot<token>/<path>`."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from bot.demo.telegram.connections import cut
from bot.demo.telegram.door import Answer, refusal
from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.parameters import Parameters, Upload, from_json, from_query

_UNAUTHORIZED = ApiError(401, "Unauthorized")
_NOT_FOUND = ApiError(404, "Not Found")
_METHODS = ["GET", "POST"]
_BODY_LIMIT = 60 * 1024 * 1024


class _Cut(Response):
    """No response: the connection ends, with a reset or quietly."""

    def __init__(self, how: str) -> None:
        super().__init__()
        self.how = how

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - the ASGI signature
        await cut(scope, reset=self.how == "reset")


def bot_api_routes(telegram: Telegram) -> list[BaseRoute]:
    """The door of the bot."""

    async def call(request: Request) -> Response:
        if request.path_params["token"] != telegram.token:
            return _response(refusal(_UNAUTHORIZED))
        try:
            parameters = await read(request)
        except ApiError as error:
            return _response(refusal(error))
        return _response(await telegram.answer(request.path_params["method"], parameters))

    async def download(request: Request) -> Response:
        stored = telegram.files.by_path(request.path_params["path"])
        if request.path_params["token"] != telegram.token:
            return _response(refusal(_UNAUTHORIZED))
        if stored is None:
            return _response(refusal(_NOT_FOUND))
        return Response(stored.upload.content, media_type="application/octet-stream")

    async def lost(_request: Request) -> Response:
        return _response(refusal(_NOT_FOUND))

    return [
        Route("/bot{token}/{method}", call, methods=_METHODS),
        Route("/file/bot{token}/{path:path}", download),
        Route("/bot{rest:path}", lost, methods=_METHODS),
    ]


async def read(request: Request) -> Parameters:
    """A call's parameters: those of the query under those of the body."""
    query = from_query(request.scope["query_string"])
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return query.merged(await _multipart(request))
    body = await request.body()
    if not body:
        return query
    return query.merged(from_json(body) if kind == "application/json" else from_query(body))


async def _multipart(request: Request) -> Parameters:
    async with request.form(max_part_size=_BODY_LIMIT) as form:
        values = {name: value for name, value in form.items() if isinstance(value, str)}
        uploads = {
            name: Upload(part.filename or name, part.content_type or "application/octet-stream", await part.read())
            for name, part in form.items()
            if not isinstance(part, str)
        }
    return Parameters(dict(values), uploads)


def _response(answer: Answer) -> Response:
    if answer.cut:
        return _Cut(answer.cut)
    kind = "application/json" if answer.body.startswith(b"{") else "text/html"
    return Response(answer.body, answer.status, media_type=kind)
