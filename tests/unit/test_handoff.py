"""A business is handed over to the right unit, once, with a date that the unit can keep."""

from dataclasses import replace
from datetime import datetime, timezone
from zoneinfo import ZoneInfo

import holidays
import pytest

from bot.core.case_links import token_hash
from bot.core.conversations import Message, Reply, Role
from bot.core.errors import Conflict, InvalidInput
from bot.core.handoff import LONGEST_SUMMARY, HandoffRequest, HandoffService
from bot.core.privacy import MASK
from bot.core.units import Units
from tests.unit.fakes import NOON, FakeCaseStore, FakeChance, FakeMailWriter, FakeReceipts, FakeTranscripts

DENMARK = ZoneInfo("Europe/Copenhagen")


def request(**changes):
    values = {
        "summary": "Jeg vil have et skilt",
        "name": "Mette Holm",
        "email": "mette@holm.dk",
        "consent": True,
    }
    return HandoffRequest(**{**values, **changes})


@pytest.fixture
def handing_over(content):
    def build(at=NOON, store=None, chance=None, transcripts=None, units=None):
        return HandoffService(
            units=units or content.units,
            municipality=content.municipality,
            knowledge=content.knowledge,
            phrases=content.phrases["routing"],
            store=store if store is not None else FakeCaseStore(),
            transcripts=transcripts or FakeTranscripts(),
            mails=FakeMailWriter(),
            receipts=FakeReceipts(),
            holidays=holidays.country_holidays("DK"),
            clock=lambda: at,
            chance=chance or FakeChance(),
        )

    return build


# routing


def test_the_unit_of_the_topic_gets_the_case_and_is_told_why(handing_over, content):
    receipt = handing_over().submit(request(topic="skiltning_facade"))
    unit = content.units.for_topic("skiltning_facade")
    assert receipt.case.unit == unit.id
    assert receipt.unit_name == receipt.line.unit == unit.name
    assert unit.name in receipt.case.routed_because
    assert content.knowledge.title("skiltning_facade") in receipt.case.routed_because


@pytest.mark.parametrize("topic", [None, "no_such_topic"])
def test_a_case_without_a_known_topic_goes_to_the_default_unit(handing_over, content, topic):
    receipt = handing_over().submit(request(topic=topic))
    unit = content.units.get(content.municipality.default_unit)
    assert receipt.case.unit == unit.id
    assert receipt.case.routed_because == content.phrases["routing"].say("default", unit=unit.name)


# the receipt


def test_the_reference_has_the_prefix_the_year_and_six_digits(handing_over):
    receipt = handing_over(chance=FakeChance("004711")).submit(request())
    assert receipt.line.reference == "HEL-2026-004711"


@pytest.mark.parametrize(
    ("at", "answer_by"),
    [
        (datetime(2026, 11, 22, 12, tzinfo=DENMARK), "2026-11-27"),
        (datetime(2026, 11, 23, 12, tzinfo=DENMARK), "2026-11-30"),
        (datetime(2026, 12, 18, 12, tzinfo=DENMARK), "2026-12-28"),
        (datetime(2026, 12, 23, 23, 59, tzinfo=DENMARK), "2026-12-31"),
        (datetime(2026, 12, 24, 12, tzinfo=DENMARK), "2027-01-04"),
        (datetime(2026, 12, 31, 12, tzinfo=DENMARK), "2027-01-08"),
        (datetime(2027, 3, 24, 12, tzinfo=DENMARK), "2027-04-05"),
    ],
)
def test_the_promised_date_is_five_working_days_ahead_over_every_holiday(
    handing_over, content, at, answer_by
):
    unit = replace(content.units.get(content.municipality.default_unit), working_days=5)
    service = handing_over(at=at, units=Units([unit]))
    assert service.submit(request()).line.answer_by == answer_by


def test_the_year_of_the_reference_is_the_year_in_denmark(handing_over):
    new_year = datetime(2027, 1, 1, 0, 30, tzinfo=DENMARK)
    assert new_year.astimezone(timezone.utc).year == 2026
    assert handing_over(at=new_year).submit(request()).line.reference.startswith("HEL-2027-")


