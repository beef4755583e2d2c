"""The answering action in a municipality that has no harbour."""

from datetime import date
from types import SimpleNamespace

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer import ActionAnswer
from actions.fallback import ActionClarify, ActionOutside
from bot.bootstrap import load_planner
from bot.core.assistant import Assistant
from bot.core.deciding import FOLLOW_UP, OUTSIDE
from bot.core.understanding import UNDERSTOOD
from tests.contents import CONTENTS


@pytest.fixture
def said():
    """Let the action answer a message; return the texts that it says."""
    content = CONTENTS["egedal"]
    using = SimpleNamespace(
        content=content,
        assistant=Assistant(content.knowledge, content.units, content.aspects, content.phrases["answer"]),
        planner=load_planner(content),
        today=lambda: date(2026, 11, 26),
        follow_editors=lambda: None,
    )

    def say(intent, topic=None, action=ActionAnswer, **more):
        message = {"text": "x", "intent": {"name": intent}, "entities": [], **more}
        tracker = Tracker("sender", {"topic": topic}, message, [], False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        events = action(using).run(dispatcher, tracker, {})
        say.slots = {event["name"]: event["value"] for event in events}
        say.buttons = dispatcher.messages[-1]["buttons"]
        return [message["text"] for message in dispatcher.messages]

    return say


def test_a_topic_that_the_municipality_does_not_have_is_said_to_have_no_answer(said):
    [text] = said("havn")
    assert "ikke noget svar på for Egedal Kommune" in text


def test_a_follow_up_on_it_has_no_answer_either(said):
    [text] = said(FOLLOW_UP, topic="havn")
    assert "ikke noget svar på for Egedal Kommune" in text


def test_a_follow_up_without_a_topic_is_asked_what_it_is_about(said):
    [text] = said(FOLLOW_UP)
    assert text.startswith("Hvad vil du gerne vide det om?")


def test_of_two_questions_the_other_one_is_answered(said):
    questions = [{"topic": "havn", "aspect": None}, {"topic": "moms", "aspect": "pris"}]
    texts = said("havn", questions=questions)
    assert len(texts) == 2
    assert "ikke noget svar" in texts[0]
    assert "ikke noget svar" not in texts[1]


@pytest.mark.parametrize(
    ("topic", "aspect", "button"),
    [
        ("skat_selvstaendig", None, "/skat_selvstaendig"),
        ("byggesagsgebyr", "pris", '/byggesagsgebyr{"aspekt":"pris"}'),
        # This municipality has no answer on its harbour.
        ("havn", None, None),
    ],
)
def test_what_was_perhaps_meant_is_the_first_button_below_the_answer(said, topic, aspect, button):
    said("moms", **{UNDERSTOOD: {"step": "answer", "perhaps": {"topic": topic, "aspect": aspect}}})
    first = said.buttons[0]
    assert first["title"].startswith("Se også »") is (button is not None)
    assert button is None or (first["payload"], first["topic"]) == (button, topic)


def test_so_it_is_below_the_last_of_several_answers(said):
    questions = [{"topic": "moms", "aspect": "pris"}, {"topic": "moms", "aspect": "tid"}]
    understood = {"step": "answer", "perhaps": {"topic": "skat_selvstaendig", "aspect": None}}
    assert len(said("moms", questions=questions, **{UNDERSTOOD: understood})) == 2
    assert said.buttons[0]["payload"] == "/skat_selvstaendig"


def test_so_it_is_where_a_message_is_said_to_lie_outside(said):
    perhaps = {"topic": "moms", "aspect": None}
    said(OUTSIDE, action=ActionOutside, **{UNDERSTOOD: {"step": "outside", "perhaps": perhaps}})
    assert [button["payload"] for button in said.buttons] == ["/moms"]
    said(OUTSIDE, action=ActionOutside)
    assert said.buttons == []


def test_the_words_of_what_lies_outside_are_kept_for_the_next_message(said):
    said(OUTSIDE, action=ActionOutside)
    assert said.slots["unanswered"] == {"text": "x", "asked": (), "side": None}


def test_an_answer_to_two_messages_together_is_about_the_words_of_both(said):
    said("moms", **{UNDERSTOOD: {"step": "answer", "topics": ["moms"], "words": "om afgifter x"}})
    assert (said.slots["topic"], said.slots["said"]) == ("moms", "om afgifter x")


def test_an_answer_without_doubt_has_no_such_button(said):
    said("moms")
    assert not any(button["title"].startswith("Se også") for button in said.buttons)


@pytest.mark.parametrize(
    ("intent", "trade", "text", "offered"),
    [
        ("start_virksomhed", "cafe", "selvstændig på café", True),
        ("start_virksomhed", "restaurant", "en restaurant", True),
        ("alkoholbevilling", "cafe", "jeg vil åbne en café med øl", True),
        ("start_virksomhed", "planteskole", "jeg vil åbne en planteskole", False),
        ("start_virksomhed", None, "jeg vil åbne noget", False),
        ("alkoholbevilling", "cafe", "må jeg sælge øl på min café", False),
    ],
)
def test_who_wants_to_begin_and_names_a_trade_with_a_plan_is_offered_it(said, intent, trade, text, offered):
    [answer] = said(intent, text=text, entities=named(trade))
    assert answer.endswith("/plan/cafe") is offered
    assert answer.count("/plan/") == offered


def test_who_begins_in_a_trade_without_a_plan_of_its_own_is_told_so(said):
    [answer] = said("start_virksomhed", text="jeg vil åbne et galleri", entities=named("kunsthaandvaerk"))
    assert "ikke en plan til netop dit fag" in answer
    assert answer.endswith("/plan/start")


def test_of_two_answers_the_last_one_offers_the_plan(said):
    questions = [{"topic": "alkoholbevilling", "aspect": None}, {"topic": "moms", "aspect": "pris"}]
    texts = said("moms", text="jeg vil åbne en café", questions=questions, entities=named("cafe"))
    assert ["/plan/cafe" in text for text in texts] == [False, True]


def test_a_question_back_offers_the_plan_too(said):
    between = {"step": "clarify", "topics": ["foedevareregistrering", "alkoholbevilling"]}
    text = "jeg vil åbne en café i Stengade"
    [asked] = said(
        "nlu_fallback", action=ActionClarify, text=text, entities=named("cafe"), **{UNDERSTOOD: between}
    )
    assert asked.endswith("/plan/cafe")


def test_the_offer_has_a_button_before_what_leads_elsewhere(said):
    said("start_virksomhed", text="jeg vil åbne en café", entities=named("cafe"))
    titles = [button["title"] for button in said.buttons]
    assert titles[-2:] == ["Lav planen her", "Tal med en medarbejder"]
    assert said.buttons[-2]["payload"] == "/plan/cafe"


def named(trade):
    return [{"entity": "branche", "value": trade}] if trade else []
