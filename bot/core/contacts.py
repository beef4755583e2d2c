"""Checks of what a business tells about itself."""

import re

from bot.core.errors import InvalidInput

_CVR_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-zÆØÅæøå0-9-]+(?:\.[A-Za-zÆØÅæøå0-9-]+)+")
_PHONE = re.compile(r"(?<!\d)(?:(?:\+|00)(\d{1,3})[ .-]?)?((?:\d[ .-]?){7}\d)(?![\d])")
_FOREIGN_PHONE = re.compile(r"(?:\+|00)(?:\d[ .-]?){8,14}\d(?!\d)")
LONGEST_NAME = 120


def cvr(text: str) -> str:
    """Return the CVR number in `text` as eight digits.

    InvalidInput `cvr_length` when there are not eight digits, `cvr_check` when modulus 11 fails
    (weights 2, 7, 6, 5, 4, 3, 2, 1; Erhvervsstyrelsen).
    """
    digits = re.sub(r"\D", "", re.sub(r"^\s*(cvr|dk)\W*(nr|nummer)?\W*", "", text, flags=re.I))
    if len(digits) != 8:
        raise InvalidInput("cvr_length", "cvr")
    if digits.startswith("0") or sum(int(digit) * weight for digit, weight in zip(digits, _CVR_WEIGHTS)) % 11:
        raise InvalidInput("cvr_check", "cvr")
    return digits


def find_email(text: str) -> str:
    """Return the first e-mail address in `text`, or an empty string."""
    match = _EMAIL.search(text)
    return match.group().rstrip(".").lower() if match else ""


def find_phone(text: str) -> str:
    """Return the first phone number in `text` as `12345678` or `+46701234567`, or an empty string."""
    without_mail = _EMAIL.sub(" ", text)
    foreign = _FOREIGN_PHONE.search(without_mail)
    if foreign:
        digits = re.sub(r"\D", "", foreign.group())
        digits = digits[2:] if foreign.group().startswith("00") else digits
        return digits[2:] if digits.startswith("45") and len(digits) == 10 else f"+{digits}"
    match = _PHONE.search(without_mail)
    digits = re.sub(r"\D", "", match.group(2)) if match else ""
    return "" if digits.startswith(("0", "1")) else digits


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
