"""The page for operators names all that there is, and the files that it offers hold together."""

import ast
import configparser
import re

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.config import load
from bot.health import Check
from bot.metrics import Metrics
from tests.house.sources import ROOT, paths

DOCS = ROOT / "docs"
PAGE = (DOCS / "operations.md").read_text("utf-8")
OURS = re.compile(r"gonghai_\w+(?<!_created)")
LEVELS = {"debug", "info", "warning", "error", "exception"}


def events_of(source):
    """What a file logs."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {f"log.{level}" for level in LEVELS}:
            yield node.args[0].value


def compose():
    return yaml.safe_load((DOCS / "deploy" / "compose.yaml").read_text("utf-8"))


class TestThePage:
    def test_names_every_event_of_the_log(self):
        logged = {event for path in paths("bot") if "/demo/" not in path for event in events_of((ROOT / path).read_text("utf-8"))}
        assert "sent" in logged
        assert [event for event in sorted(logged) if f"`{event}`" not in PAGE] == []

    def test_names_every_figure_and_no_other(self):
        families = text_string_to_metric_families(Metrics().exposition(None, ready=True).decode())
        there = {family.name + "_total" * (family.type == "counter") for family in families if OURS.fullmatch(family.name)}
        named = set(re.findall(r"gonghai_\w+", PAGE))
        assert there - named == set()
        assert {name.removesuffix("_bucket") for name in named} - there == set()

    def test_names_every_check_of_readiness(self):
        assert [check for check in Check if f"`{check}`" not in PAGE] == []

    def test_offers_alerts_that_can_be_read(self):
        (rules,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
        [group] = yaml.safe_load(rules)["groups"]
        assert all({"alert", "expr"} <= set(rule) for rule in group["rules"])


class TestCompose:
    def test_has_a_database_two_bots_and_a_proxy(self):
        services = compose()["services"]
        assert set(services) == {"database", "schema", "bot-1", "bot-2", "proxy"}
        assert services["bot-1"] == services["bot-2"]
        assert services["schema"]["command"] == ["gonghai", "init"]
        assert services["bot-1"]["depends_on"] == {"schema": {"condition": "service_completed_successfully"}}

    def test_gives_the_bots_settings_that_they_accept(self):
        given = {"GONGHAI_TOKEN": "1:a", "GONGHAI_SECRET": "s", "POSTGRES_PASSWORD": "p", "DOMAIN": "crm.example.com"}
        environment = compose()["services"]["bot-1"]["environment"]
        filled = {
            name: re.sub(r"\$\{(\w+)[^}]*\}", lambda found: given[found[1]], str(text)) for name, text in environment.items()
        }
        settings = load(DOCS.parent / "config.example.toml", filled)
        assert settings.telegram.webhook_url == "https://crm.example.com/telegram"
        assert settings.ops.listen != settings.telegram.listen

    def test_lets_the_proxy_in_at_the_webhook_alone(self):
        services, caddy = compose()["services"], (DOCS / "deploy" / "Caddyfile").read_text("utf-8")
        assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
        assert re.findall(r"handle (/\S*)", caddy) == ["/telegram"]
        assert "reverse_proxy bot-1:8080 bot-2:8080" in caddy

    def test_mentions_files_that_are_there(self):
        bot = compose()["services"]["bot-1"]
        dockerfile = (DOCS / "deploy" / bot["build"]["context"] / bot["build"]["dockerfile"]).resolve()
        copied = re.findall(r"^COPY (.*) \S+$", dockerfile.read_text("utf-8"), re.MULTILINE)
        assert [name for line in copied for name in line.split() if not (ROOT / name).exists()] == []


class TestTheUnit:
    @pytest.fixture
    def unit(self):
        read = configparser.ConfigParser(strict=False)
        read.optionxform = str
        read.read_string((DOCS / "deploy" / "gonghai.service").read_text("utf-8"))
        return read

    def test_runs_the_bot_and_leaves_it_time_to_stop(self, unit):
        assert unit["Service"]["ExecStart"].endswith("/gonghai run")
        assert int(unit["Service"]["TimeoutStopSec"]) > 60 + 10 + 2  # the longest linger_seconds, and the drain

    def test_does_not_start_again_with_wrong_settings(self, unit):
        assert unit["Service"]["RestartPreventExitStatus"] == "2"
