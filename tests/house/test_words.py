"""What no source may say: words of the interface outside the locales, naive times, a commit of its own."""

import ast
import re

import pytest

from tests.house.sources import FOLDERS, found, offences, report

HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
WITH_CHINESE = {
    "bot/locales/": "the words of the interface live here",
    "bot/demo/": "the sample people and firms have Chinese names",
    "domain/days.py": "the words by which people name days are data of the reading, shown to nobody",
    "domain/typed.py": "the words by which people name times and counts are data of the reading, shown to nobody",
    "domain/names.py": "legal suffixes of company names are data of the comparison, shown to nobody",
}
NAIVE = {"now", "utcnow", "today", "utcfromtimestamp"}


def chinese(path, tree):
    if path.startswith(tuple(WITH_CHINESE)):
        return
    documentation = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        text = isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation
        if text and HAN.search(node.value):
            yield node.lineno, f"Chinese outside bot/locales: {node.value!r}"


def naive_time(path, tree):
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        called = ast.unparse(node.func)
        of_datetime = re.search(r"\b(datetime|date)\.\w+$", called)
        aware = node.func.attr == "now" and (node.args or node.keywords)
        if of_datetime and node.func.attr in NAIVE and not aware:
            yield node.lineno, f"{called}() knows no time zone"


def own_commit(path, tree):
    if path == "domain/db.py":
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit":
            yield node.lineno, f"{ast.unparse(node.func)}() outside domain/db.py"


class TestTheRepository:
    def test_words_are_in_the_locales(self):
        findings = offences(chinese, "bot", "domain")
        assert not findings, report(findings)

    def test_every_time_knows_its_zone(self):
        findings = offences(naive_time, *FOLDERS)
        assert not findings, report(findings)

    def test_one_place_commits(self):
        findings = offences(own_commit, "bot", "domain")
        assert not findings, report(findings)


class TestWords:
    @pytest.mark.parametrize(
        ("path", "source"),
        [
            ("bot/app.py", '"""公海."""\n# 公海\nx = "pool"'),
            ("bot/app.py", 'class A:\n    """公海."""\n    x = 1\n    """客户."""'),
            ("bot/demo/people.py", 'x = "海航"'),
            ("domain/names.py", 'x = "有限公司"'),
        ],
    )
    def test_documentation_and_data_may_be_chinese(self, path, source):
        assert found(chinese, path, source) == []

    @pytest.mark.parametrize("source", ['x = "客户公海"', 'x = f"客户 {y}"', 'def f(x="公海"): ...', 'say("海")'])
    def test_other_strings_may_not(self, source):
        assert len(found(chinese, "bot/screens.py", source)) == 1


class TestTimes:
    @pytest.mark.parametrize("source", ["datetime.now(UTC)", "datetime.now(tz=zone)", "clock.now()", "clock.today()"])
    def test_a_zone_or_the_clock_is_allowed(self, source):
        assert found(naive_time, "domain/pool.py", source) == []

    @pytest.mark.parametrize(
        "source", ["datetime.now()", "datetime.datetime.utcnow()", "dt.datetime.now()", "date.today()", "datetime.today()"]
    )
    def test_a_naive_time_is_refused(self, source):
        assert found(naive_time, "domain/pool.py", source) == [f"{source} knows no time zone"]


class TestCommits:
    def test_the_unit_of_work_commits(self):
        assert found(own_commit, "domain/db.py", "session.commit()") == []

    def test_nobody_else_does(self):
        assert found(own_commit, "domain/pool.py", "session.commit()") == ["session.commit() outside domain/db.py"]
