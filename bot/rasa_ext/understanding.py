"""Rasa component: what a message is about, which side of it is asked for, and what the bot does next."""

import json
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.bootstrap import ROOT, load_content
from bot.content.examples import read_aspects, read_calibration, read_several, refuse_unknown_topics
from bot.core.aspects import AspectFinder
from bot.core.context import Before, before_of
from bot.core.deciding import FALLBACK, FOLLOW_UP, OUTSIDE, Step
from bot.core.knowledge import Knowledge
from bot.core.languages import LANGUAGE, Saying, saying_for
from bot.core.learned import Known, Learned
from bot.core.questions import QUESTIONS
from bot.core.understanding import UNDERSTOOD, Understander, Understood
from bot.rasa_ext import faster_rasa, quiet_logs
from bot.settings import Settings
from bot.understanding.danish import pipeline
from bot.understanding.encoder.heads import Recipe
from bot.understanding.fitting import fit, known_ahead
from bot.understanding.languages import LanguageDetector
from bot.understanding.model import Examples, UnderstandingModel, train

RANKED = 10
LANGUAGES_FILE, LEARNED_FILE = "languages.tsv", "learned.json"
# The actions after which a message may stand unanswered.
LEAVES_OPEN = ("action_answer", "action_clarify", "action_outside")
WITHOUT_ENCODER = (
    "there is no sentence encoder for this platform. The bot works without it, but it understands fewer questions that "
    "avoid the obvious word (docs/adr/0011)."
)
# Rasa imports this module when it loads the model: the one moment before the first message that is ours.
faster_rasa.install()
quiet_logs.install()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Understanding(GraphComponent, IntentClassifier):
    """Sets the intent, the ranking, and under `understood` the step that bot.core.understanding decided on.

    The intent is the topic to answer; `opfoelgning` when the message follows up on the last topic; `udenfor_emne`;
    or `nlu_fallback` when the bot asks back. Messages without text (buttons) keep the intent they came with.
    """

    @staticmethod
    def get_default_config() -> Dict[str, Any]:
        """Return the settings of config.yml with their defaults: paths, and the encoder's recipe."""
        return {
            "aspects": "data/aspect_examples",
            "several": "data/several_questions",
            "calibration": "data/calibration",
            "rounds": Recipe.epochs,
        }

    def __init__(
        self,
        config: Dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        understander: Optional[Understander] = None,
        languages: Optional[LanguageDetector] = None,
    ):
        self._config = config
        self._storage = storage
        self._resource = resource
        self._understander = understander
        self._languages = languages

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> "Understanding":
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the examples in data/nlu and keep the model."""
        found = [example for example in training_data.intent_examples if example.get(TEXT)]
        topics = [(example.get(TEXT), example.get(INTENT)) for example in found]
        aspects = read_aspects(ROOT / self._config["aspects"])
        calibration = read_calibration(ROOT / self._config["calibration"])
        several = read_several(ROOT / self._config["several"])
        refuse_unknown_topics(several, calibration, {topic for _, topic in topics})
        content = load_content(Settings.from_environment())
        known = Known.of(content.knowledge)
        later = known_ahead(known, calibration)
        examples = Examples(
            topics + aspects.follow_ups, aspects.aspects, several, calibration.utterances, later
        )
        texts = [text for text, _ in topics]
        recipe = Recipe(epochs=self._config["rounds"])
        with self._storage.write_to(self._resource) as folder:

            def reader() -> pipeline.Read:
                names = [place.name for place in content.places]
                LanguageDetector.learn(texts, names).save(folder / LANGUAGES_FILE)
                danish = pipeline.build_pipeline([*texts, *_answers(content.knowledge)])
                pipeline.save(danish, folder / "danish")
                return pipeline.reader(danish)

            model = train(reader, examples, folder, recipe, _report)
            finder = AspectFinder(content.aspects, model.aspects)
            learned = fit(model, finder.likelihood, known, calibration)
            (folder / LEARNED_FILE).write_text(json.dumps(learned.as_dict()), encoding="utf-8")
        if not model.has_encoder:
            _report(WITHOUT_ENCODER)
        return self._resource

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "Understanding":
        """Bring back a trained component, with the neighbours of each topic as the answers name them today."""
        with model_storage.read_from(resource) as folder:
            languages = LanguageDetector.load(folder / LANGUAGES_FILE)
            return cls(config, model_storage, resource, _understander(folder), languages)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training examples as they are: no component after this one reads them."""
        return training_data

    def process(
        self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None
    ) -> List[Message]:
        """Understand every message that has text, after what `tracker` says was spoken of before.

        Rasa gives the tracker to a component whose `process` asks for one by this name.
        """
        for message in messages:
            text = message.get(TEXT)
            if text and self._understander and self._languages:
                understood = self._understander.understand(text, _before(tracker))
                _set(message, understood, self._languages.detect(text))
        return messages


def _understander(folder: Path) -> Understander:
    danish = pipeline.load(folder / "danish")
    model = UnderstandingModel.load(folder, pipeline.reader(danish))
    learned = Learned.from_dict(json.loads((folder / LEARNED_FILE).read_text(encoding="utf-8")))
    content = load_content(Settings.from_environment())
    finder = AspectFinder(content.aspects, model.aspects)
    return Understander(model, finder, Known.of(content.knowledge), learned)


def _answers(knowledge: Knowledge) -> Iterator[str]:
    for topic in knowledge.topics.values():
        yield from (topic.title, topic.short, *topic.aspects.values())


def _before(tracker: Optional[DialogueStateTracker]) -> Optional[Before]:
    if not tracker:
        return None
    before = before_of(tracker.get_slot)
    # Whoever thanks or greets has let the question rest: "2" after that is no choice.
    return before if _last_action(tracker) in LEAVES_OPEN else before._replace(open=None)


def _last_action(tracker: DialogueStateTracker) -> Optional[str]:
    done = (event.action_name for event in reversed(tracker.events) if isinstance(event, ActionExecuted))
    return next((name for name in done if name != ACTION_LISTEN_NAME), None)


def _set(message: Message, understood: Understood, language: Optional[str]) -> None:
    ranking = [{"name": topic, "confidence": share} for topic, share in understood.ranking[:RANKED]]
    shares = dict(understood.ranking)
    likeliest = understood.ranking[0][1] if understood.ranking else 0.0
    intent = _intent(understood, language)
    confidence = 1.0 - likeliest if intent == FALLBACK else shares.get(intent, likeliest)
    message.set(INTENT, {"name": intent, "confidence": confidence}, add_to_output=True)
    message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
    message.set(LANGUAGE, language, add_to_output=True)
    message.set(UNDERSTOOD, understood.as_dict(), add_to_output=True)
    if understood.questions:
        # Of several questions the first is the intent; action_answer answers them all.
        message.set(QUESTIONS, understood.as_dict()[QUESTIONS], add_to_output=True)


def _intent(understood: Understood, language: Optional[str]) -> str:
    if saying_for(language, understood.step, understood.topics) is Saying.INTRODUCTION:
        # The fallback says it, whatever was understood.
        return FALLBACK
    if understood.follow_up:
        return FOLLOW_UP
    if understood.step is Step.OUTSIDE:
        return OUTSIDE
    return understood.topics[0] if understood.step is Step.ANSWER else FALLBACK


def _report(line: str) -> None:
    print(f"Genvej: {line}", flush=True)
