"""Rasa's own tests: the data is consistent and the stories are held."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "PYTHONWARNINGS": "ignore"}


def rasa(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run rasa in the checkout; what it writes goes to `folder`."""
    return subprocess.run(
        [str(Path(sys.executable).parent / "rasa"), *arguments],
        cwd=ROOT,
        env={**os.environ, **QUIET, "HOME": str(folder), "MPLCONFIGDIR": str(folder)},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_the_domain_rules_and_examples_agree(tmp_path):
    done = rasa(tmp_path, "data", "validate", "--fail-on-warnings")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def test_every_story_is_held(tmp_path):
    done = rasa(
        tmp_path,
        "test",
        "core",
        "--model",
        "models/genvej.tar.gz",
        "--stories",
        "tests/conversations",
        "--e2e",
        "--fail-on-prediction-errors",
        "--out",
        str(tmp_path),
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


def test_a_story_that_is_not_held_fails(tmp_path):
    (tmp_path / "test_wrong.yml").write_text(
        'version: "3.1"\nstories:\n  - story: wrong\n    steps:\n'
        "      - user: |\n          hej\n        intent: hils\n      - action: utter_farvel\n",
        encoding="utf-8",
    )
    done = rasa(
        tmp_path,
        "test",
        "core",
        "--model",
        "models/genvej.tar.gz",
        "--stories",
        str(tmp_path),
        "--e2e",
        "--fail-on-prediction-errors",
        "--out",
        str(tmp_path),
    )
    assert done.returncode != 0


@pytest.mark.parametrize("name", ["deploy/endpoints.yml", "credentials.yml"])
def test_no_secret_stands_in_rasas_settings(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "password" not in text.lower()
    assert "://" not in text
