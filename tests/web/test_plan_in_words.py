"""Plans on their pages: answers in words, what was told, days that cannot be, and a kept plan answered anew."""

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from sqlalchemy import select

from bot.storage.tables import plans
from tests.web.strict_browser import StrictBrowser
from tests.web.test_plans import ANSWERS, QUERY

MISSING_ALCOHOL = "&".join(f"{name}={value}" for name, value in ANSWERS.items() if name != "alkohol")


@pytest.fixture
def browser(web):
    return StrictBrowser(web.address)


@pytest.fixture
def today(web):
    return web.services.today()


@pytest.fixture
def kept(browser):
    return browser.submit(browser.get(f"/plan/cafe?{QUERY}&hvor=Stengade"), "/plan/cafe", "csrf")


@pytest.fixture
def row(web):
    def read():
        with web.services.database.reading() as connection:
            return connection.execute(select(plans)).one()

    return read


def path_of(page):
    return urlsplit(page.address).path


def asked_of(page):
    return dict(parse_qsl(urlsplit(page.address).query))


def links(page, words):
    return [link.get("href") for link in page.all("a") if words in "".join(link.itertext())]


@pytest.mark.parametrize(
    ("query", "text", "expected"),
    [
        ("", "ApS, bare mig selv og vi vil have øl", {"form": "aps", "ansatte": "nej", "alkohol": "ja"}),
        ("form=aps", "nej jeg overtager en café", {"form": "aps", "ny_anvendelse": "nej"}),
        ("form=aps&ny_anvendelse=ja&koekken=ja", "nej ingen alkohol", {"alkohol": "nej"}),
        ("", "ved ikke", {"form": "ved_ikke"}),
    ],
)
def test_a_question_takes_words_and_the_words_stay_out_of_the_address(browser, query, text, expected):
    page = browser.submit(browser.get(f"/plan/cafe?{query}"), "/plan/cafe/svar", svar=text)
    assert page.status == 200
    assert expected.items() <= asked_of(page).items()
    assert "svar" not in asked_of(page)


def test_a_yes_that_does_not_say_which_is_asked_which(browser):
    query = "&".join(f"{name}={value}" for name, value in ANSWERS.items() if name != "ude")
    page = browser.submit(
        browser.get(f"/plan/cafe?{query}"), "/plan/cafe/svar", svar="ja, vi vil have borde udenfor"
    )
    assert "Vælg det, der passer bedst" in page.text
    buttons = [button.get("value") for button in page.all("button", name="ude")]
    assert buttons == ["facade", "plads", "nej"]
    page = browser.submit(page, "/plan/cafe/svar", svar="foran facaden")
    assert page.find(id="trin-ude_facade") is not None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("blå", "plan_unread"),
        ("", "plan_unread"),
        ("x" * 5000, "plan_unread"),
        ("vi vil have alkohol men ikke alkohol", "plan_both"),
        ("-3 ansatte", "staff_negative"),
        ("vi åbner i går", "day_past"),
        ("vi åbner 31. februar", "day_unreadable"),
        ("vi åbner 1. marts 2050", "day_far"),
        ("vi starter om 4 måneder og åbner om 3 måneder", "day_order"),
        ("<script>alert(1)</script>", "plan_unread"),
    ],
)
def test_words_that_cannot_be_used_get_one_sentence_and_another_try(browser, sentence, text, code):
    page = browser.submit(browser.get(f"/plan/cafe?{MISSING_ALCOHOL}"), "/plan/cafe/svar", svar=text)
    assert page.status == 400
    assert sentence(code) in page.text
    assert "Vil du servere øl" in page.text
    assert page.find("input", id="egne-ord").get("aria-describedby") == "egne-ord-hint egne-ord-fejl"
    assert "<script>alert" not in page.response.text


def test_a_plan_is_shown_with_questions_open(browser):
    page = browser.get("/plan/cafe?form=aps")
    page = browser.get(links(page, "Vis planen nu")[0])
    assert page.find(id="trin-alkohol") is not None
    assert page.text.count("Ved ikke") >= 8


def test_the_page_says_what_was_told_and_lets_it_be_changed(browser, today):
    opening = today + timedelta(days=200)
    page = browser.get(
        f"/plan/cafe?{QUERY}&aabning={opening}&hvor=Stengade&fortalt=alkohol.aabning.hvor.musik2"
    )
    told = page.find(id="fortalt")
    assert told is not None
    for words in ("du vil servere alkohol", "du vil åbne", "stedet er Stengade"):
        assert words in page.text
    again = [link for link in links(page, "Ret") if "alkohol=" not in link and "hvor=" in link]
    question = browser.get(again[0])
    assert "Vil du servere øl" in question.text
    assert "stedet er Stengade" in question.text
    assert "du vil servere alkohol" not in question.text


