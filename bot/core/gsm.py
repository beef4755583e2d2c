"""What an SMS holds: the GSM 7-bit alphabet, and how many parts a text takes (3GPP TS 23.038)."""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# These take two places.
_EXTENDED = frozenset("^{}\\[~]|€\f")
ONE_PART, EACH_PART = 160, 153
ONE_WIDE_PART, EACH_WIDE_PART = 70, 67


def is_gsm(text: str) -> bool:
    """Tell whether every character is in the 7-bit alphabet; æ, ø and å are."""
    return set(text) <= _BASIC | _EXTENDED


def parts(text: str) -> int:
    """Return how many text messages a text is sent and paid as."""
    if is_gsm(text):
        places, one, each = sum(2 if char in _EXTENDED else 1 for char in text), ONE_PART, EACH_PART
    else:
        places, one, each = len(text.encode("utf-16-be")) // 2, ONE_WIDE_PART, EACH_WIDE_PART
    return 1 if places <= one else -(-places // each)
