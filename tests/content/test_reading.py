"""A content file is read fast, and what it says is what the full YAML parser finds in it."""

from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.content.reading import Document

ROOT = Path(__file__).parents[2]
FILES = sorted(path for path in (ROOT / "data").rglob("*.yml") if "nlu" not in path.parts)
# What libyaml refuses, for it keeps to YAML 1.1, or what the two versions take for different things.
AWKWARD = {
    "a question mark and a colon in a list": (
        "parting: [men, og (?:jeg|vi)]",
        {"parting": ["men", "og (?:jeg|vi)"]},
    ),
    "a colon in a plain title": (
        "a: {title: SMV:Digital om at søge}",
        {"a": {"title": "SMV:Digital om at søge"}},
    ),
    "no is a word": ("svar: no", {"svar": "no"}),
    "yes is a word": ("svar: yes", {"svar": "yes"}),
    "on is a word": ("on: off", {"on": "off"}),
    "a time is a text": ("kl: 22:40", {"kl": "22:40"}),
    "a leading zero": ("kode: 0123", {"kode": 123}),
    "a day": ("checked: 2026-11-22", {"checked": date(2026, 11, 22)}),
    "a text in lines": ("svar: >\n  Du skal\n  søge.\n", {"svar": "Du skal søge.\n"}),
    "letters of another alphabet": ("ord: 'æøå \U0001f600'", {"ord": "æøå \U0001f600"}),
}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_says_what_the_full_parser_reads(path):
    document = Document(path, ROOT)
    assert not document.problems
    assert document.data == YAML(typ="rt").load(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("text", "data"), AWKWARD.values(), ids=AWKWARD)
def test_awkward_yaml_is_read_by_the_rules_of_today(text, data):
    document = Document(ROOT / "data" / "awkward.yml", ROOT, text)
    assert not document.problems
    assert document.data == data
    assert document.data == Document(ROOT / "data" / "awkward.yml", ROOT, text, commented=True).data


def test_the_line_of_a_key_is_known_although_only_the_data_were_read():
    document = Document(ROOT / "data" / "lines.yml", ROOT, "a: 1\nb:\n  - x\n  - y: 2\n    z: 3\n")
    assert [document.line(keys) for keys in (["a"], ["b"], ["b", 0], ["b", 1, "z"], ["b", 1, "no"])] == [
        1,
        2,
        3,
        5,
        4,
    ]


def test_comments_are_kept_for_whoever_writes_the_file_back():
    text = "a: 1  # why\n"
    kept = Document(ROOT / "data" / "comments.yml", ROOT, text, commented=True)
    assert "# why" in str(kept.data.ca.items["a"])
    assert not hasattr(Document(ROOT / "data" / "comments.yml", ROOT, text).data, "ca")
