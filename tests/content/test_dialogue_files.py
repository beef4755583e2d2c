"""Training examples, domain, rules and responses fit together."""

import re
from collections import Counter, defaultdict

import pytest
from ruamel.yaml import YAML

from bot.core.deciding import FALLBACK, FOLLOW_UP, OUTSIDE, PERSON, SMALL_TALK
from bot.core.privacy import mask_cpr
from tests.conftest import ROOT

FEWEST_EXAMPLES = 20
# Intents that are no topics: they move the conversation on.
MOVES = (FOLLOW_UP, FALLBACK, "vis_emner", "ingen_af_dem")


def read(path):
    return YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))


def files(folder):
    return sorted((ROOT / "data" / folder).rglob("*.yml"))


DOMAIN = read(ROOT / "domain.yml")
# An action is a name, or a name with what it wants sent.
ACTIONS = [name if isinstance(name, str) else next(iter(name)) for name in DOMAIN["actions"]]
TOPICS = [name for name in DOMAIN["intents"] if name not in MOVES]


@pytest.fixture(scope="module")
def examples():
    """Return the training examples by intent."""
    found = defaultdict(list)
    for path in files("nlu"):
        for item in read(path)["nlu"]:
            found[item["intent"]] += [line.removeprefix("- ") for line in item["examples"].splitlines()]
    return found


@pytest.fixture(scope="module")
def rules():
    return [rule for path in files("rules") for rule in read(path)["rules"]]


def steps(rules):
    for rule in rules:
        for step in rule["steps"]:
            yield from step.get("or", [step])


def plain(text):
    """Return a text as two people would call it the same: small letters, no punctuation."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip() or text


# training examples


def test_every_topic_of_a_unit_has_enough_examples(content, examples):
    few = {
        topic: len(examples[topic])
        for unit in content.units.all()
        for topic in unit.topics
        if len(examples[topic]) < FEWEST_EXAMPLES
    }
    assert few == {}


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_enough_examples(examples, topic):
    assert len(examples[topic]) >= FEWEST_EXAMPLES


def test_no_example_stands_twice_or_in_two_intents(examples):
    where = defaultdict(list)
    for intent, texts in examples.items():
        for text in texts:
            where[plain(text)].append(intent)
    assert {text: intents for text, intents in where.items() if len(intents) > 1} == {}


def test_no_example_is_empty_a_command_or_holds_a_cpr_number(examples):
    texts = [text for texts in examples.values() for text in texts]
    assert [text for text in texts if not text.strip() or text.lstrip().startswith("/")] == []
    assert [text for text in texts if mask_cpr(text) != text] == []


def test_every_line_of_examples_is_an_example():
    for path in files("nlu"):
        for item in read(path)["nlu"]:
            assert [line for line in item["examples"].splitlines() if not line.startswith("- ")] == [], (
                path.name
            )


def test_the_trained_intents_are_those_of_the_domain(examples):
    assert set(examples) == set(DOMAIN["intents"]) - {FALLBACK}


# topics


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_has_an_answer_or_is_small_talk(content, topic):
    assert (content.knowledge.get(topic) is not None) != (topic in (*SMALL_TALK, OUTSIDE))


def test_every_answer_has_an_intent_and_a_unit(content):
    assert set(content.knowledge.topics) == set(TOPICS) - {*SMALL_TALK, OUTSIDE}
    assert {topic for unit in content.units.all() for topic in unit.topics} == set(content.knowledge.topics)


def test_every_topic_of_the_first_municipality_is_listed_by_exactly_one_unit(content):
    listed = Counter(
        topic
        for path in (ROOT / "data/municipalities/helsingor/units").glob("*.yml")
        for topic in read(path)["topics"]
    )
    assert listed == Counter(list(content.knowledge.topics))


# rules


def test_the_intents_and_actions_of_the_rules_are_in_the_domain(rules):
    intents = {step["intent"] for step in steps(rules) if "intent" in step}
    assert intents - set(DOMAIN["intents"]) == set()
    known = {*ACTIONS, *DOMAIN["forms"]}
    used = {step["action"] for step in steps(rules) if "action" in step}
    assert {name for name in used if not name.startswith("utter_")} - known == set()


def test_every_intent_has_exactly_one_rule_that_begins_with_it(rules):
    begins = Counter()
    for rule in rules:
        first = rule["steps"][0]
        begins.update(step["intent"] for step in first.get("or", [first]) if "intent" in step)
    assert begins == Counter(DOMAIN["intents"])


def test_every_answered_topic_goes_to_the_answering_action(content, rules):
    [answering] = [rule for rule in rules if {"action": "action_answer"} in rule["steps"]]
    intents = {step["intent"] for step in answering["steps"][0]["or"]}
    assert intents == {*content.knowledge.topics, FOLLOW_UP} - {PERSON}


def test_the_actions_of_the_domain_are_those_that_are_written():
    code = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "actions").glob("*.py")))
    written = re.findall(r'return "((?:action|validate)_\w+)"', code)
    assert sorted(written) == sorted(ACTIONS)
    assert "responses" not in DOMAIN


def test_no_file_of_ours_looks_to_rasa_like_its_own_training_data():
    """Rasa reads every file in data/ that has one of these keys, and fails to train on what is not its own."""
    theirs = {"nlu", "rules", "stories"}
    ours = [
        path
        for path in (ROOT / "data").rglob("*.yml")
        if path.relative_to(ROOT / "data").parts[0] not in ("nlu", "rules", "stories", "responses")
    ]
    found = {
        path.name: theirs & set(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")) or ())
        for path in ours
    }
    assert {name: keys for name, keys in found.items() if keys} == {}
