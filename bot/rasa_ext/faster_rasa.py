"""Takes out of Rasa 3.6.21 two things that together cost more than half the time of a message.

Found with a sampling profiler; docs/adr/0010 has the figures.

1. Each reply of the action server is checked with `jsonschema.validate`, which first checks the schema itself.
   The schema never changes: it is compiled once.
2. Each event of a tracker that is read looks for its class among all subclasses, anew every time. They are all
   imported when Rasa has started: the answer is kept.

Nothing that Rasa does changes, only how often. tests/unit/test_faster_rasa.py holds each against the original.
"""

from functools import lru_cache
from typing import Any, Dict

import rasa.shared.utils.common
from jsonschema.validators import validator_for
from rasa.core.actions.action import RemoteAction


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


def install() -> None:
    """Put the replacements in place; doing it twice changes nothing."""
    RemoteAction._validate_action_result = check_action_result
    common = rasa.shared.utils.common
    if not hasattr(common.all_subclasses, "cache_info"):
        common.all_subclasses = lru_cache(maxsize=None)(common.all_subclasses)
