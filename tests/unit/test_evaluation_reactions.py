"""What a parsed message says about what the visitor would meet."""

import pytest

from bot.core.reactions import from_message, from_plain_rasa, from_ranking


def parsed(*ranking, intent=None, **more):
    items = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    first = {"name": intent or (ranking[0][0] if ranking else None), "confidence": 1.0}
    return {"text": "tekst", "intent": first, "intent_ranking": items, **more}


def understood(step, *topics, **more):
    return parsed(("espd", 0.9), understood={"step": step, "topics": list(topics), **more})


def no_aspect(_text):
    return None


def price(_text):
    return "pris"


def test_what_the_model_says_it_understood_counts_and_not_its_ranking():
    reaction = from_message(understood("clarify", "moms", "e_faktura"), None, price)
    assert (reaction.step, reaction.topics, reaction.aspect) == ("clarify", ("moms", "e_faktura"), None)
    assert reaction.ranking == (("espd", 0.9),)


def test_several_questions_in_one_message_are_all_answered():
    questions = [{"topic": "moms", "text": "a"}, {"topic": "espd", "text": "b"}]
    with_key = from_message(understood("answer", "moms", questions=questions), None, no_aspect)
    without = from_message(parsed(("moms", 0.9), questions=questions), None, no_aspect)
    assert with_key.topics == without.topics == ("moms", "espd")
    assert with_key.step == without.step == "answer"


def test_a_follow_up_that_the_model_resolved_keeps_topic_and_aspect():
    message = understood("answer", "moms", aspect="tid", follow_up=True)
    reaction = from_message(message, "moms", price)
    assert (reaction.topics, reaction.aspect, reaction.follow_up) == (("moms",), "tid", True)


def test_a_follow_up_that_the_model_did_not_resolve_is_no_answer():
    reaction = from_message(understood("answer", "opfoelgning"), "moms", price)
    assert (reaction.step, reaction.topics, reaction.follow_up) == ("rephrase", (), True)


def test_the_topic_outside_is_never_an_answer():
    assert from_message(understood("answer", "udenfor_emne"), None, no_aspect).step == "outside"
    assert from_message(understood("outside"), None, no_aspect).step == "outside"
    assert from_message(parsed(("udenfor_emne", 0.99)), None, no_aspect).step == "outside"
    assert from_ranking([("udenfor_emne", 0.99)]).step == "outside"


def test_an_older_model_is_read_by_its_ranking():
    assert from_message(parsed(("moms", 0.97)), None, no_aspect).topics == ("moms",)
    assert from_message(parsed(), None, no_aspect).step == "rephrase"


@pytest.mark.parametrize("read", [from_message, from_plain_rasa])
def test_a_follow_up_without_the_key_is_about_the_topic_before(read):
    message = parsed(("opfoelgning", 0.97))
    after = read(message, "moms", price)
    assert (after.step, after.topics, after.aspect, after.follow_up) == ("answer", ("moms",), "pris", True)
    alone = read(message, None, price)
    assert (alone.step, alone.topics, alone.follow_up) == ("rephrase", (), True)


def test_plain_rasa_answers_every_intent_but_its_own_fallback():
    message = parsed(("nlu_fallback", 0.8), ("moms", 0.2))
    reaction = from_plain_rasa(message, None, no_aspect)
    assert reaction.step == "rephrase"
    assert reaction.ranking == (("moms", 0.2),)
    assert from_plain_rasa(parsed(("moms", 0.31)), None, no_aspect).topics == ("moms",)
    assert from_plain_rasa(parsed(("udenfor_emne", 0.31)), None, no_aspect).step == "outside"
    assert from_plain_rasa({"text": "", "intent": None}, None, no_aspect).step == "rephrase"
