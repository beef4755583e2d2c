"""Who saw a case, a case's records, and what people may ask for, over HTTP and by role."""

import hashlib
import io
import json
import zipfile

import pypdf
import pytest
import requests

from bot.core.staff import StaffRole
from tests.web.strict_browser import filled_in

ADDRESS = "/indsigt"


def csrf_of(page):
    return page.find("input", name="csrf").get("value")


def download(browser, page, action, **fields):
    """Send a form and return the archive it answers with."""
    response = browser.post(action, {**filled_in(page.form(action)), **fields}, follow=False)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/zip"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["content-disposition"].endswith('.zip"')
    return zipfile.ZipFile(io.BytesIO(response.content))


def words_of(pdf):
    return " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages).split())


def test_a_case_shows_who_has_seen_it_and_how_often(console, log_in, case, clock):
    anna, bo = log_in("anna"), log_in("bo")
    anna.get(f"/sager/{case.id}")
    clock.move(minutes=5)
    anna.get(f"/sager/{case.id}")
    clock.move(minutes=5)
    page = bo.get(f"/sager/{case.id}")
    assert (
        "Set af Bo Bang 23. november 2026 kl. 10.25 Anna Ås 23. november 2026 kl. 10.20, 2 gange" in page.text
    )
    assert [entry.staff for entry in console.services.audit.of_case(case.id)] == [
        "Anna Ås",
        "Anna Ås",
        "Bo Bang",
    ]


def test_who_is_turned_away_has_not_seen_it(console, log_in, case):
    assert log_in("carl").get(f"/sager/{case.id}").status == 403
    assert console.services.audit.of_case(case.id) == []


def test_the_list_of_cases_is_no_reading_of_them(console, log_in, case):
    log_in("anna").get("/")
    assert console.services.audit.of_case(case.id) == []


def test_the_records_of_a_case_are_a_pdf_data_and_their_checksums(console, log_in, case):
    console.services.outbox.deliver_due()
    log_in("bo").get(f"/sager/{case.id}")
    browser = log_in("anna")
    browser.submit(browser.get(f"/sager/{case.id}"), f"/sager/{case.id}/tag")
    page = browser.get(f"/sager/{case.id}")
    archive = download(browser, page, f"/sager/{case.id}/akter")
    assert sorted(archive.namelist()) == ["SHA256SUMS", "sag.json", "sag.pdf"]
    for line in archive.read("SHA256SUMS").decode().splitlines():
        sum_, name = line.split("  ")
        assert hashlib.sha256(archive.read(name)).hexdigest() == sum_
    document = json.loads(archive.read("sag.json"))
    assert (document["schema"], document["municipality"]) == ("genvej-case/1", "helsingor")
    assert document["case"]["reference"] == case.reference
    assert document["case"]["contact"]["email"] == "mette@cafe.dk"
    assert [event["kind"] for event in document["case"]["history"]] == ["opened", "claimed"]
    assert {mail["state"] for mail in document["case"]["mails"]} == {"sent"}
    assert {seen["staff"] for seen in document["case"]["seen"]} == {"Anna Ås", "Bo Bang"}
    assert document["case"]["seen"][-1]["kind"] == "records"
    words = words_of(archive.read("sag.pdf"))
    for told in (
        case.reference,
        "Mette Holm",
        "Café & Co",
        "fortovet",
        "Alkoholbevilling",
        "Bo Bang",
        "Taget",
    ):
        assert told in words
    assert "Akter hentet Anna Ås" in browser.get(f"/sager/{case.id}").text


def test_the_records_of_a_case_hold_those_that_were_merged_into_it(console, log_in, case, hand_over):
    other = hand_over("Det samme igen", "alkoholbevilling")
    browser = log_in("anna")
    browser.submit(browser.get(f"/sager/{other.id}"), f"/sager/{other.id}/saml", survivor=case.id)
    archive = download(browser, browser.get(f"/sager/{case.id}"), f"/sager/{case.id}/akter")
    [merged] = json.loads(archive.read("sag.json"))["merged"]
    assert merged["reference"] == other.reference
    assert "Det samme igen" in words_of(archive.read("sag.pdf"))
    kinds = [entry.kind.value for entry in console.services.audit.of_case(other.id)]
    # Before and after they were put together, and on the page of the one that is answered.
    assert kinds == ["read", "read", "read", "records"]


@pytest.mark.parametrize("login", ["carl", None])
def test_another_unit_gets_no_records(console, log_in, case, login):
    browser = log_in(login or "anna")
    fields = {"csrf": csrf_of(browser.page)}
    if login is None:
        browser.http.cookies.clear()
    response = browser.post(f"/sager/{case.id}/akter", fields, follow=False)
    assert response.status_code == (403 if login else 302)
    assert console.services.audit.of_case(case.id) == []


