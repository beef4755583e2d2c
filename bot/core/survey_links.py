"""The signed links of a survey, and the hashes by which a business is known again without being kept."""

import base64
import hashlib
import hmac
from typing import Iterable, Tuple

from bot.core.cases import Contact
from bot.core.surveys import Invitation, international

# 96 bits: more than can be tried, and short enough for an SMS.
_BYTES = 12


class LinkSigner:
    """Signs with the municipality's secret. What was signed can be made again, so that no link has to be stored."""

    def __init__(self, secret: bytes):
        if len(secret) < 16:
            raise ValueError("the secret is too short to sign with")
        self._secret = secret

    def token(self, invitation: Invitation) -> str:
        """Return the token of an invitation's link; it also holds until when the link may be used."""
        expires = str(int(invitation.expires_at.timestamp()))
        return self._sign("survey", invitation.id, expires)

    def more(self, invitation: Invitation) -> str:
        """Return what lets the one who answered add the longer part."""
        return self._sign("more", invitation.id)

    def same(self, ours: str, given: str) -> bool:
        """Tell whether what was given is what we signed; how long that takes does not tell how much of it is right."""
        return hmac.compare_digest(ours.encode(), given.encode(errors="replace"))

    def path(self, name: str) -> str:
        """Return a part of an address that only who was told it knows."""
        return self._sign("path", name)

    def business(self, contact: Contact) -> str:
        """Return the hash of a business: by its CVR number, else its e-mail address, else its telephone."""
        return self._hash("business", contact.cvr or contact.email.lower() or international(contact.phone))

    def addresses(self, contact: Contact) -> Tuple[str, ...]:
        """Return the hashes of all addresses that a business was reached at."""
        found = (contact.email.lower(), international(contact.phone) if contact.phone else "")
        return tuple(self._hash("address", address) for address in found if address)

    def sealed(self, invitation_id: str, addresses: Iterable[str]) -> str:
        """Return hashes of addresses so that nobody without the secret can tell whether two invitations share one."""
        return ",".join(
            self._masked(invitation_id, number, address) for number, address in enumerate(addresses)
        )

    def unsealed(self, invitation: Invitation) -> Tuple[str, ...]:
        """Return the hashes of the addresses that an invitation went to; none for one from before they were sealed."""
        parts = [part for part in invitation.sealed.split(",") if part]
        return tuple(self._masked(invitation.id, number, part) for number, part in enumerate(parts))

    def _masked(self, invitation_id: str, number: int, hexadecimal: str) -> str:
        # A key for each place, used once; done twice, it is undone.
        key = bytes.fromhex(self._hash("seal", invitation_id, str(number)))
        return bytes(one ^ other for one, other in zip(bytes.fromhex(hexadecimal), key)).hex()

    def _sign(self, *parts: str) -> str:
        digest = hmac.new(self._secret, "|".join(parts).encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:_BYTES]).decode("ascii")

    def _hash(self, *parts: str) -> str:
        # Keyed: a plain hash of eight digits is undone by trying them all.
        return hmac.new(self._secret, "|".join(parts).encode(), hashlib.sha256).hexdigest()


def token_hash(token: str) -> str:
    """Return the hash under which a token is stored."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
