"""Cases about several things, and topics that others answer: what a visitor and staff see of them."""

import pytest
from sqlalchemy import select

from bot.core.handoff import HandoffRequest
from bot.storage.tables import cases, outbox
from tests.web.strict_browser import StrictBrowser
from tests.web.test_contact_form import FILLED
from tests.web.test_plans import QUERY


@pytest.fixture
def browser(web):
    return StrictBrowser(web.address)


def rows(web, table=cases):
    with web.services.database.reading() as connection:
        return connection.execute(select(table)).all()


def test_who_asks_about_what_others_answer_is_sent_on_and_may_insist(browser, web):
    page = browser.submit(browser.get("/kontakt"), "/kontakt", **{**FILLED, "topic": "navn_varemaerke"})
    assert page.status == 200
    assert page.find("a", href="https://www.dkpto.dk") is not None
    assert "43 50 80 00" in page.text
    assert rows(web) == []
    page = browser.submit(page, "/kontakt")
    [case] = rows(web)
    assert case.reference in page.text
    assert case.unit == "erhvervsservice"
    assert "gerne vil have hjælp fra kommunen" in case.routed_because


def test_who_was_told_before_they_wrote_is_not_told_again(browser, web):
    page = browser.get("/kontakt?emne=moms")
    assert "Skattestyrelsen tager sig af emnet" in page.text
    browser.submit(page, "/kontakt", **{**FILLED, "topic": "moms"})
    assert len(rows(web)) == 1


def test_who_is_told_of_one_topic_and_chooses_another_is_told_of_that(browser, web):
    page = browser.get("/kontakt?emne=moms")
    page = browser.submit(page, "/kontakt", **{**FILLED, "topic": "musik_koda"})
    assert "Koda og Gramex tager sig af emnet" in page.text
    assert rows(web) == []


def test_a_plan_opens_one_case_with_a_part_for_each_unit_and_one_receipt(browser, web):
    page = browser.get(f"/kontakt?plan=cafe&{QUERY}")
    told = {name: value for name, value in FILLED.items() if name not in ("summary", "topic")}
    receipt = browser.submit(page, "/kontakt", **told)
    whole, *parts = sorted(rows(web), key=lambda case: case.reference)
    assert (whole.unit, whole.parent_id) == ("erhvervsservice", None)
    assert {part.parent_id for part in parts} == {whole.id}
    assert {"byggesag", "bevilling", "vej_byrum"} <= {part.unit for part in parts}
    assert [part.reference for part in parts] == [f"{whole.reference}-{n}" for n in range(1, len(parts) + 1)]
    assert whole.reference in receipt.text
    assert not any(part.reference in receipt.text for part in parts)
    assert "Sagen går også til" in receipt.text
    mails = {mail.case_id: mail for mail in rows(web, outbox)}
    assert set(mails) == {whole.id, *(part.id for part in parts)}
    assert "Jeres del af sagen" in mails[parts[0].id].body
    assert "Jeres del af sagen" not in mails[whole.id].body


def test_a_made_up_plan_and_topics_do_no_harm(browser, web):
    page = browser.get("/kontakt")
    browser.submit(page, "/kontakt", **FILLED, plan="../x", topics="x,,havn,\x00", insist="y")
    assert {case.unit for case in rows(web)} == {"vej_byrum", "havn"}


@pytest.fixture
def family(console):
    """A case of `bevilling` with a part at `vej_byrum`: the whole and the part."""
    request = HandoffRequest(
        "Øl og borde",
        "Mette Holm",
        email="m@cafe.dk",
        consent=True,
        topics=("alkoholbevilling", "udeservering"),
    )
    whole = console.services.handoff.submit(request).case
    return whole, console.services.cases.parts(whole.id)[0]


def act(browser, case, action, **fields):
    return browser.submit(browser.get(f"/sager/{case.id}"), f"/sager/{case.id}/{action}", **fields)


def test_a_case_shows_its_parts_and_a_part_its_case_with_links_and_state(log_in, family):
    whole, part = family
    page = log_in("admin").get(f"/sager/{whole.id}")
    assert page.find("a", href=f"/sager/{part.id}") is not None
    assert "Vej og byrum. Ny, svar senest" in page.text
    assert "samler svarene" in page.text
    page = log_in("admin").get(f"/sager/{part.id}")
    assert page.find("a", href=f"/sager/{whole.id}") is not None
    assert "Det er denne del." in page.text


def test_a_part_of_another_unit_is_told_of_without_a_link(log_in, family):
    whole, part = family
    page = log_in("bo").get(f"/sager/{whole.id}")
    assert part.reference in page.text
    assert page.all("a", href=f"/sager/{part.id}") == []


def test_a_case_is_closed_after_its_parts(console, log_in, family, sentence):
    whole, part = family
    browser = log_in("admin")
    for case in family:
        act(browser, case, "tag")
    refused = act(browser, whole, "luk", outcome="answered", text="Svaret")
    assert sentence("parts_open") in refused.text
    act(browser, part, "luk", outcome="answered")
    assert "Du kan lukke sagen, når delene er lukket." not in browser.get(f"/sager/{whole.id}").text
    act(browser, whole, "luk", outcome="answered")
    assert {console.services.cases.get(case.id).state.value for case in family} == {"closed"}


def test_a_part_that_is_put_off_or_opened_again_shows_on_the_page_of_the_whole(console, log_in, family):
    whole, part = family
    browser = log_in("admin")
    act(browser, part, "ny-dato", answer_by="2027-01-14", text="Vi mangler en høring")
    page = browser.get(f"/sager/{whole.id}")
    assert f"Det følger med sag {part.reference}." in page.text
    assert page.text.count("Vi mangler en høring") == 1
    act(browser, part, "tag")
    act(browser, part, "luk", outcome="answered")
    act(browser, part, "genaabn", text="De ringede")
    assert "En del af sagen er åbnet igen" in browser.get(f"/sager/{whole.id}").text


def test_a_case_with_open_parts_is_not_offered_to_be_merged_but_to_take_the_other_in(console, log_in, family):
    whole, _ = family
    request = HandoffRequest(
        "Mere øl", "Mette Holm", email="m@cafe.dk", consent=True, topics=("alkoholbevilling",)
    )
    lone = console.services.handoff.submit(request).case
    browser = log_in("admin")
    page = browser.get(f"/sager/{whole.id}")
    assert lone.reference in page.text
    assert f"Læg den sammen med {lone.reference}" not in page.text
    assert f"Læg den sammen med {whole.reference}" in browser.get(f"/sager/{lone.id}").text