def test_records_are_not_taken_out_by_a_form_of_another_site(console, log_in, case):
    response = log_in("anna").post(f"/sager/{case.id}/akter", {"csrf": "x"}, follow=False)
    assert response.status_code == 400
    assert console.services.audit.of_case(case.id) == []


@pytest.mark.parametrize("role", [role for role in StaffRole if role is not StaffRole.ADMIN])
def test_only_an_administrator_reaches_the_pages_about_people(console, accounts, log_in, case, role):
    accounts.add("ny", "Ny", role, ("bevilling",), "korrekt hest batteri hæfteklamme")
    browser = log_in("ny")
    assert not browser.page.all("a", href=ADDRESS)
    fields = {"csrf": csrf_of(browser.page), "person": "mette@cafe.dk", "reason": "request", "scope": "all"}
    answers = [browser.http.get(f"{console.address}{path}") for path in (ADDRESS, f"{ADDRESS}/log")]
    answers += [browser.post(f"{ADDRESS}{path}", fields, follow=False) for path in ("", "/hent", "/slet")]
    assert [answer.status_code for answer in answers] == [403] * 5
    assert all("mette@cafe.dk" not in answer.text for answer in answers)
    assert console.services.cases.get(case.id)
    assert console.services.audit.listed() == []


def test_without_a_login_the_pages_lead_to_it(console):
    for path in (ADDRESS, f"{ADDRESS}/log"):
        assert requests.get(f"{console.address}{path}", allow_redirects=False).headers["location"] == "/login"
    assert (
        requests.post(f"{console.address}{ADDRESS}/slet", {"person": "x"}, allow_redirects=False).status_code
        == 302
    )


def test_an_administrator_finds_takes_out_and_deletes_what_is_held(
    console, log_in, case, hand_over, sentence
):
    browser = log_in("admin")
    page = browser.submit(browser.get(ADDRESS), ADDRESS, person="Mette@Cafe.dk")
    assert [(term.text, count.text) for term, count in zip(page.all("dt"), page.all("dd"))][0] == (
        "Sager",
        "1",
    )
    assert f"{case.reference} Ny. Sagen er ikke afsluttet." in page.text
    assert "cafe.dk" not in page.address
    archive = download(browser, page, f"{ADDRESS}/hent")
    assert json.loads(archive.read("data.json"))["cases"][0]["summary"] == case.summary
    assert "Mette Holm" in words_of(archive.read("data.pdf"))
    refused = browser.submit(page, f"{ADDRESS}/slet", reason="request")
    assert (refused.status, refused.alert()) == (400, sentence("erase_open"))
    kept = browser.submit(refused, f"{ADDRESS}/slet", reason="request", scope="allowed")
    assert kept.status == 200
    assert console.services.cases.get(case.id).summary == case.summary
    page = browser.submit(browser.get(ADDRESS), ADDRESS, person="mette@cafe.dk")
    done = browser.submit(page, f"{ADDRESS}/slet", reason="request", scope="all")
    assert "Nu er det slettet: Sager (1)" in done.text
    assert "mette@cafe.dk" not in done.text
    assert case.reference not in browser.get("/?tilstand=lukkede").text
    log = browser.get(f"{ADDRESS}/log?sag={case.reference.lower()}")
    assert "Slettede alt om en person, Administrator" in log.text
    assert "Også det, der skulle gemmes." in log.text
    assert "mette" not in log.text.lower()


@pytest.mark.parametrize(
    ("person", "code"), [("", "person_unclear"), ("Mette", "person_unclear"), ("25313763", "person_either")]
)
def test_a_search_for_nobody_is_said_so(log_in, person, code, sentence):
    browser = log_in("admin")
    page = browser.submit(browser.get(ADDRESS), ADDRESS, person=person)
    assert (page.status, page.alert()) == (400, sentence(code))


def test_a_search_that_finds_nothing_is_said_so(log_in):
    browser = log_in("admin")
    page = browser.submit(browser.get(ADDRESS), ADDRESS, person="ingen@firma.dk")
    assert "Vi har ikke gemt noget" in page.text
    assert not page.all("form", action=f"{ADDRESS}/slet")


def test_deleting_needs_a_reason(console, log_in, case, sentence):
    browser = log_in("admin")
    page = browser.submit(browser.get(ADDRESS), ADDRESS, person="mette@cafe.dk")
    page = browser.submit(page, f"{ADDRESS}/slet", scope="all")
    assert (page.status, page.alert()) == (400, sentence("erase_why"))
    assert console.services.cases.get(case.id)
