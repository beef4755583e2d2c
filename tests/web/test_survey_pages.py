"""The survey's page, as a browser without JavaScript and without cookies meets it."""

import pytest
import requests
from sqlalchemy import select

from bot.storage import survey_tables as tables
from bot.storage.tables import outbox
from tests.web.strict_browser import StrictBrowser, filled_in, words
from tests.web.survey_invites import close_a_case, links

GOOD = {"service": "4", "solved": "ja", "comment": "Hurtigt svar"}


@pytest.fixture
def link(web):
    close_a_case(web.services)
    return links(web.services)[0]


@pytest.fixture
def browser(web):
    return StrictBrowser(web.address)


@pytest.fixture
def rows(web):
    def read(table):
        with web.services.database.reading() as connection:
            return connection.execute(select(table)).all()

    return read


def test_the_page_asks_two_questions_and_nothing_is_chosen(browser, link):
    page = browser.get(link)
    assert page.status == 200
    assert words(page.find("h1")) == "Hvordan gik det med din sag?"
    assert [words(legend) for legend in page.all("legend")] == [
        "Hvor god var servicen?",
        "Fik du løst det, du kom med?",
    ]
    assert len(page.all("input", type="radio")) == 8
    assert not any(radio.get("checked") for radio in page.all("input", type="radio"))
    assert "noindex" in page.response.headers["X-Robots-Tag"]
    assert browser.http.cookies.get_dict() == {}


@pytest.mark.parametrize("score", ["1", "2", "3", "4", "5"])
def test_a_tap_in_the_mail_chooses_that_number_on_the_page_and_no_more(browser, link, rows, score):
    form = browser.get(f"{link}?s={score}").form(link)
    assert filled_in(form)["service"] == score
    assert rows(tables.survey_answers) == []


@pytest.mark.parametrize("score", ["0", "6", "", "x", "٤", "04", "-1", "1e0", "99999"])
def test_a_number_that_was_not_in_the_mail_chooses_nothing(browser, link, score):
    assert "service" not in filled_in(browser.get(f"{link}?s={score}").form(link))


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("end", ["", "?s=1", "/nej", "/tak", "/tak?k=x", "/slut", "/stoppet"])
def test_a_mail_scanner_that_opens_every_link_changes_nothing(web, link, rows, method, end):
    def everything():
        return [rows(table) for table in (*tables.metadata.sorted_tables,) if table.name.startswith("survey")]

    before = everything()
    for _ in range(2):
        answer = requests.request(method, web.address + link + end, timeout=20)
        assert answer.status_code == 200
        assert answer.content == b"" or method == "GET"
    assert everything() == before
    # To the unit, to the business, and the invitation.
    assert len(rows(outbox)) == 3


def test_an_answer_is_kept_and_the_longer_part_may_be_added(browser, link, rows):
    thanks = browser.submit(browser.get(link), link, **GOOD)
    assert words(thanks.find("h1")) == "Tak for dit svar"
    (answer,) = rows(tables.survey_answers)
    assert (answer.service, answer.solved, answer.comment, answer.unit) == (
        4,
        "ja",
        "Hurtigt svar",
        "bevilling",
    )
    assert len(thanks.all("select")) == 9
    end = browser.submit(thanks, f"{link}/mere", kompetence="9", ideal="7")
    assert words(end.find("h1")) == "Tak for hjælpen"
    assert rows(tables.survey_answers)[0].scores == {"kompetence": 9, "ideal": 7}


def test_a_used_link_shows_that_it_is_answered_and_counts_no_second_answer(browser, link, rows):
    page = browser.get(link)
    browser.submit(page, link, **GOOD)
    assert words(browser.get(f"{link}?s=1").find("h1")) == "Du har svaret"
    again = browser.submit(page, link, service="1", solved="nej")
    assert (again.status, words(again.find("h1"))) == (409, "Du har svaret")
    assert [row.service for row in rows(tables.survey_answers)] == [4]


def test_the_longer_part_cannot_be_sent_twice_or_without_the_key(browser, link, rows):
    thanks = browser.submit(browser.get(link), link, **GOOD)
    assert browser.post(f"{link}/mere", {"k": "another", "ideal": "1"}).status == 409
    browser.submit(thanks, f"{link}/mere", ideal="7")
    assert browser.submit(thanks, f"{link}/mere", ideal="1").status == 409
    assert rows(tables.survey_answers)[0].scores == {"ideal": 7}


@pytest.mark.parametrize(
    ("values", "code", "field"),
    [
        ({"solved": "ja"}, "survey_service_missing", "service"),
        ({"service": "4"}, "survey_solved_missing", "solved"),
        ({"service": "9", "solved": "ja"}, "survey_service_missing", "service"),
        ({"service": "4", "solved": "ja", "comment": "æ" * 2001}, "survey_comment_long", "comment"),
    ],
)
def test_what_is_missing_is_said_beside_its_question_and_nothing_typed_is_lost(
    browser, link, rows, sentence, values, code, field
):
    page = browser.submit(browser.get(link), link, **{"comment": "Min kommentar", **values})
    assert page.status == 400
    assert sentence(code) in page.alert()
    assert page.all("a", href=f"#{field}")
    assert values.get("comment", "Min kommentar") in page.text
    assert rows(tables.survey_answers) == []


