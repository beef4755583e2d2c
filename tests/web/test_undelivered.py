"""What did not get through is shown to who can do something about it, and it is remembered who did."""

from datetime import timedelta

import pytest
import requests
from sqlalchemy import select

from bot.core.errors import Cause, DeliveryFailed
from bot.core.handoff import HandoffRequest
from bot.core.mails import Mail
from bot.core.undelivered import STUCK_AFTER
from bot.storage.tables import outbox
from tests.web.strict_browser import filled_in

ADDRESS = "/ikke-leveret"


@pytest.fixture
def hand_over(console):
    """Open cases of somebody who gave a telephone number alone: one mail each, the unit's."""

    def submit(summary, topic):
        request = HandoffRequest(summary, "Mette Holm", phone="49282828", topic=topic, consent=True)
        return console.services.handoff.submit(request).case

    return submit


@pytest.fixture
def refused(console, gateway, case, clock):
    """The mail about a case, which the unit's server has refused for good."""
    gateway.error = DeliveryFailed("SMTPRecipientsRefused", Cause.REFUSED, permanent=True)
    for _ in range(3):
        console.services.outbox.deliver_due()
        clock.move(minutes=5)
    gateway.error = None
    return item(console)


def item(console):
    with console.services.database.reading() as connection:
        return connection.execute(select(outbox)).first()


def count(page):
    """Return the number beside the link in the menu."""
    [link] = page.all("a", href=ADDRESS)
    return "".join(link.itertext()).split()[-1]


def test_a_mail_that_is_set_aside_is_shown_with_reason_age_and_case(log_in, refused, case):
    page = log_in("anna").get(ADDRESS)
    for told in (
        "Beskeder, der ikke kom frem",
        "Modtageren vil ikke tage imod den",
        f"Mail til {refused.recipient}",
        "for 15 minutter siden",
        "3 gange",
        "Prøves ikke mere",
        case.reference,
    ):
        assert told in page.text
    assert page.all("a", href=f"/sager/{case.id}")


def test_the_menu_counts_what_each_has_to_see_to(log_in, refused):
    shown = {login: count(log_in(login).get("/")) for login in ("anna", "bo", "carl", "admin")}
    assert shown == {"anna": "1", "bo": "1", "carl": "frem", "admin": "1"}


def test_other_units_neither_see_it_nor_do_anything_about_it(console, log_in, refused, sentence):
    carl = log_in("carl")
    assert refused.recipient not in carl.get(ADDRESS).text
    csrf = carl.page.find("input", name="csrf").get("value")
    page = carl.post(f"{ADDRESS}/{refused.id}/klaret", {"csrf": csrf})
    assert (page.status, sentence("not_allowed") in page.text) == (403, True)
    assert item(console).state == "aside"


def test_what_belongs_to_no_case_is_the_administrators(console, log_in, gateway, clock):
    console.services.waiting.put(Mail("<1@x.dk>", "leder@x.dk", "Ugen", "Hej\n"), clock())
    gateway.error = DeliveryFailed("x", permanent=True)
    for _ in range(3):
        console.services.outbox.deliver_due()
        clock.move(minutes=5)
    assert "leder@x.dk" not in log_in("anna").get(ADDRESS).text
    page = log_in("admin").get(ADDRESS)
    assert "leder@x.dk" in page.text
    assert "Hører ikke til en sag" in page.text


def test_what_is_tried_again_goes_out_with_the_same_message_id_and_the_log_tells_who(
    console, log_in, gateway, refused
):
    browser = log_in("anna")
    page = browser.submit(browser.get(ADDRESS), f"{ADDRESS}/{refused.id}/igen")
    assert page.address == f"{console.address}{ADDRESS}"
    assert "Prøvet igen, Anna Ås" in page.text
    assert console.services.outbox.deliver_due() == 1
    assert {mail.message_id for mail in gateway.tried} == {refused.message_id}
    page = browser.get(ADDRESS)
    assert "Alt er kommet frem" in page.text
    assert count(page) == "frem"


