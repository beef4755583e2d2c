"""What the bot says in fixed words: each response once, used, and easy to read."""

import re
from collections import Counter

import pytest
from ruamel.yaml import YAML

from bot.core.deciding import OUTSIDE, PERSON, SMALL_TALK
from bot.core.handoff_form import FIELDS, Kind
from bot.core.readability import lix
from tests.conftest import ROOT
from tests.unit.conftest import told_before

HARDEST_LIX = 45
PLACEHOLDER = re.compile(r"\{\w+\}")


def read(name):
    return YAML(typ="safe", pure=True).load((ROOT / name).read_text(encoding="utf-8"))


RESPONSE_FILES = sorted((ROOT / "data" / "responses").rglob("*.yml"))
RESPONSES = {name: said for path in RESPONSE_FILES for name, said in read(path)["responses"].items()}
PHRASES = {
    f"{part}.{name}": text for part, texts in read("data/phrases.yml").items() for name, text in texts.items()
}
DOMAIN = read("domain.yml")


def response_texts():
    for name, variants in RESPONSES.items():
        for variant in variants:
            yield name, variant["text"]
            for button in variant.get("buttons") or []:
                yield name, button["title"]


def sentences():
    """Return every text that is more than a label."""
    texts = [*response_texts(), *PHRASES.items()]
    return [(name, text) for name, text in texts if re.search(r"[.!?:]$", text.strip())]


def code_of_the_actions():
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "actions").glob("*.py")))


def said_by_the_form(content):
    """Return the responses for every way a line can be unusable, and for every way the form can end."""
    lines = [
        ("summary", "-"),
        ("company", "."),
        ("company", "x" * 121),
        ("cvr", "123"),
        ("cvr", "64502019"),
        ("name", "1"),
        ("name", "spring over"),
        ("contact", "nej"),
        ("contact", "a@b"),
        ("consent", "måske"),
    ]
    problems = {content.form.read(asked, text, told_before(asked)).problem for asked, text in lines}
    assert "" not in problems
    return {f"utter_{problem}" for problem in problems} | {
        f"utter_handoff_{kind.value}" for kind in (Kind.CANCEL, Kind.REFUSED)
    }


def used(content):
    rules = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "data" / "rules").glob("*.yml"))
    )
    named = set(re.findall(r"action: (utter_\w+)", rules)) | set(
        re.findall(r'"(utter_\w+)"', code_of_the_actions())
    )
    asked = {f"utter_ask_case_{field}" for field in FIELDS} & set(RESPONSES)
    return named | asked | said_by_the_form(content)


def test_no_response_stands_in_two_files():
    names = Counter(name for path in RESPONSE_FILES for name in read(path)["responses"])
    assert {name for name, count in names.items() if count > 1} == set()


def test_every_response_that_is_used_is_written(content):
    assert used(content) - set(RESPONSES) == set()


def test_every_response_that_is_written_is_used(content):
    assert set(RESPONSES) - used(content) == set()


@pytest.mark.parametrize("field", FIELDS)
def test_the_form_can_ask_for_every_field(field):
    slot = f"case_{field}"
    assert slot in DOMAIN["forms"]["handoff_form"]["required_slots"]
    assert (f"utter_ask_{slot}" in RESPONSES) != (f"action_ask_{slot}" in DOMAIN["actions"])


@pytest.mark.parametrize("topic", [*SMALL_TALK, OUTSIDE])
def test_small_talk_says_what_it_is(topic):
    assert [variant["custom"]["topic"] for variant in RESPONSES[f"utter_{topic}"]] == [topic]


def test_every_button_leads_somewhere():
    for name, variants in RESPONSES.items():
        for button in [button for variant in variants for button in variant.get("buttons") or []]:
            payload = button["payload"]
            if payload.startswith("/"):
                assert payload[1:].split("{")[0] in DOMAIN["intents"], name


@pytest.mark.parametrize("name", [*SMALL_TALK, OUTSIDE, PERSON])
def test_what_the_buttons_lead_to_is_an_intent(name):
    assert name in DOMAIN["intents"]


def test_there_are_sentences_to_measure():
    assert len(sentences()) > 60


@pytest.mark.parametrize(("name", "text"), sentences())
def test_what_the_bot_says_is_easy_to_read(name, text):
    assert lix(PLACEHOLDER.sub("tal", text)) <= HARDEST_LIX


@pytest.mark.parametrize(("name", "text"), [*response_texts(), *PHRASES.items()])
def test_what_the_bot_says_has_no_stray_braces_or_spaces(name, text):
    assert text == text.strip()
    assert "  " not in text
    assert not re.search(r"[{}]", PLACEHOLDER.sub("", text))


def test_every_error_of_the_core_has_a_danish_sentence(content):
    core = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((ROOT / "bot" / "core").glob("*.py"))
    )
    codes = set(re.findall(r'InvalidInput\(\s*"(\w+)"', core)) | {"name_missing", "company_missing"}
    codes -= {"consent_unclear"}  # said by the form alone
    assert len(codes) > 8
    for code in codes:
        assert content.phrases["errors"].say(
            code, longest="1000", contact_form="/kontakt", phone="49 28 28 28"
        )
