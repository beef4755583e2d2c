"""Whether somebody says that they want to begin something."""

import pytest

from bot.core.plans.beginning import begins


@pytest.mark.parametrize(
    "text",
    [
        "Jeg vil åbne en café i Stengade",
        "vil aabne cafe",
        "jeg vil starte som frisør",
        "Vi starter op med en foodtruck",
        "hvordan etablerer jeg en restaurant",
        "jeg begynder som vognmand",
        "vil blive selvstændig massør",
    ],
)
def test_who_wants_to_begin_says_so(text):
    assert begins(text)


@pytest.mark.parametrize(
    "text",
    [
        "åbningstider på min café",
        "vi har åbent",
        "vi åbnede en café i fjor",
        "må jeg sælge øl",
        "startede",
        "",
    ],
)
def test_other_words_are_no_beginning(text):
    assert not begins(text)
