"""The preview: every topic as it is read on a day, with figures, gaps and tasks marked for an editor."""

from collections import Counter
from datetime import date
from types import SimpleNamespace

import html5lib
import pytest
from markupsafe import Markup

from bot.commands import preview
from bot.core.answering import everything
from bot.web.preview import Piece, pieces, render
from tests.content.conftest import TOPIC_FILE

TODAY = date(2026, 11, 26)
# The thresholds of tenders hold until the end of 2027, and no review is due before 2027.
LATER = date(2028, 1, 1)


class Page:
    """The page, parsed without a single error."""

    def __init__(self, html):
        self.html = html
        self.tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
        self.ids = Counter(element.get("id") for element in self.tree.iter() if element.get("id"))

    def all(self, tag, **attributes):
        return [
            element
            for element in self.tree.iter(tag)
            if all(element.get(name.rstrip("_")) == value for name, value in attributes.items())
        ]

    def topic(self, name):
        [article] = self.all("article", id=f"emne-{name}")
        return SimpleNamespace(
            text=words(article),
            figures={
                words(link): link
                for link in article.iter("a")
                if (link.get("class") or "").startswith("preview-figure")
            },
            flags=[words(part) for part in article.iter("p")][0].split("· ")[1],
        )


def words(element):
    return " ".join(" ".join(element.itertext()).split())


def plain(text):
    """Return a text as its words stand on a page: steps lose their numbers, and spaces fall where marks begin."""
    return "".join(text.split())


@pytest.fixture(scope="module")
def page(content):
    return Page(render(content, TODAY))


@pytest.fixture(scope="module")
def later(content):
    return Page(render(content, LATER))


def small(project, day=TODAY):
    return Page(render(project.load(), day))


def test_every_topic_says_what_the_bot_says(page, content):
    for topic in content.knowledge.topics.values():
        shown = plain(page.topic(topic.id).text)
        for answer in everything(topic, TODAY, content.phrases["answer"]):
            for line in answer.text.splitlines():
                number, dot, rest = line.partition(". ")
                assert plain(rest if dot and number.isdecimal() else line) in shown
            assert not answer.aspect or plain(content.aspects.button(answer.aspect)) in shown
        assert plain(topic.title) in shown
        assert plain(content.units.for_topic(topic.id).name) in shown


def test_the_contents_lead_to_every_topic_below_its_theme(page, content):
    [nav] = page.all("nav")
    links = [link.get("href") for link in nav.iter("a")]
    assert [link for link in links if link.startswith("#emne-")] == [
        f"#emne-{topic}" for topic in content.knowledge.topics
    ]
    assert len([link for link in links if link.startswith("#omraade-")]) == len(
        {topic.theme for topic in content.knowledge.topics.values()}
    )


@pytest.mark.parametrize("name", ["page", "later"])
def test_every_link_within_the_page_leads_somewhere_and_no_id_is_used_twice(name, request):
    found = request.getfixturevalue(name)
    targets = {link.get("href")[1:] for link in found.all("a") if link.get("href").startswith("#")}
    assert targets <= set(found.ids)
    assert [name for name, count in found.ids.items() if count > 1] == []


def test_a_figure_tells_its_days_and_its_source(page):
    figure = page.topic("taerskelvaerdi").figures["1.611.360 kr."]
    assert figure.get("href") == "#tal-taerskel_kommune_varer"
    assert "Gælder fra 1. januar 2026 til 31. december 2027. Sikkert. Kilde: " in figure.get("title")
    assert "tjekket 22. november 2026" in figure.get("title")
    assert figure.get("class") == "preview-figure"


def test_an_uncertain_figure_is_marked_and_claims_no_days(page):
    topic = page.topic("selskabskapital")
    figure = topic.figures["670 kr. (senest kendt 2024)"]
    assert figure.get("class") == "preview-figure preview-figure--unsure"
    assert "Usikkert." in figure.get("title")
    assert "Gælder" not in figure.get("title")
    assert "2 usikre tal" in topic.flags


def test_what_is_no_figure_is_not_marked(page):
    assert set(page.topic("selskabskapital").figures) == {
        "20.000 kr.", "400.000 kr.", "§ 4", "25 %", "2 uger",
        "670 kr. (senest kendt 2024)", "180 kr. (senest kendt 2024)",
    }  # fmt: skip


