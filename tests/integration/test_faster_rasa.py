"""What we replace in Rasa does what Rasa does."""

import copy

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.engine.storage import local_model_storage
from rasa.shared.core.events import Event
from rasa.shared.importers.importer import CombinedDataImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.utils import common

from bot.rasa_ext import faster_rasa

ORIGINAL_CHECK = copy.copy(RemoteAction._validate_action_result)
ORIGINAL_SUBCLASSES = common.all_subclasses
ORIGINAL_ARCHIVE = local_model_storage.TarSafe
ORIGINAL_SET = faster_rasa._set_anything
ORIGINAL_READ = faster_rasa._read_examples

GOOD = [
    {},
    {"events": [], "responses": []},
    {
        "events": [{"event": "slot", "name": "topic", "value": "moms", "timestamp": None}],
        "responses": [{"text": "hej"}],
    },
]
BAD = [
    [],
    "hej",
    {"events": "none"},
    {"events": [{"name": "topic"}]},
    {"responses": ["hej"]},
    {"responses": {"text": "hej"}},
]


@pytest.fixture(scope="module", autouse=True)
def _installed():
    faster_rasa.install()
    faster_rasa.install()
    yield
    RemoteAction._validate_action_result = ORIGINAL_CHECK
    common.all_subclasses = ORIGINAL_SUBCLASSES
    local_model_storage.TarSafe = ORIGINAL_ARCHIVE
    Message.set = ORIGINAL_SET
    del Message.__deepcopy__
    CombinedDataImporter.get_nlu_data = ORIGINAL_READ


@pytest.mark.parametrize("result", GOOD)
def test_a_reply_that_rasa_takes_is_taken(result):
    action = RemoteAction("action_answer", None)
    assert ORIGINAL_CHECK(action, result) is True
    assert action._validate_action_result(result) is True


@pytest.mark.parametrize("result", BAD)
def test_a_reply_that_rasa_refuses_is_refused(result):
    action = RemoteAction("action_answer", None)
    with pytest.raises(ValidationError):
        ORIGINAL_CHECK(action, result)
    with pytest.raises(ValidationError):
        action._validate_action_result(result)


def test_every_event_is_found_by_its_name_as_before():
    names = {kind.type_name for kind in ORIGINAL_SUBCLASSES(Event)}
    assert len(names) > 20
    for name in names:
        assert Event.resolve_by_type(name).type_name == name
    with pytest.raises(ValueError, match="Unknown event"):
        Event.resolve_by_type("no_such_event")


def test_what_is_packed_fast_is_unpacked_as_ever(tmp_path):
    (tmp_path / "weights").write_bytes(bytes(range(256)) * 40)
    with local_model_storage.TarSafe.open(tmp_path / "model.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "weights", "weights")
    with ORIGINAL_ARCHIVE.open(tmp_path / "model.tar.gz", mode="r:gz") as archive:
        archive.extractall(tmp_path / "unpacked")
    assert (tmp_path / "unpacked" / "weights").read_bytes() == bytes(range(256)) * 40
    # The ninth byte of a gzip file says how it was packed (RFC 1952): 4 for the fastest way.
    assert (tmp_path / "model.tar.gz").read_bytes()[8] == 4


@pytest.mark.parametrize("value", ["moms", "aps", "", None, 1, ["moms"], {"name": "moms"}])
@pytest.mark.parametrize("before", ["moms", None, ["moms"]])
@pytest.mark.parametrize("add_to_output", [True, False])
def test_a_message_is_the_same_whichever_way_a_property_was_set(before, value, add_to_output):
    ours, theirs = (Message({"text": "skal jeg betale moms", "intent": before}) for _ in range(2))
    assert ours.fingerprint() == theirs.fingerprint()
    ours.set("intent", value, add_to_output)
    ORIGINAL_SET(theirs, "intent", value, add_to_output)
    assert ours.fingerprint() == theirs.fingerprint()
    assert (ours.data, ours.output_properties) == (theirs.data, theirs.output_properties)


def test_a_text_that_was_there_leaves_the_fingerprint_known():
    message = Message({"text": "skal jeg betale moms", "intent": "moms"})
    known = message.fingerprint()
    message.set("intent", "moms")
    assert message._cached_fingerprint == known


def test_a_copy_of_a_message_is_its_equal_and_shares_nothing_that_changes():
    message = Message(
        {"text": "skal jeg betale moms", "intent": "moms", "metadata": {"seen": ["once"]}}, {"intent"}, 7
    )
    known = message.fingerprint()
    copied = copy.deepcopy(message)
    assert (copied, copied.time, copied.output_properties) == (message, 7, {"intent", "text"})
    assert copied._cached_fingerprint == known
    copied.data["metadata"]["seen"].append("twice")
    copied.output_properties.add("entities")
    copied.features.append("any")
    assert message.data["metadata"] == {"seen": ["once"]}
    assert (message.output_properties, message.features) == ({"intent", "text"}, [])


def test_the_same_message_twice_in_a_list_is_one_in_its_copy():
    message = Message({"text": "moms"})
    first, second = copy.deepcopy([message, message])
    assert first is second is not message


def test_examples_are_read_once_whatever_the_language_is(tmp_path):
    (tmp_path / "nlu.yml").write_text(
        'version: "3.1"\nnlu:\n- intent: moms\n  examples: |\n    - skal jeg betale moms\n', encoding="utf-8"
    )
    importer = CombinedDataImporter([RasaFileImporter(training_data_paths=[str(tmp_path)])])
    found = importer.get_nlu_data("da")
    assert found is importer.get_nlu_data() is importer.get_nlu_data(language="en")
    theirs = ORIGINAL_READ(
        CombinedDataImporter([RasaFileImporter(training_data_paths=[str(tmp_path)])]), "da"
    )
    assert found.training_examples == theirs.training_examples
    assert [example.get("intent") for example in found.training_examples] == ["moms"]
