"""What a visitor reads differently when a topic is changed: by paragraph, by figure and by word."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.answering import Phrases
from bot.core.changes import ADDED, REMOVED, SAME, Change, changes, compared, texts, words
from bot.core.knowledge import Authority, Confidence, Fact, Period, Source, Topic

TODAY = date(2026, 11, 22)
LAW = Source("law", "Loven", "https://lov.example", date(2026, 11, 1))
PRICES = Source("prices", "Takster", "https://pris.example", date(2026, 10, 1))
PHRASES = Phrases(
    {
        "fact_missing": "Jeg kender ikke {label}; spørg {authority}.",
        "last_known": "{value} (senest kendt {known})",
        "confirm_figures": "Få tallet bekræftet hos {authority}.",
        "no_ansoeg": "Ingen ansøgning om {title}.",
    }
)


def fee(*periods, name="gebyr", confidence=Confidence.HIGH, source=LAW):
    return Fact(name, "gebyret", "kr.", source, confidence, periods or (Period("670"),))


def topic(**changed):
    values = {
        "id": "skilt",
        "theme": "byggeri",
        "title": "Skilte",
        "description": "Om skilte",
        "goals": ("G1",),
        "owner": "byggesag",
        "authority": Authority("kommunen", "Kommunen", "https://kommunen.example"),
        "review_by": date(2027, 1, 1),
        "short": "Du skal søge om et skilt.",
        "aspects": {"pris": "Det koster {gebyr} om året.", "ansoeg": "Søg på Virk:"},
        "steps": ("Tegn skiltet.", "Betal {gebyr}."),
        "facts": {"gebyr": fee(source=changed.get("sources", [LAW])[0])},
        "sources": (LAW, PRICES),
    }
    return Topic(**{**values, **changed})


def found(before, after, on=TODAY):
    return {change.where: (change.before, change.after) for change in changes(before, after, on, PHRASES)}


def test_the_same_topic_has_no_changes():
    assert changes(topic(), topic(), TODAY, PHRASES) == []


@pytest.mark.parametrize(
    ("changed", "where", "before", "after"),
    [
        ({"title": "Skilt"}, "title", "Skilte", "Skilt"),
        ({"description": "Reklame"}, "description", "Om skilte", "Reklame"),
        ({"short": "Spørg os."}, "short", "Du skal søge om et skilt.", "Spørg os."),
        (
            {"aspects": {"pris": "Betal {gebyr}.", "ansoeg": "Søg på Virk:"}},
            "aspects.pris",
            "Det koster 670 kr. om året.",
            "Betal 670 kr..",
        ),
        ({"aspects": {"pris": "Det koster {gebyr} om året."}}, "aspects.ansoeg", "Søg på Virk:", ""),
        (
            {"steps": ("Tegn skiltet.",)},
            "steps",
            "1. Tegn skiltet.\n2. Betal 670 kr..",
            "1. Tegn skiltet.",
        ),
        (
            {"sources": (replace(LAW, checked=TODAY), PRICES)},
            "sources",
            "Loven, https://lov.example, 1. november 2026",
            "Loven, https://lov.example, 22. november 2026",
        ),
        (
            {"authority": Authority("x", "Politiet", "https://politi.example")},
            "authority",
            "Kommunen, https://kommunen.example",
            "Politiet, https://politi.example",
        ),
    ],
)
def test_a_change_names_its_place_and_both_texts(changed, where, before, after):
    assert changes(topic(), topic(**changed), TODAY, PHRASES) == [Change(where, before, after)]


def test_a_new_figure_is_seen_in_every_text_that_uses_it():
    assert found(topic(), topic(facts={"gebyr": fee(Period("700"))})) == {
        "aspects.pris": ("Det koster 670 kr. om året.", "Det koster 700 kr. om året."),
        "steps": ("1. Tegn skiltet.\n2. Betal 670 kr..", "1. Tegn skiltet.\n2. Betal 700 kr.."),
        "facts.gebyr": ("670 kr.", "700 kr."),
    }


def test_a_value_that_comes_later_changes_nothing_but_the_days_until_it_does():
    old = topic(facts={"gebyr": fee(Period("670", date(2026, 1, 1)))})
    new = topic(
        facts={
            "gebyr": fee(Period("670", date(2026, 1, 1), date(2026, 12, 31)), Period("700", date(2027, 1, 1)))
        }
    )
    assert found(old, new) == {
        "facts.gebyr": ("670 kr. (1. januar 2026 –)", "670 kr. (1. januar 2026 – 31. december 2026)")
    }
    assert found(old, new, date(2027, 1, 1))["aspects.pris"] == (
        "Det koster 670 kr. om året.",
        "Det koster 700 kr. om året.",
    )


def test_a_figure_that_runs_out_becomes_the_honest_sentence():
    gone = topic(facts={"gebyr": fee(Period("670", None, date(2026, 11, 21)))})
    changed = found(topic(), gone)
    assert changed["aspects.pris"][1] == "Jeg kender ikke gebyret; spørg Kommunen."
    assert changed["facts.gebyr"] == ("670 kr.", "")


def test_a_figure_that_gets_uncertain_is_a_change():
    low = topic(facts={"gebyr": fee(Period("670", known="2024"), confidence=Confidence.LOW)})
    assert found(topic(), low)["facts.gebyr"] == ("670 kr.", "670 kr. (senest kendt 2024)")


def test_a_source_that_nobody_is_shown_is_no_change():
    unseen = replace(PRICES, title="Nye takster")
    assert found(topic(), topic(sources=(LAW, unseen))) == {}


# what is not read


@pytest.mark.parametrize(
    "changed",
    [
        {"goals": ("G2",)},
        {"owner": "plan"},
        {"review_by": date(2030, 1, 1)},
        {"related": ("moms",)},
        {"short": "Du skal  søge om et skilt. "},
        {"aspects": {"ansoeg": "Søg på Virk:", "pris": "Det koster {gebyr} om året."}},
        {"sources": (LAW, PRICES, Source("extra", "Mere", "https://mere.example", TODAY))},
        {
            "aspects": {"pris": "Det koster {takst} om året.", "ansoeg": "Søg på Virk:"},
            "steps": ("Tegn skiltet.", "Betal {takst}."),
            "facts": {"takst": fee(name="takst")},
        },
    ],
)
def test_what_changes_no_text_is_no_change(changed):
    assert found(topic(), topic(**changed)) == {}


def test_two_figures_that_become_one_are_not_taken_for_a_new_name():
    two = {"a": fee(name="a"), "b": fee(name="b")}
    old = topic(short="{a} og {b}", facts={**two, "gebyr": fee()})
    new = topic(short="{c} og {c}", facts={"c": fee(name="c"), "gebyr": fee()})
    assert found(old, new) == {"facts.b": ("670 kr.", "")}


# new and removed topics


def test_every_text_of_a_new_topic_is_added():
    added = changes(None, topic(), TODAY, PHRASES)
    assert [change.where for change in added] == [
        "title", "description", "short", "aspects.pris", "aspects.ansoeg", "steps", "sources", "authority",
        "facts.gebyr",
    ]  # fmt: skip
    assert {change.before for change in added} == {""}


def test_every_text_of_a_removed_topic_is_taken_away():
    gone = changes(topic(), None, TODAY, PHRASES)
    assert [(change.where, change.after, change.before) for change in gone] == [
        (change.where, change.before, change.after) for change in changes(None, topic(), TODAY, PHRASES)
    ]


def test_no_topic_before_and_after_is_no_change():
    assert changes(None, None, TODAY, PHRASES) == []


def test_texts_of_another_kind_come_last():
    assert [change.where for change in compared({"unit": "a"}, {"unit": "b", "title": "c"})] == [
        "title",
        "unit",
    ]


# words


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", []),
        ("Søg her.", "Søg her.", [(SAME, "Søg her.")]),
        ("", "Søg.", [(ADDED, "Søg.")]),
        ("Søg.", "", [(REMOVED, "Søg.")]),
        (
            "mindst 40.000 kr. i kapital",
            "mindst 20.000 kr. i kapital",
            [(SAME, "mindst "), (REMOVED, "40.000"), (ADDED, "20.000"), (SAME, " kr. i kapital")],
        ),
        (
            "Du skal søge kommunen om det.",
            "Du skal spørge politiet om det.",
            [(SAME, "Du skal "), (REMOVED, "søge kommunen"), (ADDED, "spørge politiet"), (SAME, " om det.")],
        ),
        ("Søg nu.", "Søg nu, og betal.", [(SAME, "Søg nu"), (ADDED, ", og betal"), (SAME, ".")]),
        ("to nye skilte", "to skilte", [(SAME, "to "), (REMOVED, "nye "), (SAME, "skilte")]),
        (
            "fra 27. februar 2025 til nu",
            "fra 26. november 2026 til nu",
            [(SAME, "fra "), (REMOVED, "27. februar 2025"), (ADDED, "26. november 2026"), (SAME, " til nu")],
        ),
        ("a b c", "x y z", [(REMOVED, "a b c"), (ADDED, "x y z")]),
    ],
)
def test_words_that_differ_are_marked_and_figures_stay_whole(before, after, pieces):
    assert words(before, after) == pieces


TEXTS = st.text(st.sampled_from("ab1 \n.,-æ"), max_size=30)


@given(TEXTS, TEXTS)
def test_the_pieces_make_up_both_texts_again(before, after):
    pieces = words(before, after)
    assert "".join(text for kind, text in pieces if kind != ADDED) == before
    assert "".join(text for kind, text in pieces if kind != REMOVED) == after
    kinds = [kind for kind, _ in pieces]
    assert all(
        pair not in ((SAME, SAME), (REMOVED, REMOVED), (ADDED, ADDED), (ADDED, REMOVED))
        for pair in zip(kinds, kinds[1:])
    )
    assert all(text for _, text in pieces)


# the real content


def test_every_real_topic_has_a_title_a_short_answer_and_a_source(content):
    for found_topic in content.knowledge.topics.values():
        found_texts = texts(found_topic, TODAY, content.phrases["answer"])
        assert all(found_texts[where] for where in ("title", "short", "sources"))
        assert not any("{" in text for text in found_texts.values())
