"""The documentation and the project say the same: commands, paths, settings, words, decisions, licence."""

import ast
import re
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from bot.settings import Settings, described

ROOT = Path(__file__).resolve().parents[2]
DOCS = sorted(
    [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *ROOT.glob("docs/**/*.md")]
)
ADRS = sorted(ROOT.glob("docs/adr/*.md"))
# Variables that are no settings of the service: the browser of the tests.
OTHER_VARIABLES = {"GENVEJ_CHROMIUM"}

FENCE = re.compile(r"^ *```.*?^ *```", re.M | re.S)
INLINE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
FILE_ENDINGS = (".md", ".yml", ".py", ".toml", ".txt", ".conf", ".html", ".css", ".js", ".example")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def code_in(text: str) -> list:
    """Return every piece of code in a document: fenced blocks and what stands in backticks."""
    return FENCE.findall(text) + INLINE.findall(FENCE.sub("", text))


def make_targets() -> set:
    return set(re.findall(r"^([a-z][a-z0-9_-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


def made_by_running() -> list:
    """Return the folders and files that git ignores: they are not in a fresh clone."""
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    return [line.strip("/") for line in lines if line and not line.startswith(("#", "*"))]


def paths_in(text: str) -> list:
    """Return what looks like a path of this project among the words in backticks."""
    tops = {entry.name for entry in ROOT.iterdir()}
    found = []
    for words in INLINE.findall(FENCE.sub("", text)):
        for word in words.split():
            if not re.fullmatch(r"[\w.][\w./-]*", word):
                continue
            first, slash, _ = word.partition("/")
            ignored = any(
                word.rstrip("/") == name or word.startswith(f"{name}/") for name in made_by_running()
            )
            if not ignored and ((slash and first in tops) or word.endswith(FILE_ENDINGS)):
                found.append(word)
    return found


def rows(text: str, heading: str) -> list:
    """Return the cells of the table below a heading, without its first two lines."""
    section = re.split(r"^## ", text, flags=re.M)
    table = next(part for part in section if part.startswith(heading))
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def classes_in(path: Path) -> set:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}


README = (ROOT / "README.md").read_text(encoding="utf-8")
GLOSSARY = rows(README, "Words")


@pytest.mark.parametrize("path", DOCS, ids=named)
def test_every_make_command_in_a_document_is_a_target(path):
    said = {
        target
        for code in code_in(path.read_text(encoding="utf-8"))
        for target in re.findall(r"\bmake ([a-z]+)", code)
    }
    assert said <= make_targets()


def test_the_readme_names_the_two_commands():
    assert re.search(r"^make run\b.*\nmake test\b", README, re.M)


@pytest.mark.parametrize("path", DOCS, ids=named)
def test_every_path_in_a_document_exists(path):
    missing = [word for word in paths_in(path.read_text(encoding="utf-8")) if not (ROOT / word).exists()]
    assert missing == []


def test_the_search_for_paths_finds_files_and_folders_and_leaves_addresses_alone():
    text = "`bot/core/`, `Makefile.txt`, `/emner`, `var/log/x.log`, `<theme>/x.yml`, `python -m bot`, `docs/gone.md`"
    assert paths_in(text) == ["bot/core/", "Makefile.txt", "docs/gone.md"]


@pytest.mark.parametrize("path", DOCS, ids=named)
def test_every_link_to_a_file_leads_somewhere(path):
    links = [link for link in LINK.findall(path.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (path.parent / link.partition("#")[0]).exists()] == []


@pytest.mark.parametrize("path", DOCS, ids=named)
def test_every_variable_in_a_document_is_a_setting(path):
    known = {variable for variable, _, _ in described()} | OTHER_VARIABLES
    assert set(re.findall(r"\bGENVEJ_[A-Z_]+\b", path.read_text(encoding="utf-8"))) <= known


@pytest.mark.parametrize("path", DOCS, ids=named)
def test_every_module_that_is_to_be_run_exists(path):
    text = "\n".join(code_in(path.read_text(encoding="utf-8")))
    modules = re.findall(r"\b((?:bot|tools|tests)(?:\.[a-z_]+)+)", text)
    assert [name for name in modules if not (ROOT / (name.replace(".", "/") + ".py")).exists()] == []


def test_the_readme_tells_the_default_addresses():
    assert f"<{Settings().web_address}>" in README
    assert f"<{Settings().console_address}>" in README


def test_operations_has_the_default_ports():
    text = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    told = {
        cells[2].strip("`"): int(cells[1].rpartition(":")[2]) for cells in rows(text, "Processes") if cells[2]
    }
    ports = {
        name: int(value) for name, value, _ in described() if name.endswith("_PORT") and "SMTP" not in name
    }
    assert told == ports


@pytest.mark.parametrize(
    ("danish", "name", "where"), [row[:3] for row in GLOSSARY], ids=[row[0] for row in GLOSSARY]
)
def test_every_word_of_the_glossary_is_the_name_of_a_class(danish, name, where):
    name = name.strip("`")
    if where == "not built yet":
        built = set().union(*(classes_in(path) for path in (ROOT / "bot/core").glob("*.py")))
        assert name not in built, f"{name} is built: say where"
    else:
        assert name in classes_in(ROOT / where.strip("`"))


def test_the_glossary_has_the_words_of_the_plan():
    words = {word.strip() for row in GLOSSARY for word in row[0].split(",")}
    planned = {
        "enhed",
        "emne",
        "faktum",
        "kilde",
        "henvendelse",
        "overdragelse",
        "vejviser",
        "medarbejder",
        "måling",
    }
    assert planned <= words


def test_every_room_is_on_the_map():
    told = set(re.findall(r"`([^`]+)`", " ".join(row[0] for row in rows(README, "Rooms"))))
    rooms = {f"bot/{entry.parent.name}/" for entry in ROOT.glob("bot/*/__init__.py")}
    rooms |= {f"bot/{module.name}" for module in ROOT.glob("bot/*.py") if module.stem != "__init__"}
    rooms |= {f"{name}/" for name in ("actions", "data", "tools", "deploy", "tests", "docs")}
    assert rooms <= told


def test_decisions_are_numbered_without_a_gap():
    assert [path.name[:4] for path in ADRS] == [f"{number:04}" for number in range(1, len(ADRS) + 1)]


@pytest.mark.parametrize("path", ADRS, ids=lambda path: path.stem)
def test_a_decision_has_number_status_date_and_three_parts(path):
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# {int(path.name[:4])}. ")
    assert re.search(r"^- Status: (accepted|replaced by \d{4})$", text, re.M)
    date.fromisoformat(re.search(r"^- Date: (.+)$", text, re.M).group(1))
    assert re.findall(r"^## (.+)$", text, re.M) == ["Context", "Decision", "Consequences"]
    assert len(text.splitlines()) < 40


def test_the_licence_is_whole_and_the_same_everywhere():
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    assert [int(number) for number in re.findall(r"^(\d+)\.[A-Z]", licence, re.M)] == list(range(1, 16))
    assert licence.rstrip().endswith("require the production of a new EUPL version.")
    assert 'license = "EUPL-1.2"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert publiccode()["legal"]["license"] == "EUPL-1.2"
    assert "Licensed under the EUPL" in README


def publiccode() -> dict:
    return YAML(typ="safe").load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


def test_publiccode_has_every_key_that_the_standard_asks_for():
    found = publiccode()
    wanted = [
        "publiccodeYmlVersion",
        "name",
        "url",
        "platforms",
        "categories",
        "developmentStatus",
        "softwareType",
    ]
    wanted += ["description", "legal", "maintenance", "localisation"]
    assert [key for key in wanted if not found.get(key)] == []
    assert isinstance(found["publiccodeYmlVersion"], str)
    assert found["maintenance"]["type"] == "internal"
    assert all(contact["name"] for contact in found["maintenance"]["contacts"])
    assert isinstance(found["localisation"]["localisationReady"], bool)
    assert found["localisation"]["availableLanguages"] == ["da"]


@pytest.mark.parametrize("language", ["da", "en"])
def test_publiccode_describes_genvej_in(language):
    described_as = publiccode()["description"][language]
    assert 0 < len(described_as["shortDescription"]) <= 150
    assert 150 <= len(described_as["longDescription"]) <= 10_000
    assert len(described_as["features"]) >= 5
    assert all((ROOT / path).exists() for path in described_as["screenshots"])


def test_the_changelog_has_a_place_for_what_is_not_released():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## \[Unreleased\]$", text, re.M)
