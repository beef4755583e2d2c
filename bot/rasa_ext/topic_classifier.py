"""Rasa component: which topic a message is about, with calibrated probabilities."""

from typing import Any, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.core.questions import QUESTIONS, separate, split
from bot.rasa_ext import faster_rasa, quiet_logs
from bot.rasa_ext.danish import build_pipeline
from bot.rasa_ext.topic_model import TopicModel

RANKED = 10
# Rasa imports this module when it loads the model: the one moment before the first message that is ours.
faster_rasa.install()
quiet_logs.install()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class TopicClassifier(GraphComponent, IntentClassifier):
    """Wraps TopicModel. Messages without text (buttons) keep the intent they came with."""

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return the settings of config.yml with their defaults."""
        return {"regularisation": 0.3}

    def __init__(self, config: Dict[str, Any], storage: ModelStorage, resource: Resource, model=None):
        self._config = config
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "TopicClassifier":
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples in data/nlu and keep the model."""
        examples = [example for example in training_data.intent_examples if example.get(TEXT)]
        self._model = TopicModel(build_pipeline(), self._config["regularisation"]).fit(
            [example.get(TEXT) for example in examples], [example.get(INTENT) for example in examples]
        )
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "TopicClassifier":
        """Bring back a trained component."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, TopicModel.load(folder))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Classify training examples too, as components after this one may expect it."""
        self.process(training_data.training_examples)
        return training_data

    def process(self, messages: List[Message]) -> List[Message]:
        """Set intent and ranking of every message that has text."""
        for message in messages:
            if not message.get(TEXT):
                continue
            ranking = [
                {"name": topic, "confidence": value} for topic, value in self._model.rank(message.get(TEXT))
            ]
            message.set(
                INTENT, ranking[0] if ranking else {"name": None, "confidence": 0.0}, add_to_output=True
            )
            message.set(INTENT_RANKING_KEY, ranking[:RANKED], add_to_output=True)
            parts = split(message.get(TEXT))
            found = separate([(part, self._model.rank(part)) for part in parts]) if len(parts) > 1 else []
            if found:
                questions = [{"topic": topic, "text": part} for topic, part in found]
                message.set(QUESTIONS, questions, add_to_output=True)
        return messages
