"""E-mail addresses and telephone numbers, as the handoff form writes them (bot/core/contacts.py).

The value of an address is in small letters, that of a Danish number eight digits, that of any other begins with + and
its country. phonenumbers finds them; a number with a label (»mobil 20 00 12 34«) is taken although no operator has
its series yet. What is an e-mail address is told by the pattern of the form, not by email-validator: a bot that sees
an address that its own form refuses, or the other way round, is worse than a loose pattern.
"""

import re
from typing import Iterator

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberMatcher

from bot.core.contacts import EMAIL as EMAIL_PATTERN
from bot.understanding.entities.entity import EMAIL, PHONE, Entity
from bot.understanding.entities.labels import says_cvr, says_other, says_phone

_DENMARK = 45
# Fewer digits than that are no telephone number anywhere; looking with phonenumbers costs more than all the rest.
_LONG = re.compile(r"\d(?:[^\w\n]{0,4}\d){6}")
_GAP = r"[ \t\u00a0\u202f.-]{0,2}"
_EIGHT = re.compile(rf"(?<![\w+])(?<!\d[-./])[2-9](?:{_GAP}\d){{7}}(?!\w|[-.,/]?\d)")
# 20.304.050 is an amount, 2026-11-03 a date, 2026-2029 some years.
_NO_PHONE = re.compile(
    r"(?:19|20)\d\d-(?:19|20)\d\d|\d{1,3}(?:\.\d{3})+|\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}"
)
_MONEY = re.compile(r"\s?(?:kr\b|kroner|dkk|,-|mio|m2)", re.I)


def find(text: str) -> Iterator[Entity]:
    """Give the e-mail addresses and telephone numbers of `text`."""
    if "@" in text:
        for match in EMAIL_PATTERN.finditer(text):
            yield Entity(EMAIL, match.group().lower(), match.group(), *match.span())
    if _LONG.search(text):
        yield from _phones(text)


def _phones(text: str) -> Iterator[Entity]:
    found = {(match.start, match.end): match.number for match in PhoneNumberMatcher(text, "DK")}
    for match in _EIGHT.finditer(text):
        if says_phone(text, match.start()):
            found.setdefault(match.span(), phonenumbers.parse(match.group(), "DK"))
    for (start, end), number in found.items():
        words = text[start:end]
        if _NO_PHONE.fullmatch(words) or _MONEY.match(text, end):
            continue
        if says_cvr(text, start) or says_other(text, start):
            continue
        solid = words.isdigit() and not says_phone(text, start)
        yield Entity(PHONE, _written(number), words, start, end, sure=not solid)


def _written(number: PhoneNumber) -> str:
    if number.country_code == _DENMARK:
        return str(number.national_number)
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)
