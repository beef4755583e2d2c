"""The words before a long number that tell whose it is."""

import re

_END = r"(?:(?:[\s.-]*(?:nr|nummer(?:et)?|no))?[\s.:=#-]*(?:er|på|hedder)?[\s:]*)$"
_CVR = re.compile(
    rf"(?<!\w)(?:cvr|se-?(?=nr|nummer)|moms-?(?=nr|nummer)|virksomheds(?=nr|nummer)){_END}", re.I
)
_PHONE = re.compile(
    rf"(?<!\w)(?:tlf|telefon|mobil|mob|ring(?:\s+(?:til\s+(?:mig|os)|gerne))?|sms|telefonnummer|kontakt){_END}",
    re.I,
)
_OTHER = re.compile(
    rf"(?<!\w)(?:p|p-|produktionsenhed|sags?|journal|faktura|regning|ordre|kunde|medlems?|konto|reg|ean|iban|løbe|id|serie|"
    rf"matrikel|kvittering|bilag|reference|ref|cpr|cpv(?:-?koden?)?){_END}",
    re.I,
)
_REACH = 30


def says_cvr(text: str, start: int) -> bool:
    """Tell whether »cvr« or the like leads to what begins at `start`."""
    return bool(_CVR.search(_before(text, start)))


def says_phone(text: str, start: int) -> bool:
    """Tell whether »tlf.«, »ring på« or the like leads to what begins at `start`."""
    return bool(_PHONE.search(_before(text, start)))


def says_other(text: str, start: int) -> bool:
    """Tell whether it is a number of some other kind: a case, an invoice, a production unit."""
    return bool(_OTHER.search(_before(text, start)))


def _before(text: str, start: int) -> str:
    return text[max(0, start - _REACH) : start]
