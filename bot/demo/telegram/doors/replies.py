"""Reading and answering JSON at the doors that are not Telegram's own."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.demo.telegram.engine import Telegram
from bot.demo.telegram.errors import ApiError, PhoneError

Work = Callable[[Telegram, Request], Awaitable[object]]


def door(telegram: Telegram, work: Work) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint that answers with the result of `work` as JSON, or with its refusal as `{"error": …}`."""

    async def endpoint(request: Request) -> Response:
        try:
            result = await work(telegram, request)
        except PhoneError as error:
            return JSONResponse({"error": str(error)}, error.status)
        except ApiError as error:
            return JSONResponse({"error": error.description}, error.code)
        except ValidationError as error:
            return JSONResponse({"error": str(error)}, 400)
        return result if isinstance(result, Response) else JSONResponse(result)

    return endpoint


async def body(request: Request) -> Any:  # noqa: ANN401 - any JSON value may come; models check it
    """The JSON of a request; nothing counts as an empty object."""
    raw = await request.body()
    try:
        return json.loads(raw) if raw else {}
    except ValueError:
        raise PhoneError("the body is not JSON") from None
