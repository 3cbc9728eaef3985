"""The way of every Bot API call: faults, the method, its answer or refusal, the log."""

from __future__ import annotations

import asyncio
import inspect
import json
from typing import TYPE_CHECKING, NamedTuple

from bot.demo.telegram.errors import ApiError, too_many_requests
from bot.demo.telegram.methods import METHODS

if TYPE_CHECKING:
    from bot.demo.telegram.engine import Telegram
    from bot.demo.telegram.faults import Fault
    from bot.demo.telegram.parameters import Parameters

_BAD_GATEWAY = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\r\n"
_SERVER_ERROR = ApiError(500, "Internal Server Error")
_UNKNOWN_METHOD = ApiError(404, "Not Found: method not found")
_SILENT = frozenset({"getupdates"})


class Answer(NamedTuple):
    """What goes back: a body, or with `cut` ("reset" or "lost") a connection that ends without one."""

    status: int
    body: bytes
    cut: str = ""


async def answer(telegram: Telegram, method: str, parameters: Parameters) -> Answer:
    """Run one call as the Bot API would, or as a fault wants it."""
    given = await _faulty(telegram, method, parameters) or await _done(telegram, method, parameters)
    if method.lower() not in _SILENT:
        telegram.calls.add(method, _logged(parameters), given.status, given.body, telegram.clock.seconds())
    return given


def refusal(error: ApiError) -> Answer:
    """An error as it goes over the wire."""
    return Answer(error.code, json.dumps(error.body(), ensure_ascii=False).encode())


async def _done(telegram: Telegram, method: str, parameters: Parameters) -> Answer:
    function = METHODS.get(method.lower())
    try:
        if function is None:
            raise _UNKNOWN_METHOD
        result = function(telegram, parameters)
        if inspect.isawaitable(result):
            result = await result
    except ApiError as error:
        return refusal(error)
    body = json.dumps({"ok": True, "result": result}, ensure_ascii=False, separators=(",", ":"))
    return Answer(200, body.encode(errors="surrogatepass"))


async def _faulty(telegram: Telegram, method: str, parameters: Parameters) -> Answer | None:
    fault = telegram.faults.take(method, parameters)
    return await _struck(fault, telegram, method, parameters) if fault else None


async def _struck(fault: Fault, telegram: Telegram, method: str, parameters: Parameters) -> Answer | None:
    if fault.kind == "slow":
        await asyncio.sleep(fault.seconds)
        return None
    if fault.kind == "lost_reply":
        return (await _done(telegram, method, parameters))._replace(cut="lost")
    if fault.kind == "429":
        return refusal(too_many_requests(fault.retry_after))
    if fault.kind == "500":
        return refusal(_SERVER_ERROR)
    return Answer(502, _BAD_GATEWAY) if fault.kind == "502" else Answer(0, b"", cut="reset")


def _logged(parameters: Parameters) -> dict[str, object]:
    files = {name: {"file_name": upload.name, "size": len(upload.content)} for name, upload in parameters.uploads.items()}
    return {**parameters.values, **files}
