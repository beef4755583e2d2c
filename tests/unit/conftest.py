"""What several unit tests share: the handoff form as it stands when a field is asked for."""

import pytest

from bot.core.handoff_form import FIELDS

TOLD = {
    "summary": "Jeg vil have et skilt på facaden",
    "company": "Hansens Bageri",
    "cvr": "64502018",
    "name": "Mette Holm",
    "contact": "mette@holm.dk",
}


def told_before(asked):
    """Return the other fields of the form: the earlier ones told, the later ones not yet asked."""
    at = FIELDS.index(asked)
    return {name: (TOLD[name] if FIELDS.index(name) < at else None) for name in FIELDS if name != asked}


@pytest.fixture(scope="session")
def read(content):
    """Return the form's reader with the real wordings: read(asked, text) gives the line's meaning."""

    def reading(asked, text, **told):
        return content.form.read(asked, text, {**told_before(asked), **told})

    return reading
