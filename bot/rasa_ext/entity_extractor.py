"""Rasa component: the amounts, dates, places and so on that a message names."""

from datetime import date
from typing import Any, Callable, Dict, List

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.bootstrap import load_extractor, now
from bot.settings import Settings
from bot.understanding.entities.entity import as_json
from bot.understanding.entities.extractor import Extractor


def today_in_denmark() -> date:
    """Return the date in Denmark."""
    return now().date()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class EntityExtractor(GraphComponent, EntityExtractorMixin):
    """Wraps Extractor. It learns nothing: names come from data/, the day from the clock."""

    def __init__(self, extractor: Extractor, today: Callable[[], date] = today_in_denmark):
        self._extractor = extractor
        self._today = today

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "EntityExtractor":
        """Make the component with the names of the municipality in the settings."""
        return cls(load_extractor(Settings.from_environment()))

    def process(self, messages: List[Message]) -> List[Message]:
        """Add what is found to the entities of every message that has text."""
        today = self._today()
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            found = self.add_extractor_name(
                [as_json(entity) for entity in self._extractor.extract(text, today)]
            )
            message.set(ENTITIES, (message.get(ENTITIES) or []) + found, add_to_output=True)
        return messages
