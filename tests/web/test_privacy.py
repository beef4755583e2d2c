"""A CPR number is nowhere, a typed command is plain text, and no log knows what a visitor wrote."""

import logging

import pytest
import sqlalchemy
from sqlalchemy import text as sql

from tests.web.rasa_stand_in import ANSWER
from tests.web.visitor import Visitor, raw

MASK = "[CPR-nummer fjernet]"
SECRET = "Hemmeligheden er rabarber"


def everything_stored(services):
    """Return every row of every table, as one text."""
    with services.database.reading() as connection:
        tables = sqlalchemy.inspect(connection).get_table_names()
        rows = [connection.execute(sql(f'SELECT * FROM "{table}"')).all() for table in tables]
    return str(rows)


@pytest.mark.parametrize(
    "number",
    [
        "010190-1234",
        "0101901234",
        "010190 1234",
        "010190 - 1234",
        "01 01 90 12 34",
        "01.01.90-1234",
        "010190\u20131234",
    ],
)
def test_a_cpr_number_reaches_neither_the_reply_nor_the_storage_nor_rasa(web, visitor, rasa, number):
    reply = visitor.send({"text": f"Mit nummer er {number}, kan I hjælpe?"})
    assert reply.json()["messages"][0]["text"] == f"Mit nummer er {MASK}, kan I hjælpe?"
    assert rasa.messages == [f"Mit nummer er {MASK}, kan I hjælpe?"]
    assert MASK in visitor.messages()[1]["text"]
    assert MASK in visitor.get("transcript").text
    for place in (reply.text, visitor.get("transcript").text, everything_stored(web.services)):
        assert number not in place
        assert "1234" not in place


def test_a_cpr_number_hidden_by_characters_without_width_is_masked(visitor, rasa):
    visitor.say("010190\u200b-\u00ad12\x0034")
    assert rasa.messages == [MASK]


def test_a_cpr_number_in_the_comment_of_a_feedback_or_in_the_page_is_masked(web, visitor):
    visitor.post("messages/1/feedback", json={"useful": True, "comment": "ring til 010190-1234"})
    visitor.http.post(
        f"{web.address}/chat/conversations", json={"page": "https://x.dk/0101901234"}, timeout=20
    )
    stored = everything_stored(web.services)
    assert stored.count(MASK) == 2
    assert "1234" not in stored


def test_what_stands_behind_the_address_of_the_page_is_not_stored(web, visitor):
    page = {"page": "https://x.dk/erhverv?navn=Anna+Holm#Anna"}
    visitor.http.post(f"{web.address}/chat/conversations", json=page, timeout=20)
    stored = everything_stored(web.services)
    assert "https://x.dk/erhverv" in stored
    assert "Anna" not in stored


@pytest.mark.parametrize(
    "text",
    [
        "CVR 10150817",
        "ring 49 28 28 28",
        "+45 49282828",
        # A short one asks where the case stands, and never reaches the bot.
        "Vi har sendt papirer til sag HEL-2026-123456. Hvad koster det at have borde og stole ude hele året for os?",
        "1.000.000 kr.",
    ],
)
def test_numbers_that_the_units_need_are_kept(visitor, rasa, text):
    assert visitor.send({"text": text}).json()["messages"][0]["text"] == text
    assert rasa.messages == [text]


@pytest.mark.parametrize(
    ("typed", "received"),
    [
        ("/hils", "hils"),
        ("/restart", "restart"),
        ('  /hils{"a":1}', 'hils{"a":1}'),
        ("//hils", "hils"),
        ("/ /restart", "restart"),
        ("/\n/restart", "restart"),
        ("/\t/restart", "restart"),
        ("/\u00a0/restart", "restart"),
        ("\u200b/restart", "restart"),
        ("/\u200b/restart", "restart"),
        ("\x00/restart", "restart"),
        ("/session_start", "session_start"),
        ("/tal_med_medarbejder", "tal_med_medarbejder"),
        ("hils /restart", "hils /restart"),
        ("\uff0fhils", "\uff0fhils"),
    ],
    ids=ascii,
)
def test_a_typed_command_reaches_rasa_as_plain_text(visitor, rasa, typed, received):
    visitor.say(typed)
    assert rasa.messages == [received]


@pytest.mark.parametrize("typed", ["/", "//", "/ /", "/\n/"], ids=ascii)
def test_slashes_alone_reach_rasa_as_something_that_is_no_command(visitor, rasa, typed):
    own = visitor.send({"text": typed}).json()["messages"][0]
    assert own["text"] == typed
    assert rasa.messages[0]
    assert not rasa.messages[0].startswith("/")


def test_what_was_typed_is_shown_as_it_was_typed(visitor):
    assert visitor.send({"text": '/hils{"a":1}'}).json()["messages"][0]["text"] == '/hils{"a":1}'


def test_an_offered_choice_reaches_rasa_as_the_command_it_is_and_shows_its_title(visitor, rasa):
    rasa.says(*ANSWER)
    visitor.say("øl")
    payload = '/alkoholbevilling{"aspekt":"pris"}'
    reply = visitor.send({"payload": payload})
    assert reply.json()["messages"][0]["text"] == "Hvad koster det?"
    assert rasa.messages == ["øl", payload]


def test_a_choice_may_be_tapped_again_later(visitor, rasa):
    rasa.says(*ANSWER)
    visitor.say("øl")
    rasa.says({"text": "Andet"})
    for _ in range(3):
        visitor.say("noget andet")
    assert visitor.tap("/tal_med_medarbejder")
    assert rasa.messages[-1] == "/tal_med_medarbejder"


