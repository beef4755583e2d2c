"""Whoever does not write in Danish is told what the bot can do, or has the answer announced, in their own language."""

import pytest

from bot.core.conversations import Choice, Reply, Role
from bot.core.deciding import NOT_CHOOSABLE, PERSON, Step
from bot.core.languages import LANGUAGES, Saying, saying_for
from bot.understanding.languages import LanguageDetector

AS_USUAL, BEFORE, INTRODUCTION = Saying.AS_USUAL, Saying.BEFORE_ANSWER, Saying.INTRODUCTION
PERSON_BUTTON = Choice("Tal med en medarbejder", f"/{PERSON}", PERSON)
ANSWER = Reply(role=Role.BOT, text="Du skal registreres.\n\nDet er gratis.", topic="moms", aspect="krav")


# what to say


@pytest.mark.parametrize(
    ("step", "topics", "english", "swedish"),
    [
        (Step.ANSWER, ("moms",), BEFORE, BEFORE),
        (Step.ANSWER, ("moms", "udeservering"), BEFORE, BEFORE),
        (Step.ANSWER, ("opfoelgning",), BEFORE, BEFORE),
        (Step.ANSWER, ("kontakt",), BEFORE, BEFORE),
        (Step.ANSWER, ("hils",), INTRODUCTION, INTRODUCTION),
        (Step.ANSWER, ("hjaelp",), INTRODUCTION, INTRODUCTION),
        (Step.ANSWER, ("er_du_robot",), INTRODUCTION, INTRODUCTION),
        (Step.ANSWER, ("tak",), AS_USUAL, AS_USUAL),
        (Step.ANSWER, ("farvel",), AS_USUAL, AS_USUAL),
        (Step.ANSWER, ("vis_emner",), AS_USUAL, AS_USUAL),
        (Step.ANSWER, (PERSON,), AS_USUAL, AS_USUAL),
        (Step.CLARIFY, ("moms", "webshop"), INTRODUCTION, AS_USUAL),
        (Step.REPHRASE, (), INTRODUCTION, INTRODUCTION),
        (Step.OUTSIDE, (), INTRODUCTION, INTRODUCTION),
    ],
)
def test_the_step_and_the_language_decide_what_is_said(step, topics, english, swedish):
    for language, expected in (("en", english), ("de", english), ("sv", swedish), ("nb", swedish)):
        assert saying_for(language, step, topics) is expected


@pytest.mark.parametrize("language", [None, "", "da", "pl"])
@pytest.mark.parametrize("step", list(Step))
def test_danish_and_unknown_languages_are_met_as_usual(language, step):
    assert saying_for(language, step, ("moms",)) is AS_USUAL


@pytest.mark.parametrize("topic", NOT_CHOOSABLE)
def test_only_what_has_an_answer_is_announced(topic):
    assert (saying_for("en", Step.ANSWER, (topic,)) is BEFORE) == (topic == "opfoelgning")


# how it is said


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_introduction_quotes_the_button_that_it_comes_with(content, language):
    reply = content.languages.introduce(language, PERSON_BUTTON)
    assert PERSON_BUTTON.title in reply.text
    assert reply.choices == (PERSON_BUTTON,)
    assert (reply.role, reply.topic) == (Role.BOT, None)
    assert "{" not in reply.text


def test_the_introduction_can_say_what_the_message_was_understood_as(content):
    assert content.languages.introduce("en", PERSON_BUTTON, "udenfor_emne").topic == "udenfor_emne"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_line_with_the_title_stands_before_the_answer_and_the_rest_stays(content, language):
    reply = content.languages.announce(language, ANSWER)
    line, _, rest = reply.text.partition("\n\n")
    assert content.knowledge.title("moms") in line
    assert rest == ANSWER.text
    assert (reply.topic, reply.aspect) == (ANSWER.topic, ANSWER.aspect)


@pytest.mark.parametrize("language", [None, "", "da", "pl"])
def test_an_answer_to_danish_is_left_as_it_is(content, language):
    assert content.languages.announce(language, ANSWER) is ANSWER


def test_a_reply_without_a_topic_has_nothing_to_announce(content):
    question = Reply(role=Role.BOT, text="Hvad vil du gerne vide det om?")
    assert content.languages.announce("en", question) is question


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_sentence_is_in_the_language_it_is_for(content, language):
    detector = LanguageDetector.learn([])
    introduction = content.languages.introduce(language, PERSON_BUTTON).text
    line = content.languages.announce(language, ANSWER).text.partition("\n\n")[0]
    assert detector.detect(introduction.replace(PERSON_BUTTON.title, "")) == language
    assert detector.detect(line) == language


def test_the_sentences_differ_from_language_to_language(content):
    assert len({content.languages.introduce(language, PERSON_BUTTON).text for language in LANGUAGES}) == 4
