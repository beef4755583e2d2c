"""Messages with two questions, made of two examples."""

import numpy as np
import pytest

from bot.understanding.doubling import doubles

EXAMPLES = [
    ("Hvornår skal jeg betale moms?", "moms"),
    ("skilt på facaden", "skilt"),
    ("Må vi have borde ude?", "borde"),
    ("en meget lang historie " * 10, "lang"),
]


def test_each_holds_the_words_of_two_examples_and_both_labels():
    texts = {label: text.rstrip("?") for text, label in EXAMPLES}
    found = doubles(EXAMPLES, 40, np.random.default_rng(1))
    assert len(found) == 40
    for text, labels in found:
        assert all(texts[label][1:] in text for label in labels)
        assert len(set(labels)) == 2


def test_long_examples_are_left_out():
    found = doubles(EXAMPLES, 40, np.random.default_rng(1))
    assert "lang" not in {label for double in found for label in double.labels}


def test_the_same_chance_gives_the_same_texts_and_another_gives_others():
    first, again, other = (doubles(EXAMPLES, 10, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize(
    "examples", [[], EXAMPLES[:1], EXAMPLES[3:], [("moms", "moms"), ("om moms", "moms")]]
)
def test_of_less_than_two_topics_nothing_is_made(examples):
    assert doubles(examples, 5, np.random.default_rng(1)) == []
