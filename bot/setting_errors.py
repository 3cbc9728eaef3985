"""What is wrong with the settings, said so that it can be put right; never with a secret in it."""

import json
import re
from enum import StrEnum
from typing import NamedTuple

_PASSWORD = re.compile(r"//.*@")


class Wrong(StrEnum):
    """What is wrong with a setting, as the line that says so."""

    VALUE = "{name} = {value}: not {allowed}"
    HIDDEN = "{name}: not {allowed}"
    MISSING = "{name}: missing: {allowed}"
    UNKNOWN = "{name}: no such setting; known here: {allowed}"
    FILE = "{name}: {allowed}"


class Problem(NamedTuple):
    """One wrong setting; `value` is None where it is secret or absent."""

    name: str
    value: object
    allowed: str
    wrong: Wrong = Wrong.VALUE


class SettingsError(Exception):
    """Settings that nothing can start with; `problems` has every one of them."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(render(problem) for problem in problems))
        self.problems = problems


def render(problem: Problem) -> str:
    """The problem in one line for the user; no secret is in it."""
    value = json.dumps(problem.value, ensure_ascii=False, default=str)
    return problem.wrong.format(name=problem.name, value=_PASSWORD.sub("//***@", value), allowed=problem.allowed)
