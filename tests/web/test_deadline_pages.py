"""The page /frister and its calendar file, without JavaScript."""

from datetime import datetime
from urllib.parse import quote

import pytest
import requests

from bot.bootstrap import DENMARK
from tests.servers import MovableClock
from tests.unit.test_calendar_file import read_back
from tests.web.strict_browser import StrictBrowser, words

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=DENMARK)


@pytest.fixture
def clock():
    return MovableClock(NOON)


@pytest.fixture
def browser(web):
    return StrictBrowser(web.address)


def last_day(page):
    return words(page.find("h2", id="sidste-dag"))


def test_a_business_chooses_a_matter_names_the_day_and_reads_the_last_day(browser):
    chosen = browser.get("/frister")
    options = {option.get("value"): words(option) for option in chosen.all("option")}
    assert options["byggetilladelse_klage"] == "Klage over en byggetilladelse"
    asked = browser.get("/frister?regel=byggetilladelse_klage")
    assert words(asked.find("label", **{"for": "dato"})) == "Den dag, du fik afgørelsen"
    page = browser.get(f"/frister?regel=byggetilladelse_klage&dato={quote('5. november 2026')}")
    assert page.status == 200
    assert last_day(page) == "Sidste dag torsdag den 3. december 2026"
    assert "skal klagen være fremme senest torsdag den 3. december 2026." in page.text
    assert "4 uger frem er torsdag den 3. december 2026." in page.text
    assert "Der er 7 dage til." in page.text
    assert page.find("input", id="dato").get("value") == "5. november 2026"


def test_the_rule_stands_there_with_its_pages_and_the_day_they_were_read(browser, content):
    page = browser.get("/frister?regel=miljoetilsyn_klage")
    rule = content.deadlines.get("miljoetilsyn_klage")
    assert rule.law in page.text
    assert rule.sources[0].url in {link.get("href") for link in page.all("a")}
    assert "tjekket 26. november 2026" in page.text


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("5. november 2026", "3. december 2026"),
        ("5/11-2026", "3. december 2026"),
        ("05-11-2026", "3. december 2026"),
        ("5.11.2026", "3. december 2026"),
        ("2026-11-05", "3. december 2026"),
        ("  torsdag den 5. november  ", "3. december 2026"),
        ("i går", "23. december 2026"),
        ("for 14 dage siden", "10. december 2026"),
        ("24. december", "21. januar 2026"),
        ("29. februar 2024", "2. april 2024"),
    ],
)
def test_a_day_may_be_written_as_people_write_it(browser, typed, day):
    page = browser.get(f"/frister?regel=byggetilladelse_klage&dato={quote(typed)}")
    assert page.status == 200
    assert last_day(page).endswith(day)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Skriv den dag, vi skal tælle fra"),
        ("31. februar", "findes ikke i kalenderen"),
        ("31/2-2027", "findes ikke i kalenderen"),
        ("29. februar 2027", "findes ikke i kalenderen"),
        ("engang i november", "Den dato kan vi ikke læse"),
        ("november 2026", "Den dato kan vi ikke læse"),
        ("5. november og 9. november", "Den dato kan vi ikke læse"),
        ("5. november 3000", "Den dato kan vi ikke læse"),
        ("5. november 1999", "ligger for langt væk"),
        ("1. januar 2090", "ligger for langt væk"),
        ("hej", "Den dato kan vi ikke læse"),
        ("0", "Den dato kan vi ikke læse"),
        ("<script>alert(1)</script>", "Den dato kan vi ikke læse"),
        ("5" * 500, "Den dato kan vi ikke læse"),
        ("5. november 2026" + " nej" * 40, "Den dato kan vi ikke læse"),
    ],
)
def test_what_is_no_day_is_said_beside_the_field_and_stays_in_it(browser, typed, said):
    page = browser.get(f"/frister?regel=byggetilladelse_klage&dato={quote(typed)}")
    assert page.status == 400
    field = page.find("input", id="dato")
    assert field.get("value") == typed
    assert field.get("aria-invalid") == "true"
    assert said in words(page.find("span", id="dato-fejl"))
    assert page.all("h2", id="sidste-dag") == []


@pytest.mark.parametrize("rule", ["findes_ikke", "", "%3Cb%3E"])
def test_a_matter_that_is_not_there_is_chosen_again_and_the_day_is_kept(browser, rule):
    page = browser.get(f"/frister?regel={rule}&dato=5.+november+2026")
    assert page.status == 400
    assert "Vælg, hvad fristen gælder." in words(page.find("span", id="regel-fejl"))
    assert page.find("input", name="dato").get("value") == "5. november 2026"