def test_an_empty_longer_part_is_not_taken_as_an_answer(browser, link, sentence):
    thanks = browser.submit(browser.get(link), link, **GOOD)
    page = browser.submit(thanks, f"{link}/mere")
    assert (page.status, sentence("survey_scores_missing") in page.alert()) == (400, True)


def test_after_the_last_day_the_page_says_so_and_leads_to_the_contact_form(browser, link, clock, rows):
    page = browser.get(link)
    clock.move(days=40)
    late = browser.get(link)
    assert (late.status, words(late.find("h1"))) == (410, "Fristen er gået")
    assert late.all("a", href="/kontakt")
    assert browser.submit(page, link, **GOOD).status == 410
    assert rows(tables.survey_answers) == []


@pytest.mark.parametrize("end", ["", "/nej", "/tak", "/slut", "/stoppet"])
@pytest.mark.parametrize("token", ["x", "A" * 16, "%C3%A6", "..%2F", "a" * 500])
def test_a_link_that_we_did_not_make_is_not_found(browser, token, end):
    assert browser.get(f"/m/{token}{end}").status == 404


def test_no_thanks_needs_one_tap_more_and_then_holds(web, browser, link, rows):
    page = browser.get(f"{link}/nej")
    assert rows(tables.survey_optouts) == []
    done = browser.submit(page, f"{link}/nej")
    assert words(done.find("h1")) == "Vi spørger dig ikke igen"
    assert len(rows(tables.survey_optouts)) == 1
    close_a_case(web.services, 1)
    assert len(rows(tables.survey_invitations)) == 1


def test_who_says_no_thanks_late_is_heard_too(browser, link, clock, rows):
    clock.move(days=400)
    browser.submit(browser.get(f"{link}/nej"), f"{link}/nej")
    assert len(rows(tables.survey_optouts)) == 1


def test_sending_too_often_is_slowed_down(make_web):
    web = make_web(rate_limit=1)
    close_a_case(web.services)
    address = web.address + links(web.services)[0]
    statuses = [requests.post(address, data={}, timeout=20).status_code for _ in range(32)]
    assert (statuses[0], statuses[-1]) == (400, 429)


def test_the_contact_form_asks_how_to_ask_and_keeps_the_choice(make_web, browser):
    web = make_web(sms_token="x")
    browser = StrictBrowser(web.address)
    page = browser.get("/kontakt")
    assert [field.get("value") for field in page.all("input", name="survey_by")] == ["mail", "sms", "none"]
    told = {"summary": "Et spørgsmål", "name": "Mette Holm", "email": "m@x.dk", "consent": "1"}
    wrong = browser.submit(page, "/kontakt", **told, survey_by="sms", phone="12")
    assert filled_in(wrong.form("/kontakt"))["survey_by"] == "sms"
    browser.submit(wrong, "/kontakt", **told, survey_by="sms", phone="20304050")
    listed = web.services.cases.listed(None, list(type(close_a_case(web.services, 9).state)))
    (case,) = [case for case in listed if case.contact.email == "m@x.dk"]
    assert case.contact.survey_by == "sms"


def test_without_a_gateway_for_sms_it_is_not_offered(browser):
    page = browser.get("/kontakt")
    assert [field.get("value") for field in page.all("input", name="survey_by")] == ["mail", "none"]


@pytest.mark.parametrize(
    ("status", "delivery"),
    [("DELIVERED", "delivered"), ("UNDELIVERABLE", "failed"), ("ENROUTE", ""), (None, "")],
)
def test_the_gateway_reports_what_became_of_a_text_message(make_web, status, delivery):
    web = make_web(sms_token="x")
    close_a_case(web.services, email="", phone="20304050")
    with web.services.database.reading() as connection:
        reference = connection.execute(select(tables.survey_invitations.c.message_id)).scalar_one()
    told = {"id": 1, "msisdn": 4520304050, "time": 1450000000, "status": status, "userref": reference}
    address = f"{web.address}/sms/{web.services.signer.path('sms')}"
    assert requests.post(address, json=told, timeout=20).status_code == 204
    with web.services.database.reading() as connection:
        assert connection.execute(select(tables.survey_invitations.c.delivery)).scalar_one() == delivery


@pytest.mark.parametrize("body", ["", "[]", "7", '{"status": {}, "userref": 7}', '{"status": "DELIVERED"}'])
def test_a_report_that_cannot_be_read_breaks_nothing(web, body):
    address = f"{web.address}/sms/{web.services.signer.path('sms')}"
    assert requests.post(address, data=body, timeout=20).status_code in (204, 400)
    assert requests.post(f"{web.address}/sms/guess", data=body, timeout=20).status_code == 404
