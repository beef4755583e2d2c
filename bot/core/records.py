"""A case as a document: what is exported for the archive, for access to documents, and to the person themselves.

docs/records.md describes the form. Names are those of the code, times are ISO 8601 in Denmark's zone.
"""

from datetime import datetime
from typing import Any, Dict, Mapping, Sequence

from bot.core.audit import AuditEntry
from bot.core.cases import Case, CaseEvent

SCHEMA = "genvej-case/1"


def case_record(case: Case, events: Sequence[CaseEvent], now: datetime) -> Dict[str, Any]:
    """Return a case with its history and transcript; `now` gives the zone."""
    return {
        "id": case.id,
        "reference": case.reference,
        "unit": case.unit,
        "topic": case.topic,
        "state": case.state.value,
        "outcome": case.outcome.value if case.outcome else None,
        "summary": case.summary,
        "contact": dict(vars(case.contact)),
        "routed_because": case.routed_because,
        "created_at": stamp(case.created_at, now),
        "answer_by": case.answer_by.isoformat(),
        "closed_at": stamp(case.closed_at, now) if case.closed_at else None,
        "merged_into": case.merged_into,
        "parent": case.parent,
        "misrouted": case.misrouted,
        "history": [
            {
                "at": stamp(event.at, now),
                "kind": event.kind.value,
                "staff": event.staff,
                "text": event.text,
                "details": dict(event.details),
            }
            for event in events
        ],
        "transcript": [
            {
                "at": stamp(turn.at, now),
                "role": turn.role.value,
                "text": turn.text,
                "topic": turn.topic,
                "sources": [dict(vars(source)) for source in turn.sources],
            }
            for turn in case.transcript
        ],
    }


def seen_record(entries: Sequence[AuditEntry], now: datetime) -> list:
    """Return who saw a case and took it out."""
    return [
        {
            "at": stamp(entry.at, now),
            "kind": entry.kind.value,
            "staff": entry.staff,
            "details": dict(entry.details),
        }
        for entry in entries
    ]


def records(
    case: Mapping[str, Any],
    merged: Sequence[Mapping[str, Any]],
    municipality: str,
    now: datetime,
) -> Dict[str, Any]:
    """Return the whole document of a case and those merged into it, each with `mails` and `seen`."""
    return {
        "schema": SCHEMA,
        "municipality": municipality,
        "made_at": now.isoformat(timespec="seconds"),
        "case": dict(case),
        "merged": [dict(one) for one in merged],
    }


def stamp(at: datetime, now: datetime) -> str:
    """Return a time as text, in the zone of `now`."""
    return at.astimezone(now.tzinfo).isoformat(timespec="seconds")
