"""Text messages through a server that behaves as GatewayAPI is documented to."""

import json
import time
from datetime import datetime, timedelta, timezone

import pytest

from bot.bootstrap import build_services
from bot.core.errors import Cause, DeliveryFailed
from bot.core.gsm import is_gsm, parts
from bot.core.mails import TextMessage
from bot.notify.outbox import OutboxDelivery
from bot.notify.sms import GatewayApi, arrived
from bot.settings import Settings
from bot.storage.outbox import OutboxRepository
from tests.certificates import loopback_certificate
from tests.integration.sms_stand_in import TOKEN, SmsStandIn
from tests.receiver import Receiver, dripping
from tests.servers import MovableClock, free_port

HELLO = TextMessage("survey.1", "+4520304050", "Hvordan gik det? Æblegrød på øen")


@pytest.fixture
def api():
    with SmsStandIn() as stand_in:
        yield stand_in


@pytest.fixture
def gateway(api):
    return GatewayApi(api.address, TOKEN, "Helsingor", timeout=5)


def test_a_message_is_posted_with_number_reference_and_sender(gateway, api):
    gateway.deliver(HELLO)
    assert api.taken == [
        {
            "sender": "Helsingor",
            "message": HELLO.body,
            "recipients": [{"msisdn": 4520304050}],
            "userref": "survey.1",
        }
    ]


def test_other_letters_than_those_of_gsm_are_said_to_be_wide(gateway, api):
    gateway.deliver(TextMessage("survey.2", "+46701234567", "Smørrebrød – 20 % 🙂"))
    assert (api.taken[0]["encoding"], api.taken[0]["recipients"]) == ("UCS2", [{"msisdn": 46701234567}])


def test_callback_and_time_to_send_go_with_the_message(api):
    nine = datetime(2026, 11, 24, 8, 0, tzinfo=timezone.utc)
    gateway = GatewayApi(
        api.address, TOKEN, "A sender that is too long", "https://x.dk/sms/abc", lambda item: nine
    )
    gateway.deliver(HELLO)
    sent = api.taken[0]
    assert (sent["callback_url"], sent["sendtime"], sent["sender"]) == (
        "https://x.dk/sms/abc",
        int(nine.timestamp()),
        "A sender th",
    )


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ((400, b'{"code": "0x0308", "message": "Invalid 4520304050"}'), "SmsRefused400 0x0308"),
        ((401, b'{"code": "0x0211", "message": "Invalid password"}'), "SmsRefused401 0x0211"),
        ((403, b'{"code": "0x0216", "message": "Insufficient credit"}'), "SmsRefused403 0x0216"),
        ((403, b'{"message": "4520304050 blacklisted"}'), "SmsRefused403"),
        ((422, b'{"code": ["0x0218"]}'), "SmsRefused422"),
        ((429, b""), "SmsRefused429"),
        ((500, b"<h1>4520304050</h1>"), "SmsRefused500"),
        ((502, b"[]"), "SmsRefused502"),
        ((302, b"{}"), "SmsRefused302"),
        # What a proxy or a captive portal says instead.
        ((200, b"<html>Welcome</html>"), "SmsUnclearAnswer"),
        ((200, b"{}"), "SmsUnclearAnswer"),
        ((200, b'{"ids": []}'), "SmsUnclearAnswer"),
        ((200, b"null"), "SmsUnclearAnswer"),
        ((200, b"\xff\xfe"), "SmsUnclearAnswer"),
    ],
)
def test_a_refusal_is_told_by_status_and_code_and_quotes_nobody(gateway, api, answer, kind):
    api.answer = answer
    with pytest.raises(DeliveryFailed) as error:
        gateway.deliver(HELLO)
    assert str(error.value) == kind


@pytest.mark.parametrize(
    ("status", "code", "cause", "permanent"),
    [
        (400, "0x0308", Cause.REFUSED, True),
        (422, "0x0218", Cause.REFUSED, True),
        (403, "0x0215", Cause.REFUSED, True),
        # An account that is empty, or used from the wrong place, is mended by people: the message must not be lost.
        (403, "0x0216", Cause.LOGIN, False),
        (403, "0x0213", Cause.LOGIN, False),
        (401, "0x0211", Cause.LOGIN, False),
        (401, "", Cause.LOGIN, False),
        (404, "", Cause.REFUSED, False),
        (429, "", Cause.BUSY, False),
        (500, "", Cause.BUSY, False),
    ],
)
def test_a_refusal_says_whether_the_next_try_may_do_better(gateway, api, status, code, cause, permanent):
    api.answer = (status, json.dumps({"code": code}).encode())
    with pytest.raises(DeliveryFailed) as error:
        gateway.deliver(HELLO)
    assert (error.value.cause, error.value.permanent) == (cause, permanent)


def test_a_wrong_token_is_refused(api):
    with pytest.raises(DeliveryFailed, match="SmsRefused401 0x0210"):
        GatewayApi(api.address, "another", "Helsingor").deliver(HELLO)
    assert api.taken == []


