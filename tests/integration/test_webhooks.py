"""A case system is told of each new case as Standard Webhooks says, and can trust who tells."""

import base64
import hashlib
import hmac
import time

import pytest

from bot.bootstrap import load_gateways
from bot.core.errors import Cause, DeliveryFailed, InvalidSetting
from bot.core.mails import WebhookCall
from bot.core.patience import Patience
from bot.notify.webhooks import Signer, WebhookGateway
from bot.settings import Settings
from tests.certificates import loopback_certificate
from tests.receiver import Receiver, dripping
from tests.servers import free_port

KEY = bytes(range(32))
SECRET = f"whsec_{base64.b64encode(KEY).decode()}"
OLD = f"whsec_{base64.b64encode(b'o' * 24).decode()}"
BODY = '{"type":"case.opened","data":{"summary":"Øl 😀"}}'
HURRY = Patience(connect=1, acceptance=1, whole=2)


@pytest.fixture
def receive():
    running = []

    def go(**options):
        running.append(Receiver(**options))
        return running[-1]

    yield go
    for receiver in running:
        receiver.close()


@pytest.fixture
def receiver(receive):
    return receive()


@pytest.fixture
def webhooks(clock):
    def make(secret=SECRET, ca_file=""):
        return WebhookGateway(Signer(secret), clock, ca_file, HURRY)

    return make


def call(address, body=BODY):
    return WebhookCall("case_1_opened", address, body)


def failed(gateway, address):
    with pytest.raises(DeliveryFailed) as caught:
        gateway.deliver(call(address))
    return caught.value


def signature(key, headers, body):
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


def test_the_signature_is_that_of_the_standards_own_example(clock):
    # From the test vectors of the standard's reference libraries.
    signer = Signer("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = clock().fromtimestamp(1614265330, clock().tzinfo)
    found = signer.headers("msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}')
    assert found == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_a_call_arrives_signed_over_the_very_bytes_that_are_sent(receiver, webhooks, clock):
    webhooks().deliver(call(receiver.address))
    [(path, headers, body)] = receiver.got
    assert (path, body) == ("/sager", BODY.encode())
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert headers["webhook-id"] == "case_1_opened"
    assert headers["webhook-timestamp"] == str(int(clock().timestamp()))
    assert headers["webhook-signature"] == signature(KEY, headers, body)


def test_each_try_has_the_same_id_and_a_time_of_its_own(receiver, webhooks, clock):
    for _ in range(2):
        webhooks().deliver(call(receiver.address))
        clock.move(minutes=1)
    (_, first, _), (_, second, _) = receiver.got
    assert first["webhook-id"] == second["webhook-id"]
    assert int(second["webhook-timestamp"]) - int(first["webhook-timestamp"]) == 60


def test_while_the_secret_changes_both_sign(receiver, webhooks):
    webhooks(f"{SECRET} {OLD}").deliver(call(receiver.address))
    [(_, headers, body)] = receiver.got
    assert headers["webhook-signature"].split() == [signature(key, headers, body) for key in (KEY, b"o" * 24)]


@pytest.mark.parametrize(
    ("status", "cause", "permanent"),
    [
        (301, Cause.BUSY, False),
        (400, Cause.REFUSED, True),
        (401, Cause.REFUSED, True),
        (404, Cause.REFUSED, True),
        (408, Cause.BUSY, False),
        (410, Cause.REFUSED, True),
        (422, Cause.REFUSED, True),
        (429, Cause.BUSY, False),
        (500, Cause.BUSY, False),
        (503, Cause.BUSY, False),
    ],
)
def test_a_refusal_is_for_good_or_for_now(receiver, webhooks, status, cause, permanent):
    receiver.status, receiver.headers = status, {"Location": receiver.address}
    error = failed(webhooks(), receiver.address)
    assert (str(error), error.cause, error.permanent) == (f"HTTP{status}", cause, permanent)
    assert len(receiver.got) == 1


@pytest.mark.parametrize("status", [200, 201, 202, 204])
def test_every_2xx_is_accepted(receiver, webhooks, status):
    receiver.status = status
    webhooks().deliver(call(receiver.address))
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("120", 120),
        ("Mon, 23 Nov 2026 09:25:00 GMT", 600),
        ("Mon, 23 Nov 2026 09:00:00 GMT", 0),
        ("Mon, 23 Nov 2026 09:25:00", 0),
        ("-5", 0),
        ("soon", 0),
        ("²", 0),
        ("", 0),
    ],
)
@pytest.mark.parametrize("status", [429, 503])
def test_a_receiver_may_say_when_to_come_back(receiver, webhooks, status, said, seconds):
    receiver.status, receiver.headers = status, {"Retry-After": said}
    assert failed(webhooks(), receiver.address).retry_after == seconds


def says_nothing(connection):
    connection.settimeout(10)
    while connection.recv(1000):
        pass


says_a_header_now_and_then = dripping(b"HTTP/1.1 200 OK\r\n", b"X-Wait: 1\r\n")


@pytest.mark.parametrize("certified", [False, True])
@pytest.mark.parametrize("talk", [says_nothing, says_a_header_now_and_then])
def test_a_receiver_that_half_hangs_is_given_up_in_time_for_the_lease(
    receive, webhooks, tmp_path, talk, certified
):
    certificate = loopback_certificate(tmp_path) if certified else None
    receiver = receive(certificate=certificate)
    receiver.talk = talk
    begun = time.monotonic()
    gateway = webhooks(ca_file=certificate.ca_file if certificate else "")
    assert failed(gateway, receiver.address).cause is Cause.UNREACHABLE
    assert time.monotonic() - begun < HURRY.whole + 1


def test_a_receiver_that_is_down_is_a_failed_delivery(webhooks):
    error = failed(webhooks(), f"http://127.0.0.1:{free_port()}/")
    assert (error.cause, error.permanent) == (Cause.UNREACHABLE, False)


def test_a_receiver_that_nobody_vouches_for_is_told_nothing(receive, webhooks, tmp_path):
    certificate = loopback_certificate(tmp_path)
    secure = receive(certificate=certificate)
    assert failed(webhooks(), secure.address).cause is Cause.ENCRYPTION
    assert secure.got == []
    webhooks(ca_file=certificate.ca_file).deliver(call(secure.address))
    assert len(secure.got) == 1


@pytest.mark.parametrize("address", ["http://esdh.helsingor.dk/", "ftp://127.0.0.1/", "https://", "", "x"])
def test_a_case_goes_over_no_network_unencrypted(webhooks, address):
    assert failed(webhooks(), address).permanent
    if address:
        with pytest.raises(InvalidSetting, match="GENVEJ_WEBHOOK_URL"):
            load_gateways(Settings(webhook_url=address, webhook_secret=SECRET))


@pytest.mark.parametrize(
    "secret", ["", "hemmelig", "whsec_", "whsec_kort", f"whsec_{'A' * 100}", SECRET[6:], f"{SECRET} x"]
)
def test_a_secret_that_cannot_be_used_is_said_and_not_quoted(secret):
    with pytest.raises(InvalidSetting) as caught:
        Signer(secret)
    assert "GENVEJ_WEBHOOK_SECRET" in str(caught.value)
    assert len(secret) < 10 or secret[6:] not in str(caught.value)
