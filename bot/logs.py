"""Logging: structlog and the standard library through one handler, in which secrets are taken out last.

Libraries log through the standard library, whole addresses and tracebacks included, so nothing less than the
handler sees every line. It removes the bot's token, telephone numbers and e-mail addresses wherever they stand.
"""

import logging
import re
import sys
from collections.abc import Mapping
from typing import TextIO
from urllib.parse import quote

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.config import Log

QUIET = ("aiohttp", "alembic", "apscheduler", "httpcore", "httpx", "telegram", "uvicorn")

_TOKEN = re.compile(r"\d{6,}(?::|%3[Aa])[\w-]{30,}")
_PERSONAL = (
    (re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"), "[e-mail]"),
    (re.compile(r"(?<![\w+])\+\d[\d ()-]{6,}\d"), "[phone]"),
    (re.compile(r"(?<![\w.-])1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\w-])", re.ASCII), "[phone]"),
    (re.compile(r"(?<![\w.-])0\d{2,3}[- ]?\d{4}[- ]?\d{3,4}(?![\w-])", re.ASCII), "[phone]"),
)


def configure(log: Log, token: str | None = None, stream: TextIO | None = None) -> None:
    """Log to the stream (standard error) from here on; called again it replaces what it set up before."""
    stream = stream or sys.stderr
    plain = log.format == "text" or (log.format == "auto" and stream.isatty())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_shared(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
    )
    handler = _Handler(stream)
    handler.setFormatter(_Formatter(token, _text(stream) if plain else _json()))
    root = logging.getLogger()
    root.handlers = [each for each in root.handlers if not isinstance(each, _Handler)] + [handler]
    root.setLevel(log.level)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))


class _Handler(logging.StreamHandler[TextIO]):
    """Told from handlers of others, which stay."""


class _Formatter(structlog.stdlib.ProcessorFormatter):
    def __init__(self, token: str | None, renderer: Processor) -> None:
        super().__init__(
            foreign_pre_chain=_shared(),
            processors=[
                self.remove_processors_meta,
                structlog.processors.format_exc_info,
                _without_personal,
                renderer,
            ],
        )
        self._tokens = {token, quote(token, safe="")} if token else set()

    def format(self, record: logging.LogRecord) -> str:
        line = super().format(record)
        for token in self._tokens:
            line = line.replace(token, "[token]")
        return _TOKEN.sub("[token]", line)


def _shared() -> list[Processor]:
    return [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.StackInfoRenderer(),
    ]


def _json() -> Processor:
    return structlog.processors.JSONRenderer(ensure_ascii=False)


def _text(stream: TextIO) -> Processor:
    plain = structlog.dev.plain_traceback  # a pretty one would show the variables
    return structlog.dev.ConsoleRenderer(colors=stream.isatty(), exception_formatter=plain)


def _without_personal(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    return {name: _scrubbed(value) for name, value in event.items()}


def _scrubbed(value: object) -> object:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(_scrubbed(name)): _scrubbed(each) for name, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_scrubbed(each) for each in value]
    text = value if isinstance(value, str) else repr(value)
    for pattern, sign in _PERSONAL:
        text = pattern.sub(sign, text)
    return text
