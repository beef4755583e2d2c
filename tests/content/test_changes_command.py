"""`make changes`: what a visitor reads differently since a revision of git."""

import subprocess

import pytest

from bot.commands import changes
from tests.content.conftest import MOMS, TOPIC_FILE, UNIT_FILE

MOMS_FILE = "data/knowledge/start/moms.yml"
AS_SOMEBODY = ["-c", "user.name=Mette", "-c", "user.email=mette@genvej.example"]


@pytest.fixture
def git(project):
    """Make the small project a clone with one revision; give what runs git in it."""

    def run(*arguments):
        subprocess.run(["git", *AS_SOMEBODY, *arguments], cwd=project.folder, check=True, capture_output=True)

    run("init", "--quiet")
    commit(run)
    return run


def commit(run):
    run("add", "--all")
    run("commit", "--quiet", "--message", "Content")


@pytest.fixture
def said(project, monkeypatch, capsys):
    """Run the command in the small project; return its lines."""

    def run(*options):
        monkeypatch.chdir(project.folder)
        monkeypatch.setattr("sys.argv", ["changes", "--day", "2026-11-26", *options])
        assert changes.main() == 0
        return capsys.readouterr().out.splitlines()

    return run


def refused(said, *options):
    with pytest.raises(SystemExit) as stop:
        said(*options)
    assert stop.value.code not in (0, None)
    return str(stop.value)


def test_an_untouched_clone_reads_as_it_did(git, said):
    [line] = said()
    assert line.startswith("since HEAD (")
    assert line.endswith("), read on 2026-11-26: nothing is read differently")


def test_a_changed_word_is_marked_in_its_paragraph_with_the_figures_filled_in(git, project, said):
    project.replace(TOPIC_FILE, "Du må gerne bruge pengene.", "Du må bruge pengene nu.")
    title, short, count = said()
    assert title == f"{TOPIC_FILE}: Kapital"
    assert short == (
        "  short: Et selskab skal have mindst 20.000 kr. i kapital. Du må [-gerne -]bruge pengene{+ nu+}."
    )
    assert count.endswith(": 1 changed")


def test_a_figure_is_marked_wherever_it_is_read_from_its_first_day_on(git, project, said):
    project.replace(
        TOPIC_FILE,
        '{value: "20.000", from: 2025-02-27}',
        '{value: "20.000", from: 2025-02-27, to: 2026-12-31}\n      - {value: "25.000", from: 2027-01-01}',
    )
    assert [line.split(": ")[0].strip() for line in said()[1:-1]] == ["facts.aps_kapital"]
    lines = said("--day", "2027-01-01")
    assert lines[1].startswith("  short: Et selskab skal have mindst [-20.000-]{+25.000+} kr. i kapital.")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    label: gebyret\n    unit: kr.\n", "    unit: kr.\n    label: gebyret\n"),
        (
            "  Et selskab skal have mindst {aps_kapital} i kapital.\n  Du må",
            "  Et selskab skal have\n  mindst {aps_kapital} i kapital. Du må",
        ),
        ("goals: [G3]", "goals:\n  - G4  # another goal"),
        ("title: Kapital\n", 'title: "Kapital"\n'),
        ("review_by: 2027-05-01", "review_by: 2028-05-01"),
    ],
)
def test_what_only_moves_in_the_file_is_not_told(git, project, said, old, new):
    project.replace(TOPIC_FILE, old, new)
    assert len(said()) == 1


def test_of_a_list_only_the_lines_that_differ_are_told(git, project, said):
    project.replace(TOPIC_FILE, "  - Skriv et dokument.", "  - Skriv et dokument.\n  - Send det.\n  - Vent.")
    assert said()[1:-1] == ["  steps: {+2. Send det.+}", "    {+3. Vent.+}"]


