"""Takes out of Rasa 3.6.21 what costs more than half the time of a message, and half a minute of training.

Found with a sampling profiler; docs/adr/0010 has the figures.

1. Each reply of the action server is checked with `jsonschema.validate`, which first checks the schema itself.
   The schema never changes: it is compiled once.
2. Each event of a tracker that is read looks for its class among all subclasses, anew every time. They are all
   imported when Rasa has started: the answer is kept.
3. A trained model is packed as tightly as gzip can: 16 s for 57 MB where 2 s give 59 MB.
4. Whenever training data are merged, every example's intent is set to itself without spaces, and what the example's
   fingerprint is gets forgotten: all are worked out anew, several times. What is set to what it was stays the same.
5. Merging copies every example, several times, by way of the protocol that pickles objects. Copying its parts is
   the same.
6. All examples are read twice: once for the language of the configuration and once for none. YAML files are in none.

Nothing that Rasa does changes, only how often and how hard. tests/integration/test_faster_rasa.py
holds each against the original.
"""

import copy
from functools import lru_cache
from typing import Any, Dict, Optional

import rasa.shared.utils.common
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction
from rasa.engine.storage import local_model_storage
from rasa.shared.importers.importer import CombinedDataImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from tarsafe import TarSafe


@lru_cache(maxsize=1)
def _validator() -> Any:
    schema = RemoteAction.action_response_format_spec()
    kind = validator_for(schema)
    kind.check_schema(schema)
    return kind(schema)


def check_action_result(self: RemoteAction, result: Dict[str, Any]) -> bool:
    """Raise jsonschema's ValidationError when the action server's reply has another shape, as Rasa does."""
    _validator().validate(result)
    return True


class QuicklyPacked(TarSafe):
    """An archive that is packed fast rather than tightly."""

    @classmethod
    def gzopen(
        cls, name: Any, mode: str = "r", fileobj: Optional[Any] = None, compresslevel: int = 1, **more: Any
    ) -> Any:
        """Open an archive as tarfile does."""
        return super().gzopen(name, mode, fileobj, compresslevel, **more)


_set_anything = Message.set


def set_property(self: Message, prop: str, info: Any, add_to_output: bool = False) -> None:
    """Set a property of a message; a text that it had already leaves the fingerprint known."""
    known = self._cached_fingerprint if isinstance(info, str) and self.get(prop) == info else None
    _set_anything(self, prop, info, add_to_output)
    self._cached_fingerprint = known


def copy_message(self: Message, memo: Dict[int, Any]) -> Message:
    """Return a copy of a message and of all that it consists of, as copy.deepcopy does."""
    copied = Message.__new__(Message)
    memo[id(self)] = copied
    copied.__dict__.update({name: copy.deepcopy(value, memo) for name, value in self.__dict__.items()})
    return copied


_read_examples = CombinedDataImporter.get_nlu_data


def read_examples_once(self: CombinedDataImporter, language: Optional[str] = None) -> TrainingData:
    """Return the examples of all files, read at the first call whatever the language is."""
    return _read_examples(self)


def install() -> None:
    """Put the replacements in place; doing it twice changes nothing."""
    RemoteAction._validate_action_result = check_action_result
    local_model_storage.TarSafe = QuicklyPacked
    Message.set = set_property
    Message.__deepcopy__ = copy_message
    CombinedDataImporter.get_nlu_data = read_examples_once
    common = rasa.shared.utils.common
    if not hasattr(common.all_subclasses, "cache_info"):
        common.all_subclasses = lru_cache(maxsize=None)(common.all_subclasses)
