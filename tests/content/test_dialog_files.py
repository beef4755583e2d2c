"""dialog.yml: a mistake is refused with its file, line and reason, and a municipality may do without."""

import pytest

from bot.core.dialogs import DialogRules
from tests.contents import CONTENTS

FILE = "data/municipalities/helsingor/dialog.yml"
RIGHT = """\
agreed: false
notice: {first: 2, last: 10}
closed: [2026-12-24]
leaders:
  erhvervsservice:
    leader: lederen
    minutes: 30
    place: Rådhuset
    times:
      mandag: ["09.00", "09.30"]
"""


def test_without_the_file_nothing_is_offered(project):
    assert project.load().dialogs == DialogRules()


def test_the_mailbox_is_that_of_the_unit_unless_the_file_says_another(project):
    project.write(FILE, RIGHT)
    [offer] = project.load().dialogs.offers
    assert (offer.mailbox, offer.times[0][1].minute) == ("erhverv@helsingor.dk", 30)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("erhvervsservice:", "byggesag:", 5, "unknown unit byggesag"),
        ("last: 10", "last: 1", 2, "`last` is before `first`"),
        ("first: 2", "first: 0", 2, "greater than or equal to 1"),
        ("mandag:", "lørdag:", 10, "unexpected value"),
        ('"09.30"', '"09.15"', 10, "09.15 begins before the talk of 09.00 is over"),
        ('"09.30"', "09.30", 10, "str type expected"),
        ('"09.30"', '"22.00"', 10, "string does not match"),
        ('"09.00", "09.30"', "", 10, "at least 1 item"),
        ("minutes: 30", "minutes: 5", 7, "greater than or equal to 10"),
        ("2026-12-24", '"2026-12-24"', 3, "day without quotation marks"),
        ("agreed: false\n", "", 1, "field required"),
        ("    place: Rådhuset\n", "", 5, "field required"),
    ],
)
def test_a_mistake_is_named_with_its_line(project, old, new, line, reason):
    assert old in RIGHT
    project.write(FILE, RIGHT.replace(old, new, 1))
    found = [str(problem) for problem in project.problems()]
    assert any(f"{FILE}:{line}: " in text and reason in text for text in found), found


def test_every_municipality_offers_only_units_that_it_has():
    for content in CONTENTS.values():
        for offer in content.dialogs.offers:
            assert content.units.has(offer.unit)
