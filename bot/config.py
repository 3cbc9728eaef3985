"""The settings: from a TOML file and the environment, checked as a whole before anything starts.

`GONGHAI_TELEGRAM__TOKEN` in the environment beats `token` under `[telegram]` in the file; an empty variable counts
as absent. Whatever is unknown or wrong, in either place, is collected in one `SettingsError`. A value's
`description` completes the sentence "not …", and is what the user is told is allowed.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Annotated, Any, Literal, cast
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from bot.setting_errors import Problem, SettingsError, Wrong, render
from bot.setting_values import Address, QuietHours, clock, policy, upper, web_address
from domain.policy import Policy, PolicyError, Violation

__all__ = ["Address", "Problem", "QuietHours", "Settings", "SettingsError", "load", "render"]

DEFAULT_FILE = Path("config.toml")
_PREFIX = "GONGHAI_"
_SECRETS = frozenset({"telegram.token", "telegram.secret_token"})


def _secret(pattern: str) -> AfterValidator:
    def check(value: SecretStr) -> SecretStr:
        if not re.fullmatch(pattern, value.get_secret_value()):
            raise ValueError
        return value

    return AfterValidator(check)


_Listen = Annotated[Address, PlainValidator(Address.parse)]
_WebAddress = Annotated[str, PlainValidator(web_address)]


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Telegram(_Section):
    """`[telegram]`: who the bot is, and the way to Telegram; with a `webhook_url` there is a `secret_token`."""

    token: Annotated[SecretStr, _secret(r"\d+:[\w-]+")] | None = Field(default=None, description="the token that @BotFather gave")
    base_url: _WebAddress = Field(
        default="https://api.telegram.org/bot", description="an http or https address, to which the token is added"
    )
    base_file_url: _WebAddress = Field(
        default="https://api.telegram.org/file/bot",
        description="an http or https address, to which the token is added",
    )
    webhook_url: _WebAddress | None = Field(default=None, description="an http or https address, which Telegram is to call")
    listen: _Listen = Field(default=Address("127.0.0.1", 8080), description="an address host:port")
    secret_token: Annotated[SecretStr, _secret(r"[A-Za-z0-9_-]{1,256}")] | None = Field(
        default=None,
        description="1 to 256 letters, digits, _ and -, needed with webhook_url",
        validate_default=True,
    )

    @field_validator("secret_token")
    @classmethod
    def _needed_with_a_webhook(cls, value: SecretStr | None, info: ValidationInfo) -> SecretStr | None:
        if value is None and info.data.get("webhook_url"):
            raise PydanticCustomError("missing", "needed with webhook_url")
        return value


class Database(_Section):
    """`[database]`: where everything is kept; the address may hold a password and is not shown."""

    url: str = Field(
        default="sqlite:///gonghai.db",
        pattern=r"^(sqlite:///.+|postgresql://.+)$",
        description="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME",
        repr=False,
    )

    @property
    def sqlalchemy_url(self) -> str:
        """The address with the driver that comes with the product."""
        return self.url.replace("postgresql://", "postgresql+psycopg://", 1)


class Org(_Section):
    """`[org]`: the organisation that uses the bot, and its day."""

    name: str = Field(default="", description="a name")
    timezone: ZoneInfo = Field(default=ZoneInfo("Asia/Shanghai"), description="a time zone known here")
    language: Literal["zh", "en"] = Field(default="zh", description="zh or en")
    digest_time: Annotated[time, PlainValidator(clock)] = Field(default=time(8, 30), description="a time of day HH:MM")
    quiet_hours: Annotated[QuietHours, PlainValidator(QuietHours.parse)] = Field(
        default=QuietHours(time(21), time(8)), description="two times of day HH:MM-HH:MM"
    )


class Log(_Section):
    """`[log]`: how much is logged, and in which form; `auto` is text on a terminal and JSON elsewhere."""

    level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(upper)] = Field(
        default="INFO", description="DEBUG, INFO, WARNING or ERROR"
    )
    format: Literal["auto", "json", "text"] = Field(default="auto", description="auto, json or text")


class Ops(_Section):
    """`[ops]`: where health and metrics are served; nowhere without `listen`."""

    listen: _Listen | None = Field(default=None, description="an address host:port")


class Settings(_Section):
    """All settings; `Settings()` has the defaults alone, `load` reads the file and the environment."""

    telegram: Telegram = Telegram()
    database: Database = Database()
    org: Org = Org()
    rules: Annotated[Policy, PlainValidator(policy)] = Policy()
    log: Log = Log()
    ops: Ops = Ops()

    def require_token(self) -> str:
        """The bot's token, in clear; `SettingsError` when there is none."""
        if self.telegram.token is None:
            raise SettingsError(Problem("telegram.token", None, _allowed("telegram", "token"), Wrong.MISSING))
        return self.telegram.token.get_secret_value()


