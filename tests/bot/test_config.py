import tomllib
from dataclasses import fields
from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.config import Address, QuietHours, Settings, SettingsError, load, render
from domain.policy import Policy

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"
TOKEN = "123456:AAE-secret"
SECTIONS = [name for name in Settings.model_fields if name != "rules"]


@pytest.fixture(autouse=True)
def _away_from_any_config(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def config(tmp_path):
    def write(text):
        path = tmp_path / "config.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def lines(path=None, environ=None):
    """What the user is told is wrong."""
    with pytest.raises(SettingsError) as refused:
        load(path, environ or {})
    return [render(problem) for problem in refused.value.problems]


class TestDefaults:
    def test_nothing_needs_to_be_set(self):
        assert load(environ={}) == Settings()

    def test_they_are_those_of_the_specification(self):
        settings = Settings()
        assert settings.telegram.base_url == "https://api.telegram.org/bot"
        assert settings.telegram.listen == Address("127.0.0.1", 8080)
        assert settings.database.url == "sqlite:///gonghai.db"
        assert settings.org.timezone == ZoneInfo("Asia/Shanghai")
        assert settings.org.digest_time == time(8, 30)
        assert settings.org.quiet_hours == QuietHours(time(21), time(8))
        assert settings.rules == Policy()

    def test_no_environment_changes_them(self, monkeypatch):
        monkeypatch.setenv("GONGHAI_ORG__NAME", "environment")
        assert Settings().org.name == ""
        assert load(environ={}).org.name == ""
        assert load().org.name == "environment"

    def test_rules_can_be_handed_over_as_they_are(self):
        assert Settings(rules=Policy(signing_days=5)).rules.signing_days == 5


class TestFile:
    def test_values_are_read(self, config):
        path = config(
            """
            [telegram]
            token = "123456:AAE-secret"
            listen = "[::1]:80"
            [database]
            url = "postgresql://crm:secret@db/gonghai"
            [org]
            name = "海航货运"
            language = "en"
            quiet_hours = "22:30-07:00"
            [rules]
            signing_days_by_level = { A = 30 }
            mask_pool_contacts = false
            [ops]
            listen = "0.0.0.0:9090"
            """,
        )
        settings = load(path, {})
        assert settings.require_token() == TOKEN
        assert settings.telegram.listen == Address("::1", 80)
        assert (settings.org.name, settings.org.language) == ("海航货运", "en")
        assert settings.org.quiet_hours == QuietHours(time(22, 30), time(7))
        assert settings.rules == Policy(signing_days_by_level={"A": 30}, mask_pool_contacts=False)
        assert settings.ops.listen == Address("0.0.0.0", 9090)

    def test_the_default_one_is_found_in_the_working_directory(self, config):
        config('[org]\nname = "here"')
        assert load(environ={}).org.name == "here"

    def test_one_that_was_named_must_be_there(self, tmp_path):
        assert lines(tmp_path / "none.toml") == [f"{tmp_path}/none.toml: No such file or directory"]

    def test_a_folder_is_not_one(self, tmp_path):
        assert lines(tmp_path) == [f"{tmp_path}: Is a directory"]

    def test_a_device_is_not_one(self):
        assert lines(Path("/dev/null")) == ["/dev/null: not a file"]

    def test_wrong_syntax_is_told_with_its_line(self, config):
        path = config("[org]\nname = \n")
        assert lines(path) == [f"{path}: Invalid value (at line 2, column 8)"]

    def test_another_encoding_is_told(self, tmp_path):
        path = tmp_path / "config.toml"
        path.write_bytes("name = '海'".encode("gb18030"))
        assert lines(path) == [f"{path}: not UTF-8"]


class TestEnvironment:
    def test_it_beats_the_file_and_leaves_the_rest_of_it(self, config):
        path = config('[org]\nname = "file"\nlanguage = "en"')
        settings = load(path, {"GONGHAI_ORG__NAME": "environment", "PATH": "/bin"})
        assert (settings.org.name, settings.org.language) == ("environment", "en")

    def test_every_kind_of_value_can_come_from_it(self):
        settings = load(
            None,
            {
                "GONGHAI_TELEGRAM__TOKEN": TOKEN,
                "GONGHAI_ORG__TIMEZONE": "Europe/Berlin",
                "GONGHAI_RULES__CLAIMS_PER_DAY": "5",
                "GONGHAI_RULES__DORMANT_RELEASES": "False",
                "GONGHAI_RULES__SIGNING_DAYS_BY_LEVEL__A": "30",
                "GONGHAI_LOG__LEVEL": "debug",
            },
        )
        assert settings.require_token() == TOKEN
        assert settings.org.timezone == ZoneInfo("Europe/Berlin")
        assert settings.rules == Policy(claims_per_day=5, dormant_releases=False, signing_days_by_level={"A": 30})
        assert settings.log.level == "DEBUG"

    def test_days_of_one_level_join_those_of_the_file(self, config):
        path = config("[rules]\nsigning_days_by_level = { A = 30, B = 60 }")
        settings = load(path, {"GONGHAI_RULES__SIGNING_DAYS_BY_LEVEL__A": "10"})
        assert settings.rules.signing_days_by_level == {"A": 10, "B": 60}

    def test_days_by_level_can_come_as_json_and_replace_those_of_the_file(self, config):
        path = config("[rules]\nsigning_days_by_level = { A = 30, B = 60 }")
        settings = load(path, {"GONGHAI_RULES__SIGNING_DAYS_BY_LEVEL": '{"A": 10, "c": "20"}'})
        assert settings.rules.signing_days_by_level == {"A": 10, "C": 20}

    @pytest.mark.parametrize("levels", [{"LEVEL": '{"B": 5}', "LEVEL__A": "10"}, {"LEVEL__A": "10", "LEVEL": '{"B": 5}'}])
    def test_days_by_level_in_one_variable_give_way_to_those_of_single_levels(self, levels):
        given = {f"GONGHAI_RULES__SIGNING_DAYS_BY_{name}": days for name, days in levels.items()}
        assert load(None, given).rules.signing_days_by_level == {"A": 10}

    @pytest.mark.parametrize("name", ["gonghai_org__name", "Gonghai_Org__Name"])
    def test_its_names_may_be_written_in_any_case(self, name):
        assert load(None, {name: "here"}).org.name == "here"

    def test_an_empty_variable_counts_as_absent(self):
        assert load(None, {"GONGHAI_TELEGRAM__WEBHOOK_URL": ""}).telegram.webhook_url is None

    def test_what_is_wrong_in_it_is_told_by_the_name_of_the_variable(self):
        assert lines(environ={"GONGHAI_RULES__SIGNING_DAYS": "soon", "GONGHAI_ORG__NAM": "x", "GONGHAI_X": "y"}) == [
            "GONGHAI_ORG__NAM: no such setting; known here: name, timezone, language, digest_time, quiet_hours",
            'GONGHAI_RULES__SIGNING_DAYS = "soon": not a whole number 1..3650',
            "GONGHAI_X: no such setting; known here: telegram, database, org, rules, log, ops",
        ]

    @pytest.mark.parametrize(
        ("name", "value", "line"),
        [
            ("GONGHAI_X__Y", "1", "GONGHAI_X__Y: no such setting; known here: telegram, database, org, rules, log, ops"),
            ("gonghai_organ", "1", "GONGHAI_ORGAN: no such setting; known here: telegram, database, org, rules, log, ops"),
            ("GONGHAI_ORG__NAME__X", "1", 'GONGHAI_ORG__NAME = {"x": "1"}: not a name'),
            ("GONGHAI_RULES__SIGNING_DAYS", "null", "GONGHAI_RULES__SIGNING_DAYS = null: not a whole number 1..3650"),
            (
                "GONGHAI_RULES__SIGNING_DAYS_BY_LEVEL",
                '{"e": 3}',
                "GONGHAI_RULES__SIGNING_DAYS_BY_LEVEL__E = 3: not a level of A, B, C, D",
            ),
            (
                "GONGHAI_RULES__SIGNING_DAYS_BY_LEVEL",
                "{A: 3}",
                'GONGHAI_RULES__SIGNING_DAYS_BY_LEVEL = "{A: 3}": not for each level of A, B, C, D a whole number 1..3650',
            ),
        ],
    )
    def test_no_variable_of_ours_is_passed_over(self, name, value, line):
        assert lines(environ={name: value}) == [line]

    def test_what_is_wrong_in_the_file_keeps_its_name(self, config):
        path = config("[rules]\nsigning_days_by_level = { A = 0 }")
        assert lines(path, {"GONGHAI_RULES__SIGNING_DAYS_BY_LEVEL__B": "5"}) == [
            "rules.signing_days_by_level.A = 0: not a whole number 1..3650",
        ]

    def test_a_section_is_not_a_value_and_gives_way_to_its_parts(self):
        assert lines(environ={"GONGHAI_ORG": "x"}) == ["GONGHAI_ORG: not a table of settings"]
        assert load(None, {"GONGHAI_ORG": "x", "GONGHAI_ORG__NAME": "y"}).org.name == "y"


class TestRefusedValues:
    @pytest.mark.parametrize(
        ("text", "line"),
        [
            ('[org]\ntimezone = "Mars/Base"', 'org.timezone = "Mars/Base": not a time zone known here'),
            ('[org]\nlanguage = "fr"', 'org.language = "fr": not zh or en'),
            ('[org]\ndigest_time = "24:00"', 'org.digest_time = "24:00": not a time of day HH:MM'),
            ('[org]\nquiet_hours = "21-8"', 'org.quiet_hours = "21-8": not two times of day HH:MM-HH:MM'),
            ('[telegram]\nlisten = "8080"', 'telegram.listen = "8080": not an address host:port'),
            ('[ops]\nlisten = "host:99999"', 'ops.listen = "host:99999": not an address host:port'),
            (
                '[telegram]\nbase_url = "api.telegram.org"',
                'telegram.base_url = "api.telegram.org": not an http or https address, to which the token is added',
            ),
            ('[log]\nlevel = "LOUD"', 'log.level = "LOUD": not DEBUG, INFO, WARNING or ERROR'),
            ("[rules]\nbatch_limit = true", "rules.batch_limit = true: not a whole number 1..500"),
            (
                "[rules]\nsigning_days_by_level = { E = 3 }",
                "rules.signing_days_by_level.E = 3: not a level of A, B, C, D",
            ),
            ("rules = 7", "rules: not a table of settings"),
        ],
    )
    def test_name_value_and_what_is_allowed_are_told(self, config, text, line):
        assert lines(config(text)) == [line]

    @pytest.mark.parametrize(
        "url", ["mysql://localhost/crm", "postgres://localhost/crm", "sqlite://", "postgresql+psycopg://localhost/crm"]
    )
    def test_a_database_of_another_kind_is_refused(self, config, url):
        [line] = lines(config(f'[database]\nurl = "{url}"'))
        assert line == f'database.url = "{url}": not sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME'

    def test_unknown_names_are_refused_at_every_level(self, config):
        path = config("[rule]\n[org]\nnam = 1\n[rules]\nsigning_day = 1")
        assert [line.split(":")[0] for line in lines(path)] == ["org.nam", "rules.signing_day", "rule"]

    def test_names_are_written_in_small_letters(self, config):
        assert [line.split(":")[0] for line in lines(config('[org]\nNAME = "x"\n[ORG]\nname = "y"'))] == ["org.NAME", "ORG"]

    def test_all_are_told_at_once(self, config):
        path = config('[org]\nlanguage = "fr"\n[rules]\nsigning_days = 0\nundo_minutes = 0')
        assert [line.split(" ")[0] for line in lines(path)] == ["org.language", "rules.signing_days", "rules.undo_minutes"]


class TestToken:
    def test_is_not_needed_by_the_settings_as_such(self):
        assert Settings().telegram.token is None

    def test_is_told_missing_where_it_is_required(self):
        with pytest.raises(SettingsError, match=r"^telegram\.token: missing: the token that @BotFather gave$"):
            Settings().require_token()


class TestWebhook:
    def test_needs_a_secret(self, config):
        path = config('[telegram]\nwebhook_url = "https://crm.example.com/t"')
        assert lines(path) == ["telegram.secret_token: missing: 1 to 256 letters, digits, _ and -, needed with webhook_url"]

    def test_is_accepted_with_one(self, config):
        path = config('[telegram]\nwebhook_url = "https://crm.example.com/t"\nsecret_token = "s-1"')
        assert load(path, {}).telegram.secret_token.get_secret_value() == "s-1"


class TestSecrets:
    @pytest.mark.parametrize(
        "text",
        [
            '[telegram]\ntoken = "hush"',
            '[telegram]\nsecret_token = "hush!"',
            '[telegram]\ntokn = "hush"',
            'telegram = "hush"',
            '[database]\nurl = "mysql://user:hush@db/crm"',
        ],
    )
    def test_a_refused_one_is_not_shown(self, config, text):
        assert "hush" not in "".join(lines(config(text)))

    def test_the_settings_can_be_printed(self):
        settings = load(None, {"GONGHAI_TELEGRAM__TOKEN": TOKEN, "GONGHAI_DATABASE__URL": "postgresql://u:hush@db/c"})
        assert TOKEN not in repr(settings)
        assert "hush" not in repr(settings)


class TestExample:
    def test_it_loads_and_holds_the_defaults(self):
        assert load(EXAMPLE, {}) == Settings()

    def test_every_default_is_in_it_as_a_value(self):
        example = tomllib.loads(EXAMPLE.read_text("utf-8"))
        for section in SECTIONS:
            model = Settings.model_fields[section].annotation
            given = {name for name, each in model.model_fields.items() if each.default is not None}
            assert set(example.get(section, {})) == given
        assert set(example["rules"]) == {each.name for each in fields(Policy)}
