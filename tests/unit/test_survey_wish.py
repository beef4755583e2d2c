"""How the chat asks whether, and in what way, a visitor may be asked afterwards how it went."""

import pytest

from bot.core.cases import Contact
from bot.core.handoff_form import Kind
from bot.core.surveys import Way, survey_ways

MAIL, SMS, NONE = Way.MAIL, Way.SMS, Way.NONE
AND_YES = {"consent": "yes"}


@pytest.mark.parametrize(
    ("text", "survey"),
    [
        ("Ja, men spørg mig ikke bagefter", "none"),
        ("ja men spørg ikke bagefter", "none"),
        ("ja tak, ingen spørgeskemaer", "none"),
        ("ja send det, men I må ikke spørge mig bagefter", "none"),
        ("ok, og jeg vil ikke spørges", "none"),
        ("ja, uden spørgsmål bagefter", "none"),
        ("Ja, og spørg på sms", "sms"),
        ("ja og spørg mig hellere på sms", "sms"),
        ("ja, gerne på sms", "sms"),
        ("Ja, og spørg på mail", "mail"),
        ("JA, SPØRG MIG PÅ E-MAIL BAGEFTER", "mail"),
    ],
)
def test_a_wish_beside_a_yes_is_taken_with_the_consent(read, text, survey):
    line = read("consent", text)
    assert (line.kind, line.values) == (Kind.VALUE, {**AND_YES, "survey": survey})


@pytest.mark.parametrize(
    ("text", "survey"),
    [
        ("spørg mig ikke", "none"),
        ("spørg ikke bagefter, tak", "none"),
        ("nej, spørg mig ikke bagefter", "none"),
        ("nej tak, ingen spørgsmål", "none"),
        ("hellere på sms", "sms"),
        ("spørg på mail i stedet", "mail"),
        ("spørg på mail alligevel", "mail"),
    ],
)
def test_a_wish_alone_is_no_consent_and_no_refusal(read, text, survey):
    line = read("consent", text)
    assert (line.kind, line.values) == (Kind.CORRECTION, {"survey": survey})


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("nej, send det ikke, og spørg mig ikke bagefter", Kind.REFUSED),
        ("ja, men vent, spørg mig ikke bagefter", Kind.UNUSABLE),
        ("ja, men ikke samtalen, og spørg på sms", Kind.UNUSABLE),
        ("afbryd", Kind.CANCEL),
        ("hvorfor spørger I bagefter?", Kind.QUESTION),
    ],
)
def test_what_else_a_line_says_still_counts(read, text, kind):
    assert read("consent", text).kind is kind


def test_a_wish_is_only_read_where_consent_is_asked_for(read):
    assert read("summary", "spørg mig ikke om penge").values == {"summary": "spørg mig ikke om penge"}


def test_every_button_under_the_question_is_understood(read, content):
    words = content.phrases["form"]
    for name, values in {
        "yes": AND_YES,
        "yes_none": {**AND_YES, "survey": "none"},
        "yes_sms": {**AND_YES, "survey": "sms"},
        "yes_mail": {**AND_YES, "survey": "mail"},
    }.items():
        assert read("consent", words.say(name)).values == values
    assert read("consent", words.say("no")).kind is Kind.REFUSED


@pytest.mark.parametrize(
    ("email", "phone", "chosen", "sms", "now", "others"),
    [
        ("a@b.dk", "20304050", "", True, MAIL, (SMS, NONE)),
        ("a@b.dk", "20304050", "", False, MAIL, (NONE,)),
        ("a@b.dk", "20304050", "sms", True, SMS, (MAIL, NONE)),
        ("a@b.dk", "20304050", "sms", False, MAIL, (NONE,)),
        ("a@b.dk", "20304050", "none", True, NONE, (MAIL, SMS)),
        ("a@b.dk", "", "sms", True, MAIL, (NONE,)),
        ("", "20304050", "", True, SMS, (NONE,)),
        ("", "20304050", "none", True, NONE, (SMS,)),
        ("", "20304050", "", False, NONE, ()),
        ("", "49282828", "", True, NONE, (SMS,)),
        ("", "80203040", "", True, NONE, ()),
        ("", "", "", True, NONE, ()),
    ],
)
def test_who_can_be_asked_can_choose_how(email, phone, chosen, sms, now, others):
    contact = Contact("Anna", email=email, phone=phone, survey_by=chosen)
    assert survey_ways(contact, sms) == (now, others)