def test_what_is_settled_in_another_way_is_not_sent_any_more(console, log_in, gateway, refused, clock):
    browser = log_in("bo")
    page = browser.submit(browser.get(ADDRESS), f"{ADDRESS}/{refused.id}/klaret")
    assert "Klaret på en anden måde, Bo Bang" in page.text
    clock.move(days=30)
    assert console.services.outbox.deliver_due() == 0
    assert item(console).state == "settled"
    assert "Klaret på en anden måde" in log_in("admin").get(ADDRESS).text
    assert "Bo Bang" not in log_in("carl").get(ADDRESS).text


def test_of_two_who_act_on_the_same_the_second_is_told(console, log_in, refused, sentence):
    anna, bo = log_in("anna"), log_in("bo")
    seen = bo.get(ADDRESS)
    anna.submit(anna.get(ADDRESS), f"{ADDRESS}/{refused.id}/klaret")
    page = bo.submit(seen, f"{ADDRESS}/{refused.id}/igen")
    assert (page.status, page.alert()) == (409, sentence("undelivered_conflict"))
    assert item(console).state == "settled"


def test_what_a_worker_is_delivering_now_is_not_tried_a_second_time(console, log_in, case, clock):
    [waiting] = console.services.waiting.due(clock())
    for _ in range(STUCK_AFTER):
        [waiting] = console.services.waiting.due(clock())
        assert console.services.waiting.claim(waiting, clock() + timedelta(minutes=3))
        clock.move(minutes=3)
    [waiting] = console.services.waiting.due(clock())
    console.services.waiting.claim(waiting, clock() + timedelta(minutes=3))
    browser = log_in("admin")
    page = browser.submit(browser.get(ADDRESS), f"{ADDRESS}/{waiting.id}/igen")
    assert page.status == 409
    assert console.services.waiting.due(clock()) == []


def test_mails_that_nobody_sends_are_shown_too(log_in, case, clock):
    assert "Alt er kommet frem" in log_in("anna").get(ADDRESS).text
    clock.move(minutes=16)
    page = log_in("anna").get(ADDRESS)
    assert "Ingen har prøvet at sende den endnu" in page.text
    assert "Prøves igen" in page.text


@pytest.mark.parametrize("path", ["1/slet", "999/igen", "999/klaret", "99999999999999999999/igen"])
def test_what_is_not_there_does_nothing(console, log_in, refused, path):
    browser = log_in("admin")
    fields = filled_in(browser.get(ADDRESS).form(f"{ADDRESS}/{refused.id}/igen"))
    assert browser.post(f"{ADDRESS}/{path}", fields).status in (404, 409)
    assert item(console).state == "aside"


def test_a_form_that_did_not_come_from_our_own_page_is_refused(console, log_in, refused):
    assert log_in("admin").post(f"{ADDRESS}/{refused.id}/igen", {"csrf": "x"}).status == 400
    assert item(console).state == "aside"


def test_without_a_login_nothing_is_shown(console, refused):
    for send in (requests.get, requests.post):
        reply = send(f"{console.address}{ADDRESS}", allow_redirects=False, timeout=20)
        assert reply.status_code in (302, 405)
    reply = requests.post(f"{console.address}{ADDRESS}/{refused.id}/igen", allow_redirects=False, timeout=20)
    assert reply.headers["Location"] == "/login"


def test_there_is_a_sentence_for_every_cause(content):
    for cause in Cause:
        assert content.phrases["console"].say(f"undelivered_{cause.value}").endswith(".")


def test_the_metrics_tell_how_the_outbox_stands(console, case, refused, hand_over, clock):
    hand_over("Tilbygning", "byggetilladelse")
    clock.move(minutes=2)
    text = requests.get(f"{console.address}/metrics", timeout=20).text
    for line in (
        "genvej_outbox_waiting 1.0",
        "genvej_outbox_oldest_seconds 120.0",
        "genvej_outbox_set_aside 1.0",
    ):
        assert line in text.splitlines()
    console.services.database.close()


def test_the_metrics_do_without_the_outbox_when_the_database_is_away(console, case):
    with console.services.database.writing() as connection:
        connection.exec_driver_sql("ALTER TABLE outbox RENAME TO gone")
    reply = requests.get(f"{console.address}/metrics", timeout=20)
    assert reply.status_code == 200
    assert "genvej_outbox" not in reply.text
    assert "genvej_requests_total" in reply.text
