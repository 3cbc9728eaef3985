"""The settings: read by pydantic-settings from a TOML file and the environment, checked before anything starts.

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
from pydantic_settings import BaseSettings, EnvSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from bot.setting_errors import Problem, SettingsError, Wrong, render
from bot.setting_values import Address, policy, upper, web_address
from domain.policy import Policy, PolicyError, Violation
from domain.timetable import QuietHours, wall_time

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
        default="https://api.telegram.org/file/bot", description="an http or https address, to which the token is added"
    )
    webhook_url: _WebAddress | None = Field(default=None, description="an http or https address, which Telegram is to call")
    listen: _Listen = Field(default=Address("127.0.0.1", 8080), description="an address host:port")
    secret_token: Annotated[SecretStr, _secret(r"[A-Za-z0-9_-]{1,256}")] | None = Field(
        default=None, description="1 to 256 letters, digits, _ and -, needed with webhook_url", validate_default=True
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


class Org(_Section):
    """`[org]`: the organisation that uses the bot, and its day."""

    name: str = Field(default="", description="a name")
    timezone: ZoneInfo = Field(default=ZoneInfo("Asia/Shanghai"), description="a time zone known here")
    language: Literal["zh", "en"] = Field(default="zh", description="zh or en")
    digest_time: Annotated[time, PlainValidator(wall_time)] = Field(default=time(8, 30), description="a time of day HH:MM")
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
    linger_seconds: int = Field(default=0, ge=0, le=60, description="a whole number 0..60")


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
            raise SettingsError(Problem("telegram.token", None, str(Telegram.model_fields["token"].description), Wrong.MISSING))
        return self.telegram.token.get_secret_value()


class _Given(Settings, BaseSettings):
    """The settings as the library gathers them: a file names them exactly, and texts stay texts until they are checked."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, env_nested_delimiter="__", case_sensitive=True, enable_decoding=False)


class _Environment(EnvSettingsSource):
    """Variables of any environment, in capitals or not; what is given as a whole gives way to what is given in parts.

    The library reads that of the process alone, keeps either the whole or a part, and passes over unknown sections.
    """

    def __init__(self, environ: Mapping[str, str]) -> None:
        super().__init__(_Given, case_sensitive=False)
        ours = {name.lower(): text for name, text in sorted(environ.items()) if text and name.upper().startswith(_PREFIX)}
        self.env_vars = {name: text for name, text in ours.items() if not any(part.startswith(f"{name}__") for part in ours)}

    def __call__(self) -> dict[str, Any]:
        names = {name[len(_PREFIX) :]: text for name, text in self.env_vars.items()}
        unknown = {name: text for name, text in names.items() if name.partition("__")[0] not in Settings.model_fields}
        return super().__call__() | unknown

    def named(self, problem: Problem) -> Problem:
        """The problem under the name that the user knows: the variable's, when it came from here."""
        variable = f"{_PREFIX}{problem.name.replace('.', '__')}__".lower()
        ours = [f"{name}__" for name in self.env_vars]
        given = any(name.startswith(variable) or variable.startswith(name) for name in ours)
        return problem._replace(name=variable.removesuffix("__").upper()) if given else problem


def load(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of the file at `path` and of the environment, or `SettingsError`.

    Without a path, `config.toml` in the working directory is read when it is there.
    """
    environment = _Environment(os.environ if environ is None else environ)
    file = _file(path or (DEFAULT_FILE if DEFAULT_FILE.exists() else None))

    class Given(_Given):
        @classmethod
        def settings_customise_sources(cls, *_: Any, **__: Any) -> tuple[_Environment, TomlConfigSettingsSource]:  # noqa: ANN401
            return environment, file

    try:
        return Settings(**dict(Given()))
    except ValidationError as error:
        raise SettingsError(*(environment.named(each) for wrong in error.errors() for each in _problems(wrong))) from None


def _file(path: Path | None) -> TomlConfigSettingsSource:
    """The file as the library reads it; by itself the library would pass over one that is not there."""
    wrong = "not a file"
    try:
        if path is None or path.is_file():
            return TomlConfigSettingsSource(_Given, path)
        path.open("rb").close()
    except OSError as error:
        wrong = str(error.strerror)
    except UnicodeDecodeError:
        wrong = "not UTF-8"
    except tomllib.TOMLDecodeError as error:
        wrong = str(error)
    raise SettingsError(Problem(str(path), None, wrong, Wrong.FILE))


def _problems(error: ErrorDetails) -> list[Problem]:
    section, *names = (str(part) for part in error["loc"])
    cause = error.get("ctx", {}).get("error")
    if isinstance(cause, PolicyError):
        return [_rule_problem(violation) for violation in cause.violations]
    known = cast("type[_Section]", Settings.model_fields[section].annotation).model_fields if names else Settings.model_fields
    if error["type"] == "extra_forbidden":
        return [Problem(".".join([section, *names]), None, ", ".join(known), Wrong.UNKNOWN)]
    if not names:
        return [Problem(section, None, "a table of settings", Wrong.HIDDEN)]
    name, told = f"{section}.{names[0]}", str(known[names[0]].description)
    if error["type"] == "missing":
        return [Problem(name, None, told, Wrong.MISSING)]
    if name in _SECRETS:
        return [Problem(name, None, told, Wrong.HIDDEN)]
    return [Problem(name, error["input"], told)]


def _rule_problem(violation: Violation) -> Problem:
    wrong = Wrong.VALUE if violation.name.partition(".")[0] in Policy.__dataclass_fields__ else Wrong.UNKNOWN
    return Problem(f"rules.{violation.name}", violation.value, violation.allowed, wrong)
