"""`python -m actions`: the action server, with its services built before the first message comes."""

from rasa_sdk.endpoint import run

from actions.services import services

if __name__ == "__main__":
    run("actions", port=services().settings.actions_port)