# once and only once


def test_a_reference_that_is_taken_is_drawn_again(handing_over):
    store = FakeCaseStore("HEL-2026-000111", "HEL-2026-000222")
    receipt = handing_over(store=store, chance=FakeChance("000111", "000222", "000333")).submit(request())
    assert receipt.line.reference == "HEL-2026-000333"
    assert [case.reference for case in store.opened] == ["HEL-2026-000333"]
    assert [mail.subject for mail in store.mails] == ["HEL-2026-000333"] * 2


def test_when_no_reference_is_free_it_gives_up(handing_over):
    store = FakeCaseStore("HEL-2026-000111")
    with pytest.raises(Conflict):
        handing_over(store=store, chance=FakeChance(*["000111"] * 100)).submit(request())
    assert 1 < store.tries < 100
    assert store.opened == []


def test_the_same_request_twice_opens_one_case_and_gives_the_same_receipt(handing_over):
    kept = FakeCaseStore()
    service = handing_over(store=kept)
    first = service.submit(request(request_key="k1"))
    second = service.submit(request(request_key="k1", summary="Noget andet"))
    assert first.line == second.line
    assert len(kept.opened) == 1
    assert [mail.recipient for mail in kept.mails] == ["unit@test", "mette@holm.dk"]


def test_the_receipt_has_a_link_of_which_the_store_knows_the_hash_alone(handing_over):
    store = FakeCaseStore()
    receipt = handing_over(store=store).submit(request())
    assert store.links == [(receipt.case.id, token_hash(receipt.token))]
    assert [mail.body for mail in store.mails] == ["", receipt.token]


def test_a_receipt_that_is_asked_for_twice_has_a_link_to_the_first_case(handing_over):
    store = FakeCaseStore()
    service = handing_over(store=store)
    first, second = (service.submit(request(request_key="k1")) for _ in range(2))
    assert store.links[1:] == [(first.case.id, token_hash(second.token))]


def test_without_an_address_there_is_a_link_and_no_mail(handing_over):
    store = FakeCaseStore()
    receipt = handing_over(store=store).submit(request(email="", phone="49282828"))
    assert (receipt.token, len(store.links), len(store.mails)) == ("secret", 1, 1)


def test_the_link_of_an_earlier_case_does_not_follow_with_the_conversation(handing_over):
    said = Reply(Role.BOT, f"Her: https://x.dk/sag/{'a' * 43} Linket er dit.")
    service = handing_over(transcripts=FakeTranscripts("conv", [Message(1, NOON, said)]))
    case = service.submit(request(conversation="conv")).case
    assert case.transcript[0].text == "Her: https://x.dk/sag/… Linket er dit."


def test_two_requests_without_a_key_are_two_cases(handing_over):
    store = FakeCaseStore()
    service = handing_over(store=store)
    assert service.submit(request()).line.reference != service.submit(request()).line.reference
    assert len(store.opened) == 2


# what is kept


def test_a_cpr_number_is_masked_wherever_it_was_written(handing_over):
    case = (
        handing_over()
        .submit(
            request(summary="Mit CPR er 010190-1234", company="Firma 010190 1234", name="Mette 0101901234")
        )
        .case
    )
    assert case.summary == f"Mit CPR er {MASK}"
    assert case.contact.company == f"Firma {MASK}"
    assert case.contact.name == f"Mette {MASK}"


def test_the_fields_are_kept_in_their_stored_form(handing_over):
    case = (
        handing_over()
        .submit(
            request(
                cvr="DK 64 50 20 18",
                company="  Hansens   Bageri ",
                email="Mette@Holm.DK",
                phone="+45 49 28 28 28",
            )
        )
        .case
    )
    assert (case.contact.cvr, case.contact.company) == ("64502018", "Hansens Bageri")
    assert (case.contact.email, case.contact.phone) == ("mette@holm.dk", "49282828")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("(+45) 49 28 28 28", "49282828"),
        ("0045 49282828", "49282828"),
        ("+46 (0)70 123 45 67", "+46701234567"),
        (" 49\u200b282828\n", "49282828"),
    ],
)
def test_a_phone_number_may_be_written_as_people_do(handing_over, typed, kept):
    assert handing_over().submit(request(phone=typed)).case.contact.phone == kept


