"""Who gets into the console: the right password does, a made-up cookie does not, and no login lasts for ever."""

import pytest
import requests

from bot.bootstrap import now
from bot.core.staff import StaffRole
from bot.web import console_app
from bot.web.accounts import Accounts
from tests.web.conftest import PASSWORD
from tests.web.strict_browser import StrictBrowser, filled_in, words

OPEN_CASES = "Åbne sager"


def test_who_is_not_logged_in_is_sent_to_the_login(console, case):
    for path in ("/", f"/sager/{case.id}", "/sager/findes-ikke"):
        page = StrictBrowser(console.address).get(path)
        assert page.address == f"{console.address}/login"
        assert case.reference not in page.text


def test_the_right_password_opens_the_list_of_cases(log_in, case):
    page = log_in("anna").page
    assert words(page.find("h1")) == OPEN_CASES
    assert "Anna Ås" in page.text
    assert case.reference in page.text
    assert "<b>fortovet</b>" in page.text


@pytest.mark.parametrize("login", ["ANNA", " anna "])
def test_a_login_may_be_written_in_any_case(log_in, login):
    assert words(log_in(login).page.find("h1")) == OPEN_CASES


@pytest.mark.parametrize(
    ("login", "password"),
    [
        ("anna", "forkert"),
        ("anna", ""),
        ("nobody", PASSWORD),
        ("", ""),
        ("anna' --", PASSWORD),
        ("anna", PASSWORD + " "),
    ],
)
def test_a_wrong_login_or_password_says_the_same_and_keeps_the_login(log_in, sentence, login, password):
    page = log_in(login, password).page
    assert page.status == 400
    assert page.alert() == sentence("login_wrong")
    assert page.find("input", name="login").get("value") == login
    assert not page.find("input", name="password").get("value")


def test_the_cookie_changes_at_login_and_is_out_of_reach_of_scripts(console, accounts):
    browser = StrictBrowser(console.address)
    page = browser.get("/login")
    before = browser.http.cookies["genvej_console"]
    fields = {**filled_in(page.form("/login")), "login": "anna", "password": PASSWORD}
    reply = browser.post("/login", fields, follow=False)
    assert reply.cookies["genvej_console"] != before
    assert "HttpOnly" in reply.headers["Set-Cookie"]
    assert "SameSite=Lax" in reply.headers["Set-Cookie"]


@pytest.mark.parametrize(
    "where", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:alert(1)"]
)
def test_the_login_leads_nowhere_but_to_the_list(console, accounts, where):
    browser = StrictBrowser(console.address)
    fields = filled_in(browser.get("/login").form("/login"))
    for name in ("next", "url", "return", "redirect", "til"):
        fields[name] = where
    fields |= {"login": "anna", "password": PASSWORD}
    reply = requests.post(
        f"{console.address}/login",
        params=fields,
        data=fields,
        cookies=browser.http.cookies,
        allow_redirects=False,
        timeout=20,
    )
    assert (reply.status_code, reply.headers["Location"]) == (302, "/")


@pytest.fixture
def limited(make_services, serve):
    """The console with its limits on, behind a proxy, so that tries can come from many addresses."""
    console = serve(console_app.create_app, make_services(at=now, rate_limit=1, trusted_proxies=1))
    for login in ("anna", *"abcde"):
        Accounts(console.services).add(login, login, StaffRole.STAFF, ("bevilling",), PASSWORD)
    browser = StrictBrowser(console.address)
    page = browser.get("/login")

    def attempt(login, password, address):
        browser.http.headers["X-Forwarded-For"] = address
        return browser.submit(page, "/login", login=login, password=password)

    return attempt


@pytest.mark.parametrize("same", ["login", "address"])
def test_after_five_tries_a_login_or_an_address_has_to_wait_even_with_the_right_password(
    limited, sentence, same
):
    for number, login in enumerate("abcde"):
        if same == "login":
            assert limited("anna", "forkert", f"203.0.113.{number}").status == 400
        else:
            assert limited(login, "forkert", "203.0.113.9").status == 400
    page = limited("anna", PASSWORD, "203.0.113.9")
    assert page.status == 429
    assert page.alert() in [sentence("login_wait", seconds=str(seconds)) for seconds in range(1, 61)]
    assert words(page.find("h1")) == "Log ind"


def test_a_session_ends_after_its_hours(console, log_in, clock):
    browser = log_in("anna")
    clock.move(hours=console.services.settings.session_hours, seconds=-1)
    assert words(browser.get("/").find("h1")) == OPEN_CASES
    clock.move(seconds=1)
    assert browser.get("/").address.endswith("/login")


def test_logging_out_ends_the_session_for_good(console, log_in):
    browser = log_in("anna")
    headers = {"Cookie": f"genvej_console={browser.http.cookies['genvej_console']}"}
    assert _location(console, headers) is None
    assert browser.submit(browser.get("/"), "/logud").address.endswith("/login")
    assert browser.get("/").address.endswith("/login")
    assert _location(console, headers) == "/login"


def test_a_new_password_ends_the_sessions_made_with_the_old_one(log_in, accounts):
    browser = log_in("anna")
    accounts.set_password("anna", "et helt nyt kodeord")
    assert browser.get("/").address.endswith("/login")
    assert words(log_in("anna", "et helt nyt kodeord").page.find("h1")) == OPEN_CASES


@pytest.mark.parametrize("cookie", ["", "x", "' OR 1=1 --", "x" * 3000, "\xff\xfe"])
def test_a_cookie_that_was_made_up_opens_nothing(console, case, cookie):
    headers = {"Cookie": f"genvej_console={cookie}".encode("latin-1")}
    assert _location(console, headers) == "/login"


def _location(console, headers):
    reply = requests.get(f"{console.address}/", headers=headers, allow_redirects=False, timeout=20)
    return reply.headers.get("Location")