def test_after_its_last_day_a_figure_is_missing_and_told_so(page, later):
    assert "mangler" not in page.topic("taerskelvaerdi").text
    gone = later.topic("taerskelvaerdi")
    assert "1.611.360 kr." not in gone.figures
    assert "Jeg kender ikke det aktuelle tal for EU-grænsen" in gone.text
    assert "Det var 1.611.360 kr. fra 1. januar 2026 til 31. december 2027." in gone.text
    assert "5 tal mangler" in gone.flags


def test_a_topic_is_to_be_reviewed_from_its_day_on(project):
    assert "Skal gennemgås" not in small(project, date(2027, 4, 30)).topic("kapital").flags
    page = small(project, date(2027, 5, 1))
    assert "gennemgås senest 1. maj 2027 Skal gennemgås" in page.topic("kapital").flags
    assert "Kapital , senest 1. maj 2027" in words(page.all("section", **{"aria-labelledby": "opgaver"})[0])


def test_a_page_without_tasks_says_so(project):
    assert "Intet emne skal gennemgås, og intet tal mangler." in words(small(project).tree)


def test_a_pointer_is_named_as_one(project):
    page = small(project)
    assert "Kun henvisning" in page.topic("moms").flags
    assert "Kun henvisning" not in page.topic("kapital").flags


def test_the_next_value_and_the_end_of_the_last_are_told(project):
    project.replace(
        TOPIC_FILE,
        '{value: "670", known: "2020"}',
        '{value: "670", known: "2020", to: 2026-12-31}\n      - {value: "700", known: "2026", from: 2027-01-01}',
    )
    text = small(project).topic("kapital").text
    assert "670 kr. (senest kendt 2020) , gebyret. Gælder til 31. december 2026." in text
    assert "Derefter 700 kr. (senest kendt 2026) fra 1. januar 2027." in text
    assert "Udløber" not in text


def test_a_figure_that_begins_later_is_missing_until_then(project):
    project.replace(TOPIC_FILE, '{value: "670", known: "2020"}', '{value: "1", known: "x", from: 2027-01-01}')
    text = small(project).topic("kapital").text
    assert "Her mangler et tal: gebyret. Det næste er 1 kr. (senest kendt x) fra 1. januar 2027." in text


def test_what_looks_like_html_is_text(project):
    project.replace(TOPIC_FILE, "Du må gerne bruge pengene.", "Du må <b>gerne</b> & frit bruge pengene.")
    project.replace(TOPIC_FILE, "label: gebyret", "label: 'gebyret \"><script>'")
    page = small(project)
    assert "Du må <b>gerne</b> & frit bruge pengene." in page.topic("kapital").text
    assert page.all("script") == []


def test_a_text_is_cut_at_its_figures():
    assert pieces(Markup("<p>Fra \ue000fee\ue0011 kr.\ue002 op.</p>")) == [
        Piece(Markup("<p>Fra "), ""),
        Piece(Markup("1 kr."), "fee"),
        Piece(Markup(" op.</p>"), ""),
    ]
    assert pieces(Markup("")) == []


# the command


@pytest.fixture
def run(project, monkeypatch, capsys):
    def made(*options):
        monkeypatch.chdir(project.folder)
        monkeypatch.setattr("sys.argv", ["preview", *options])
        assert preview.main() == 0
        return capsys.readouterr().out

    return made


def test_the_page_lies_in_var_with_all_it_needs_beside_it(run, project):
    assert run("--day", "2028-01-01") == "var/preview/index.html: 2 topics as they are read on 2028-01-01\n"
    folder = project.folder / "var/preview"
    page = Page((folder / "index.html").read_text(encoding="utf-8"))
    needed = [link.get("href") for link in page.all("link")] + [part.get("src") for part in page.all("img")]
    assert needed
    assert [name for name in needed if "://" in name or name.startswith("/")] == []
    assert [name for name in needed if not (folder / name).is_file()] == []
    assert list((folder / "static").rglob("*.woff2"))


def test_the_page_can_be_written_anew(run):
    run()
    assert run("--day", "2027-01-01").endswith("2027-01-01\n")


def test_a_folder_that_cannot_be_written_is_told(run, project):
    (project.folder / "var").write_text("a file", encoding="utf-8")
    with pytest.raises(SystemExit) as stop:
        run()
    assert "cannot be written: " in str(stop.value)
