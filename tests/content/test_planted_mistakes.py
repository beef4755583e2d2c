"""A content file with a mistake is refused with its name, its line and the reason."""

import pytest

from tests.content.conftest import PLACE_FILE, TOPIC_FILE, UNIT_FILE

LONG = " ".join(["Du må godt."] * 31)
HEAVY = "Kommunalbestyrelsens sagsbehandlingsmedarbejdere offentliggør tilladelsesbetingelser."


def test_the_small_project_without_mistakes_is_taken(project):
    content = project.load()
    assert set(content.knowledge.topics) == {"kapital", "moms"}
    assert content.knowledge.topics["kapital"].facts["aps_kapital"].periods[1].value == "20.000"


# (what stands in the file, what is planted, a part of the line it is found on, a part of the reason)
IN_A_TOPIC = [
    # keys
    ("status: full", "status: full\nowner_mail: x", "owner_mail", "unknown key"),
    ("unit: kr.  # of the capital", "units: kr.", "units:", "unknown key"),
    ("title: Kapital\n", "", "topic: kapital", "title: field required"),
    ("  pris: >-", "  prisen: >-", "prisen", "unexpected value"),
    ("status: full", "status: done", "status: done", "unexpected value"),
    ("goals: [G3]", "goals: [G99]", "goals:", "string does not match"),
    ("goals: [G3]", "goals: []", "goals:", "at least 1 item"),
    ("confidence: high", "confidence: sure", "confidence: sure", "unexpected value"),
    ("title: Kapital\n", f"title: {'Kapital ' * 7}\n", "title:", "at most 48 characters"),
    ("topic: kapital", "topic: Kapital", "topic: Kapital", "string does not match"),
    ("topic: kapital", "topic: moms_og_kapital", "topic:", "the file is named kapital"),
    # sources
    ("https://www.lov.example", "http://www.lov.example", "url:", "scheme not permitted"),
    ("https://www.lov.example/selskabsloven", "www.lov.example", "url:", "url"),
    ("    checked: 2026-11-22\n", "", "  loven:", "checked: field required"),
    ("source: loven  # of the capital", "source: lovbogen", "source: lovbogen", "unknown source lovbogen"),
    # units, authorities, other topics
    ("owner: erhvervsservice", "owner: erhvervskontoret", "owner:", "unknown unit erhvervskontoret"),
    ("authority: erhvervsstyrelsen", "authority: kejseren", "authority:", "unknown authority kejseren"),
    ("related: [moms]", "related: [moms, skat]", "related:", "related topic skat has no file"),
    # figures
    ("Du må gerne bruge pengene.", "Du må bruge 5000 af dem.", "short:", "figure typed into prose: 5000"),
    ("  - Skriv et dokument.", "  - Skriv et dokument inden 14 dage.", "inden 14 dage", "figure typed into prose: 14"),
    ("title: Kapital\n", "title: Kapital på 20.000\n", "title:", "figure typed into prose: 20.000"),
    ("label: gebyret", "label: gebyret i 2020", "label: gebyret", "figure typed into prose: 2020"),
    ("{gebyr}", "{gebyret}", "pris:", "unknown fact {gebyret}"),
    ("{gebyr}", "{gebyr", "pris:", "a lone { or }"),
    ("{gebyr}", "mange penge", "  gebyr:", "fact gebyr is used nowhere"),
    ('known: "2020"', 'known: ""', "values:  #", "low confidence needs `known`"),
    ('value: "20.000", from: 2025-02-27', 'value: "20.000", from: 2025-02-26', "values:", "two periods overlap"),
    ('from: 2019-04-15, to: 2025-02-26', 'from: 2019-04-15', "values:", "two periods overlap"),
    ('from: 2019-04-15, to: 2025-02-26', 'from: 2025-02-26, to: 2019-04-15', "40.000", "`to` is before `from`"),
    ('{value: "20.000", from: 2025-02-27}', "{value: 20.000, from: 2025-02-27}", "value: 20.000,", "str type expected"),
    ('{value: "20.000", from: 2025-02-27}', '{value: "", from: 2025-02-27}', 'value: ""', "at least 1 character"),
    # figures in words
    ("Du må gerne bruge pengene.", "Du må det i højst fem år.", "short:", "figure written in words: fem år"),
    ("Du må gerne bruge pengene.", "Svar kommer på to-tre\n  uger.", "short:", "figure written in words: to-tre uger"),
    ("Det koster {gebyr} at", "Det koster {gebyr} i to måneder at", "pris:", "figure written in words: to måneder"),
    ("Det koster {gebyr} at", "Det koster {gebyr} og fem procent at", "pris:", "in words: fem procent"),
    ("  - Skriv et dokument.", "  - Svar inden ti dage.", "inden ti dage", "figure written in words: ti dage"),
    ("  - Skriv et dokument.", "  - Svar på fjorten arbejdsdage.", "på fjorten", "in words: fjorten arbejdsdage"),
    ("title: Kapital\n", "title: Hundrede kroner\n", "title:", "figure written in words: Hundrede kroner"),
    ("label: gebyret", "label: gebyret i halvandet år", "label: gebyret", "figure written in words: halvandet år"),
    # days
    ("review_by: 2027-05-01", 'review_by: "2027-05-01"', "review_by", "day without quotation marks"),
    ("review_by: 2027-05-01", "review_by: 2027", "review_by", "day without quotation marks"),
    ("review_by: 2027-05-01", "review_by: 2027-05-01 10:00:00", "review_by", "day without quotation marks"),
    ("from: 2025-02-27", 'from: "2025-02-27"', "20.000", "day without quotation marks"),
    ("checked: 2026-11-22", "checked: 22.11.2026", "checked", "day without quotation marks"),
    # language
    ("Du må gerne bruge pengene.", LONG, "short:", "words, at most 90"),
    ("Det koster {gebyr} at stifte et selskab.", LONG, "pris:", "words, at most 90"),
    ("Du må gerne bruge pengene.", HEAVY, "short:", "LIX"),
    ("Det koster {gebyr} at stifte et selskab.", f"{HEAVY} {{gebyr}}.", "pris:", "LIX"),
    ("Du må gerne bruge pengene.", "Der rettes henvendelse til os.", "short:", "officialese"),
    ("Du må gerne bruge pengene.", "Der kan rettes skriftlig henvendelse.", "short:", "rettes skriftlig henvendelse"),
    ("Du må gerne bruge pengene.", "Ret en skriftlig henvendelse.", "short:", "officialese"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "line", "reason"), IN_A_TOPIC)