def load(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of the file at `path` and of the environment, or `SettingsError`.

    Without a path, `config.toml` in the working directory is read when it is there.
    """
    if path is None and not DEFAULT_FILE.exists():
        given: dict[str, Any] = {}
    else:
        given = _read(path or DEFAULT_FILE)
    surroundings = _environment(os.environ if environ is None else environ)
    try:
        return Settings.model_validate(_merged(given, surroundings))
    except ValidationError as error:
        problems = [problem for each in error.errors() for problem in _problems(each)]
        raise SettingsError(*(_as_given(problem, surroundings) for problem in problems)) from None


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(Problem(str(path), None, str(error.strerror), Wrong.FILE)) from None
    except UnicodeDecodeError:
        raise SettingsError(Problem(str(path), None, "not UTF-8", Wrong.FILE)) from None
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(Problem(str(path), None, str(error), Wrong.FILE)) from None


def _environment(environ: Mapping[str, str]) -> dict[str, Any]:
    """The variables with our prefix as nested tables; a section given as one value gives way to its parts."""
    tables: dict[str, Any] = {}
    for variable, value in sorted(environ.items()):
        if not variable.upper().startswith(_PREFIX) or not value:
            continue
        *path, name = variable[len(_PREFIX) :].lower().split("__")
        table = tables
        for part in path:
            if not isinstance(table.get(part), dict):
                table[part] = {}
            table = table[part]
        table[name] = value
    return tables


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    both = {
        name: _merged(below[name], value) if isinstance(value, dict) and isinstance(below.get(name), dict) else value
        for name, value in above.items()
    }
    return {**below, **both}


def _problems(error: ErrorDetails) -> list[Problem]:
    section, *names = (str(part) for part in error["loc"])
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, PolicyError):
        return [_rule_problem(violation) for violation in cause.violations]
    if error["type"] == "extra_forbidden":
        return [Problem(".".join([section, *names]), None, _known_beside(section, names), Wrong.UNKNOWN)]
    if not names:
        return [Problem(section, None, "a table of settings", Wrong.HIDDEN)]
    name, told = f"{section}.{names[0]}", _allowed(section, names[0])
    if error["type"] == "missing":
        return [Problem(name, None, told, Wrong.MISSING)]
    if name in _SECRETS:
        return [Problem(name, None, told, Wrong.HIDDEN)]
    return [Problem(name, error["input"], told)]


def _rule_problem(violation: Violation) -> Problem:
    wrong = Wrong.UNKNOWN if violation.value is None else Wrong.VALUE
    return Problem(f"rules.{violation.name}", violation.value, violation.allowed, wrong)


def _known_beside(section: str, names: list[str]) -> str:
    return ", ".join(_section(section).model_fields if names else Settings.model_fields)


def _allowed(section: str, name: str) -> str:
    return str(_section(section).model_fields[name].description)


def _section(name: str) -> type[_Section]:
    return cast("type[_Section]", Settings.model_fields[name].annotation)


def _as_given(problem: Problem, environment: Mapping[str, Any]) -> Problem:
    """The problem under the name that the user knows: the variable's, when it came from the environment."""
    given: object = environment
    path = problem.name.lower().split(".")
    for part in path:
        if not isinstance(given, Mapping) or part not in given:
            return problem
        given = given[part]
    return problem._replace(name=_PREFIX + "__".join(path).upper())
