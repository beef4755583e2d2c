"""What would keep Genvej from running is said in one sentence each, before anything starts."""

import os
import re
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands import ports, preflight
from bot.commands.ports import Port
from bot.settings import Settings

ROOT = Path(__file__).parents[2]
GIB = 1024**3


@pytest.fixture
def taken_port():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(1)
        yield server.getsockname()[1]


def sentences(found):
    """Return what was found, after checking that each is one line and one sentence."""
    found = list(found)
    for sentence in found:
        assert "\n" not in sentence
        assert sentence.endswith(".")
        assert "Traceback" not in sentence
    return found


def test_a_port_in_use_is_named_with_its_setting_and_its_holder(taken_port):
    [sentence] = sentences(ports.problems([Port("GENVEJ_WEB_PORT", "127.0.0.1", taken_port)]))
    assert f"port {taken_port} is in use" in sentence
    assert "GENVEJ_WEB_PORT" in sentence
    assert f"process {os.getpid()}" in sentence


def test_a_free_port_is_no_problem(taken_port):
    free = Port("GENVEJ_WEB_PORT", "127.0.0.1", _free_port())
    assert sentences(ports.problems([free])) == []


def test_two_settings_with_the_same_port_are_both_named():
    number = _free_port()
    same = [Port("GENVEJ_WEB_PORT", "127.0.0.1", number), Port("GENVEJ_CONSOLE_PORT", "127.0.0.1", number)]
    [sentence] = sentences(ports.problems(same))
    assert "GENVEJ_WEB_PORT" in sentence
    assert "GENVEJ_CONSOLE_PORT" in sentence


@pytest.mark.parametrize("number", [0, -1, 65536])
def test_a_number_that_is_no_port_is_refused(number):
    [sentence] = sentences(ports.problems([Port("GENVEJ_RASA_PORT", "127.0.0.1", number)]))
    assert f"GENVEJ_RASA_PORT is {number}" in sentence


@pytest.mark.parametrize("host", ["192.0.2.1", "not an address"])
def test_a_host_that_is_not_this_machine_is_named(host):
    [sentence] = sentences(ports.problems([Port("GENVEJ_WEB_PORT", host, _free_port())]))
    assert f"GENVEJ_HOST is {host!r}" in sentence


def test_the_holder_of_a_port_that_nobody_holds_is_unknown():
    assert ports.holder_of(_free_port()) is None


def test_every_port_of_the_settings_is_looked_at():
    numbers = {port.setting: port.number for port in preflight.ports_of(Settings(web_port=1, rasa_port=2))}
    assert numbers == {
        "GENVEJ_WEB_PORT": 1,
        "GENVEJ_CONSOLE_PORT": 8001,
        "GENVEJ_RASA_PORT": 2,
        "GENVEJ_ACTIONS_PORT": 5055,
    }


def test_a_full_disk_is_said_with_what_is_free_and_what_is_needed():
    [sentence] = sentences(preflight.disk_problems(free=GIB // 2))
    assert "0.5 GB are free" in sentence
    assert "at least 1 GB" in sentence


def test_a_disk_with_room_is_no_problem():
    assert sentences(preflight.disk_problems(free=2 * GIB)) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    [sentence] = sentences(preflight.folder_problems(tmp_path / "file" / "var"))
    assert "GENVEJ_VAR_DIR" in sentence


@pytest.mark.parametrize(
    ("name", "text", "line", "reason"),
    [
        ("config.yml", "language: da\npipeline: [\n", 3, "not valid YAML"),
        ("domain.yml", "intents:\n\t- hils\n", 2, "not valid YAML"),
        ("data/nlu/start.yml", 'nlu:\n- intent: moms\n  examples: "moms\n', 4, "not valid YAML"),
        ("data/rules/alle.yml", "rules: []\nrules: []\n", 2, 'duplicate key "rules"'),
        ("data/responses/hils.yml", "a: b: c\n", 1, "mapping values are not allowed in this context"),
    ],
)
def test_a_broken_yaml_file_is_named_with_line_and_reason(tmp_path, name, text, line, reason):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    [sentence] = sentences(preflight.yaml_problems(preflight.rasa_yaml_files(tmp_path), tmp_path))
    assert sentence.startswith(f"{name}, line {line}: ")
    assert reason in sentence


@pytest.mark.parametrize("content", [b"a: \xff\n", b"a: \x00\n"])
def test_a_file_that_is_no_text_is_named(tmp_path, content):
    (tmp_path / "config.yml").write_bytes(content)
    [sentence] = sentences(preflight.yaml_problems([tmp_path / "config.yml"], tmp_path))
    assert sentence.startswith("config.yml: ")


def test_broken_content_is_named_once_with_the_number_of_further_problems(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    for unit in ("byggesag", "miljoe"):
        (tmp_path / f"data/municipalities/helsingor/units/{unit}.yml").write_text(
            "nonsense: true\n", encoding="utf-8"
        )
    [sentence] = sentences(preflight.content_problems(Settings(), tmp_path))
    assert re.match(r"data/\S+:\d+: ", sentence)
    assert re.search(r"\(\d+ more: `make content` lists them\)", sentence)


def test_the_file_that_cannot_be_parsed_is_named_before_those_that_miss_it(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data")
    with (tmp_path / "data/municipalities/helsingor/units/miljoe.yml").open("a", encoding="utf-8") as file:
        file.write("broken: [\n")
    [sentence] = sentences(preflight.content_problems(Settings(), tmp_path))
    assert sentence.startswith("data/municipalities/helsingor/units/miljoe.yml:")


def test_a_missing_content_file_is_named(tmp_path):
    [sentence] = sentences(preflight.content_problems(Settings(), tmp_path))
    assert "data/" in sentence
    assert "cannot be read" in sentence


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("GENVEJ_WEB_PORT", "eighty", "GENVEJ_WEB_PORT is 'eighty', but must be of type int."),
        ("GENVEJ_CONVERSATION_DAYS", "0", "GENVEJ_CONVERSATION_DAYS is 0, but must be from 1 to 36500."),
        ("GENVEJ_CASE_DAYS", "-5", "GENVEJ_CASE_DAYS is -5, but must be from 0 to 36500."),
    ],
)
def test_the_command_says_a_wrong_setting_in_one_sentence_and_fails(name, text, said):
    run = subprocess.run(
        [sys.executable, "-m", "bot.commands.preflight"],
        cwd=ROOT,
        env={**os.environ, name: text},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr == f"Genvej cannot start: {said}\n"


def _free_port() -> int:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        return server.getsockname()[1]


@pytest.mark.parametrize(("days", "said"), [(0, 1), (1, 0), (1825, 0)])
def test_it_is_said_as_long_as_nobody_has_decided_how_long_cases_are_kept(days, said):
    assert len(list(preflight.notices(Settings(case_days=days)))) == said
