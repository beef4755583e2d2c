"""What the API refuses, it refuses with the status and code of the contract and a Danish sentence."""

import json

import pytest
import requests

from tests.web.visitor import Visitor, raw

JSON = {"Content-Type": "application/json"}
NEEDS_TOKEN = [
    ("POST", "/chat/messages"),
    ("GET", "/chat/messages"),
    ("GET", "/chat/events"),
    ("POST", "/chat/messages/1/feedback"),
    ("GET", "/chat/transcript"),
    ("DELETE", "/chat/conversation"),
]


@pytest.fixture
def refused(sentence):
    """Check the whole answer to a refused call; `reply` is a response of requests or of `raw`."""

    def check(reply, status, code):
        found = getattr(reply, "status_code", None) or reply.status
        content = reply.content.decode("utf-8")
        assert (found, content and json.loads(content)) == (
            status,
            {"error": code, "message": sentence(code)},
        )
        assert reply.headers["Content-Type"] == "application/json"

    return check


def authorised(visitor):
    return {**JSON, **visitor.headers}


@pytest.mark.parametrize(("method", "path"), NEEDS_TOKEN)
@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer unknown",
        "Basic dXNlcjpwYXNz",
        "Bearer \xff\xfe",
        "Bearer æøå",
        "Bearer " + "x" * 4000,
        "' OR 1=1 --",
    ],
    ids=["none", "empty", "no token", "blank", "unknown", "basic", "not utf-8", "danish", "long", "sql"],
)
def test_a_call_without_a_known_token_is_refused(refused, web, method, path, header):
    headers = {} if header is None else {"Authorization": header.encode("latin-1")}
    refused(raw(web.address, method, path, b'{"text": "Hej"}', {**JSON, **headers}), 401, "unauthorized")


def test_the_id_of_a_conversation_is_not_its_token(refused, web, visitor):
    reply = requests.get(
        f"{web.address}/chat/messages", headers={"Authorization": f"Bearer {visitor.id}"}, timeout=20
    )
    refused(reply, 401, "unauthorized")


def test_a_token_in_the_address_opens_nothing(refused, web, visitor):
    refused(
        requests.get(f"{web.address}/chat/messages?token={visitor.token}", timeout=20), 401, "unauthorized"
    )


@pytest.mark.parametrize("scheme", ["bearer", "BEARER", "Bearer"])
def test_the_scheme_may_be_written_in_any_case(web, visitor, scheme):
    headers = {"Authorization": f"{scheme} {visitor.token}"}
    assert requests.get(f"{web.address}/chat/messages", headers=headers, timeout=20).status_code == 200


@pytest.mark.parametrize(
    "path", ["/chat/", "/chat/nothing", "/chat/messages/1/nothing", "/chat/../chat/x", "/chat/%00"]
)
def test_an_unknown_address_of_the_api_is_404_in_json(refused, web, path):
    refused(raw(web.address, "GET", path), 404, "not_found")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("GET", "/chat/conversations", "POST"),
        ("PUT", "/chat/messages", "GET, POST"),
        ("POST", "/chat/transcript", "GET"),
        ("GET", "/chat/conversation", "DELETE"),
        ("DELETE", "/chat/messages/1/feedback", "POST"),
        ("PATCH", "/chat/events", "GET"),
        ("OPTIONS", "/chat/messages", "GET, POST"),
    ],
)
def test_a_wrong_method_is_405_in_json_and_names_the_right_ones(refused, web, method, path, allowed):
    reply = raw(web.address, method, path)
    refused(reply, 405, "method_not_allowed")
    assert sorted(reply.headers["Allow"].split(", ")) == allowed.split(", ")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"x",
        b"null",
        b"true",
        b"1",
        b'"text"',
        b"[]",
        b'[{"text": "Hej"}]',
        b"{",
        b'{"text": "Hej"',
        b'{"text": "Hej"}}',
        b"{'text': 'Hej'}",
        b'{"text": Hej}',
        b'{"text": "\xff\xfe"}',
        b'\xef\xbb\xbf{"text": "Hej"}',
        '{"text": "Hej"}'.encode("utf-16"),
        b'{"text": "a\x00b"}',
        b'{"text": NaN}',
        b'{"text": "Hej", "page": NaN}',
        b'{"text": "Hej", "page": -Infinity}',
        b'{"text": 1e999}',
        b'{"text": ' + b"9" * 5000 + b"}",
        b'{"text": 5}',
        b'{"text": true}',
        b'{"text": ["Hej"]}',
        b'{"text": {"text": "Hej"}}',
        b'{"payload": 5}',
        b'{"payload": []}',
        b'{"text": "Hej", "payload": "/hils"}',
        b'{"text": null, "payload": "/hils"}',
        b'{"text": "Hej", "client_id": 5}',
        b'{"text": "Hej", "client_id": ""}',
        b'{"text": "Hej", "client_id": "\\u0000"}',
        b'{"text": "Hej", "client_id": "a b"}',
        b'{"text": "Hej", "client_id": "a\\n"}',
        b'{"text": "Hej", "client_id": "' + b"x" * 65 + b'"}',
        b"[" * 15_000,
        b'{"text": ' + b"[" * 6000 + b"]" * 6000 + b"}",
        b'{"a":' * 1500 + b"1" + b"}" * 1500,
    ],
    ids=lambda body: repr(body)[:40],
)
def test_a_body_that_is_not_as_the_contract_says_is_bad_json(refused, visitor, rasa, body):
    reply = raw(visitor.address, "POST", "/chat/messages", body, authorised(visitor))
    refused(reply, 400, "bad_json")
    assert rasa.received == []
    assert len(visitor.messages()) == 1


