"""Gives every call of a schemathesis run a conversation of its own, so that erasing one harms no other.

Read by schemathesis in .venv-tools; see test_openapi.py.
"""

import json
import urllib.request

import schemathesis


@schemathesis.auth(refresh_interval=None)
class TokenOfANewConversation:
    """Opens a conversation and carries its token."""

    def get(self, case, context):
        """Return a new token."""
        request = urllib.request.Request(
            f"{case.operation.base_url}/chat/conversations",
            data=b"{}",
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as reply:
            return json.load(reply)["token"]

    def set(self, case, data, context):
        """Put the token where the contract has it."""
        case.headers["Authorization"] = f"Bearer {data}"
