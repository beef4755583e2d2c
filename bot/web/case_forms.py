"""What the forms of a case page ask for, by the last part of their address."""

from datetime import date
from typing import Callable, Dict, Optional

from sanic.request import Request

from bot.core.cases import Case
from bot.core.casework import Casework
from bot.core.staff import StaffMember
from bot.web.listener import typed

REPLY = "svar"
Act = Callable[[Casework, StaffMember, Case, Request], None]

ACTS: Dict[str, Act] = {
    "tag": lambda work, staff, case, form: work.claim(staff, case),
    "frigiv": lambda work, staff, case, form: work.release(staff, case),
    "note": lambda work, staff, case, form: work.note(staff, case, typed(form, "text")),
    REPLY: lambda work, staff, case, form: work.reply(
        staff, case, typed(form, "text"), typed(form, "then"), typed(form, "outcome")
    ),
    "vent": lambda work, staff, case, form: work.ask(staff, case, typed(form, "text")),
    "genoptag": lambda work, staff, case, form: work.resume(staff, case, typed(form, "text")),
    "luk": lambda work, staff, case, form: work.close(
        staff, case, typed(form, "outcome"), typed(form, "text")
    ),
    "send-videre": lambda work, staff, case, form: work.forward(
        staff, case, typed(form, "unit"), typed(form, "text"), _yes_or_no(typed(form, "misrouted"))
    ),
    "ny-dato": lambda work, staff, case, form: work.promise(
        staff, case, _day(typed(form, "answer_by")), typed(form, "text")
    ),
    "genaabn": lambda work, staff, case, form: work.reopen(staff, case, typed(form, "text")),
    "saml": lambda work, staff, case, form: work.merge(staff, case, typed(form, "survivor")),
}


def acted(casework: Casework, staff: StaffMember, case: Case, action: str, request: Request) -> None:
    """Do what a form asks for; KeyError for an action that is not in ACTS."""
    ACTS[action](casework, staff, case, request)


def _yes_or_no(value: str) -> Optional[bool]:
    return {"ja": True, "nej": False}.get(value)


def _day(value: str) -> Optional[date]:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