def test_new_and_removed_topics_are_listed(git, project, said):
    (project.folder / MOMS_FILE).unlink()
    project.write("data/knowledge/start/skat.yml", MOMS.replace("topic: moms", "topic: skat"))
    project.replace(TOPIC_FILE, "related: [moms]", "related: [skat]")
    project.replace(UNIT_FILE, "  - moms\n", "  - skat\n")
    assert said()[:-1] == [f"removed: {MOMS_FILE}: Moms", "new: data/knowledge/start/skat.yml: Moms"]
    assert said()[-1].endswith(": 1 new, 1 removed")


def test_a_sentence_around_the_answers_and_the_name_of_the_unit_are_read_too(git, project, said):
    project.replace("data/phrases.yml", "(senest kendt {known})", "(fra {known})")
    project.replace(UNIT_FILE, "name: Erhvervsservice", "name: Erhverv")
    lines = said()
    assert any("aspects.pris" in line and "[-senest kendt-]{+fra+} 2020" in line for line in lines)
    assert lines.count("  unit: [-Erhvervsservice-]{+Erhverv+}") == 2


def test_an_earlier_revision_can_be_named(git, project, said):
    project.replace(TOPIC_FILE, "title: Kapital\n", "title: Penge\n")
    commit(git)
    assert len(said()) == 1
    assert said("--since", "HEAD~1")[1] == "  title: [-Kapital-]{+Penge+}"


def test_a_topic_that_was_wrong_then_is_said_not_to_be_comparable(git, project, said):
    project.replace(TOPIC_FILE, "owner: erhvervsservice", "owner: ingen")
    commit(git)
    project.replace(TOPIC_FILE, "owner: ingen", "owner: erhvervsservice")
    line, count = said()
    assert line.startswith(f"not compared: {TOPIC_FILE}:4: unknown unit ingen")
    assert count.endswith(": 1 not compared")


# what cannot be compared at all


@pytest.mark.parametrize(
    ("since", "reason"),
    [
        ("no-such-branch", "git knows no revision 'no-such-branch'"),
        ("HEAD:data", "git knows no revision 'HEAD:data'"),
        ("--output=x", "'--output=x' is no revision"),
        ("", "'' is no revision"),
    ],
)
def test_a_revision_that_is_none_is_refused_in_a_sentence(git, said, since, reason):
    assert refused(said, f"--since={since}").startswith(reason)


def test_a_revision_without_data_is_refused(git, project, said):
    git("rm", "--quiet", "-r", "--cached", "data")
    git("commit", "--quiet", "--allow-empty", "--message", "Nothing")
    assert "has no data/" in refused(said)


def test_a_folder_without_git_is_told(project, said, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.folder.parent))
    assert "is in no git clone" in refused(said)


def test_a_machine_without_git_is_told(git, said, monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    assert refused(said).startswith("git is not installed")


def test_a_mistake_of_now_is_named(git, project, said):
    project.replace(TOPIC_FILE, "owner: erhvervsservice", "owner: ingen")
    assert refused(said).startswith(f"The content has a mistake: {TOPIC_FILE}:4: unknown unit ingen")


@pytest.mark.parametrize(
    ("text", "reason"), [("answer: [\n", "not valid YAML"), ("form: {}\n", "the part answer is missing")]
)
def test_phrases_that_cannot_be_said_are_named(git, project, said, text, reason):
    project.write("data/phrases.yml", text)
    found = refused(said)
    assert found.startswith("The content of now has a mistake: data/phrases.yml:")
    assert reason in found
    commit(git)
    assert refused(said).startswith("The content of HEAD has a mistake: data/phrases.yml:")


def test_a_file_that_is_missing_is_named(git, project, said):
    (project.folder / "data/phrases.yml").unlink()
    assert "phrases.yml of now cannot be read: No such file" in refused(said)


def test_a_day_that_is_none_is_refused(git, said, capsys):
    assert refused(said, "--day", "i morgen") == "2"
    assert "'i morgen' is no day; write it as 2028-01-01" in capsys.readouterr().err