def test_a_mistake_in_a_topic_file_is_named_with_line_and_reason(project, old, new, line, reason):
    project.replace(TOPIC_FILE, old, new)
    expected = project.line_of(TOPIC_FILE, line)
    found = project.problems()
    assert any(
        (problem.path, problem.line) == (TOPIC_FILE, expected) and reason in problem.reason
        for problem in found
    ), "\n".join(str(problem) for problem in found)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("owner: erhvervsservice", "owner:\terhvervsservice", 4, "never with a tab"),
        ("title: Kapital\n", "title: Kapital\ntitle: Kapital\n", 3, "duplicate key"),
        ("  pris: >-", "   pris: x\n  tid: >-", 13, ""),
        ("  - Skriv et dokument.", "\t- Skriv et dokument.", 15, "never with a tab"),
        ("title: Kapital\n", "title: Kapital: penge\n", 2, "mapping values"),
        ("title: Kapital\n", 'title: "Kapital\n', None, ""),
        ("review_by: 2027-05-01", "review_by: 2027-02-30", 6, "day"),
        ("title: Kapital\n", "title: Kap\x07ital\n", 2, "character"),
    ],
)
def test_a_file_that_is_no_yaml_is_refused_with_its_line(project, old, new, line, reason):
    project.replace(TOPIC_FILE, old, new)
    found = [problem for problem in project.problems() if problem.path == TOPIC_FILE]
    assert len(found) == 1
    assert reason in found[0].reason
    assert "not valid YAML" in found[0].reason
    assert line is None or found[0].line == line


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("topic: kapital\ntitle: Børn\n".encode("latin-1"), 2, "not UTF-8"),
        (b"\xff\xfe\x00", 1, "not UTF-8"),
        (b"- topic: kapital\n", 1, "must be a mapping"),
        (b"bare tekst\n", 1, "must be a mapping"),
        (b"", 1, "field required"),
        (b"# nothing yet\n", 1, "field required"),
    ],
)
def test_a_file_that_is_something_else_is_refused(project, text, line, reason):
    project.write(TOPIC_FILE, text)
    found = [problem for problem in project.problems() if problem.path == TOPIC_FILE]
    assert found[0].line == line
    assert any(reason in problem.reason for problem in found)


@pytest.mark.parametrize(
    "text",
    [
        "Et I/S har to ejere.",
        "De første to trin er nemme.",
        "Det tager en uge, et år eller én måned.",
        "Vi to årer ind i båden.",
        "Tag bonus og foto dage før.",
        "Skriv tre ting.",
        "Brug kvitteringen fra posten dage efter.",
    ],
)
def test_plain_counting_is_no_figure(project, text):
    project.replace(TOPIC_FILE, "Du må gerne bruge pengene.", text)
    assert text in project.load().knowledge.topics["kapital"].short


