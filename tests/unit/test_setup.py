"""The set-up finds what it needs, does nothing when nothing changed, and says in one sentence what is missing."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import apt, chromium, cpython, environments, lock, progress, uv, with_settings
from tools.errors import SetupFailed
from tools.requirements import RUN, TEST, TOOLS, fingerprints, pinned

ROOT = Path(__file__).parents[2]
GIB = 1024**3


@pytest.fixture
def locks(tmp_path):
    """A project folder with locks in it."""
    for name in (RUN, TEST, TOOLS):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def script(path, text):
    """Write an executable shell script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


def fake_python(path, version="3.10"):
    return script(path, f"printf 'cpython\\n{version}\\n{path}\\n'")


# make


def test_make_help_lists_every_target():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE).group(1).split()
    # Within `make test`, make would say that it enters a folder.
    shown = subprocess.run(
        ["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert [line.split()[1] for line in shown.splitlines()] == targets[:-1]
    assert targets[-1] == "python3"


# CPython 3.10


def test_a_shim_that_only_prints_an_error_is_passed_over(tmp_path):
    script(tmp_path / "shims/python3.10", "echo 'command not found' >&2; exit 127")
    real = fake_python(tmp_path / ".pyenv/versions/3.10.13/bin/python3.10")
    places = cpython.candidates({"PATH": str(tmp_path / "shims")}, tmp_path, tmp_path)
    assert cpython.find(places) == real


@pytest.mark.parametrize("version", ["3.9", "3.11"])
def test_another_version_is_passed_over(tmp_path, version):
    assert cpython.find([fake_python(tmp_path / "python3", version)]) is None


def test_the_python_behind_a_virtual_environment_is_taken():
    assert cpython.find([ROOT / ".venv/bin/python"]) == Path(sys._base_executable)


def test_a_missing_python_is_one_sentence_that_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(cpython, "candidates", lambda *_: [tmp_path / "nothing"])
    with pytest.raises(SetupFailed, match=r"CPython 3\.10 was not found .* install it"):
        cpython.obtain(str(script(tmp_path / "uv", "exit 2")), tmp_path)


def test_a_missing_python_is_downloaded_into_the_project(tmp_path, monkeypatch):
    monkeypatch.setattr(cpython, "candidates", lambda *_: [])
    place = tmp_path / ".tools/python/cpython-3.10.1-linux/bin/python3.10"
    fake_python(tmp_path / "new")
    installer = script(tmp_path / "uv", f"mkdir -p {place.parent} && cp {tmp_path}/new {place}")
    assert cpython.obtain(str(installer), tmp_path) == tmp_path / "new"


def test_a_python_too_old_for_the_set_up_itself_is_one_sentence():
    as_if = "import sys; sys.version_info = (3, 8, 18, 'final', 0); import tools"
    run = subprocess.run([sys.executable, "-c", as_if], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert run.stderr == "Genvej's set-up needs Python 3.9 or newer, but python3 is 3.8.\n"


# uv


def test_the_uv_on_the_path_is_taken(tmp_path, monkeypatch):
    found = script(tmp_path / "bin/uv", "echo uv 1.0")
    monkeypatch.setenv("PATH", f"{found.parent}:{os.environ['PATH']}")
    assert uv.obtain(tmp_path) == str(found)


def test_without_venv_and_pip_the_sentence_says_what_to_install(locks, monkeypatch):
    monkeypatch.setattr(uv, "_working", lambda _: None)
    monkeypatch.setattr(uv, "_quietly", lambda _: False)
    monkeypatch.setattr(apt, "install", lambda _: False)
    with pytest.raises(SetupFailed, match="apt-get install python3-venv"):
        uv.obtain(locks)


def test_uv_is_pinned_with_its_hashes():
    pin = pinned("uv")
    assert re.match(r"uv==\d", pin)
    assert pin.count("--hash=sha256:") > 1
    assert pin.count("==") == 1


def test_a_tool_that_is_not_locked_is_named(locks):
    with pytest.raises(SetupFailed, match="no-such-tool"):
        pinned("no-such-tool", locks)


# Environments


def test_nothing_is_installed_when_the_locks_have_not_changed(locks):
    _installed(locks, [RUN, TEST])
    environments.sync(locks / ".venv", [RUN], locks, _no_uv)
    environments.sync(locks / ".venv", [RUN, TEST], locks, _no_uv)


def test_what_is_installed_is_compiled_so_that_no_start_has_to(locks):
    _installed(locks, [RUN])
    (locks / RUN).write_text("changed\n")
    noting = script(locks / "uv", f'echo "$@" > {locks}/asked')
    environments.sync(locks / ".venv", [RUN], locks, lambda: str(noting))
    assert "--compile-bytecode" in (locks / "asked").read_text().split()


@pytest.mark.parametrize("change", ["lock", "stamp", "python"])
def test_a_changed_lock_a_broken_install_or_a_lost_python_installs_anew(locks, change):
    _installed(locks, [RUN])
    if change == "lock":
        (locks / RUN).write_text("changed\n")
    elif change == "stamp":
        (locks / ".venv" / environments.STAMP).unlink()
    else:
        script(locks / ".venv/bin/python", "exit 1")
    assert not environments.up_to_date(locks / ".venv", [RUN], locks)


def test_a_failed_install_says_why_and_is_done_again_next_time(locks):
    _installed(locks, [RUN])
    (locks / RUN).write_text("changed\n")
    failing = script(locks / "uv", "echo 'no matching distribution for rasa'; exit 1")
    with pytest.raises(SetupFailed, match="no matching distribution for rasa"):
        environments.sync(locks / ".venv", [RUN], locks, lambda: str(failing))
    assert not (locks / ".venv" / environments.STAMP).exists()


def test_a_missing_lock_is_named(tmp_path):
    with pytest.raises(SetupFailed, match=r"requirements\.txt is missing"):
        fingerprints([RUN], tmp_path)


def test_a_disk_too_full_for_the_first_install_is_said_with_numbers():
    with pytest.raises(SetupFailed, match=r"needs 4 GB, but only 1\.5 GB are free"):
        environments.require_room(free=3 * GIB // 2)


# Locks


@pytest.mark.parametrize("name", [RUN, TEST, TOOLS])
def test_a_lock_has_hashes_and_no_address_in_it(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "index" not in re.sub(r"^\S+==", "", text, flags=re.MULTILINE)


def test_make_lock_writes_hashes_and_no_index():
    command = lock.command("uv", TEST)
    assert {"--generate-hashes", "--no-emit-index-url", "--universal"} <= set(command)
    assert command[-3:] == ["requirements-test.in", "-o", TEST]


# Chromium


def test_the_chromium_that_is_named_is_taken(tmp_path):
    named = script(tmp_path / "chrome", "")
    assert chromium.find({"GENVEJ_CHROMIUM": str(named), "PATH": ""}) == str(named)


def test_a_named_chromium_that_is_not_there_is_one_sentence():
    with pytest.raises(SetupFailed, match="GENVEJ_CHROMIUM is '/nowhere'"):
        chromium.find({"GENVEJ_CHROMIUM": "/nowhere", "PATH": ""})


def test_a_chromium_on_the_path_is_found(tmp_path):
    found = script(tmp_path / "chromium-browser", "")
    assert chromium.find({"PATH": str(tmp_path)}) == str(found)


def test_where_no_chromium_can_be_installed_the_sentence_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setattr(chromium, "find", lambda _: None)
    monkeypatch.setattr(apt, "install", lambda _: False)
    with pytest.raises(SetupFailed, match="apt-get install chromium"):
        chromium.obtain(script(tmp_path / "python", "exit 1"))


# .env


def test_the_env_file_gives_variables(tmp_path):
    file = tmp_path / ".env"
    file.write_text(
        "# a comment\n\nGENVEJ_WEB_PORT=9000\nGENVEJ_MAIL_FROM = 'Kommunen <a@b.example>'\nGENVEJ_X=\n"
    )
    assert with_settings.read(file) == {
        "GENVEJ_WEB_PORT": "9000",
        "GENVEJ_MAIL_FROM": "Kommunen <a@b.example>",
        "GENVEJ_X": "",
    }


def test_a_line_in_the_env_file_that_is_no_setting_is_named(tmp_path):
    file = tmp_path / ".env"
    file.write_text("GENVEJ_WEB_PORT=9000\nGENVEJ_HOST 0.0.0.0\n")
    with pytest.raises(SetupFailed, match=r"\.env, line 2: expected NAME=value"):
        with_settings.read(file)


def test_no_env_file_gives_nothing(tmp_path):
    assert with_settings.read(tmp_path / ".env") == {}


# Progress


def test_a_long_command_shows_that_it_is_alive(capsys, monkeypatch):
    monkeypatch.setattr(progress, "EVERY", 0.1)
    assert progress.run("Sleeping", ["sh", "-c", "sleep 0.3; echo done"]) == "done\n"
    assert capsys.readouterr().err.startswith("Sleeping ...\nSleeping ... 0 s\n")


def test_a_failed_command_carries_what_it_printed():
    with pytest.raises(progress.CommandFailed) as caught:
        progress.run("Failing", ["sh", "-c", "echo reason >&2; exit 3"])
    assert (caught.value.code, caught.value.output) == (3, "reason\n")


def test_a_command_that_is_broken_off_leaves_no_process_behind(tmp_path, monkeypatch):
    note = tmp_path / "child"

    def interrupted(*_):
        while not (note.exists() and note.read_text().endswith("\n")):
            time.sleep(0.01)
        raise KeyboardInterrupt

    monkeypatch.setattr(progress, "_count_seconds", interrupted)
    with pytest.raises(KeyboardInterrupt):
        progress.run("Sleeping", ["sh", "-c", f"sleep 60 & echo $! > {note}; wait"])
    assert _ends(int(note.read_text()))


def _ends(process):
    """Tell whether a process ends within five seconds; one that only waits to be counted has ended."""
    for _ in range(100):
        try:
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.05)
    return False


def _installed(root, names):
    """Make an environment that looks as if the locks had been installed."""
    fake_python(root / ".venv/bin/python")
    (root / ".venv" / environments.STAMP).write_text(json.dumps(fingerprints(names, root)))


def _no_uv():
    raise AssertionError("there is nothing to install")