def test_a_topic_shows_its_own_matters_first(browser, content):
    page = browser.get("/frister?emne=udbudsklage")
    shown = {option.get("value") for option in page.all("option")} - {""}
    assert shown == {rule.id for rule in content.deadlines.of("udbudsklage")}
    everything = {option.get("value") for option in browser.get("/frister?emne=netvaerk").all("option")} - {
        ""
    }
    assert everything == {rule.id for rule in content.deadlines}


def test_a_calendar_needs_no_day(browser):
    page = browser.get("/frister?regel=moms_kvartal")
    assert last_day(page) == "Sidste dag tirsdag den 1. december 2026"
    later = browser.get("/frister?regel=moms_kvartal&dato=2.+december+2026")
    assert last_day(later).endswith("1. marts 2027")


def test_a_deadline_that_has_passed_is_called_so(browser):
    page = browser.get("/frister?regel=byggetilladelse_klage&dato=1.+oktober+2026")
    assert "Den dag er gået." in page.text


def test_interest_runs_from_the_day_after_the_last(browser):
    page = browser.get("/frister?regel=betaling&dato=26.+oktober+2026")
    assert "kan du kræve renter fra torsdag den 26. november 2026." in page.text


def test_every_rule_has_a_page_and_a_result(browser, content):
    for rule in content.deadlines:
        page = browser.get(f"/frister?regel={rule.id}&dato=5.+november+2026")
        assert page.status == 200, rule.id
        assert words(page.find("h1")) == rule.title
        assert "{" not in page.text, rule.id


def test_topic_pages_and_the_list_of_topics_lead_there(browser, content):
    assert "/frister" in {link.get("href") for link in browser.get("/emner").all("a")}
    for topic in ("byggetilladelse", "udbudsklage", "moms"):
        links = {link.get("href") for link in browser.get(f"/emner/{topic}").all("a")}
        assert {f"/frister?regel={rule.id}" for rule in content.deadlines.of(topic)} <= links
    assert not any("frister" in (link.get("href") or "") for link in browser.get("/emner/netvaerk").all("a"))


def test_every_link_of_the_page_leads_somewhere(browser):
    page = browser.get("/frister?regel=byggetilladelse_klage&dato=5.+november+2026")
    for link in page.links():
        assert requests.get(link, timeout=20).status_code == 200, link


def test_the_calendar_file_is_read_back(browser, web):
    page = browser.get("/frister?regel=byggetilladelse_klage&dato=i+g%C3%A5r")
    address = next(link.get("href") for link in page.all("a") if ".ics" in (link.get("href") or ""))
    answer = requests.get(f"{web.address}{address}", timeout=20)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="frist-byggetilladelse_klage-2026-12-23.ics"'
    )
    found = read_back(answer.content.decode("utf-8"))
    assert (found["DTSTART"], found["DTEND"]) == ("20261223", "20261224")
    assert found["SUMMARY"] == "Sidste dag: Klage over en byggetilladelse"
    assert "senest onsdag den 23. december 2026." in found["DESCRIPTION"]
    assert found["DTSTAMP"] == "20261126T110000Z"
    assert found["UID"] == "byggetilladelse_klage-2026-11-25@helsingor.genvej"
    assert found["URL"].endswith("/frister?regel=byggetilladelse_klage&dato=2026-11-25")


@pytest.mark.parametrize(
    "query", ["", "?regel=findes_ikke&dato=2026-11-05", "?regel=byggetilladelse_klage&dato=31.+februar"]
)
def test_a_calendar_file_that_cannot_be_made_leads_to_the_page_that_says_why(web, query):
    answer = requests.get(f"{web.address}/frister.ics{query}", timeout=20)
    assert answer.status_code == 400
    assert "/frister?" in answer.url
    assert "Fejl:" in answer.text


def test_a_link_to_the_page_in_an_answer_can_be_followed(content):
    from bot.web.rendering import environment

    prose = (
        environment(municipality=content.municipality, emergency=lambda: "")
        .get_template("_text.html")
        .module.prose
    )
    said = str(prose("Du kan få den sidste dag regnet ud på /frister?regel=moms_kvartal&x=<b>."))
    assert (
        '<a href="/frister?regel=moms_kvartal&amp;x=&lt;b&gt;">siden Frister</a>.' in said
        or "siden Frister</a>" in said
    )
    assert "<b>" not in said