def test_a_choice_offered_in_another_conversation_is_unknown_here(web, rasa):
    anna, bo = Visitor(web.address), Visitor(web.address)
    rasa.says(*ANSWER)
    anna.say("øl")
    reply = bo.send({"payload": "/tal_med_medarbejder"})
    assert (reply.status_code, reply.json()["error"]) == (400, "unknown_payload")


def test_typing_the_payload_of_a_choice_does_not_offer_it(visitor, rasa):
    visitor.say("/restart")
    assert visitor.send({"payload": "/restart"}).json()["error"] == "unknown_payload"
    assert rasa.messages == ["restart"]


def corrupt_the_messages(web):
    """Let every later look at a message fail with an error that quotes what is stored."""
    with web.services.database.writing() as connection:
        connection.execute(sql("UPDATE messages SET role = 'rabarber'"))


def break_the_database(web):
    """Let every later query on messages fail with an error that quotes what was asked."""
    with web.services.database.writing() as connection:
        connection.execute(sql("ALTER TABLE messages RENAME TO gone"))


def test_no_text_and_no_token_of_a_visitor_is_in_the_log(web, rasa, caplog):
    caplog.set_level(logging.DEBUG)
    visitor = Visitor(web.address)
    visitor.say(SECRET)
    visitor.post("messages/1/feedback", json={"useful": False, "comment": SECRET})
    visitor.send({"text": SECRET * 60})
    visitor.send({"payload": SECRET})
    raw(
        web.address,
        "POST",
        "/chat/messages",
        f'{{"text": "{SECRET}'.encode(),
        {**visitor.headers, "Content-Type": "application/json"},
    )
    rasa.drops()
    assert visitor.send({"text": SECRET}).status_code == 503
    rasa.sends(500, SECRET)
    assert visitor.send({"text": SECRET}).status_code == 503
    corrupt_the_messages(web)
    assert visitor.get("messages").status_code == 500
    break_the_database(web)
    assert visitor.send({"text": SECRET}).status_code == 503
    visitor.erase()
    # The errors are in the log, without what they quote.
    assert "unexpected ValueError at " in caplog.text
    assert "the database is not available: OperationalError" in caplog.text
    for secret in ("rabarber", visitor.token, visitor.id):
        assert secret not in caplog.text


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
@pytest.mark.parametrize(
    ("trouble", "status", "code"),
    [(corrupt_the_messages, 500, "server_error"), (break_the_database, 503, "storage_unavailable")],
)
def test_an_unexpected_error_shows_nothing_of_the_insides(web, sentence, accept, trouble, status, code):
    visitor = Visitor(web.address)
    trouble(web)
    headers = {**visitor.headers, "Accept": accept}
    reply = visitor.http.get(f"{web.address}/chat/messages", headers=headers, timeout=20)
    assert reply.status_code == status
    assert reply.json() == {"error": code, "message": sentence(code)}


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/nothing", b""),
        ("GET", "/emner/nothing", b""),
        ("PUT", "/", b""),
        ("POST", "/samtale", b"text=Hej"),
        ("POST", "/kontakt", b""),
        ("GET", "/samtale/udskrift", b""),
        ("GET", "/static/nothing.css", b""),
        ("GET", "/static/../api.py", b""),
        ("GET", "/static/%2e%2e/api.py", b""),
        ("GET", "/static/../../settings.py", b""),
        ("POST", "/samtale", b"x" * 20_000),
        ("BREW", "/", b""),
        ("GET", "/chat/messages?after=%ff%00", b""),
        ("GET", "/%ff%fe", b""),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_no_error_names_a_library_a_path_or_a_trace(web, method, path, body):
    reply = raw(web.address, method, path, body, {"Content-Type": "application/x-www-form-urlencoded"})
    assert 400 <= reply.status < 500
    shown = (reply.content.decode() + str(reply.headers)).lower()
    for inside in (
        "sanic",
        "traceback",
        "sqlalchemy",
        "rasa",
        "jinja",
        "python",
        "site-packages",
        ".py",
        "aiohttp",
    ):
        assert inside not in shown
    assert "server" not in {name.lower() for name in reply.headers}


@pytest.mark.parametrize(
    "path", ["/", "/kontakt", "/nothing", "/healthz", "/static/base.css", "/chat/messages"]
)
def test_every_answer_carries_the_headers_that_protect_the_visitor(web, path):
    headers = raw(web.address, "GET", path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert policy["base-uri"] == "'none'"
    assert policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_who_may_embed_the_chat_is_a_setting(make_web):
    web = make_web(frame_ancestors="https://www.helsingor.dk")
    policy = raw(web.address, "GET", "/").headers["Content-Security-Policy"]
    assert policy.endswith("frame-ancestors https://www.helsingor.dk")


@pytest.mark.parametrize("path", ["/", "/kontakt"])
def test_a_page_with_a_conversation_is_not_kept_by_browsers(web, path):
    assert raw(web.address, "GET", path).headers["Cache-Control"] == "no-store"


def test_messages_are_not_kept_by_browsers(visitor):
    for reply in (visitor.get("messages"), visitor.get("transcript"), visitor.send({"text": "Hej"})):
        assert reply.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("secure", [0, 1])
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(make_web, secure):
    cookie = raw(make_web(secure_cookies=secure).address, "GET", "/").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert ("Secure" in cookie) is bool(secure)
