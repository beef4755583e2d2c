"""What a visitor finds a case by: its reference, or a secret link of which only a hash is stored."""

import hashlib
import re

ROOM = "/sag"
_TOKEN = re.compile(rf"({ROOM}/)[\w-]{{20,}}")


def token_hash(token: str) -> str:
    """Return what is stored of a token."""
    # An address may hold bytes that are no UTF-8; what they become matches no token.
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def address(site: str, token: str) -> str:
    """Return the link; `site` is the address of the public web."""
    return f"{site}{ROOM}/{token}"


def without_tokens(text: str) -> str:
    """Return a text without the secret part of links: whoever has the link can act as the visitor."""
    return _TOKEN.sub(r"\1…", text)


def find_reference(text: str, prefix: str) -> str:
    """Return the first reference in `text` as it is stored, or an empty string.

    Capitals do not count, and spaces may stand for hyphens, or nothing at all. `prefix` is the municipality's.
    """
    gap = r"[\s\-\u2010-\u2015]{0,2}"
    pattern = rf"(?<!\w){re.escape(prefix)}{gap}(\d{{4}}){gap}(\d{{6}})(?!\d)"
    match = re.search(pattern, text, re.IGNORECASE)
    return f"{prefix}-{match.group(1)}-{match.group(2)}" if match else ""
