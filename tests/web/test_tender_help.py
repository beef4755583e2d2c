"""The tender helper's page: limits with days and sources, mistakes beside their fields, and nothing typed is lost."""

from urllib.parse import urlencode

import pytest

from tests.web.strict_browser import StrictBrowser, filled_in, words

HELP = "/udbudshjaelp"


@pytest.fixture
def browser(web):
    return StrictBrowser(web.address)


def ask(browser, **values):
    """Fill in the form that has the first value's field, and send it as a browser would."""
    page, own = browser.get(HELP), next(iter(values))
    fields = [field for field in page.all(name=own) if field.get("type") != "hidden"]
    form = next(form for form in page.all("form") if fields[0] in set(form.iter()))
    sent = {**filled_in(form), **{name.rstrip("_"): value for name, value in values.items()}}
    return browser.get(f"{HELP}?{urlencode(sent)}")


def test_the_page_asks_without_an_answer(browser):
    page = browser.get(HELP)
    assert page.status == 200
    assert words(page.find("h1")) == "Udbudshjælp"
    assert "23-11-2026" in [field.get("value") for field in page.all("input", name="dag")]
    assert not page.all("h3")


@pytest.mark.parametrize(
    ("values", "title", "said"),
    [
        ({"beloeb": "1,2 mio.", "art": "byggeri"}, "Underhåndsbud", "mindst 300.000 kr. og højst 3.000.000 kr."),
        ({"beloeb": "3.000.001", "art": "byggeri"}, "Licitation", "over 3.000.000 kr."),
        ({"beloeb": "299.999", "art": "byggeri"}, "Ét tilbud kan være nok", "under 300.000 kr."),
        ({"beloeb": "499.999", "art": "varer"}, "Direkte køb uden udbud", "under 500.000 kr."),
        ({"beloeb": "500.000", "art": "tjenester"}, "Køb på markedets vilkår", "1.611.360 kr."),
        ({"beloeb": "2.014.200", "moms": "med", "art": "varer"}, "EU-udbud", "Værdien er 1.611.360 kr. uden moms."),
        ({"beloeb": "1.044.400", "koeber": "stat", "art": "varer"}, "EU-udbud", "Staten skal holde EU-udbud"),
        ({"beloeb": "6 mio.", "art": "saerlige"}, "Udbud efter de lettere regler", "5.595.000 kr."),
        ({"beloeb": "1 mio.", "art": "saerlige"}, "Under grænsen for de lettere regler", "ikke kunnet bekræfte"),
        ({"beloeb": "400.000", "for_": "aar", "aar": "4", "option": "11.360", "art": "tjenester"}, "EU-udbud",
         "Det er 400.000 kr. om året i 4 år og 11.360 kr. i optioner."),
        ({"beloeb": "1.620.000", "art": "varer", "dag": "31-12-2025"}, "Køb på markedets vilkår", "1.644.638 kr."),
        ({"beloeb": "1.620.000", "art": "varer", "dag": "01-01-2026"}, "EU-udbud", "1.611.360 kr."),
        ({"beloeb": "1.620.000", "art": "varer", "dag": "01-01-2028"}, "Det ved jeg ikke for den dag", "gætter ikke"),
    ],
)  # fmt: skip
def test_a_job_gets_its_rules(browser, values, title, said):
    page = ask(browser, **values)
    assert page.status == 200
    assert words(page.find("h3")) == title
    assert said in page.text
    assert "{" not in page.text


