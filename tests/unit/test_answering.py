"""The day decides which figure an answer shows, and an expired one is never shown."""

from datetime import date, timedelta

import pytest

from bot.core.answering import Phrases, answer
from bot.core.knowledge import Authority, Confidence, Fact, Period, Source, Topic

TODAY = date(2026, 11, 22)
LAW = Source("law", "Loven", "https://lov.example", date(2026, 11, 1))
PRICES = Source("prices", "Takster", "https://pris.example", date(2026, 10, 1))
PHRASES = Phrases(
    {
        "fact_missing": "Jeg kender ikke {label}; spørg {authority}.",
        "last_known": "{value} (senest kendt {known})",
        "confirm_figures": "Få tallet bekræftet hos {authority}.",
        **{
            f"no_{name}": f"Ingen {name} om {{title}} hos {{authority}}."
            for name in ("pris", "tid", "krav", "ansoeg", "klage")
        },
    }
)


def fact(name, *periods, unit="kr.", source=LAW, confidence=Confidence.HIGH):
    return Fact(name, f"tallet {name}", unit, source, confidence, periods)


def topic(**changes):
    values = {
        "id": "kapital",
        "theme": "start",
        "title": "Kapital",
        "description": "Penge",
        "goals": ("G1",),
        "owner": "erhverv",
        "authority": Authority("styrelsen", "Styrelsen", "https://styrelsen.example"),
        "review_by": date(2027, 1, 1),
        "short": "Du skal have {kapital}.",
        "facts": {
            "kapital": fact(
                "kapital",
                Period("40.000", date(2019, 4, 15), date(2025, 2, 26)),
                Period("20.000", date(2025, 2, 27)),
            )
        },
        "sources": (LAW, PRICES),
    }
    return Topic(**{**values, **changes})


def said(on=TODAY, aspect=None, follow_up=False, **changes):
    return answer(topic(**changes), aspect, on, PHRASES, follow_up=follow_up)


# the date decides


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2019, 4, 14), "Jeg kender ikke tallet kapital; spørg Styrelsen."),
        (date(2019, 4, 15), "Du skal have 40.000 kr.."),
        (date(2025, 2, 26), "Du skal have 40.000 kr.."),
        (date(2025, 2, 27), "Du skal have 20.000 kr.."),
        (date(2099, 1, 1), "Du skal have 20.000 kr.."),
    ],
)
def test_the_value_of_the_day_is_shown_on_both_sides_of_every_boundary(day, text):
    assert said(day).text == text


def test_a_fact_without_a_unit_stands_alone():
    assert said(facts={"kapital": fact("kapital", Period("§ 4"), unit="")}).text == "Du skal have § 4."


def test_in_a_gap_between_two_periods_neither_value_is_shown():
    gap = fact(
        "kapital",
        Period("111", None, date(2026, 11, 21)),
        Period("999", date(2026, 11, 23), date(2026, 12, 31)),
    )
    found = said(facts={"kapital": gap})
    assert found.text == "Jeg kender ikke tallet kapital; spørg Styrelsen."
    assert "111" in said(TODAY - timedelta(days=1), facts={"kapital": gap}).text
    assert "999" in said(TODAY + timedelta(days=1), facts={"kapital": gap}).text


def test_an_answer_with_a_missing_figure_is_honest_and_not_complete():
    expired = fact("kapital", Period("40.000", None, date(2026, 11, 21)))
    found = said(facts={"kapital": expired})
    assert found.complete is False
    assert "40.000" not in found.text
    assert found.facts == ()


def test_only_the_paragraph_with_the_missing_figure_is_left_out():
    found = said(
        aspect="krav",
        aspects={"krav": "Du skal også have {gebyr}."},
        facts={
            "kapital": fact("kapital", Period("20.000")),
            "gebyr": fact("gebyr", Period("670", None, date(2026, 1, 1))),
        },
    )
    assert found.text == "Du skal have 20.000 kr..\n\nJeg kender ikke tallet gebyr; spørg Styrelsen."
    assert [item.fact.id for item in found.facts] == ["kapital"]
    assert found.complete is False


def test_a_paragraph_with_one_known_and_one_missing_figure_shows_neither():
    found = said(
        short="Enten {kapital} eller {gebyr}.",
        facts={
            "kapital": fact("kapital", Period("20.000")),
            "gebyr": fact("gebyr", Period("670", None, date(2026, 1, 1))),
        },
    )
    assert found.text == "Jeg kender ikke tallet gebyr; spørg Styrelsen."
    assert found.facts == ()


# confidence


def test_a_figure_of_low_confidence_says_when_it_was_known_and_points_to_the_authority():
    low = fact("kapital", Period("670", known="2024"), confidence=Confidence.LOW)
    assert said(facts={"kapital": low}).text == (
        "Du skal have 670 kr. (senest kendt 2024).\n\nFå tallet bekræftet hos Styrelsen."
    )


