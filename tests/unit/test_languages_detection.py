"""Another language than Danish is recognised when it is clear; Danish is never taken for another."""

import re
import time
from pathlib import Path

import pytest

from bot.core.languages import LANGUAGES
from bot.understanding.languages import LanguageDetector
from tests.unit.foreign_texts import DANISH, FOREIGN, OTHER

# »Danish questions« of these topics may be in other languages on purpose.
NOT_ONLY_DANISH = ("udenfor_emne", "hils", "farvel", "tak")


def examples(root: Path):
    """Yield (topic, text) for every Danish example; read line by line, as a parser takes many seconds for them."""
    paths = set((root / "data" / "nlu").glob("*.yml")) - {root / "data" / "nlu" / "andre_sprog.yml"}
    for path in sorted(paths):
        topic = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("- intent:"):
                topic = line.split()[-1]
            elif line.startswith("    - "):
                yield topic, line[6:]


@pytest.fixture(scope="module")
def halves(root):
    found = sorted(set(examples(root)))
    return found[0::2], found[1::2]


@pytest.fixture(scope="module")
def detector(halves):
    """Learned from one half of the examples, so that the other half is new to it."""
    return LanguageDetector.learn((text for _, text in halves[0]), names=["Helsingør"])


# Danish stays Danish


@pytest.mark.parametrize("text", DANISH)
def test_danish_that_looks_like_another_language_stays_danish(detector, text):
    assert detector.detect(text) is None


def test_of_a_thousand_danish_questions_at_most_two_are_taken_for_another_language(detector, halves):
    new = [text for topic, text in halves[1] if topic not in NOT_ONLY_DANISH]
    wrong = [text for text in new if detector.detect(text)]
    assert len(new) > 3_000
    assert len(wrong) <= 2 * len(new) / 1_000, wrong


def test_no_sentence_of_the_answers_is_taken_for_another_language(detector, content):
    sentences = [
        sentence
        for topic in content.knowledge.topics.values()
        for text in (topic.short, *topic.aspects.values(), *topic.steps)
        for sentence in re.split(r"(?<=[.?!])\s+", text)
    ]
    assert [sentence for sentence in sentences if detector.detect(sentence)] == []


@pytest.mark.parametrize(
    "text",
    [
        "food truck",
        "street food",
        "opening hours",
        "the building",
        "restaurant",
        "bygglov",
        "upphandling",
        "skjenkebevilling",
        "Baugenehmigung",
        "hello",
        "thank you",
    ],
)
def test_bare_keywords_are_never_another_language(detector, text):
    assert detector.detect(text) is None


# the other languages


@pytest.mark.parametrize(("language", "share"), [("en", 0.95), ("sv", 0.95), ("de", 0.95), ("nb", 0.80)])
def test_nearly_every_sentence_of_four_words_or_more_is_recognised(detector, language, share):
    long_enough = [text for text in FOREIGN[language] if len(text.split()) >= 4]
    missed = [text for text in long_enough if detector.detect(text) != language]
    assert len(missed) <= (1 - share) * len(long_enough), missed


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_is_taken_for_a_third_language(detector, language):
    assert {detector.detect(text) for text in FOREIGN[language]} <= {language, None}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Do you speak English?", "en"),
        ("what's the price of a permit?", "en"),
        ("I’m looking for premises", "en"),
        ("I NEED A LICENCE FOR MY BAR", "en"),
        ("How do I get a CVR number in Helsingør?", "en"),
        ("Talar du svenska?", "sv"),
        ("Hur startar jag ett bolag i Helsingör?", "sv"),
        ("hur far jag tillstand for min uteservering", "sv"),
        ("jag behöver ett momsnummer", "sv"),
        ("Snakker dere norsk?", "nb"),
        ("Jeg trenger tillatelse til uteservering", "nb"),
        ("hvor mye koster det", "nb"),
        ("må jeg søke om å få selge mat ute", "nb"),
        ("Sprechen Sie Deutsch?", "de"),
        ("ich moechte ein Café eroeffnen", "de"),
        ("ich mochte eine Bäckerei in Helsingør aufmachen", "de"),
        # short, and unmistakable all the same
        ("English?", "en"),
        ("Guten Tag!", "de"),
        ("på svenska", "sv"),
        ("hvor mye?", "nb"),
    ],
)
def test_a_clear_message_is_recognised(detector, text, language):
    assert detector.detect(text) == language


@pytest.mark.parametrize("text", OTHER)
def test_a_language_without_a_sentence_of_its_own_goes_the_ordinary_way(detector, text):
    assert detector.detect(text) is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hello, jeg vil gerne søge om et skilt til min butik", None),
        ("Hej, I would like to know what the fee is for a sign", "en"),
        ("Må jeg bruge teksten »please do not disturb« på mit skilt?", None),
        ("Our company is called Skovens Bageri and we want to move to Helsingør", "en"),
    ],
)
def test_in_a_mixed_message_the_most_counts(detector, text, language):
    assert detector.detect(text) == language


# awkward input


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t",
        "???",
        "12345678",
        "👋🏽 🍕🍺",
        "é",
        "'''",
        "www.the-best-food-truck-in-the-world.com",
        "the.owner.of.the.house@is-this-the-end.com",
        "ﷺ ﷽ ⁦⁧⁨⁩",
        "\u200b\u200e\u202e\u2066",
        "x" * 1_000,
        "the " * 250,
        "a\u0300" * 500,
    ],
)
def test_what_is_no_sentence_is_no_language(detector, text):
    assert detector.detect(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "How do I\u200b re\u200bgis\u00adter a com\u200dpany?",
        "\u202eHow do I register a company?\u202c",
        "Ｈｏｗ do I register a company?",
        "🍕 How do I register a company? 👋🏽",
        "how\ndo\ni\nregister\na\ncompany",
    ],
)
def test_hidden_characters_and_odd_letters_hide_no_language(detector, text):
    assert detector.detect(text) == "en"


def test_a_composed_letter_is_the_same_as_two_characters(detector):
    assert detector.detect("Hur fo\u0308rnyar jag mitt tillsta\u030and?") == "sv"


@pytest.mark.parametrize(
    "text", ["x" * 1_000, "@" * 1_000, "a." * 500, "a'" * 500, ("må jeg få lov " * 72)[:1_000]]
)
def test_the_longest_message_takes_no_time_to_speak_of(detector, text):
    start = time.perf_counter()
    for _ in range(20):
        detector.detect(text)
    assert time.perf_counter() - start < 1


# keeping it


def test_what_was_learned_can_be_kept(detector, tmp_path):
    detector.save(tmp_path / "languages.tsv")
    again = LanguageDetector.load(tmp_path / "languages.tsv")
    texts = [*DANISH, *OTHER, *(text for found in FOREIGN.values() for text in found)]
    assert [again.detect(text) for text in texts] == [detector.detect(text) for text in texts]


@pytest.fixture(scope="module")
def bare():
    return LanguageDetector.learn([])


def test_without_examples_other_languages_are_recognised_too(bare):
    assert bare.detect("Do I need a permit for my food truck?") == "en"
    assert bare.detect("Skal jeg have tilladelse til min pølsevogn?") is None


def test_an_example_in_another_language_does_not_become_danish():
    question = "Where can I renew my passport?"
    assert LanguageDetector.learn([question] * 50).detect(question) == "en"


def test_a_word_of_the_examples_speaks_for_no_other_language(bare):
    text = "the building community"
    assert bare.detect(text) == "en"
    example = "vi kalder det the building community, og det er for nye iværksættere i kælderen"
    assert LanguageDetector.learn([example] * 9).detect(text) is None
