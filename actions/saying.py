"""Says a core reply through Rasa: text and buttons as Rasa knows them, the rest beside them."""

from rasa_sdk.executor import CollectingDispatcher

from bot.core.assistant import as_buttons, as_custom, as_text
from bot.core.conversations import Reply


def say(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """Add a reply to what the action says."""
    dispatcher.utter_message(
        text=as_text(reply.text), buttons=as_buttons(reply.choices), json_message=as_custom(reply)
    )
