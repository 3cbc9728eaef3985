"""The files of the repository as its house rules see them."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("bot", "domain", "tests", "benchmarks", "docs")


def paths(*folders, suffixes=(".py",)):
    """Paths from the root, as text with slashes."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*"))
    return sorted(path.relative_to(ROOT).as_posix() for path in found if path.suffix in suffixes)


def lines(path):
    return (ROOT / path).read_text("utf-8").splitlines()


def offences(check, *folders):
    """What `check(path, tree)` finds, as `file:line: what` for each line and word it yields."""
    return [
        f"{path}:{line}: {what}"
        for path in paths(*folders)
        for line, what in check(path, ast.parse((ROOT / path).read_text("utf-8")))
    ]


def found(check, path, source):
    """What the check finds in source that stands here in the test."""
    return [what for _, what in check(path, ast.parse(source))]


def report(findings):
    return "\n" + "\n".join(findings)
