"""What several unit tests share: an understander, and the handoff form as it stands when a field is asked for."""

import pytest

from bot.core.aspects import AspectFinder
from bot.core.handoff_form import FIELDS
from bot.core.learned import Known
from bot.core.understanding import Understander
from tests.unit.known_rankings import LEARNED, NEARBY, Model, aspects

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


@pytest.fixture
def understander(content):
    """Return one with a model that knows the rankings of some texts."""
    known = Known(NEARBY, {"alkoholbevilling": "må vi skænke øl"}, {"moms": ("pris", "tid")})
    return Understander(Model(), AspectFinder(content.aspects, aspects), known, LEARNED)