@pytest.mark.parametrize(
    "place", ["Ring til 12345678 og vind", "<b>Stengade</b>", "Stengade 12", "mette@holm.dk", "x" * 500]
)
def test_only_the_name_of_a_street_or_town_is_taken_for_the_place(browser, place):
    page = browser.get(f"/plan/cafe?{QUERY}&fortalt=hvor&hvor={requests.utils.quote(place)}")
    assert "Sted" not in [term.text for term in page.all("dt")]
    assert "fortalt" not in page.response.text


def test_the_letter_says_the_place_and_keeps_doubt(browser):
    page = browser.get("/plan/cafe?form=aps&hvor=Stengade&nu=1")
    form = browser.get(next(link for link in links(page, "Skriv til kommunen om planen")))
    summary = form.find("textarea", name="summary").text
    assert "Stedet er Stengade." in summary
    assert "- Vil du servere øl, vin eller anden alkohol? Ved ikke" in summary


def test_an_opening_before_the_start_is_told(browser, today, sentence):
    start, opening = today + timedelta(days=90), today + timedelta(days=60)
    page = browser.get(f"/plan/cafe?{QUERY}&start={start}&aabning={opening}")
    assert page.status == 400
    assert sentence("day_order") in page.text


def test_an_opening_before_the_start_is_not_kept(kept, browser, today, row, sentence):
    start, opening = today + timedelta(days=90), today + timedelta(days=60)
    page = browser.submit(kept, f"{path_of(kept)}/dage", start=str(start), aabning=str(opening))
    assert (page.status, row().opening) == (400, None)
    assert sentence("day_order") in page.text


def test_a_kept_plan_is_answered_anew_and_keeps_the_ticks_of_steps_that_remain(kept, browser, row):
    address = path_of(kept)
    page = browser.submit(kept, f"{address}/trin", step="lokale", done="1")
    page = browser.submit(page, f"{address}/trin", step="alkohol", done="1")
    question = browser.get(f"{address}/svar?ret=alkohol")
    assert "Vil du servere øl" in question.text
    assert question.response.headers["X-Robots-Tag"] == "noindex"
    page = browser.submit(question, f"{address}/svar", alkohol="nej")
    assert path_of(page) == address
    assert "Gjort: Tjek, at lokalet" in page.text
    assert not page.all(id="trin-alkohol")
    assert row().answers == {**ANSWERS, "alkohol": "nej", "hvor": "Stengade"}
    assert "Stengade" in page.text
    # What comes back has kept its tick too.
    page = browser.submit(browser.get(f"{address}/svar?ret=alkohol"), f"{address}/svar", svar="ja, øl og vin")
    assert "Gjort: Søg om alkoholbevilling" in page.text


def test_an_answer_that_opens_a_question_is_followed_by_it(kept, browser, row):
    address = path_of(kept)
    page = browser.submit(
        browser.get(f"{address}/svar?ret=ny_anvendelse"), f"{address}/svar", ny_anvendelse="nej"
    )
    assert "Skal du bygge om?" in page.text
    assert browser.get(address).text.count("Skal du bygge om?")
    page = browser.submit(page, f"{address}/svar", ombygning="nej")
    assert path_of(page) == address
    assert row().answers["ombygning"] == "nej"


@pytest.mark.parametrize("answer", [{"alkohol": "kaos"}, {"svar": "blå"}, {"svar": "ja nej"}, {}])
def test_an_answer_that_is_none_changes_nothing_in_a_kept_plan(kept, browser, row, answer):
    address = path_of(kept)
    page = browser.submit(browser.get(f"{address}/svar?ret=alkohol"), f"{address}/svar", **answer)
    assert page.status == 400
    assert row().answers["alkohol"] == "ja"


def test_the_same_answer_again_is_an_answer(kept, browser):
    address = path_of(kept)
    page = browser.submit(browser.get(f"{address}/svar?ret=alkohol"), f"{address}/svar", svar="ja")
    assert path_of(page) == address


def test_another_site_cannot_answer_anew(kept, row):
    forged = requests.post(
        f"{kept.address}/svar", data={"ret": "alkohol", "alkohol": "nej"}, timeout=20, allow_redirects=False
    )
    assert forged.status_code == 400
    assert row().answers["alkohol"] == "ja"


def test_a_question_that_the_plan_does_not_have_leads_back_to_it(kept, browser):
    assert path_of(browser.get(f"{path_of(kept)}/svar?ret=findes_ikke")) == path_of(kept)
