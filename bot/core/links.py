"""What is to be said about the web address of a source, from what came of asking for it."""

from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlsplit

# A server that says these is there; it does not answer programs, or not so many questions.
_REFUSALS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS)
_FRONT_PAGES = ("", "/da", "/dk")


class LinkState(Enum):
    """How an address stands."""

    ALIVE = "alive"
    MOVED = "moved"
    REFUSED = "refused"
    DEAD = "dead"


@dataclass(frozen=True)
class Visit:
    """What came of asking for an address.

    Attributes:
        status: the status of the last answer; 0: there was none.
        final: the address that it came from, after redirects.
        trouble: why there was no answer.
        again: another try may end otherwise.
    """

    status: int = 0
    final: str = ""
    trouble: str = ""
    again: bool = False

    @property
    def failed(self) -> bool:
        """Tell whether no page came of it."""
        return bool(self.trouble) or self.status >= HTTPStatus.BAD_REQUEST


class Judgement(NamedTuple):
    """How an address stands, and why; the reason is empty for one that is alive."""

    state: LinkState
    reason: str = ""


def judged(address: str, visit: Visit) -> Judgement:
    """Return how an address stands.

    It has moved when it leads to another host (www. is none), to the front page of its own or to an unencrypted page:
    what the source said is probably not there.
    """
    if visit.trouble:
        return Judgement(LinkState.DEAD, visit.trouble)
    if visit.failed:
        state = LinkState.REFUSED if visit.status in _REFUSALS else LinkState.DEAD
        return Judgement(state, f"answers {_named(visit.status)}")
    asked, got = urlsplit(address), urlsplit(visit.final)
    elsewhere = _host(asked.netloc) != _host(got.netloc)
    if elsewhere or (_is_front(got.path, got.query) and not _is_front(asked.path, asked.query)):
        return Judgement(LinkState.MOVED, f"leads to {visit.final}")
    if asked.scheme == "https" and got.scheme == "http":
        return Judgement(LinkState.MOVED, f"leads to {visit.final}, which is not encrypted")
    return Judgement(LinkState.ALIVE)


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _host(netloc: str) -> str:
    name = netloc.lower()
    return name[4:] if name.startswith("www.") else name


def _is_front(path: str, query: str) -> bool:
    return path.rstrip("/") in _FRONT_PAGES and not query
