"""Whoever starts Genvej is told what is still starting, where it is, the first login once, and what failed."""

import re
from pathlib import Path

import pytest

from bot.commands import announce, run, watch
from bot.settings import Settings


class Clock:
    """A clock that moves only when somebody sleeps."""

    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


def waited(ready_after):
    """Wait for parts that are ready after some seconds; return what was said and how long it took."""
    clock, said = Clock(), []
    seconds = announce.wait(
        {name: name for name in ready_after},
        said.append,
        ready=lambda name: clock.now >= 100 + ready_after[name],
        clock=clock,
        sleep=clock.sleep,
    )
    return said, seconds


def test_a_quick_start_needs_no_report():
    assert waited({"rasa": 3, "web": 1}) == ([], 3)


def test_a_start_that_takes_its_time_says_what_it_waits_for():
    said, _ = waited({"rasa": 12, "web": 7})
    assert said == ["Starting, 5 s: waiting for rasa, web", "Starting, 10 s: waiting for rasa"]


def test_what_is_not_ready_in_time_is_named_once_with_its_log():
    said, seconds = waited({"rasa": 200, "web": 1})
    late = [line for line in said if line.startswith("Not ready")]
    assert late == [said[-1]]
    assert "rasa (log: rasa.log)" in said[-1]
    assert "web" not in said[-1]
    assert seconds == 200


def test_the_first_login_is_shown_once(tmp_path):
    file = tmp_path / "first-login.txt"
    file.write_text("admin\nhemmelig\n", encoding="utf-8")
    assert announce.first_login(file) == ["admin", "hemmelig"]
    assert announce.first_login(file) == []


def test_the_announcement_names_both_addresses_and_the_login():
    text = "\n".join(announce.announcement(Settings(), 12.4, ["admin", "hemmelig"]))
    assert "http://127.0.0.1:8000" in text
    assert "http://127.0.0.1:8001" in text
    assert "admin / hemmelig" in text
    assert "make password" in text


def test_the_announcement_of_a_later_start_has_no_login():
    assert "login" not in "\n".join(announce.announcement(Settings(), 12.4, []))


def test_a_web_that_listens_everywhere_is_asked_on_loopback():
    assert announce.parts(Settings(host="0.0.0.0"))["web"] == "http://127.0.0.1:8000/readyz"


@pytest.mark.parametrize(
    ("event", "process", "sentence"),
    [
        (
            "PROCESS_STATE_FATAL",
            {"processname": "web"},
            "web could not be started; its log says why: log/web.log",
        ),
        ("PROCESS_STATE_EXITED", {"processname": "web", "expected": "1"}, "web ended by itself"),
        ("PROCESS_STATE_EXITED", {"processname": "announce", "expected": "1"}, None),
        ("SUPERVISOR_STATE_CHANGE_STOPPING", {}, "Stopping"),
    ],
)
def test_a_program_that_fails_is_named_with_its_log(event, process, sentence):
    said = watch.sentence(event, process, Path("log"))
    assert said is None if sentence is None else sentence in said


def test_the_counts_of_the_last_run_are_forgotten_and_its_logs_kept(tmp_path):
    for name in ("metrics/old.db", "log/web.log"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).touch()
    run.prepare(tmp_path)
    assert list((tmp_path / "metrics").iterdir()) == []
    assert (tmp_path / "log/web.log").exists()


def test_every_variable_of_endpoints_and_supervisord_is_set():
    root = Path(__file__).parents[2]
    names = {*run.for_rasa(Settings()), *run.for_supervisord(Settings(), Path("bin"))}
    endpoints = (root / "deploy/endpoints.yml").read_text(encoding="utf-8")
    conf = (root / "deploy/supervisord.conf").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+)\}", endpoints)) | set(re.findall(r"%\(ENV_(\w+)\)s", conf))
    assert asked <= names
