"""Calls to the Bot API by name: python-telegram-bot's transport and errors, without an object for each thing."""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from telegram.request import BaseRequest, RequestData
from telegram.request._requestparameter import RequestParameter


class BotApi:
    """One bot at one Bot API server. Use it as a context manager: it owns its connections."""

    def __init__(self, request: BaseRequest, *, base_url: str, token: str, file_url: str = "") -> None:
        self._request = request
        self._url, self._file_url = (
            base.format(token=token) if "{token}" in base else f"{base}{token}" for base in (base_url, file_url)
        )

    async def __aenter__(self) -> Self:
        await self._request.initialize()
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        await self._request.shutdown()

    async def call(  # what comes back depends on the method
        self,
        method: str,
        params: Mapping[str, Any] | None = None,
        *,
        read_timeout: float | None = None,
        write_timeout: float | None = None,
    ) -> Any:  # noqa: ANN401
        """Call a method with its parameters as plain values. Raises TelegramError; `bot.failures` tells them apart.

        The time-outs are in seconds; None: the transport's own.
        """
        parameters = [RequestParameter.from_input(name, value) for name, value in (params or {}).items()]
        given = {"read_timeout": read_timeout, "write_timeout": write_timeout}
        timeouts = {name: seconds for name, seconds in given.items() if seconds is not None}
        return await self._request.post(f"{self._url}/{method}", RequestData(parameters), **timeouts)

    async def download(self, file_id: str) -> bytes:
        """A file that somebody sent. Raises TelegramError."""
        found = await self.call("getFile", {"file_id": file_id})
        return await self._request.retrieve(f"{self._file_url}/{found['file_path']}")
