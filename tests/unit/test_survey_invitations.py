"""Who is asked, by what way, and by which signed link."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.bootstrap import load_holidays
from bot.core.cases import Case, CaseState, Contact, Outcome
from bot.core.survey_links import LinkSigner, token_hash
from bot.core.surveys import Known, SurveyRules, Way, invitation_for, reminder_id, way_for

DENMARK = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 23, 10, 15, tzinfo=DENMARK)
RULES = SurveyRules(DENMARK)
SIGNER = LinkSigner(b"a secret of more than sixteen bytes")
ANNA = Contact("Anna", "Café Ø", "10150817", "anna@firma.dk", "20304050")


def case(**changes):
    values = {
        "id": "case1",
        "reference": "HEL-2026-000001",
        "unit": "bevilling",
        "topic": "alkoholbevilling",
        "summary": "Øl",
        "contact": ANNA,
        "routed_because": "fordi",
        "created_at": NOW,
        "answer_by": date(2026, 11, 30),
        "state": CaseState.CLOSED,
    }
    return Case(**{**values, **changes})


def invite(about=None, known=None, rules=RULES):
    return invitation_for(
        about or case(),
        NOW,
        known or Known(),
        rules,
        load_holidays(),
        "f" * 32,
        "business",
        ("a", "b"),
    )


@pytest.mark.parametrize(
    ("email", "phone", "wish", "way"),
    [
        ("a@x.dk", "20304050", "", (Way.MAIL, "a@x.dk")),
        ("a@x.dk", "20304050", "mail", (Way.MAIL, "a@x.dk")),
        ("a@x.dk", "20304050", "sms", (Way.SMS, "+4520304050")),
        ("a@x.dk", "20304050", "none", (Way.NONE, "")),
        ("", "20304050", "", (Way.SMS, "+4520304050")),
        ("", "31304050", "", (Way.SMS, "+4531304050")),
        ("", "93304050", "", (Way.SMS, "+4593304050")),
        # A landline is asked only when it was chosen: some of its series have mobile telephones in them.
        ("", "49282828", "", (Way.NONE, "")),
        ("", "49282828", "sms", (Way.SMS, "+4549282828")),
        ("", "43304050", "", (Way.NONE, "")),
        ("", "+46701234567", "sms", (Way.SMS, "+46701234567")),
        ("", "+46701234567", "", (Way.NONE, "")),
        # Nobody reads a text message at a service number.
        ("", "70121212", "sms", (Way.NONE, "")),
        ("", "80121212", "sms", (Way.NONE, "")),
        # A way without an address gives way to the other.
        ("a@x.dk", "", "sms", (Way.MAIL, "a@x.dk")),
        ("", "20304050", "mail", (Way.SMS, "+4520304050")),
        ("", "", "", (Way.NONE, "")),
    ],
)
def test_the_way_is_the_chosen_one_then_mail_then_a_mobile_telephone(email, phone, wish, way):
    assert way_for(Contact("A", email=email, phone=phone, survey_by=wish)) == way


@pytest.mark.parametrize(
    ("email", "wish", "way"), [("a@x.dk", "sms", Way.MAIL), ("", "sms", Way.NONE), ("", "", Way.NONE)]
)
def test_without_an_sms_gateway_nobody_is_asked_by_sms(email, wish, way):
    contact = Contact("A", email=email, phone="20304050", survey_by=wish)
    assert way_for(contact, sms=False)[0] is way
    found = invite(case(contact=contact), rules=replace(RULES, sms=False))
    assert (found.way if found else Way.NONE) is way


def test_an_invitation_knows_its_unit_its_time_and_its_end():
    found = invite()
    assert (found.unit, found.topic, found.case_id, found.way) == (
        "bevilling",
        "alkoholbevilling",
        "case1",
        Way.MAIL,
    )
    assert found.send_at == datetime(2026, 11, 24, 8, 0, tzinfo=DENMARK)
    assert found.expires_at == datetime(2026, 12, 15, 8, 0, tzinfo=DENMARK)


@pytest.mark.parametrize("outcome", Outcome)
def test_however_a_unit_ends_a_case_the_business_is_asked(outcome):
    assert invite(case(outcome=outcome)) is not None


@pytest.mark.parametrize("state", [state for state in CaseState if state is not CaseState.CLOSED])
def test_a_case_that_is_open_taken_back_or_merged_is_not_asked_about(state):
    assert invite(case(state=state)) is None


def test_of_a_case_in_parts_only_the_whole_is_asked_about():
    assert invite(case(parent="case0")) is None


@pytest.mark.parametrize(
    ("ago", "asked"),
    [(timedelta(days=60), True), (timedelta(days=60, seconds=-1), False), (timedelta(0), False)],
)
def test_a_business_is_asked_once_in_the_days_of_the_setting(ago, asked):
    assert (invite(known=Known(asked_at=NOW - ago)) is not None) is asked


def test_who_wanted_no_more_is_not_asked_again_however_long_ago():
    assert invite(known=Known(opted_out=True, asked_at=NOW - timedelta(days=9999))) is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (ANNA, replace(ANNA, name="Bo", email="bo@firma.dk", phone="40304050"), True),
        (ANNA, replace(ANNA, cvr="29189366"), False),
        (replace(ANNA, cvr=""), replace(ANNA, cvr="", email="ANNA@Firma.dk"), True),
        (replace(ANNA, cvr="", email=""), replace(ANNA, cvr="", email="", phone="+4520304050"), True),
        (replace(ANNA, cvr="", email=""), replace(ANNA, cvr="", email="", phone="20304051"), False),
    ],
)
def test_a_business_is_known_by_cvr_number_else_mail_else_telephone(one, other, same):
    assert (SIGNER.business(one) == SIGNER.business(other)) is same


def test_hashes_show_neither_number_nor_address_and_need_the_secret():
    hashes = [SIGNER.business(ANNA), *SIGNER.addresses(ANNA)]
    assert len(hashes) == 3
    assert all(len(found) == 64 and "10150817" not in found and "anna" not in found for found in hashes)
    assert LinkSigner(b"another secret, long enough").business(ANNA) != hashes[0]
    assert SIGNER.addresses(replace(ANNA, email="ANNA@firma.dk", phone="+4520304050")) == tuple(hashes[1:])
    assert SIGNER.addresses(Contact("A", phone="20304050")) == (hashes[2],)


def test_a_token_belongs_to_one_invitation_and_one_end():
    found = invite()
    token = SIGNER.token(found)
    assert token == SIGNER.token(invite())
    assert len(token) == 16
    others = {
        SIGNER.token(replace(found, id="e" * 32)),
        SIGNER.token(replace(found, expires_at=found.expires_at + timedelta(seconds=1))),
        LinkSigner(b"another secret, long enough").token(found),
        SIGNER.more(found),
        SIGNER.path(found.id),
    }
    assert len(others) == 5
    assert token not in others
    assert token not in token_hash(token)


def test_a_secret_that_can_be_guessed_is_refused():
    with pytest.raises(ValueError):
        LinkSigner(b"short")


def test_a_reminder_has_an_id_of_its_own_that_is_known_from_the_invitation():
    assert reminder_id("<survey.f1@x.dk>") == "<reminder.f1@x.dk>"
    assert reminder_id("survey.survey.") == "reminder.survey."
