"""The dialogue model is trained when what it is made of has changed, and only then."""

from pathlib import Path

import pytest

from bot.commands import model
from tools import progress


@pytest.fixture
def project(tmp_path):
    """A project folder with one file of every kind that a model is made of."""
    for name in (
        "config.yml",
        "domain.yml",
        "data/nlu/a.yml",
        "data/rules/b.yml",
        "data/stories/c.yml",
        "data/responses/d.yml",
        "bot/rasa_ext/inner/e.py",
        "data/knowledge/f.yml",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("before", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "name",
    [
        "config.yml",
        "domain.yml",
        "data/nlu/a.yml",
        "data/rules/b.yml",
        "data/stories/c.yml",
        "bot/rasa_ext/inner/e.py",
    ],
)
def test_a_changed_input_asks_for_training(project, name):
    before = model.fingerprint(project, "3.6.21")
    (project / name).write_text("after", encoding="utf-8")
    assert model.fingerprint(project, "3.6.21") != before


def test_a_new_or_renamed_input_asks_for_training(project):
    before = model.fingerprint(project, "3.6.21")
    (project / "data/nlu/a.yml").rename(project / "data/nlu/z.yml")
    assert model.fingerprint(project, "3.6.21") != before


def test_another_rasa_asks_for_training(project):
    assert model.fingerprint(project, "3.6.21") != model.fingerprint(project, "3.6.22")


def test_a_changed_answer_asks_for_no_training(project):
    before = model.fingerprint(project, "3.6.21")
    (project / "data/knowledge/f.yml").write_text("after", encoding="utf-8")
    assert model.fingerprint(project, "3.6.21") == before


def test_a_trained_model_is_current_until_the_inputs_change(project, monkeypatch):
    monkeypatch.setattr(progress, "run", _training_that_writes("new model"))
    assert not model.is_current(project, "inputs")
    model.train(project, "inputs")
    assert (project / model.MODEL).read_text() == "new model"
    assert model.is_current(project, "inputs")
    assert not model.is_current(project, "other inputs")


def test_a_training_that_fails_leaves_the_old_model(project, monkeypatch):
    monkeypatch.setattr(progress, "run", _training_that_writes("old model"))
    model.train(project, "old inputs")

    def failing(*_args, **_more):
        raise progress.CommandFailed(["rasa"], 1, "")

    monkeypatch.setattr(progress, "run", failing)
    with pytest.raises(progress.CommandFailed):
        model.train(project, "new inputs")
    assert (project / model.MODEL).read_text() == "old model"
    assert model.is_current(project, "old inputs")
    assert sorted(path.name for path in (project / "models").iterdir()) == ["genvej.inputs", "genvej.tar.gz"]


def test_of_rasas_output_only_what_says_why_is_shown():
    output = (
        "2026-11-22 05:00:00 INFO     rasa.cli.train  - Started validating domain\n"
        "/somewhere/x.py:1: DeprecationWarning: old\n  old_call()\n"
        "Processing: 100%|####| 10/10 [00:00<00:00, 9it/s]\n"
        "\x1b[91mYamlException: Failed to read 'domain.yml', duplicate key\x1b[0m\n"
    )
    assert model.reasons(output) == ["YamlException: Failed to read 'domain.yml', duplicate key"]


def _training_that_writes(text):
    def training(_label, command, **_more):
        (Path(command[command.index("--out") + 1]) / "genvej.tar.gz").write_text(text)
        return ""

    return training