def test_the_result_names_limits_with_days_sources_deadlines_and_whom_to_ask(browser, content):
    page = ask(browser, beloeb="2 mio.", art="tjenester")
    assert "Gælder fra 1. januar 2026 til 31. december 2027." in page.text
    assert "(tjekket 22. november 2026)" in page.text
    assert "fristen mindst 30 dage" in page.text
    assert "senest 6 dage før fristen" in page.text
    assert "mindst 10 kalenderdage" in page.text
    assert "TED" in page.text
    assert "Kommunen må ikke dele en opgave op" in page.text
    assert content.units.for_topic("taerskelvaerdi").name in page.text
    links = {link.get("href") for link in page.all("a")}
    assert {"https://danskelove.dk/udbudsloven/30", "/kontakt?emne=taerskelvaerdi", "/emner/espd"} <= links
    assert "Hent hele udbudsmaterialet i portalen." in page.text


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"beloeb": "", "art": "varer"}, "beloeb", "amount_missing"),
        ({"beloeb": "mange", "art": "varer"}, "beloeb", "amount_unclear"),
        ({"beloeb": "0", "art": "varer"}, "beloeb", "amount_not_positive"),
        ({"beloeb": "-5", "art": "varer"}, "beloeb", "amount_not_positive"),
        ({"beloeb": "9" * 40, "art": "varer"}, "beloeb", "amount_absurd"),
        ({"beloeb": "100"}, "art", "kind_missing"),
        ({"beloeb": "100", "art": "varer", "for_": "aar"}, "aar", "years_missing"),
        ({"beloeb": "100", "art": "varer", "for_": "aar", "aar": "0"}, "aar", "years_wrong"),
        ({"beloeb": "100", "art": "varer", "option": "-1"}, "option", "option_negative"),
        ({"beloeb": "100", "art": "varer", "dag": "31-02-2026"}, "dag", "date_wrong"),
        ({"besked": "", "sendt": "22-11-2026"}, "besked", "message_missing"),
        ({"besked": "mini", "sendt": "i går"}, "sendt", "date_wrong"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(browser, content, values, field, code):
    page = ask(browser, **values)
    assert page.status == 400
    assert words(page.find("span", id=f"{field}-fejl")) == f"Fejl: {content.tenders.errors[code]}"
    assert page.all("a", href=f"#{field}")
    assert page.all(id=field)
    kept = {}
    for form in page.all("form"):
        kept.update({name: value for name, value in filled_in(form).items() if value})
    for name, value in values.items():
        assert kept.get(name.rstrip("_"), "") == value
    assert not page.all("h3", class_="chat-helper__title")


def test_what_is_typed_is_never_markup(browser):
    page = ask(browser, beloeb='"><script>alert(1)</script>', art="varer")
    assert page.status == 400
    assert not [script for script in page.all("script") if "alert" in words(script)]


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"besked": "vinder_eu", "sendt": "15-03-2027"}, "Den slutter tirsdag den 30. marts 2027."),
        (
            {"besked": "vinder_eu", "sendt": "10-12-2026", "maade": "brev"},
            "Den slutter mandag den 28. december 2026.",
        ),
        ({"besked": "vinder_national", "sendt": "10-11-2026"}, "Klag senest torsdag den 24. december 2026"),
        ({"besked": "ramme", "sendt": "15-01-2027"}, "senest torsdag den 15. juli 2027"),
    ],
)
def test_a_message_gets_its_standstill_and_deadline(browser, values, said):
    page = ask(browser, **values)
    assert page.status == 200
    assert said in page.text


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("5798009811578", "kontrolcifferet passer"),
        ("5798 0098 1157 9", "ikke et gyldigt EAN-nummer"),
        ("579800981157", "for kort"),
        ("abc", "Der er andet end tal i det."),
        ("", "Skriv det EAN-nummer, du vil have tjekket."),
    ],
)
def test_an_ean_number_is_checked(browser, number, said):
    page = ask(browser, ean=number)
    assert page.status == 200
    assert said in page.text


def test_one_form_keeps_what_was_sent_from_another(browser):
    page = browser.get(f"{HELP}?beloeb=100&art=varer&besked=mini&sendt=22-11-2026&ean=5798009811578")
    for form in page.all("form"):
        assert filled_in(form)["beloeb"] == "100"
        assert filled_in(form)["sendt"] == "22-11-2026"
        assert filled_in(form)["ean"] == "5798009811578"


def test_the_pages_about_tenders_lead_to_it(browser, content):
    for topic in content.knowledge.topics.values():
        links = {link.get("href") for link in browser.get(f"/emner/{topic.id}").all("a")}
        assert (HELP in links) == (topic.theme == "udbud"), topic.id
    assert HELP in {link.get("href") for link in browser.get("/emner").all("a")}


def test_it_reads_its_texts_and_limits_in_a_browser_that_sends_anything(browser):
    page = browser.get(
        f"{HELP}?beloeb=%C3%A6&aar=%F0%9F%98%80&art=%22&dag=9999-99-99&for=aar&moms=med&koeber=x"
    )
    assert page.status == 400
