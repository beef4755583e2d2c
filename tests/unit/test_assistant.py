"""What the bot says: answers with what may be asked next, questions back, and the ladder to a person."""

import dataclasses
import json
from datetime import date

import pytest

from bot.core.assistant import Assistant, as_buttons, as_custom
from bot.core.context import Open
from bot.core.conversations import Choice, Role
from bot.core.deciding import PERSON
from bot.core.knowledge import Knowledge
from tests.contents import CONTENTS

TODAY = date(2026, 11, 22)
BETWEEN = ("moms", "skat_selvstaendig")


@pytest.fixture(scope="module")
def assistant(content):
    return Assistant(content.knowledge, content.units, content.aspects, content.phrases["answer"])


@pytest.fixture(scope="module")
def say(content):
    return content.phrases["answer"].say


def payloads(reply):
    return [choice.payload for choice in reply.choices]


# answers


def test_an_answer_has_its_topic_sources_unit_and_figures(assistant, content):
    reply = assistant.answer("selskabskapital", None, TODAY)
    assert reply.role is Role.BOT
    assert reply.topic == "selskabskapital"
    assert reply.aspect is None
    assert reply.unit.id == content.units.for_topic("selskabskapital").id
    assert all(
        source.url.startswith("https://") and date.fromisoformat(source.checked) for source in reply.sources
    )
    figures = {fact.id: (fact.value, fact.valid_from, fact.valid_to) for fact in reply.facts}
    assert figures["kapital_aps"] == ("20.000 kr.", "2025-02-27", None)


def test_the_next_choices_are_other_sides_of_the_topic_and_a_person(assistant):
    reply = assistant.answer("alkoholbevilling", "ansoeg", TODAY)
    assert payloads(reply) == [
        '/alkoholbevilling{"aspekt":"pris"}',
        '/alkoholbevilling{"aspekt":"tid"}',
        '/alkoholbevilling{"aspekt":"krav"}',
        f"/{PERSON}",
    ]
    assert [choice.topic for choice in reply.choices] == ["alkoholbevilling"] * 3 + [PERSON]


def test_a_button_for_a_side_is_answered_by_that_side(assistant, content):
    for topic in content.knowledge.topics.values():
        for choice in assistant.answer(topic.id, None, TODAY).choices[:-1]:
            name, asked = choice.payload.lstrip("/").split("{", 1)
            aspect = json.loads("{" + asked)["aspekt"]
            assert (name, aspect in topic.aspects) == (topic.id, True)
            assert assistant.answer(name, aspect, TODAY, follow_up=True).aspect == aspect


def test_it_knows_which_topics_it_can_answer(assistant):
    assert assistant.knows("moms")
    assert not assistant.knows("hils")
    assert not assistant.knows(None)


# the ladder


def test_likely_topics_are_asked_between_first(assistant, content):
    reply = assistant.not_understood("afgift", BETWEEN, 0)
    assert reply.clarify == ("moms", "skat_selvstaendig")
    assert payloads(reply) == ["/moms", "/skat_selvstaendig", "/ingen_af_dem"]
    assert reply.choices[0].title == content.knowledge.title("moms")
    assert reply.topic is None


def test_a_choice_leads_to_the_side_that_was_asked_for(assistant):
    reply = assistant.not_understood("hvad koster det", (*BETWEEN, PERSON), 1, "pris")
    assert payloads(reply) == [
        '/moms{"aspekt":"pris"}',
        '/skat_selvstaendig{"aspekt":"pris"}',
        f"/{PERSON}",
        "/ingen_af_dem",
    ]


def test_the_same_topics_are_not_asked_between_twice_unless_a_side_is_asked_for(assistant, say):
    already = Open("skilt", BETWEEN[::-1])
    assert assistant.not_understood("skilt", BETWEEN, 1, None, already).text == say("search_hits")
    assert assistant.not_understood("hvad koster det", BETWEEN, 1, "pris", already).clarify == BETWEEN
    asked = Open("hvad koster skilt", BETWEEN, "pris")
    assert assistant.not_understood("ved ikke", BETWEEN, 1, "pris", asked).clarify == ()
    assert assistant.not_understood("skilt", BETWEEN, 1, None, Open("x", ("espd", "moms"))).clarify == BETWEEN


def test_without_likely_topics_other_words_are_asked_for_first(assistant, say):
    reply = assistant.not_understood("blub", (), 0)
    assert (reply.text, reply.topic, reply.clarify) == (say("rephrase"), None, ())
    assert payloads(reply) == [f"/{PERSON}"]


def test_the_second_time_topics_with_the_words_are_offered(assistant, say):
    reply = assistant.not_understood("skilt", (), 1)
    assert reply.text == say("search_hits")
    assert payloads(reply)[0] == "/skiltning_facade"
    assert payloads(reply)[-1] == f"/{PERSON}"
    assert len(reply.choices) <= 6