@pytest.mark.parametrize("confidence", [Confidence.HIGH, Confidence.MEDIUM])
def test_a_figure_of_better_confidence_says_nothing_about_when_it_was_known(confidence):
    sure = fact("kapital", Period("670", known="2024"), confidence=confidence)
    assert said(facts={"kapital": sure}).text == "Du skal have 670 kr.."


# sides of a topic


ASPECTS = {"krav": "Kravene er to.", "pris": "Prisen er {kapital}.", "ansoeg": "Søg på Virk:"}


def test_a_first_question_for_the_requirements_gets_the_short_answer_too():
    assert said(aspect="krav", aspects=ASPECTS).text == "Du skal have 20.000 kr..\n\nKravene er to."


def test_a_follow_up_for_the_requirements_gets_only_them():
    assert said(aspect="krav", aspects=ASPECTS, follow_up=True).text == "Kravene er to."


@pytest.mark.parametrize("follow_up", [True, False])
def test_another_side_is_answered_alone(follow_up):
    found = said(aspect="pris", aspects=ASPECTS, follow_up=follow_up)
    assert (found.text, found.aspect) == ("Prisen er 20.000 kr..", "pris")


def test_the_steps_are_numbered_and_hold_figures_too():
    found = said(aspect="ansoeg", aspects=ASPECTS, steps=("Skriv.", "Betal {kapital}."))
    assert found.text == "Søg på Virk:\n\n1. Skriv.\n2. Betal 20.000 kr.."
    assert [item.fact.id for item in found.facts] == ["kapital"]


def test_a_step_with_a_missing_figure_keeps_its_number_and_shows_no_old_value():
    expired = fact("kapital", Period("40.000", None, date(2026, 11, 21)))
    found = said(
        aspect="ansoeg", aspects=ASPECTS, steps=("Skriv.", "Betal {kapital}."), facts={"kapital": expired}
    )
    assert "2. Jeg kender ikke tallet kapital" in found.text
    assert "40.000" not in found.text
    assert found.complete is False


def test_the_steps_are_not_shown_with_other_sides():
    assert "Skriv" not in said(steps=("Skriv.",)).text
    assert "Skriv" not in said(aspect="pris", aspects=ASPECTS, steps=("Skriv.",)).text


@pytest.mark.parametrize("aspect", ["pris", "tid"])
def test_an_unknown_price_or_time_is_admitted_before_the_short_answer(aspect):
    found = said(aspect=aspect)
    assert found.text == f"Ingen {aspect} om Kapital hos Styrelsen.\n\nDu skal have 20.000 kr.."
    assert found.aspect == aspect


@pytest.mark.parametrize("aspect", ["krav", "ansoeg", "klage"])
def test_another_unknown_side_of_a_first_question_is_passed_over(aspect):
    found = said(aspect=aspect)
    assert (found.text, found.aspect) == ("Du skal have 20.000 kr..", None)


@pytest.mark.parametrize("aspect", ["krav", "ansoeg", "klage", "pris", "tid"])
def test_an_unknown_side_of_a_follow_up_is_admitted(aspect):
    assert said(aspect=aspect, follow_up=True).text.startswith(f"Ingen {aspect} om Kapital hos Styrelsen.")


# sources and facts


def test_the_first_source_leads_and_those_of_the_figures_follow_once_each():
    facts = {
        "kapital": fact("kapital", Period("1"), source=PRICES),
        "andet": fact("andet", Period("2"), source=PRICES),
    }
    found = said(short="{kapital} og {andet} og {kapital}", facts=facts)
    assert [source.id for source in found.sources] == ["law", "prices"]
    assert [item.fact.id for item in found.facts] == ["kapital", "andet"]


def test_a_source_that_backs_no_shown_figure_is_not_listed():
    assert [source.id for source in said().sources] == ["law"]


def test_a_value_without_a_start_counts_from_the_day_its_source_was_checked():
    [shown] = said(facts={"kapital": fact("kapital", Period("1"), source=PRICES)}).facts
    assert shown.valid_from == PRICES.checked
    [shown] = said().facts
    assert shown.valid_from == date(2025, 2, 27)


def test_an_unknown_sentence_is_an_error():
    with pytest.raises(KeyError):
        PHRASES.say("no_such_sentence")


# the real content


@pytest.mark.parametrize(
    ("name", "day", "shown", "hidden"),
    [
        ("selskabskapital", date(2025, 2, 26), "40.000 kr.", "20.000 kr."),
        ("selskabskapital", date(2025, 2, 27), "20.000 kr.", "40.000 kr."),
        ("taerskelvaerdi", date(2025, 12, 31), "1.644.638 kr.", "1.611.360 kr."),
        ("taerskelvaerdi", date(2026, 1, 1), "1.611.360 kr.", "1.644.638 kr."),
        ("taerskelvaerdi", date(2027, 12, 31), "1.611.360 kr.", "1.644.638 kr."),
        ("taerskelvaerdi", date(2028, 1, 1), "", "1.611.360 kr."),
    ],
)
def test_a_real_answer_changes_on_the_day_the_figure_does(content, name, day, shown, hidden):
    text = answer(content.knowledge.topics[name], None, day, content.phrases["answer"]).text
    assert shown in text
    assert hidden not in text
