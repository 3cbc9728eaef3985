"""How the bot speaks HTTP to Telegram: python-telegram-bot's request interface on one aiohttp session.

Every failure is raised as `TimedOut` or `NetworkError` whose `__cause__` is aiohttp's own exception, so that
`bot.failures` can tell a request that never left from one that may have arrived. The path of every address
holds the bot's token, so no exception raised here, nor any cause of one, tells more than the host.
"""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from multidict import CIMultiDict, CIMultiDictProxy
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

KEEP_ALIVE_SECONDS = 15.0  # shorter than Telegram's, so that a reused connection is seldom one it is just closing
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}
_NOWHERE = URL("/")
_PATH = re.compile(r"(https?://[^/\s]+)/\S*")


@dataclass(frozen=True, kw_only=True)
class Timeouts:
    """Seconds allowed for each part of a request; None waits for ever.

    `media_write` stands for `write` when a request carries files.
    """

    pool: float | None = 1.0
    connect: float | None = 5.0
    write: float | None = 5.0
    media_write: float | None = 20.0
    read: float | None = 5.0


class AiohttpRequest(BaseRequest):
    """Requests to the Bot API over at most `connections` kept-alive connections.

    Usable from `initialize()` in a running loop until `shutdown()`; it may be initialised again.
    Proxies come from the usual environment variables; this machine itself is never asked for through one.
    """

    def __init__(self, *, connections: int = 256, timeouts: Timeouts | None = None) -> None:
        self._connections = connections
        self._timeouts = timeouts or Timeouts()
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds that an answer may take when a call names none."""
        return self._timeouts.read

    async def initialize(self) -> None:
        """Open the session; nothing happens when it is open."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=KEEP_ALIVE_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close the session and its connections; nothing happens when it is closed."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Status and body of the answer, whatever the status."""
        if self._session is None:
            raise RuntimeError("the request is used before initialize() or after shutdown()")
        files = request_data is not None and request_data.contains_files
        timeout = _client_timeout(
            pool=_given(pool_timeout, self._timeouts.pool),
            connect=_given(connect_timeout, self._timeouts.connect),
            write=_given(write_timeout, self._timeouts.media_write if files else self._timeouts.write),
            read=_given(read_timeout, self._timeouts.read),
            whole=method != "GET",
        )
        body = _body(request_data)
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers=_FORM if isinstance(body, bytes) else None,
                timeout=timeout,
                proxy=_proxy(url),
                allow_redirects=False,
            ) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            cause = _without_address(error)
            raise TimedOut(f"{type(cause).__name__}: {cause}") from cause
        except aiohttp.ClientError as error:
            cause = _without_address(error)
            raise NetworkError(f"{type(cause).__name__}: {cause}") from cause

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as Telegram means it; a page of a gateway between is an error, not a line in the log."""
        try:
            answer = json.loads(payload.decode("utf-8", "replace"))
        except ValueError as error:
            raise TelegramError("Invalid server response") from error
        if not isinstance(answer, dict):
            raise TelegramError("Invalid server response")
        return answer


def _given(timeout: ODVInput[float], default: float | None) -> float | None:
    return default if isinstance(timeout, DefaultValue) else timeout


def _client_timeout(
    *, pool: float | None, connect: float | None, write: float | None, read: float | None, whole: bool
) -> aiohttp.ClientTimeout:
    """With no time-out of writing in aiohttp, the whole of a call is bounded instead; a download is not."""
    return aiohttp.ClientTimeout(
        total=_sum(pool, connect, write, read) if whole else None,
        connect=_sum(pool, connect),
        sock_connect=connect,
        sock_read=read,
    )


def _sum(*seconds: float | None) -> float | None:
    known = [each for each in seconds if each is not None]
    return sum(known) if len(known) == len(seconds) else None


def _body(request_data: RequestData | None) -> aiohttp.FormData | bytes | None:
    """The parameters as a form.

    Without files it is put together here: aiohttp asks the system for randomness even where no boundary is needed, and then waits
    for its turn behind the threads of the database.
    """
    if request_data is None:
        return None
    if not request_data.contains_files:
        return urlencode(request_data.json_parameters).encode()
    form = aiohttp.FormData(request_data.json_parameters, quote_fields=False)  # Telegram shows names as sent
    for name, (filename, content, content_type) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=content_type)
    return form


def _proxy(url: str) -> str | None:
    address = urlsplit(url)
    return _proxy_of(address.scheme, address.hostname or "")


@lru_cache(maxsize=16)
def _proxy_of(scheme: str, host: str) -> str | None:
    if host in _LOCAL_HOSTS or proxy_bypass(host):
        return None
    return getproxies().get(scheme)


def _without_address(error: Exception) -> Exception:
    """The same failure, with no more of the address than where it leads."""
    if isinstance(error, aiohttp.InvalidURL):
        return aiohttp.InvalidURL(_NOWHERE, "the address of the Bot API is malformed")
    if isinstance(error, aiohttp.ClientResponseError):
        nowhere = aiohttp.RequestInfo(_NOWHERE, "", CIMultiDictProxy(CIMultiDict()), _NOWHERE)
        return type(error)(nowhere, (), status=error.status, message=error.message)
    error.args = tuple(_PATH.sub(r"\1", each) if isinstance(each, str) else each for each in error.args)
    return error