@pytest.mark.parametrize(
    "body",
    [b"[]", b"x", b"", b'{"page": 5}', b'{"page": ["x"]}', b'{"page": NaN}'],
)
def test_a_conversation_is_not_opened_by_a_bad_body(refused, web, body):
    refused(raw(web.address, "POST", "/chat/conversations", body, JSON), 400, "bad_json")


@pytest.mark.parametrize(
    "page", ["", None, "x" * 9000, "\ud800", "\x00", "ikke en adresse", "javascript:alert(1)"]
)
def test_no_page_that_is_text_keeps_a_conversation_from_being_opened(web, page):
    reply = requests.post(f"{web.address}/chat/conversations", json={"page": page}, timeout=20)
    assert reply.status_code == 201


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "\n\t\r\n", "\u00a0\u2003", "\u200b\u200b", "\u200d", "\ufeff", "\x00", "\x00\x00\x1b", "\ud800",
        "\u2060 \u00ad", "\ue000",
    ],
    ids=ascii,
)  # fmt: skip
def test_a_message_with_nothing_to_see_is_missing_its_text(refused, visitor, rasa, text):
    refused(visitor.send({"text": text}), 400, "text_missing")
    assert rasa.received == []
    assert len(visitor.messages()) == 1


@pytest.mark.parametrize("body", [{}, {"text": None}, {"client_id": "a"}, {"txt": "Hej"}, {"payload": None}])
def test_a_body_without_a_text_is_missing_its_text(refused, visitor, body):
    refused(visitor.send(body), 400, "text_missing")


@pytest.mark.parametrize("text", ["x" * 1001, "å" * 1001, "😀" * 1001], ids=["ascii", "danish", "emoji"])
def test_a_text_of_one_thousand_and_one_characters_is_too_long(refused, visitor, rasa, text):
    refused(visitor.send({"text": text}), 400, "text_too_long")
    assert rasa.received == []


def test_a_lone_half_of_a_surrogate_pair_is_taken_out_and_the_rest_is_kept(visitor, rasa):
    body = b'{"text": "Hej \\ud83d der\\u0000 og \\udc00 her"}'
    reply = raw(visitor.address, "POST", "/chat/messages", body, authorised(visitor))
    assert json.loads(reply.content)["messages"][0]["text"] == "Hej  der og  her"
    assert rasa.messages == ["Hej  der og  her"]


@pytest.mark.parametrize("text", ["\x00Hej", "He\x00j", "Hej\x1b\x07", "\u202eHej"], ids=ascii)
def test_control_characters_are_taken_out(visitor, text):
    assert visitor.send({"text": text}).json()["messages"][0]["text"] == "Hej"


@pytest.mark.parametrize(
    "payload",
    ["", "/hils", "/restart", "/tal_med_medarbejder", "\ud800", "\x00", "x" * 5000, '/hils{"a": 1}'],
)
def test_a_payload_that_was_never_offered_is_unknown(refused, visitor, rasa, payload):
    refused(visitor.send({"payload": payload}), 400, "unknown_payload")
    assert rasa.received == []
    assert len(visitor.messages()) == 1


@pytest.mark.parametrize("path", ["/chat/messages", "/chat/conversations", "/chat/messages/1/feedback"])
@pytest.mark.parametrize(
    "content_type", [None, "", "text/plain", "application/x-www-form-urlencoded", "json", "application/jsonx"]
)
def test_a_body_that_is_not_called_json_is_refused(refused, visitor, path, content_type):
    headers = {**visitor.headers, **({} if content_type is None else {"Content-Type": content_type})}
    refused(raw(visitor.address, "POST", path, b'{"text": "Hej"}', headers), 415, "unsupported_media_type")


@pytest.mark.parametrize(
    "content_type", ["application/json; charset=utf-8", "APPLICATION/JSON", "application/json ;x=y"]
)
def test_json_may_be_called_so_with_parameters_and_in_any_case(visitor, content_type):
    headers = {**visitor.headers, "Content-Type": content_type}
    assert raw(visitor.address, "POST", "/chat/messages", b'{"text": "Hej"}', headers).status == 200


def test_a_body_of_exactly_sixteen_kib_is_read(visitor):
    body = b'{"text": "Hej", "page": "' + b"x" * (16 * 1024 - 27) + b'"}'
    assert len(body) == 16 * 1024
    assert raw(visitor.address, "POST", "/chat/messages", body, authorised(visitor)).status == 200


@pytest.mark.parametrize("path", ["/chat/messages", "/chat/conversations", "/chat/messages/1/feedback"])
def test_a_body_over_sixteen_kib_is_refused(refused, visitor, rasa, path):
    body = b'{"text": "Hej", "page": "' + b"x" * (16 * 1024 - 26) + b'"}'
    assert len(body) == 16 * 1024 + 1
    refused(raw(visitor.address, "POST", path, body, authorised(visitor)), 413, "too_large")
    assert rasa.received == []


def test_a_body_sent_in_chunks_is_measured_too(refused, visitor, rasa):
    def chunks():
        yield b'{"text": "'
        for _ in range(20):
            yield b"x" * 1024
        yield b'"}'

    refused(
        visitor.http.post(
            f"{visitor.address}/chat/messages", data=chunks(), headers=authorised(visitor), timeout=20
        ),
        413,
        "too_large",
    )
    assert rasa.received == []


def test_the_service_goes_on_after_everything_it_refused(web, rasa):
    visitor = Visitor(web.address)
    for body in (b"[" * 15_000, b"\xff", b"x" * 20_000):
        raw(web.address, "POST", "/chat/messages", body, authorised(visitor))
    assert visitor.say("Hej")
