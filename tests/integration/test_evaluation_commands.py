"""`make eval` and `make eval-diet`: what is compared, what is recorded, and when DIET is trained again."""

import argparse
from datetime import date
from pathlib import Path

import pytest

from bot.commands import evaluate, evaluate_diet
from bot.core.evaluation import Kind, Utterance, judged
from bot.core.figures import of_set
from bot.core.reactions import Reaction
from bot.measuring import records
from tools import progress


def measured(*said):
    items = [
        judged(Utterance(("moms",), "1", "tekst"), Reaction("answer", (topic,), ranking=((topic, 0.9),)))
        for topic in said
    ]
    return {"topics.tsv": (of_set(Kind.QUESTIONS, "x", items, {}), items)}


@pytest.fixture
def recorded(tmp_path, monkeypatch):
    """The figures of ten right answers are recorded."""
    path = tmp_path / "understanding.json"
    monkeypatch.setattr(records, "UNDERSTANDING", path)
    records.write(path, records.make("Genvej", date(2026, 11, 22), 9, measured(*["moms"] * 10), None))


def test_a_measurement_is_held_against_the_recorded_one(recorded):
    assert evaluate.compared(evaluate.FOLDER, measured(*["moms"] * 10)).endswith("no worse.")
    worse = evaluate.compared(evaluate.FOLDER, measured(*["moms"] * 9, "espd"))
    assert "WORSE right at once: 90.0% (9 of 10)" in worse
    assert "WORSE confidently wrong" in worse


def test_another_folder_has_nothing_to_be_compared_with(recorded, tmp_path):
    assert "Only data/eval" in evaluate.compared(tmp_path, measured("espd"))


def test_before_the_first_record_nothing_is_compared(tmp_path, monkeypatch):
    monkeypatch.setattr(records, "UNDERSTANDING", tmp_path / "none.json")
    assert "RECORD=1" in evaluate.compared(evaluate.FOLDER, measured("moms"))


@pytest.mark.parametrize("arguments", [["../shared/eval", "--record"], ["--folds", "1"], ["--folds", "-1"]])
def test_what_cannot_be_measured_or_recorded_is_refused(arguments, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["evaluate", *arguments])
    with pytest.raises(SystemExit) as stop:
        evaluate.main()
    assert stop.value.code == 2


def options(**changed):
    usual = {"epochs": evaluate_diet.EPOCHS, "nlu": Path("data/nlu"), "folder": Path("data/eval")}
    return argparse.Namespace(**{**usual, **changed})


@pytest.mark.parametrize(
    ("changed", "trial"),
    [
        ({}, False),
        ({"epochs": 25}, False),
        ({"epochs": 1}, True),
        ({"nlu": Path("x")}, True),
        ({"folder": Path("x")}, True),
    ],
)
def test_a_trial_of_diet_on_other_examples_is_not_recorded(changed, trial):
    assert evaluate_diet.is_trial(options(**changed)) is trial


@pytest.fixture
def trained(monkeypatch):
    """The commands that were run instead of Rasa; each leaves a model."""
    found = []

    def run(_label, command, **_more):
        found.append(command)
        out = Path(command[command.index("--out") + 1])
        (out / "diet.tar.gz").write_bytes(b"model")

    monkeypatch.setattr(progress, "run", run)
    return found


def test_diet_is_trained_again_when_examples_or_epochs_change(trained, tmp_path):
    nlu = tmp_path / "nlu"
    nlu.mkdir()
    (nlu / "a.yml").write_text("one", encoding="utf-8")
    for _ in range(2):
        evaluate_diet.train(tmp_path / "out", nlu, 1)
    assert len(trained) == 1
    (nlu / "a.yml").write_text("two", encoding="utf-8")
    evaluate_diet.train(tmp_path / "out", nlu, 1)
    evaluate_diet.train(tmp_path / "out", nlu, 2)
    assert len(trained) == 3


def test_diet_is_trained_again_after_a_training_that_broke_off(tmp_path, monkeypatch):
    nlu = tmp_path / "a.yml"
    nlu.write_text("one", encoding="utf-8")

    def broken(_label, command, **_more):
        (tmp_path / "out/diet.tar.gz").write_bytes(b"half")
        raise progress.CommandFailed(command, 1, "")

    monkeypatch.setattr(progress, "run", broken)
    for _ in range(2):
        with pytest.raises(progress.CommandFailed):
            evaluate_diet.train(tmp_path / "out", nlu, 1)
    assert not (tmp_path / "out/diet.inputs").exists()


def test_diets_pipeline_is_rasas_default(content):
    import importlib.resources

    from ruamel.yaml import YAML

    place = importlib.resources.files("rasa.engine.recipes.config_files") / "default_config.yml"
    default = YAML(typ="safe").load(place.read_text(encoding="utf-8"))["pipeline"]
    ours = YAML(typ="safe").load(evaluate_diet.PIPELINE.format(epochs=evaluate_diet.EPOCHS))["pipeline"]
    # A seed, so that the figures can be measured again; and there are no response intents to choose between.
    ours = [{key: value for key, value in part.items() if key != "random_seed"} for part in ours]
    assert ours == [part for part in default if part["name"] != "ResponseSelector"]