def test_no_source_is_no_answer(project):
    text = (project.folder / TOPIC_FILE).read_text(encoding="utf-8")
    before, after = text.split("sources:\n")
    project.write(TOPIC_FILE, f"{before}sources: {{}}\nrelated:{after.split('related:')[1]}")
    found = [str(problem) for problem in project.problems()]
    line = project.line_of(TOPIC_FILE, "sources:")
    assert f"{TOPIC_FILE}:{line}: sources: no source, no answer" in found


def test_every_mistake_is_named_at_once(project):
    project.replace(TOPIC_FILE, "owner: erhvervsservice", "owner: nobody")
    project.replace(TOPIC_FILE, "Du må gerne bruge pengene.", "Du må bruge 5 af dem.")
    project.replace(UNIT_FILE, "phone: 49 28 28 28", "phone: 49 28 28 28\nfax: 1")
    reasons = " ".join(problem.reason for problem in project.problems())
    assert "figure typed into prose: 5" in reasons
    assert "fax: unknown key" in reasons


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "reason"),
    [
        (UNIT_FILE, "mailbox: erhverv@helsingor.dk", "mailbox: erhverv", "mailbox", "string does not match"),
        (UNIT_FILE, "working_days: 5", 'working_days: "5"', "working_days", "integer"),
        (UNIT_FILE, "working_days: 5", "working_days: 0", "working_days", "greater than or equal to 1"),
        (UNIT_FILE, "phone: 49 28 28 28", "phone: 49282828", "phone", "str type expected"),
        (UNIT_FILE, "  - kapital\n", "  - Kapital\n", "- Kapital", "string does not match"),
        (UNIT_FILE, "  - kapital\n", "  - kapitel\n", "- kapitel", "the municipality has no topic kapitel"),
        (UNIT_FILE, "id: erhvervsservice", "id: erhverv", "id:", "the file is named erhvervsservice"),
        (PLACE_FILE, "default_unit: erhvervsservice", "default_unit: ingen", "default_unit", "unknown unit ingen"),
        (PLACE_FILE, "case_prefix: HEL", "case_prefix: hel", "case_prefix", "string does not match"),
        ("data/aspects.yml", "  button: Hvad koster det?\n", "", "pris:", "button: field required"),
        ("data/aspects.yml", "\npris:\n", "\nvejr:\n", "vejr:", "unknown"),
        ("data/aspects.yml", "'koster?|kosta", "'(koster?|kosta", "(koster", "pattern"),
        ("data/handoff.yml", "\nskip:\n", "\nspring:\n", None, "skip: field required"),
        ("data/handoff.yml", "'nej( tak)?|næ", "'nej( tak?|næ", "nej( tak?|næ", "pattern"),
        ("data/phrases.yml", "\nrouting:\n", "\nrouting2:\n", None, "routing"),
    ],
)  # fmt: skip
def test_a_mistake_in_another_file_is_named_too(project, name, old, new, line, reason):
    project.replace(name, old, new)
    expected = project.line_of(name, line) if line else None
    found = project.problems()
    assert any(
        reason in problem.reason and (line is None or (problem.path, problem.line) == (name, expected))
        for problem in found
    ), "\n".join(str(problem) for problem in found)


def test_a_topic_in_two_units_is_refused(project):
    project.write("data/municipalities/helsingor/units/havn.yml", UNIT_TEXT)
    reasons = [str(problem) for problem in project.problems()]
    assert any("moms" in reason and "unit" in reason for reason in reasons), reasons


UNIT_TEXT = """\
id: havn
name: Havnen
for_whom: dig på kajen
mailbox: havn@helsingor.dk
phone: 49 28 28 28
service_goal: {working_days: 5, agreed: false}
topics: [moms]
"""


def test_the_same_topic_in_two_themes_is_refused(project):
    text = (project.folder / TOPIC_FILE).read_text(encoding="utf-8")
    project.write("data/knowledge/udbud/kapital.yml", text)
    assert any("kapital" in problem.reason for problem in project.problems())


def test_a_fact_of_the_same_name_in_two_topics_is_refused(project):
    project.replace(
        "data/knowledge/start/moms.yml",
        "related:",
        "facts:\n  gebyr:\n    label: gebyret\n    source: skat\n    confidence: high\n    values:\n"
        '      - {value: "1"}\nrelated:',
    )
    project.replace("data/knowledge/start/moms.yml", "Spørg os.", "Det er {gebyr}.")
    assert any("another topic has a fact named gebyr" in problem.reason for problem in project.problems())


def test_a_file_with_the_wrong_ending_is_not_passed_over(project):
    project.write("data/knowledge/start/skat.yaml", "topic: skat\n")
    assert any(problem.path.endswith("skat.yaml") for problem in project.problems())
