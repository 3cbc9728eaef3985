"""Reading and answering JSON at the doors that are not Telegram's own."""

import json
from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.demo.telegram.errors import ApiError
from bot.demo.telegram.people import PhoneError


async def body(request: Request) -> Any:  # noqa: ANN401 - any JSON value may come; models check it
    """The JSON of a request; nothing counts as an empty object."""
    raw = await request.body()
    try:
        return json.loads(raw) if raw else {}
    except ValueError:
        raise PhoneError("the body is not JSON") from None


async def guarded(deed: Callable[[], object]) -> Response:
    """The result of a deed as JSON, or its refusal as `{"error": …}`."""
    try:
        result = deed()
        return JSONResponse(await result if isinstance(result, Awaitable) else result)
    except PhoneError as error:
        return JSONResponse({"error": str(error)}, error.status)
    except ApiError as error:
        return JSONResponse({"error": error.description}, error.code)
    except ValidationError as error:
        return JSONResponse({"error": str(error)}, 400)
