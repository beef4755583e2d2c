"""Rasa component: hands over to the fallback when core.deciding would not answer."""

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.core.deciding import FALLBACK, Step, decide
from bot.core.questions import QUESTIONS


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Decider(GraphComponent, IntentClassifier):
    """Does what Rasa's FallbackClassifier does, with the bounds of bot/core/deciding.py."""

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Decider":
        """Make the component; it has no settings and learns nothing."""
        return cls()

    def process(self, messages: List[Message]) -> List[Message]:
        """Set the intent to nlu_fallback where the topic is not sure enough; the ranking stays.

        Of several questions the first is the intent; action_answer answers them all.
        """
        for message in messages:
            questions = message.get(QUESTIONS)
            if questions:
                message.set(INTENT, {"name": questions[0]["topic"], "confidence": 1.0}, add_to_output=True)
                continue
            ranking = message.get(INTENT_RANKING_KEY) or []
            decision = decide([(item["name"], item["confidence"]) for item in ranking])
            if message.get(TEXT) and decision.step is not Step.ANSWER:
                confidence = 1 - (ranking[0]["confidence"] if ranking else 0.0)
                fallback = {"name": FALLBACK, "confidence": confidence}
                message.set(INTENT, fallback, add_to_output=True)
        return messages