def test_nobody_listening_is_a_failed_delivery():
    with pytest.raises(DeliveryFailed, match="SmsConnectionRefusedError"):
        GatewayApi(f"http://127.0.0.1:{free_port()}/rest/mtsms", TOKEN, "x").deliver(HELLO)


def test_a_server_that_never_answers_is_given_up(api):
    api.silent = True
    with pytest.raises(DeliveryFailed, match="SmsTimeoutError|Smstimeout"):
        GatewayApi(api.address, TOKEN, "x", timeout=0.2).deliver(HELLO)


DRIPS = {
    "a status line": (b"HTTP/1.1 200 ", b"O"),
    "headers": (b"HTTP/1.1 200 OK\r\n", b"X-Wait: 1\r\n"),
    "an answer": (b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n", b" "),
    "an answer without an end": (b"HTTP/1.1 200 OK\r\n\r\n", b" "),
}


@pytest.mark.parametrize("certified", [False, True])
@pytest.mark.parametrize("drip", DRIPS.values(), ids=DRIPS)
def test_a_server_that_says_a_byte_now_and_then_is_given_up(drip, certified, tmp_path, monkeypatch):
    certificate = loopback_certificate(tmp_path) if certified else None
    if certificate:
        monkeypatch.setenv("SSL_CERT_FILE", certificate.ca_file)
    server = Receiver(certificate)
    server.talk = dripping(*drip)
    begun = time.monotonic()
    with pytest.raises(DeliveryFailed) as error:
        GatewayApi(server.address, TOKEN, "x", timeout=1, whole=1.5).deliver(HELLO)
    assert time.monotonic() - begun < 3
    assert (error.value.cause, error.value.permanent) == (Cause.UNREACHABLE, False)
    server.close()


@pytest.mark.parametrize("number", ["", "ring til mig", "+45 20 30 40 50", "+٤٥٢٠٣٠٤٠٥٠"])
def test_what_is_no_number_is_not_sent(gateway, api, number):
    with pytest.raises(DeliveryFailed, match="SmsNumber"):
        gateway.deliver(TextMessage("survey.1", number, "Hej"))
    assert api.taken == []


def test_an_answer_that_is_lost_sends_the_same_reference_again(database, gateway, api, clock):
    outbox = OutboxRepository(database)
    delivery = OutboxDelivery(outbox, gateway, clock)
    outbox.put(HELLO, clock())
    api.lost = True
    assert delivery.deliver_due() == 0
    api.lost = False
    clock.move(hours=9)
    assert delivery.deliver_due() == 1
    clock.move(hours=9)
    assert delivery.deliver_due() == 0
    assert [sms["userref"] for sms in api.taken] == ["survey.1", "survey.1"]


def test_settings_with_a_token_give_the_outbox_a_way_for_text_messages(tmp_path, content, api):
    clock = MovableClock()
    settings = Settings(
        var_dir=tmp_path, sms_token=TOKEN, sms_url=api.address, public_url="https://genvej.helsingor.dk"
    )
    services = build_services(settings, content=content, clock=clock)
    services.database.migrate()
    clock.move(hours=12)
    services.waiting.put(HELLO, clock())
    assert services.outbox.deliver_due() == 1
    sent = api.taken[0]
    assert sent["sender"] == "Helsingor"
    assert sent["callback_url"] == f"https://genvej.helsingor.dk/sms/{services.signer.path('sms')}"
    # It was due in the evening: the gateway keeps it until the morning.
    assert datetime.fromtimestamp(sent["sendtime"], clock().tzinfo) == clock() + timedelta(
        hours=9, minutes=45
    )


@pytest.mark.parametrize(
    ("status", "there"),
    [
        ("DELIVERED", True),
        ("ACCEPTED", True),
        ("UNDELIVERABLE", False),
        ("REJECTED", False),
        ("EXPIRED", False),
        ("ENROUTE", None),
        ("BUFFERED", None),
        ("", None),
        (None, None),
        (7, None),
    ],
)
def test_only_a_last_status_says_what_became_of_a_message(status, there):
    assert arrived(status) is there


@pytest.mark.parametrize(
    ("text", "gsm", "count"),
    [
        ("æøåÆØÅ @£$_-", True, 1),
        ("a" * 160, True, 1),
        ("a" * 161, True, 2),
        ("a" * 306, True, 2),
        ("a" * 307, True, 3),
        ("€" * 80, True, 1),
        ("€" * 81, True, 2),
        ("»" + "a" * 69, False, 1),
        ("»" + "a" * 70, False, 2),
        ("🙂" * 35, False, 1),
        ("🙂" * 36, False, 2),
    ],
)
def test_how_many_text_messages_a_text_is(text, gsm, count):
    assert (is_gsm(text), parts(text)) == (gsm, count)
