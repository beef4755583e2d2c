"""How much each sign counts is learned from messages of which it is known what was meant."""

import pytest

from bot.core.calibration import Calibration, Exchange, Several
from bot.core.context import Before, Rankings, in_context, texts_of
from bot.core.deciding import FOLLOW_UP
from bot.core.learned import Known
from bot.core.parting import Parter
from bot.understanding.fitting import fit, known_ahead

KNOWN = Known({"alkohol": ("borde",)}, {"alkohol": "Alkohol"}, {})
WORDS = {"moms": "moms", "skilt": "skilt", "borde": "borde", "øl": "alkohol"}


class Model:
    """Ranks topics by their words, evenly where there are several; it never tells two questions from one."""

    def topics(self, texts):
        return [_ranking(text) for text in texts]

    def asks_two(self, text):
        return 0.5

    def rank_ahead(self, texts):
        """Know them already."""


def rank(texts):
    return Model().topics(texts)


def _ranking(text):
    said = [topic for word, topic in WORDS.items() if word in text]
    rest = dict.fromkeys(WORDS.values(), 0.01)
    shares = {**rest, FOLLOW_UP: 0.9 if not said else 0.01, **{topic: 0.9 / len(said) for topic in said}}
    return sorted(shares.items(), key=lambda item: -item[1])


@pytest.fixture(scope="module")
def learned():
    doubles = [
        Several((WORDS[one], WORDS[other]), f"{one} og hvad med {other}?")
        for one in WORDS
        for other in WORDS
        if one != other
    ]
    singles = [Several((WORDS[word],), f"{word} i dag og om {word} i morgen?") for word in WORDS]
    singles += [Several((WORDS[word],), f"vi bor her, og vi vil spørge om {word}") for word in WORDS]
    exchanges = [Exchange(WORDS[word], f"om {word}", "hvad koster det", WORDS[word]) for word in WORDS]
    exchanges += [
        Exchange("alkohol", "om øl", f"og {word}", WORDS[word]) for word in ("moms", "skilt", "borde")
    ]
    asks_a_side = lambda text: float("koster" in text)  # noqa: E731
    return fit(Model(), asks_a_side, KNOWN, Calibration([], [*doubles, *singles], exchanges))


def test_what_will_be_asked_about_is_told_before_anything_is_learned():
    asked = []

    class Asked(Model):
        def rank_ahead(self, texts):
            asked.extend(texts)

    singles = [Several((WORDS[word],), f"{word}? og om {word}?") for word in ("moms", "skilt")]
    doubles = [Several(("moms", "skilt"), "moms? og hvad med skilt?")]
    exchanges = [Exchange("alkohol", "om øl", "og hvad med borde", "borde")]
    calibration = Calibration([], [*doubles, *singles], exchanges)
    fit(Asked(), lambda text: 0.0, KNOWN, calibration)
    told = known_ahead(KNOWN, calibration)
    assert set(told) <= set(asked)
    assert {"moms? og hvad med skilt?", "om øl og hvad med borde", "borde"} <= set(told)


def chance_of_two(learned, text):
    parter = Parter(Model(), {}, lambda _: 0.0)
    likeliest = parter.likeliest(text, rank([text])[0], learned.pairing)
    return learned.parting.probability(likeliest[1]) if likeliest else 0.0


def test_two_topics_in_two_parts_are_likelier_two_questions_than_one_topic_twice(learned):
    assert chance_of_two(learned, "skilt og hvad med borde?") > 0.5
    assert chance_of_two(learned, "skilt i dag og om skilt i morgen?") < 0.5


@pytest.mark.parametrize(("text", "topic"), [("hvad koster det", "moms"), ("og skilt", "skilt")])
def test_what_asks_for_a_side_stays_and_what_names_another_topic_turns(learned, text, topic):
    before = Before("moms", "om moms")
    rankings = Rankings(*rank(texts_of(text, before, {})))
    asks = float("koster" in text)
    found = in_context(text, rankings, before, {}, asks, learned.context)
    assert found[0][0] == topic
