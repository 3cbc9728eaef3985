"""What the product can be told is written down where its users look."""

import re
from dataclasses import fields

import click
import pytest

from bot.config import Settings
from domain.policy import Policy
from tests.house.sources import ROOT


def names_of(section):
    """The settings of a section."""
    if section == "rules":
        return [each.name for each in fields(Policy)]
    return list(Settings.model_fields[section].annotation.model_fields)


def part_of(section, example):
    return re.search(rf"^\[{section}\]\n(.*?)(?=^\[|\Z)", example, re.DOTALL | re.MULTILINE)[1]


def undocumented(section, example):
    return [name for name in names_of(section) if not re.search(rf"^(# )?{name} = ", part_of(section, example), re.MULTILINE)]


def commands(command, path=()):
    """Every command that does something, as it is typed after `gonghai`."""
    if not isinstance(command, click.Group):
        yield " ".join(path)
        return
    for name, each in command.commands.items():
        if not each.hidden:
            yield from commands(each, (*path, name))


def unnamed(group, readme):
    return [command for command in commands(group) if not re.search(rf"(?<![\w-]){command}(?![\w-])", readme)]


class TestTheRepository:
    @pytest.mark.parametrize("section", Settings.model_fields)
    def test_every_setting_is_in_the_example(self, section):
        assert undocumented(section, (ROOT / "config.example.toml").read_text("utf-8")) == []

    def test_every_command_is_in_the_readme(self):
        from bot.__main__ import main  # noqa: PLC0415 - importing the command line is what this test is about

        assert unnamed(main, (ROOT / "README.md").read_text("utf-8")) == []


class TestSettings:
    def test_a_value_or_a_comment_documents_one(self):
        assert undocumented("log", '[log]\n# level = "INFO"\nformat = "auto"\n') == []

    def test_another_section_does_not(self):
        assert undocumented("ops", '[log]\nlisten = "x"\n[ops]\n') == ["listen", "linger_seconds"]


class TestCommands:
    @pytest.fixture
    def group(self):
        users = click.Group("users", commands=[click.Command("add"), click.Command("list")])
        return click.Group("gonghai", commands=[click.Command("run"), users, click.Command("internal", hidden=True)])

    def test_each_is_named_in_full(self, group):
        assert unnamed(group, "| `run` | … |\n| `users add LOGIN`, `users list` |") == []

    def test_one_that_is_not_is_told(self, group):
        assert unnamed(group, "rerun it; users: add, list") == ["run", "users add", "users list"]
