"""How utterances are put to a model: a second utterance comes after what the bot made of the first."""

import asyncio
from types import SimpleNamespace

import pytest
from rasa.shared.core.slots import AnySlot, TextSlot

from bot.core.context import Open
from bot.core.evaluation import Kind, Utterance
from bot.core.reactions import Reaction
from bot.rasa_ext.asking import NoModel, ask_all, react
from bot.rasa_ext.understanding import _before

FOLLOW_UP = Utterance(("moms",), "pris", "hvad koster det", Kind.FOLLOW_UPS, aspect="pris", before="om moms")
CONTEXT = Utterance(("espd",), "-", "og papirerne", Kind.CONTEXT, before="om moms")


class StandIn:
    """An agent and its processor; every text is parsed as itself, and the tracker of the second one is kept."""

    def __init__(self, slots=True):
        self.processor = SimpleNamespace(parse_message=self.parse_with_tracker)
        texts = [TextSlot(name, [{}], influence_conversation=False) for name in ("topic", "said")]
        known = [*texts, AnySlot("unanswered", [{}], influence_conversation=False)]
        self.domain = SimpleNamespace(slots=known if slots else [])
        self.tracker = None

    async def parse_message(self, text):
        return {"text": text, "intent": {"name": "moms"}, "entities": []}

    async def parse_with_tracker(self, message, tracker):
        self.tracker = tracker
        return await self.parse_message(message.text)


def asked(agent, utterance, first):
    """Ask with a first utterance that is understood as `first`; return what was read."""
    read = []

    def reader(parsed, before):
        read.append((parsed["text"], before))
        return first if len(read) == 1 else Reaction("answer", ("moms",), "pris", True)

    return asyncio.run(react(agent, utterance, reader)), read


def test_a_single_utterance_is_read_with_nothing_before_it():
    reaction, read = asked(StandIn(), Utterance(("moms",), "1", "tekst"), Reaction("answer", ("moms",)))
    assert reaction.topics == ("moms",)
    assert read == [("tekst", None)]


def test_a_follow_up_comes_after_the_topic_and_the_words_before():
    agent = StandIn()
    reaction, read = asked(agent, FOLLOW_UP, Reaction("answer", ("moms",)))
    assert reaction.aspect == "pris"
    assert read == [("om moms", None), ("hvad koster det", "moms")]
    assert agent.tracker.get_slot("topic") == "moms"
    assert agent.tracker.latest_message.text == "om moms"


@pytest.mark.parametrize(
    "first",
    [
        Reaction("answer", ("espd",)),
        Reaction("answer", ("moms", "espd")),
    ],
)
def test_a_follow_up_to_something_misunderstood_counts_as_not_understood(first):
    agent = StandIn()
    reaction, read = asked(agent, FOLLOW_UP, first)
    assert reaction.step == "rephrase"
    assert len(read) == 1
    assert agent.tracker is None


def test_a_follow_up_to_a_question_back_is_asked_after_what_was_offered():
    agent = StandIn()
    reaction, read = asked(agent, FOLLOW_UP, Reaction("clarify", ("moms", "espd")))
    assert (reaction.topics, reaction.aspect) == (("moms",), "pris")
    assert read == [("om moms", None), ("hvad koster det", None)]
    assert agent.tracker.get_slot("unanswered") == {
        "text": "om moms",
        "asked": ("moms", "espd"),
        "side": None,
    }


@pytest.mark.parametrize("first", [Reaction("rephrase"), Reaction("outside")])
def test_a_follow_up_to_something_that_was_not_answered_is_asked_after_its_words(first):
    agent = StandIn()
    reaction, read = asked(agent, FOLLOW_UP, first)
    assert (reaction.topics, len(read)) == (("moms",), 2)
    assert agent.tracker.get_slot("unanswered") == {"text": "om moms", "asked": (), "side": None}
    assert _before(agent.tracker).open == Open("om moms")


@pytest.mark.parametrize(
    ("first", "topic"), [(Reaction("answer", ("moms",)), "moms"), (Reaction("rephrase"), None)]
)
def test_another_topic_is_asked_after_whatever_the_bot_made_of_the_first(first, topic):
    agent = StandIn()
    _, read = asked(agent, CONTEXT, first)
    assert read[1] == ("og papirerne", topic)
    assert agent.tracker.get_slot("topic") == topic


def test_a_model_without_slots_can_be_asked_too():
    agent = StandIn(slots=False)
    asked(agent, FOLLOW_UP, Reaction("answer", ("moms",)))
    assert "topic" not in agent.tracker.slots


def test_no_model_is_said_to_be_missing(tmp_path):
    with pytest.raises(NoModel, match="no trained model"):
        ask_all(tmp_path / "none.tar.gz", {}, None)