def test_company_and_cvr_may_be_left_out(handing_over):
    contact = handing_over().submit(request(company=" ", cvr=" ")).case.contact
    assert (contact.company, contact.cvr) == ("", "")


def test_a_phone_number_alone_is_a_way_to_answer(handing_over):
    contact = handing_over().submit(request(email="", phone="49282828")).case.contact
    assert (contact.email, contact.phone) == ("", "49282828")


def test_a_summary_may_be_as_long_as_the_sentence_says(handing_over, content):
    assert len(handing_over().submit(request(summary="x" * LONGEST_SUMMARY)).case.summary) == LONGEST_SUMMARY
    assert f"{LONGEST_SUMMARY:,}".replace(",", ".") in content.phrases["errors"].say("summary_long")


def test_the_conversation_follows_with_its_topics_and_without_what_the_system_said(handing_over):
    said = [
        (Role.BOT, "Hej", "hils"),
        (Role.VISITOR, "skilt?", None),
        (Role.SYSTEM, "vent", None),
        (Role.BOT, "Søg", "skiltning_facade"),
    ]
    messages = [
        Message(number, NOON, Reply(role, text, topic)) for number, (role, text, topic) in enumerate(said, 1)
    ]
    case = (
        handing_over(transcripts=FakeTranscripts("conv", messages)).submit(request(conversation="conv")).case
    )
    assert [(turn.role, turn.text, turn.topic) for turn in case.transcript] == [said[0], said[1], said[3]]
    assert case.conversation == "conv"


def test_a_case_from_the_contact_form_has_no_conversation(handing_over):
    case = handing_over().submit(request()).case
    assert (case.conversation, case.transcript) == (None, ())


# what cannot be taken


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"summary": ""}, "summary_missing", "summary"),
        ({"summary": "  x "}, "summary_missing", "summary"),
        ({"summary": "\u200b\u200b\u200b\u200b"}, "summary_missing", "summary"),
        ({"summary": "x" * (LONGEST_SUMMARY + 1)}, "summary_long", "summary"),
        ({"name": ""}, "name_missing", "name"),
        ({"name": "-"}, "name_missing", "name"),
        ({"name": "x" * 121}, "name_long", "name"),
        ({"company": "-"}, "company_missing", "company"),
        ({"company": "x" * 121}, "name_long", "company"),
        ({"cvr": "64502019"}, "cvr_check", "cvr"),
        ({"cvr": "ved ikke"}, "cvr_length", "cvr"),
        ({"email": "", "phone": ""}, "contact_missing", "contact"),
        ({"email": "mette@holm"}, "email_wrong", "email"),
        ({"email": "mette@holm", "phone": "49282828"}, "email_wrong", "email"),
        ({"phone": "ring"}, "phone_wrong", "phone"),
        ({"email": "mette holm@firma.dk"}, "email_wrong", "email"),
        ({"email": "49282828"}, "email_wrong", "email"),
        ({"phone": "25 01 90 12 34"}, "phone_wrong", "phone"),
        ({"phone": "49282828 eller 49282829"}, "phone_wrong", "phone"),
        ({"phone": "49 28 28 28 9"}, "phone_wrong", "phone"),
        ({"consent": False}, "consent_missing", "consent"),
    ],
)
def test_the_first_field_that_cannot_be_taken_is_named_and_nothing_is_stored(
    handing_over, content, changes, code, field
):
    store = FakeCaseStore()
    with pytest.raises(InvalidInput) as caught:
        handing_over(store=store).submit(request(**changes))
    assert (caught.value.code, caught.value.field) == (code, field)
    assert (store.opened, store.mails, store.tries) == ([], [], 0)
    assert content.phrases["errors"].say(code)