def test_the_second_time_without_a_hit_all_themes_are_offered(assistant, content, say):
    reply = assistant.not_understood("blub", (), 1)
    assert reply.text == say("search_empty")
    themes = {topic.theme for topic in content.knowledge.topics.values()}
    assert len(reply.choices) == len(themes) + 1
    assert payloads(reply)[-1] == f"/{PERSON}"


@pytest.mark.parametrize("between", [(), BETWEEN])
@pytest.mark.parametrize("misses", [2, 3, 9])
def test_from_the_third_time_on_a_person_is_offered(assistant, say, between, misses):
    reply = assistant.not_understood("blub", between, misses)
    assert (reply.text, payloads(reply)) == (say("offer_person"), [f"/{PERSON}"])


def test_a_follow_up_about_nothing_is_asked_what_it_is_about(assistant, say):
    assert assistant.ask_what_about().text == say("what_about")


# themes


def test_every_topic_can_be_reached_through_its_theme(assistant, content):
    reached = set()
    for choice in assistant.topics_of("").choices:
        name, theme = choice.payload.split("{", 1)
        assert name == "/vis_emner"
        reached |= {item.topic for item in assistant.topics_of(json.loads("{" + theme)["tema"]).choices}
    assert reached == set(content.knowledge.topics)


def test_an_unknown_theme_shows_all_themes(assistant):
    assert assistant.topics_of("vejr") == assistant.topics_of("")


def test_a_topic_that_is_switched_off_gives_the_editors_words_the_unit_and_a_person(content):
    topic = dataclasses.replace(content.knowledge.topics["moms"], off="Spørg os i stedet.")
    knowledge = Knowledge({**content.knowledge.topics, "moms": topic})
    assistant = Assistant(knowledge, content.units, content.aspects, content.phrases["answer"])
    for aspect in (None, "pris"):
        reply = assistant.answer("moms", aspect, TODAY, follow_up=aspect is not None)
        assert (reply.text, reply.topic, reply.facts, reply.sources) == ("Spørg os i stedet.", "moms", (), ())
        assert [choice.topic for choice in reply.choices] == ["tal_med_medarbejder"]
        assert reply.unit.id == topic.owner


# through Rasa


def test_what_goes_beside_the_text_is_plain_data_without_empty_fields(assistant):
    reply = assistant.answer("selskabskapital", "pris", TODAY)
    custom = as_custom(reply)
    assert json.loads(json.dumps(custom))["topic"] == "selskabskapital"
    assert set(custom) <= {"topic", "aspect", "sources", "unit", "facts"}
    assert as_custom(assistant.rephrase()) == {}


def test_choices_become_buttons():
    choices = (Choice("Moms", "/moms", "moms"), Choice("Ingen", "/ingen_af_dem"))
    assert as_buttons(choices) == [
        {"title": "Moms", "payload": "/moms", "topic": "moms"},
        {"title": "Ingen", "payload": "/ingen_af_dem", "topic": None},
    ]


# another municipality


@pytest.fixture(scope="module")
def inland():
    """Return the content of a municipality that has no harbour."""
    return CONTENTS["egedal"]


@pytest.fixture(scope="module")
def inland_assistant(inland):
    return Assistant(inland.knowledge, inland.units, inland.aspects, inland.phrases["answer"])


@pytest.mark.parametrize("aspect", [None, "pris"])
def test_a_topic_that_only_others_have_is_met_with_one_honest_sentence_and_a_person(inland_assistant, aspect):
    assert inland_assistant.knows("havn")
    reply = inland_assistant.answer("havn", aspect, TODAY, follow_up=aspect is not None)
    assert (
        reply.text
        == "Det har jeg ikke noget svar på for Egedal Kommune, men en medarbejder kan hjælpe dig videre."
    )
    assert [choice.topic for choice in reply.choices] == [PERSON]
    assert (reply.topic, reply.sources, reply.facts, reply.unit) == (None, (), (), None)


def test_a_topic_that_only_others_have_is_neither_offered_nor_listed(inland_assistant, inland):
    reply = inland_assistant.not_understood("båd", ["havn", "parkering"], 0)
    assert reply.clarify == ("parkering",)
    assert inland_assistant.not_understood("båd", ["havn"], 0).clarify == ()
    themes = {topic.theme for topic in inland.knowledge.topics.values()}
    offered = [payload for theme in themes for payload in payloads(inland_assistant.topics_of(theme))]
    assert "/parkering" in offered
    assert "/havn" not in offered


@pytest.mark.parametrize("topic", [None, "", "opfoelgning", "no_such_topic"])
def test_what_is_no_topic_anywhere_is_not_known(inland_assistant, topic):
    assert not inland_assistant.knows(topic)


def test_a_person_asked_for_beside_a_matter_is_a_button_after_the_answer(assistant, say):
    first, second = assistant.answer_each([("alkoholbevilling", None), (PERSON, None)], TODAY)
    assert first.topic == "alkoholbevilling"
    assert (second.topic, second.text, payloads(second)) == (PERSON, say("person_too"), [f"/{PERSON}"])
