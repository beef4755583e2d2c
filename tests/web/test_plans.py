"""Plans in the browser: questions, the plan, ticks, dates, the calendar file, and the way to a person."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
import requests
from sqlalchemy import select

from bot.commands.worker import delete_old_plans
from bot.storage.tables import plans
from tests.web.strict_browser import StrictBrowser, filled_in

ANSWERS = {
    "form": "aps",
    "ny_anvendelse": "ja",
    "koekken": "ja",
    "alkohol": "ja",
    "nat": "nej",
    "ude": "facade",
    "musik": "ja",
    "skilt": "nej",
    "ansatte": "nej",
}
QUERY = "&".join(f"{name}={value}" for name, value in ANSWERS.items())


@pytest.fixture
def browser(web):
    return StrictBrowser(web.address)


@pytest.fixture
def today(web):
    return web.services.today()


@pytest.fixture
def kept(browser):
    """A plan that was kept: its page."""
    return browser.submit(browser.get(f"/plan/cafe?{QUERY}"), "/plan/cafe", "csrf")


def path_of(page):
    return urlsplit(page.address).path


def rows(web):
    with web.services.database.reading() as connection:
        return connection.execute(select(plans)).all()


def unfolded(text):
    return text.replace("\r\n ", "").split("\r\n")


def test_a_business_is_chosen_and_every_question_answered_without_javascript(browser):
    page = browser.get("/plan")
    assert page.find("a", href="/plan/cafe") is not None
    page = browser.get("/plan/cafe")
    for name, value in ANSWERS.items():
        buttons = [button for button in page.all("button", name=name) if button.get("value") == value]
        assert buttons, f"{name} is not asked on {page.address}"
        fields = {field.get("name"): field.get("value") for field in page.form("/plan/cafe").iter("input")}
        address = "&".join(f"{key}={one}" for key, one in {**fields, name: value}.items())
        page = browser.get(f"/plan/cafe?{address}")
    assert page.find(id="trin-alkohol") is not None
    assert not page.all(id="trin-nattilladelse")


def test_a_question_leads_back_to_the_one_before(browser):
    page = browser.get("/plan/cafe?form=aps&ny_anvendelse=nej")
    assert page.find("a", href="/plan/cafe?form=aps") is not None
    assert "Skal du bygge om?" in page.text


def test_the_plan_says_who_decides_what_it_costs_and_what_is_not_known(browser):
    page = browser.get(f"/plan/cafe?{QUERY}")
    for words in (
        "Nordsjællands Politi",
        "Fødevarestyrelsen",
        "20.000 kr.",
        "670 kr. (senest kendt 2024)",
        "Ukendt",
    ):
        assert words in page.text
    assert "De her priser kender vi ikke" in page.text


def test_an_answer_can_be_mended(browser):
    page = browser.get(f"/plan/cafe?{QUERY}")
    again = [link.get("href") for link in page.all("a") if "alkohol=" not in (link.get("href") or "alkohol=")]
    question = browser.get(next(link for link in again if link.startswith("/plan/cafe?form=")))
    assert "alkohol" in question.text


@pytest.mark.parametrize(
    "query", ["form=kaos", "alkohol=%3Cb%3E", "ukendt=ja", "form=aps&form=as&nat=ja&x=%00a"]
)
def test_what_is_no_answer_is_asked_again(browser, query):
    page = browser.get(f"/plan/cafe?{query}")
    assert page.status in (200, 400)
    assert "<b>" not in page.response.text


@pytest.mark.parametrize(
    "path",
    [
        "/plan/findes_ikke",
        "/plan/findes_ikke/kalender.ics",
        "/min-plan/findes-ikke",
        "/plan/findes_ikke/plan.pdf",
        "/min-plan/findes-ikke/plan.pdf",
    ],
)
def test_a_plan_that_there_is_not_is_not_found(browser, path):
    assert browser.get(path).status == 404


def test_a_wished_opening_gives_the_last_day_to_begin(browser, today):
    opening = today + timedelta(days=200)
    page = browser.get(f"/plan/cafe?{QUERY}&aabning={opening}")
    assert "Begynd senest" in page.text
    assert "skal du senest begynde" in page.text


def test_an_opening_that_cannot_be_reached_is_said_to_be_hard(browser, today):
    page = browser.get(f"/plan/cafe?{QUERY}&aabning={today + timedelta(days=10)}")
    assert "Det kan blive svært at nå" in page.text


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("i morgen", "day_unreadable"),
        ("31.2.2027", "day_unreadable"),
        ("1.1.2020", "day_past"),
        ("2099-01-01", "day_far"),
    ],
)
def test_a_day_that_cannot_be_used_is_told_beside_its_field(browser, sentence, typed, code):
    page = browser.get(f"/plan/cafe?{QUERY}&aabning={typed}")
    assert page.status == 400
    assert sentence(code) in page.text
    assert page.find("input", name="aabning").get("aria-describedby") == "aabning-hint aabning-fejl"


def test_a_day_is_taken_as_danes_write_it(browser, today):
    page = browser.get(f"/plan/cafe?{QUERY}&aabning=1.3.{today.year + 2}")
    assert page.find("input", name="aabning").get("value") == f"{today.year + 2}-03-01"


def test_a_plan_is_kept_by_a_link_of_which_only_the_hash_is_stored(kept, web):
    assert kept.status == 200
    token = path_of(kept).rpartition("/")[2]
    assert re.fullmatch(r"[\w-]{43}", token)
    [row] = rows(web)
    assert token not in str(tuple(row))
    assert row.answers == ANSWERS
    assert kept.response.headers["X-Robots-Tag"] == "noindex"
    assert kept.response.headers["Cache-Control"] == "no-store"


def test_nothing_is_kept_before_somebody_asks_for_it(browser, web):
    browser.get(f"/plan/cafe?{QUERY}")
    assert rows(web) == []


def test_a_step_is_ticked_off_and_the_tick_taken_back(kept, browser, web):
    address = path_of(kept)
    page = browser.submit(kept, f"{address}/trin", step="lokale", done="1")
    assert "Gjort: Tjek, at lokalet" in page.text
    browser.submit(page, f"{address}/trin", step="cvr_selskab", done="1")
    assert rows(web)[0].done == ["cvr_selskab", "lokale"]
    page = browser.submit(browser.get(address), f"{address}/trin", step="lokale", done="0")
    assert rows(web)[0].done == ["cvr_selskab"]
    assert "Gjort: Tjek, at lokalet" not in page.text


def test_days_are_kept_with_the_plan(kept, browser, today, web):
    opening = today + timedelta(days=200)
    page = browser.submit(kept, f"{path_of(kept)}/dage", start="", aabning=str(opening))
    assert page.status == 200
    assert "Begynd senest" in page.text
    assert rows(web)[0].opening == opening


def test_a_wrong_day_is_not_kept(kept, browser, sentence, web):
    page = browser.submit(kept, f"{path_of(kept)}/dage", start="1.1.2020", aabning="")
    assert page.status == 400
    assert sentence("day_past") in page.text
    assert rows(web)[0].start is None


def test_a_plan_can_be_deleted_at_once(kept, browser, web):
    page = browser.submit(kept, f"{path_of(kept)}/slet")
    assert "Din plan er slettet" in page.text
    assert rows(web) == []
    assert browser.get(path_of(kept)).status == 404


def test_a_plan_that_nobody_opens_is_deleted_after_the_days_of_silence(kept, browser, web, clock):
    days = web.services.settings.conversation_days
    clock.move(days=days - 1)
    assert delete_old_plans(web.services).count == 0
    browser.get(path_of(kept))
    clock.move(days=days - 1)
    assert delete_old_plans(web.services).count == 0
    clock.move(days=2)
    assert delete_old_plans(web.services).count == 1


@pytest.mark.parametrize("path", ["/trin", "/dage", "/slet"])
def test_another_site_cannot_change_a_plan(kept, web, path):
    forged = requests.post(
        f"{kept.address}{path}", data={"step": "lokale", "done": "1"}, timeout=20, allow_redirects=False
    )
    assert forged.status_code == 400
    assert len(rows(web)) == 1
    assert rows(web)[0].done == []


def test_a_step_that_the_plan_does_not_have_cannot_be_ticked(kept, browser):
    assert browser.submit(kept, f"{path_of(kept)}/trin", step="x" * 5000, done="1").status == 404


def test_keeping_without_all_answers_asks_what_is_missing(browser, web):
    page = browser.get(f"/plan/cafe?{QUERY}")
    page = browser.submit(page, "/plan/cafe", "csrf", nat="")
    assert "åbent efter midnat" in page.text
    assert rows(web) == []


def test_the_calendar_file_can_be_read_by_a_calendar(browser, web):
    reply = browser.http.get(f"{web.address}/plan/cafe/kalender.ics?{QUERY}", timeout=20)
    assert reply.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert 'filename="plan-cafe.ics"' in reply.headers["Content-Disposition"]
    text = reply.content.decode("utf-8")
    assert text.count("\n") == text.count("\r\n")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    lines = unfolded(text)
    assert (lines[0], lines[-2], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR", "")
    uids = [line for line in lines if line.startswith("UID:")]
    assert len(uids) == len(set(uids)) == lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") > 10
    assert any(line.startswith("SUMMARY:Begynd tidligst: Tjek\\, at lokalet") for line in lines)


def test_a_later_calendar_file_takes_the_place_of_the_first(kept, browser, web, clock, today):
    def events():
        reply = browser.http.get(f"{kept.address}/kalender.ics", timeout=20)
        lines = unfolded(reply.content.decode("utf-8"))
        return [line for line in lines if line.startswith("UID:")], next(
            line for line in lines if line.startswith("SEQUENCE:")
        )

    first, number = events()
    clock.move(minutes=5)
    browser.submit(kept, f"{path_of(kept)}/dage", start="", aabning=str(today + timedelta(days=200)))
    browser.submit(browser.get(path_of(kept)), f"{path_of(kept)}/trin", step="lokale", done="1")
    second, later = events()
    assert set(second) == {uid for uid in first if "-lokale@" not in uid}
    assert int(later.partition(":")[2]) > int(number.partition(":")[2])
    assert path_of(kept).rpartition("/")[2] not in "".join(first)


def test_the_contact_form_begins_with_the_plan(kept, browser):
    page = browser.submit(kept, f"{path_of(kept)}/trin", step="lokale", done="1")
    link = next(
        one.get("href") for one in page.all("a") if (one.get("href") or "").startswith("/kontakt?plan=")
    )
    form = browser.get(link)
    summary = filled_in(form.form("/kontakt"))["summary"]
    assert "Åbn en café eller restaurant" in summary
    assert "- Hvilken form skal virksomheden have? ApS" in summary
    done, missing = summary.split("Det mangler jeg:")
    assert "Tjek, at lokalet må bruges til servering" in done
    assert "Søg om alkoholbevilling" in missing
    assert len(summary) <= 4000


def test_the_contact_form_without_a_plan_is_as_it_was(browser):
    assert filled_in(browser.get("/kontakt?plan=findes_ikke").form("/kontakt")).get("summary", "") == ""


def test_the_working_days_do_not_fall_on_a_holiday(web, today):
    planner = web.services.planner
    view = planner.view(planner.get("cafe"), ANSWERS, today, opening=date(2027, 3, 29))
    days = [slot for step in view.steps for slot in (step.earliest, step.latest) if slot]
    assert days
    # The 25th, 26th and 29th of March 2027 are Easter.
    assert not {date(2027, 3, 25), date(2027, 3, 26), date(2027, 3, 29)}.intersection(
        {day for slot in days for day in (slot.start, slot.end)}
    )
