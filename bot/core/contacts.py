"""Checks of what a business tells about itself."""

import re

from bot.core.errors import InvalidInput

_CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
EMAIL = re.compile(
    r"(?<!\w)\w[\w.!#$%&'*+/=?^`{|}~-]{0,63}@(?:[A-Za-zÆØÅæøå0-9-]+\.)+[A-Za-zÆØÅæøå]{2,}(?!\w|-\w)"
)
_GAP = r"(?:[^\S\n]|[./\u2010-\u2015-]){0,2}"
_PLUS = r"(?:\+|(?<!\d)00)[^\S\n]?"
# With a country: +45 and eight digits, 45 and eight digits, any other country and its seven to fourteen.
_DANISH_WITH_COUNTRY = re.compile(rf"(?:{_PLUS}|(?<!\d))45((?:{_GAP}\d){{8}})(?!\d)")
_FOREIGN = re.compile(rf"{_PLUS}(?!45)([1-9](?:{_GAP}\d){{7,14}})(?!\d)")
_DANISH = re.compile(rf"(?<!\d)([2-9](?:{_GAP}\d){{7}})(?!\d)")
_BRACKETS = re.compile(r"\(0\)|[()]")
LONGEST_NAME = 120


def cvr(text: str) -> str:
    """Return the CVR number in `text` as eight digits.

    InvalidInput `cvr_length` when there are not eight digits, `cvr_check` when modulus 11 fails
    (weights 2, 7, 6, 5, 4, 3, 2, 1; Erhvervsstyrelsen).
    """
    digits = re.sub(r"[^0-9]", "", text)
    if len(digits) != 8:
        raise InvalidInput("cvr_length", "cvr")
    if digits.startswith("0") or sum(int(digit) * weight for digit, weight in zip(digits, _CVR_WEIGHTS)) % 11:
        raise InvalidInput("cvr_check", "cvr")
    return digits


def find_email(text: str) -> str:
    """Return the first e-mail address in `text`, or an empty string."""
    match = EMAIL.search(text)
    return match.group().lower() if match else ""


def find_phone(text: str) -> str:
    """Return the first phone number in `text` as `12345678` or `+46701234567`, or an empty string."""
    return _phone(_BRACKETS.sub(" ", EMAIL.sub(" ", text)), whole=False)


def email(text: str) -> str:
    """Return the e-mail address that a field holds; InvalidInput `email_wrong` when it holds anything else.

    Of "mette holm@firma.dk" a part is an address too, but somebody else's.
    """
    if not EMAIL.fullmatch(text):
        raise InvalidInput("email_wrong", "email")
    return text.lower()


def phone(text: str) -> str:
    """Return the phone number that a field holds, as `find_phone` does; InvalidInput `phone_wrong` otherwise."""
    number = _phone(_BRACKETS.sub(" ", text).strip(), whole=True)
    if not number:
        raise InvalidInput("phone_wrong", "phone")
    return number


def contact(text: str) -> dict:
    """Return {"email": …} and/or {"phone": …} found in `text`; InvalidInput `contact_missing` for neither."""
    found = {"email": find_email(text), "phone": find_phone(text)}
    found = {key: value for key, value in found.items() if value}
    if not found:
        raise InvalidInput("email_wrong" if "@" in text else "contact_missing", "contact")
    return found


def name(text: str, field: str) -> str:
    """Return a person's or company's name, white space folded; InvalidInput `<field>_missing` or `name_long`."""
    folded = " ".join(text.split())
    if len(re.sub(r"[\W_]", "", folded)) < 2:
        raise InvalidInput(f"{field}_missing", field)
    if len(folded) > LONGEST_NAME:
        raise InvalidInput("name_long", field)
    return folded


def _phone(text: str, whole: bool) -> str:
    for pattern, prefix in ((_DANISH_WITH_COUNTRY, ""), (_FOREIGN, "+"), (_DANISH, "")):
        match = pattern.fullmatch(text) if whole else pattern.search(text)
        if match:
            return prefix + re.sub(r"\D", "", match.group(1))
    return ""
