"""What the PDFs of records say, part by part, in Danish."""

from datetime import date, datetime
from typing import Any, Dict, Iterator, List, Mapping

from bot.bootstrap import Services
from bot.core.danish import clock_time, long_date
from bot.core.errors import NotFound
from bot.documents.record_document import Entry, Section
from bot.documents.styles import Fact


class RecordSections:
    """Turns documents of bot/core/records.py and bot/core/rights.py into the parts of a PDF."""

    def __init__(self, services: Services):
        self._content = services.content
        self._planner = services.planner
        self._words = services.content.phrases["records"]
        self._console = services.content.phrases["console"]

    def of_case(self, case: Mapping[str, Any], level: int = 2) -> List[Section]:
        """Return the parts of a case; without mails and readers when the document has none."""
        say, talk = self._words.say, self._turns(case["transcript"])
        seen = [
            Entry(f"{moment(one['at'])}: {one['staff']}", self._console.say(f"audit_{one['kind']}"))
            for one in case.get("seen", ())
        ]
        parts = [
            Section(say("about"), tuple(self._facts(case)), text=case["summary"], level=level),
            Section(say("history"), entries=tuple(self._history(case)), level=level),
            Section(say("talk"), entries=tuple(talk), level=level),
            Section(say("mails"), entries=tuple(map(self._mail, case.get("mails", ()))), level=level),
            Section(say("seen"), entries=tuple(seen), level=level),
        ]
        return [part for part in parts if part.facts or part.entries]

    def of_person(self, document: Mapping[str, Any]) -> List[Section]:
        """Return the parts about a person."""
        say, sections = self._words.say, []
        for case in document["cases"]:
            sections.append(Section(say("case_title", reference=case["reference"])))
            sections += self.of_case(case, level=3)
        for talk in document["conversations"]:
            day = moment(talk["created_at"])
            sections.append(Section(say("talk_on", day=day), entries=tuple(self._turns(talk["messages"]))))
        if document["mails"]:
            sections.append(Section(say("mails"), entries=tuple(map(self._mail, document["mails"]))))
        sections += map(self._plan, document["plans"])
        return sections or [Section(say("nothing"))]

    def _facts(self, case: Mapping[str, Any]) -> Iterator[Fact]:
        say, contact = self._words.say, case["contact"]
        outcome = f": {self._console.say('outcome_' + case['outcome'])}" if case["outcome"] else ""
        units, unit = self._content.units, case["unit"]
        facts = {
            "topic": self._content.knowledge.title(case["topic"]) if case["topic"] else "",
            "state": self._console.say(f"state_{case['state']}") + outcome,
            "unit": units.get(unit).name if units.has(unit) else unit,
            "created": moment(case["created_at"]),
            "answer_by": long_date(date.fromisoformat(case["answer_by"])),
            "closed": moment(case["closed_at"]) if case["closed_at"] else "",
            "because": case["routed_because"],
            **{name: contact[name] for name in ("company", "cvr", "name", "email", "phone")},
        }
        for name, text in facts.items():
            if text:
                yield Fact(say(name), text)

    def _history(self, case: Mapping[str, Any]) -> Iterator[Entry]:
        for event in case["history"]:
            by = f", {event['staff']}" if event["staff"] else ""
            label = self._console.say(f"event_{event['kind']}")
            yield Entry(f"{moment(event['at'])}: {label}{by}", event["text"])

    def _turns(self, turns: List[Dict[str, Any]]) -> Iterator[Entry]:
        for turn in turns:
            who = self._console.say(f"role_{turn['role']}")
            yield Entry(f"{moment(turn['at'])}: {who}", turn["text"])

    def _mail(self, mail: Mapping[str, Any]) -> Entry:
        what = self._console.say(f"channel_{mail['channel']}")
        when = moment(mail["sent_at"]) if mail["sent_at"] else self._words.say("mail_waiting")
        head = self._words.say("mail", what=what, recipient=mail["recipient"])
        text = mail["text"] or self._words.say("mail_emptied")
        return Entry(f"{when}: {head}", "\n\n".join(filter(None, (mail["subject"], text))))

    def _plan(self, kept: Mapping[str, Any]) -> Section:
        try:
            title = self._planner.get(kept["plan"]).title
        except NotFound:
            title = kept["plan"]
        facts = [Fact(name, str(value)) for name, value in kept["answers"].items()]
        done = [Fact(self._words.say("plan_done"), ", ".join(kept["done"]))] if kept["done"] else []
        return Section(self._words.say("plan", plan=title), (*facts, *done))


def moment(text: str) -> str:
    """Return an ISO time as people write it."""
    at = datetime.fromisoformat(text)
    return f"{long_date(at.date())} {clock_time(at)}"
