"""Asks a trained model the utterances of evaluation sets. Nothing is said or stored: messages are parsed alone."""

import asyncio
import logging
from pathlib import Path
from typing import Dict, List, Mapping, Sequence

import structlog
from rasa.core.agent import Agent, load_agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.core.context import Before, slots_of
from bot.core.deciding import Step
from bot.core.evaluation import Judged, Kind, Utterance, judged
from bot.core.reactions import Reaction, Read

_SENDER = "evaluation"
_NOT_UNDERSTOOD = Reaction("rephrase")
# What the bot does at each step, as data/rules have it.
_ACTIONS = {
    Step.ANSWER: "action_answer",
    Step.CLARIFY: "action_clarify",
    Step.OUTSIDE: "action_outside",
    Step.REPHRASE: "action_clarify",
}


class NoModel(Exception):
    """There is no model that can be asked; the message says why."""


def ask_all(model: Path, sets: Mapping[str, Sequence[Utterance]], read: Read) -> Dict[str, List[Judged]]:
    """Load a model, let it parse every utterance, and judge what `read` makes of it.

    Raises:
        NoModel: there is none at that path, or this version of the code cannot use it.
    """
    if not model.is_file():
        raise NoModel(f"There is no trained model at {model}.")
    # Rasa would print every utterance as a debug line.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    return asyncio.run(_ask_all(model, sets, read))


async def _ask_all(
    model: Path, sets: Mapping[str, Sequence[Utterance]], read: Read
) -> Dict[str, List[Judged]]:
    agent = await load_agent(str(model))
    if not agent.is_ready():
        raise NoModel(f"The model at {model} was made by another version of the code.")
    found: Dict[str, List[Judged]] = {}
    for name, utterances in sets.items():
        found[name] = [judged(utterance, await react(agent, utterance, read)) for utterance in utterances]
    return found


async def react(agent: Agent, utterance: Utterance, read: Read) -> Reaction:
    """Return what the bot would do with an utterance, after the utterance before it when there is one.

    A follow-up of which the first utterance is answered with another topic counts as not understood.
    """
    if utterance.before is None:
        return read(await agent.parse_message(utterance.text), None)
    parsed = await agent.parse_message(utterance.before)
    first = read(parsed, None)
    answered = first.topics if first.step == Step.ANSWER.value else ()
    if utterance.kind is Kind.FOLLOW_UPS and answered not in ((), utterance.topics):
        return _NOT_UNDERSTOOD
    about = Before().then(utterance.before, Step(first.step), first.topics, first.follow_up, first.aspect)
    tracker = _after(agent, utterance.before, parsed, about, _ACTIONS[Step(first.step)])
    message = UserMessage(text=utterance.text, sender_id=_SENDER)
    return read(await agent.processor.parse_message(message, tracker), about.topic or None)


def _after(agent: Agent, text: str, parsed: Mapping, about: Before, action: str) -> DialogueStateTracker:
    """Return the tracker as it stands after a first message and `action`; `about` is what was spoken of by then."""
    events: List[Event] = [
        ActionExecuted(ACTION_LISTEN_NAME),
        UserUttered(
            text, intent=parsed.get("intent"), entities=parsed.get("entities"), parse_data=dict(parsed)
        ),
        ActionExecuted(action),
    ]
    slots = list(agent.domain.slots) if agent.domain else []
    values = slots_of(about)
    # Rasa's default pipeline is measured without the slots.
    events += [SlotSet(slot.name, values[slot.name]) for slot in slots if slot.name in values]
    return DialogueStateTracker.from_events(
        _SENDER, [*events, ActionExecuted(ACTION_LISTEN_NAME)], slots=slots
    )
