"""What the console's templates show of a case."""

from datetime import date, timedelta
from typing import Any, Dict, List, Optional, Sequence

from bot.bootstrap import DENMARK, Services
from bot.core.audit import AuditEntry, AuditKind, readers
from bot.core.case_marks import NOTHING, CaseMarks
from bot.core.cases import Case, CaseEvent, CaseState, EventKind, Outcome
from bot.core.conversations import Turn
from bot.core.danish import clock_time, long_date
from bot.core.staff import StaffMember

# A case is marked when its date is this near.
_SOON = timedelta(days=1)
# While it waits for the business, its date stands still.
_UNITS_TURN = (CaseState.NEW, CaseState.CLAIMED)


class ConsoleViews:
    """Turns cases into plain values for the templates."""

    def __init__(self, services: Services):
        self._content = services.content
        self._words = services.content.phrases["console"]

    def marks(self, found: Optional[CaseMarks]) -> Dict[str, Any]:
        """Return what is said beside a case."""
        marks = found or NOTHING
        return {"news": marks.news.value if marks.news else "", "whole": marks.whole, "parts": marks.parts}

    def row(self, case: Case, staff: StaffMember, today: date) -> Dict[str, Any]:
        """Return a case as a row of the list; `readable` tells whether it leads to the case."""
        return {**self.line(case, today), "readable": staff.may_see(case)}

    def line(self, case: Case, today: date) -> Dict[str, Any]:
        """Return what list and case page both show."""
        return {
            "id": case.id,
            "reference": case.reference,
            "unit_name": self._unit_name(case.unit),
            "topic_title": self._topic_title(case.topic),
            "summary": case.summary,
            "company": case.contact.company,
            "name": case.contact.name,
            "created_text": _moment(case.created_at),
            "created_at": case.created_at.astimezone(DENMARK).isoformat(timespec="seconds"),
            "age_days": self._age(case, today),
            "answer_by": case.answer_by.isoformat(),
            "overdue": case.overdue(today),
            "soon": _soon(case, today),
            "open": case.open,
            "part": case.parent is not None,
            "state": case.state.value,
            "state_label": self._words.say(f"state_{case.state.value}"),
            "claimed_name": case.claimed_name,
        }

    def whole(self, case: Case, staff: StaffMember, today: date) -> Dict[str, Any]:
        """Return everything a case page shows above the transcript."""
        outcome = self._words.say(f"outcome_{case.outcome.value}") if case.outcome else ""
        return {
            **self.line(case, today),
            "contact": vars(case.contact),
            "routed_because": case.routed_because,
            "outcome_label": outcome,
            "mine": case.claimed_by == staff.id,
            "version": case.version,
        }

    def family(
        self, whole: Optional[Case], parts: Sequence[Case], staff: StaffMember, today: date
    ) -> Dict[str, Any]:
        """Return the case that one is a part of, and the parts; those of other units are told of, not opened."""

        def seen(case: Case) -> Dict[str, Any]:
            return {**self.line(case, today), "may_see": staff.may_see(case)}

        return {"whole": seen(whole) if whole else None, "parts": [seen(part) for part in parts]}

    def transcript(self, case: Case) -> List[Dict[str, Any]]:
        """Return the conversation that led to the case."""
        turns, day = [], None
        for turn in case.transcript:
            # A date where a new day begins is enough; the clock stands at every turn.
            at = turn.at.astimezone(DENMARK)
            turns.append(self._turn(turn, clock_time(at) if at.date() == day else _moment(at)))
            day = at.date()
        return turns

    def events(self, events: List[CaseEvent], news: bool = False) -> List[Dict[str, Any]]:
        """Return the history of a case; with `news` the last message of the business is `fresh`."""
        written = [event for event in events if event.kind is EventKind.VISITOR_MESSAGE]
        fresh = written[-1] if news and written else None
        return [
            {
                "at_text": _moment(event.at),
                "label": self._words.say(f"event_{event.kind.value}"),
                "staff": event.staff,
                "text": event.text,
                "detail": self._detail(event),
                "to_business": event.kind in (EventKind.ANSWERED, EventKind.VISITOR_MESSAGE),
                "fresh": event is fresh,
            }
            for event in events
        ]

    def seen(self, entries: List[AuditEntry]) -> Dict[str, Any]:
        """Return who has seen a case, and who has taken out its records, newest first."""
        return {
            "seen": [
                {
                    "staff": one.staff,
                    "times": one.times,
                    "first_text": _moment(one.first),
                    "last_text": _moment(one.last),
                }
                for one in readers(entries)
            ],
            "taken": [
                {"staff": entry.staff, "at_text": _moment(entry.at)}
                for entry in reversed(entries)
                if entry.kind is AuditKind.RECORDS
            ],
        }

    def states(self) -> List[Dict[str, str]]:
        """Return every state a case can be in."""
        return [{"id": item.value, "label": self._words.say(f"state_{item.value}")} for item in CaseState]

    def outcomes(self) -> List[Dict[str, str]]:
        """Return the ways a case can end."""
        return [{"id": item.value, "label": self._words.say(f"outcome_{item.value}")} for item in Outcome]

    @staticmethod
    def _age(case: Case, today: date) -> Optional[int]:
        """Return how many days ago a case came; None where its date, or that it has ended, says more."""
        if not case.open or case.overdue(today) or _soon(case, today):
            return None
        return max((today - case.created_at.astimezone(DENMARK).date()).days, 0)

    def _detail(self, event: CaseEvent) -> str:
        """Return what a line of the history says besides its text."""
        details = event.details
        if event.kind is EventKind.FORWARDED:
            key = "detail_misrouted" if details.get("misrouted") else "detail_routed"
            before, after = (self._unit_name(details.get(end, "")) for end in ("from", "to"))
            return self._words.say(key, before=before, after=after)
        if event.kind is EventKind.PROMISED:
            days = (long_date(date.fromisoformat(details[end])) for end in ("from", "to"))
            dates = self._words.say("detail_dates", **dict(zip(("before", "after"), days)))
            follows = details.get("reference", "")
            return f"{dates}. {self._words.say('detail_follows', reference=follows)}" if follows else dates
        if event.kind is EventKind.REOPENED_WITH:
            return self._words.say("detail_follows", reference=details.get("reference", ""))
        if event.kind is EventKind.CLOSED and details.get("outcome"):
            return self._words.say(f"outcome_{details['outcome']}")
        mailed = event.kind is EventKind.ASKED and details.get("mailed")
        return self._words.say("detail_mailed") if mailed else ""

    def _turn(self, turn: Turn, at_text: str) -> Dict[str, Any]:
        topic = self._content.knowledge.get(turn.topic)
        return {
            "role": turn.role.value,
            "role_label": self._words.say(f"role_{turn.role.value}"),
            "text": turn.text,
            "at_text": at_text,
            "topic_title": topic.title if topic else "",
            "sources": [vars(source) for source in turn.sources],
        }

    def _unit_name(self, unit: str) -> str:
        # Cases outlive units: a municipality's units may have been changed since.
        units = self._content.units
        return units.get(unit).name if units.has(unit) else unit

    def _topic_title(self, topic) -> str:
        return self._content.knowledge.title(topic) if topic else self._words.say("no_topic")


def _soon(case: Case, today: date) -> bool:
    return case.state in _UNITS_TURN and today <= case.answer_by <= today + _SOON


def _moment(at) -> str:
    local = at.astimezone(DENMARK)
    return f"{long_date(local.date())} {clock_time(local)}"
