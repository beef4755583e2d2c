"""A small project folder with two right topic files, for tests that plant mistakes in it."""

import shutil
from pathlib import Path

import pytest

from bot.content.loading import load
from bot.core.errors import InvalidContent

KAPITAL = """\
topic: kapital
title: Kapital
goals: [G3]
owner: erhvervsservice
authority: erhvervsstyrelsen
review_by: 2027-05-01
description: Hvor mange penge der skal til
short: >-
  Et selskab skal have mindst {aps_kapital} i kapital.
  Du må gerne bruge pengene.
aspects:
  pris: >-
    Det koster {gebyr} at stifte et selskab.
steps:
  - Skriv et dokument.
facts:
  aps_kapital:
    label: mindste kapital
    unit: kr.  # of the capital
    source: loven  # of the capital
    confidence: high
    values:
      - {value: "40.000", from: 2019-04-15, to: 2025-02-26}
      - {value: "20.000", from: 2025-02-27}
  gebyr:
    label: gebyret
    unit: kr.
    source: loven
    confidence: low
    values:  # of the fee
      - {value: "670", known: "2020"}
sources:
  loven:
    title: Selskabsloven
    url: https://www.lov.example/selskabsloven
    checked: 2026-11-22
related: [moms]
status: full
"""
MOMS = """\
topic: moms
title: Moms
goals: [G3]
owner: erhvervsservice
authority: skattestyrelsen
review_by: 2027-05-01
description: Om moms
short: Du skal have et nummer for moms. Spørg os.
sources:
  skat: {title: Skat, url: "https://skat.dk", checked: 2026-11-22}
related: [kapital]
status: pointer
"""
UNIT = """\
id: erhvervsservice
name: Erhvervsservice
for_whom: dig, der starter
mailbox: erhverv@helsingor.dk
phone: 49 28 28 28
service_goal: {working_days: 5, agreed: false}
topics:
  - kapital
  - moms
"""
ROUTING = """\
sent_on: [moms]
wish: ['tale? med']
everything: ['begge dele']
"""
TOPIC_FILE = "data/knowledge/start/kapital.yml"
UNIT_FILE = "data/municipalities/helsingor/units/erhvervsservice.yml"
ROUTING_FILE = "data/routing.yml"
OWN_ROUTING_FILE = "data/municipalities/helsingor/routing.yml"
PLACE_FILE = "data/municipalities/helsingor/municipality.yml"


class Project:
    """The folder, and what the loader says about it."""

    municipality = "helsingor"

    def __init__(self, folder: Path):
        self.folder = folder

    def write(self, name: str, text) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))

    def replace(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new))

    def line_of(self, name: str, part: str) -> int:
        lines = (self.folder / name).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if part in line)

    def load(self):
        return load(self.folder, self.municipality)

    def problems(self):
        with pytest.raises(InvalidContent) as caught:
            self.load()
        return caught.value.problems

    def reported(self, name: str, line: str, reason: str) -> None:
        """Assert that a problem is reported in a file, on the line that holds a text."""
        expected = (name, self.line_of(name, line))
        found = self.problems()
        assert any((item.path, item.line) == expected and reason in item.reason for item in found), "\n".join(
            map(str, found)
        )


@pytest.fixture
def project(tmp_path, root) -> Project:
    made = Project(tmp_path)
    for name in (
        "authorities.yml",
        "aspects.yml",
        "handoff.yml",
        "phrases.yml",
        "trades.yml",
        "languages.yml",
        "tenders.yml",
    ):
        shutil.copy(root / "data" / name, _folder(tmp_path / "data") / name)
    for name in ("municipality.yml", "places.yml", "authorities.yml"):
        shutil.copy(
            root / PLACE_FILE.replace("municipality.yml", name), _folder((tmp_path / PLACE_FILE).parent)
        )
    made.write(TOPIC_FILE, KAPITAL)
    made.write("data/knowledge/start/moms.yml", MOMS)
    made.write(UNIT_FILE, UNIT)
    made.write(ROUTING_FILE, ROUTING)
    return made


def _folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    return path
