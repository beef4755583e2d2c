"""Settings come from the environment, and .env.example lists every one of them.

`python -m tests.unit.test_settings > .env.example` writes the file anew.
"""

from pathlib import Path

import pytest

from bot.core.errors import InvalidSetting
from bot.settings import Settings, described
from tools.with_settings import read

EXAMPLE = Path(__file__).parents[2] / ".env.example"
HEAD = """\
# Settings of Genvej, with their defaults. Copy this file to .env and change what you need: `make run` reads it.
# A variable set in the environment wins over the file.
"""


def example() -> str:
    """Return what .env.example has to say."""
    blocks = [f"# {help_text}\n#{name}={default}\n" for name, default, help_text in described()]
    return "\n".join([HEAD, *blocks])


def test_the_example_file_lists_every_setting_with_its_default_and_help():
    assert EXAMPLE.read_text(encoding="utf-8") == example()


def test_the_example_file_uncommented_gives_the_default_settings(tmp_path):
    file = tmp_path / ".env"
    file.write_text(example().replace("\n#GENVEJ_", "\nGENVEJ_"), encoding="utf-8")
    assert Settings.from_environment(read(file)) == Settings()


def test_an_empty_environment_gives_the_defaults():
    assert Settings.from_environment({}) == Settings()


def test_an_empty_variable_means_the_default():
    assert Settings.from_environment({"GENVEJ_WEB_PORT": ""}).web_port == 8000


@pytest.mark.parametrize(
    ("name", "text", "attribute", "value"),
    [
        ("GENVEJ_WEB_PORT", "9000", "web_port", 9000),
        ("GENVEJ_BOT_TIMEOUT", "2.5", "bot_timeout", 2.5),
        ("GENVEJ_VAR_DIR", "/srv/genvej", "var_dir", Path("/srv/genvej")),
        ("GENVEJ_HOST", "0.0.0.0", "host", "0.0.0.0"),
    ],
)
def test_a_variable_becomes_a_setting_of_its_type(name, text, attribute, value):
    assert getattr(Settings.from_environment({name: text}), attribute) == value


def test_a_value_of_the_wrong_type_is_refused_by_name():
    with pytest.raises(InvalidSetting, match="GENVEJ_WEB_PORT is 'http'"):
        Settings.from_environment({"GENVEJ_WEB_PORT": "http"})


# Every number by which something is deleted, asked or let in.
DAYS = sorted(name for name, _, _ in described() if name.endswith(("_DAYS", "_HOURS")))


@pytest.mark.parametrize("name", DAYS)
@pytest.mark.parametrize("text", ["-1", "-30", "99999999"])
def test_a_number_of_days_or_hours_that_cannot_be_meant_is_refused_by_name(name, text):
    with pytest.raises(InvalidSetting, match=f"^{name} is {text}, but must be from [01] to [0-9]+$"):
        Settings.from_environment({name: text})


@pytest.mark.parametrize("days", ["0", "-1"])
def test_conversations_are_kept_for_a_day_at_least(days):
    with pytest.raises(InvalidSetting, match="GENVEJ_CONVERSATION_DAYS"):
        Settings.from_environment({"GENVEJ_CONVERSATION_DAYS": days})
    assert Settings.from_environment({"GENVEJ_CONVERSATION_DAYS": "1"}).conversation_days == 1


def test_no_way_of_making_settings_lets_conversations_go_at_once():
    with pytest.raises(InvalidSetting, match="GENVEJ_CONVERSATION_DAYS is 0"):
        Settings(conversation_days=0)


@pytest.mark.parametrize("name", ["case_days", "mail_days", "audit_days", "survey_answer_days"])
def test_where_0_means_never_it_can_be_set(name):
    assert getattr(Settings(**{name: 0}), name) == 0


if __name__ == "__main__":
    print(example(), end="")
