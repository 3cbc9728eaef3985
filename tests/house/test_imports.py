"""The import law: what may be imported where, and the levels inside domain/."""

import ast
import sys
from pathlib import PurePosixPath

import pytest

from tests.house.sources import found, offences, report

HOMES = {
    "telegram": "bot/",
    "apscheduler": "bot/",
    "sqlalchemy": "domain/",
    "alembic": "domain/",
    "openpyxl": "domain/spreadsheets/",
}

LEVELS = {
    # 0: vocabulary, from the standard library alone
    "errors": 0,
    "workbook_errors": 0,
    "clock": 0,
    "policy": 0,
    "permissions": 0,
    "stages": 0,
    "deadlines": 0,
    "names": 0,
    "days": 0,
    "typed": 0,
    "timetable": 0,
    "credit_code": 0,
    "masking": 0,
    # 1: storage
    "db": 1,
    "dialects": 1,
    "models": 1,
    "migrations": 1,
    "schema": 1,
    # 2: ledgers and gates
    "timeline": 2,
    "outbox": 2,
    "inbox": 2,
    "drafts": 2,
    "cards": 2,
    "access": 2,
    "chats": 2,
    "sending": 2,
    "rules": 2,
    "marks": 2,
}
USE_CASES = 3


def level(module):
    """The level of `domain.<module>`; what the table does not name is a use case."""
    return LEVELS.get(module, USE_CASES)


def imported(path, tree):
    """Line and dotted name of everything that is imported, relative imports resolved."""
    package = PurePosixPath(path).parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            names = [*base, *(node.module or "").split(".")] if node.module else [*base]
            yield from ((node.lineno, ".".join([*names, alias.name])) for alias in node.names)


def away_from_home(path, tree):
    for line, name in imported(path, tree):
        home = HOMES.get(name.split(".")[0])
        if home and not path.startswith(home):
            yield line, f"{name} belongs in {home}"


def upwards(path, tree):
    own = level(PurePosixPath(path).parts[1].removesuffix(".py"))
    for line, name in imported(path, tree):
        top, _, rest = name.partition(".")
        if top == "bot":
            yield line, f"{name}: domain never imports bot"
        elif top == "domain" and level(rest.split(".")[0]) > own:
            yield line, f"{name} is of level {level(rest.split('.')[0])}, this file of {own}"
        elif own == 0 and top != "domain" and top not in sys.stdlib_module_names:
            yield line, f"{name}: level 0 imports the standard library alone"


class TestTheRepository:
    def test_libraries_stay_where_they_belong(self):
        findings = offences(away_from_home, "bot", "domain")
        assert not findings, report(findings)

    def test_nothing_in_domain_imports_from_above(self):
        findings = offences(upwards, "domain")
        assert not findings, report(findings)


class TestHomes:
    @pytest.mark.parametrize(
        ("path", "source"),
        [
            ("bot/app.py", "from telegram import Bot"),
            ("bot/scheduler.py", "import apscheduler.schedulers"),
            ("domain/pool.py", "import sqlalchemy as sa"),
            ("domain/spreadsheets/rows.py", "import openpyxl"),
            ("bot/handlers/pool.py", "from domain import pool"),
        ],
    )
    def test_a_library_at_home_is_allowed(self, path, source):
        assert found(away_from_home, path, source) == []

    @pytest.mark.parametrize(
        ("path", "source", "what"),
        [
            ("domain/pool.py", "from telegram.error import Forbidden", "telegram.error.Forbidden belongs in bot/"),
            ("bot/app.py", "import sqlalchemy.orm", "sqlalchemy.orm belongs in domain/"),
            ("bot/app.py", "def late():\n    import alembic", "alembic belongs in domain/"),
            ("domain/pool.py", "import openpyxl", "openpyxl belongs in domain/spreadsheets/"),
        ],
    )
    def test_away_from_it_is_refused(self, path, source, what):
        assert found(away_from_home, path, source) == [what]


class TestLevels:
    @pytest.mark.parametrize(
        ("path", "source"),
        [
            ("domain/deadlines.py", "import datetime\nfrom domain.policy import Policy"),
            ("domain/models/customer.py", "from domain import stages\nfrom domain.models.base import Base"),
            ("domain/models/customer.py", "from .base import Base"),
            ("domain/outbox.py", "import sqlalchemy\nfrom domain.timeline import record"),
            ("domain/pool.py", "from domain import approvals, access, errors"),
            ("domain/spreadsheets/rows.py", "from domain import customers"),
        ],
    )
    def test_the_own_and_lower_levels_are_allowed(self, path, source):
        assert found(upwards, path, source) == []

    @pytest.mark.parametrize(
        ("path", "source", "what"),
        [
            ("domain/policy.py", "import pydantic", "pydantic: level 0 imports the standard library alone"),
            ("domain/stages.py", "from domain import models", "domain.models is of level 1, this file of 0"),
            ("domain/models/customer.py", "from ..outbox import put", "domain.outbox.put is of level 2, this file of 1"),
            ("domain/access.py", "from domain import pool", "domain.pool is of level 3, this file of 2"),
            ("domain/pool.py", "from bot.config import Settings", "bot.config.Settings: domain never imports bot"),
        ],
    )
    def test_a_higher_level_is_refused(self, path, source, what):
        assert found(upwards, path, source) == [what]
