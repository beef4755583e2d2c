"""What the editors' templates show."""

from datetime import date, timedelta
from typing import Any, Dict, List, Optional

from bot.bootstrap import DENMARK, Services
from bot.content.reading import Problem
from bot.content.topic_fields import NEW, Fields
from bot.core.answering import everything
from bot.core.changes import changes, words
from bot.core.danish import clock_time, long_date
from bot.core.editorial_log import WHOLE_CHAT, Entry, EntryKind, in_force
from bot.core.errors import InvalidContent, NotFound
from bot.core.knowledge import ASPECTS, Topic

# A review is announced so long before its day.
_SOON = timedelta(days=30)
_RECENT = 20
# The entries after which another text counts.
_TEXTS = (EntryKind.PUBLISHED, EntryKind.RETURNED, EntryKind.RESTORED)


class EditorViews:
    """Turns topics, versions and problems into plain values for the templates."""

    def __init__(self, services: Services):
        self._services = services
        self._editorial = services.editorial
        self._content = services.content
        self._words = services.content.phrases["editing"]

    def overview(self) -> Dict[str, Any]:
        """Return all topics by theme, what was changed last, and the notice."""
        self._editorial.follow()
        entries = self._editorial.everything()
        now = in_force(entries)
        by_theme: Dict[str, List[Dict[str, Any]]] = {}
        for topic in self._content.knowledge.topics.values():
            by_theme.setdefault(topic.theme, []).append(self._line(topic, now.texts))
        phrases = self._content.phrases["answer"]
        return {
            "themes": [
                {
                    "title": phrases.say(f"theme_{theme}"),
                    "count": len(lines),
                    "topics": sorted(lines, key=lambda line: line["title"]),
                }
                for theme, lines in by_theme.items()
            ],
            "recent": [self._entry(entry) for entry in entries[: -_RECENT - 1 : -1]],
            "notice": now.notice,
        }

    def topic(self, topic_id: str, draft: Optional[Topic] = None) -> Dict[str, Any]:
        """Return a topic as visitors read it, its history, and what a draft would change; NotFound for none."""
        self._editorial.follow()
        topic = self._content.knowledge.get(topic_id)
        if topic is None:
            raise NotFound("no such topic")
        history = self._editorial.history(topic_id)
        newest = history[0].number if history else 0
        return {
            "topic": self._line(topic, in_force(history[::-1]).texts),
            "off": topic.off,
            "after": newest,
            "current": next((entry.number for entry in history if entry.kind in _TEXTS), 0),
            "preview": self._preview(draft or topic),
            "drafted": draft is not None,
            "changes": self._changes(topic, draft) if draft else [],
            "history": [self._entry(entry) for entry in history],
            "problems_now": [str(item) for item in self._editorial.unreadable.get(topic_id, ())],
        }

    def version(self, topic_id: str, number: int) -> Dict[str, Any]:
        """Return what entry `number` of a topic changed for visitors; NotFound for no such version."""
        entries = [entry for entry in self._editorial.history(topic_id)[::-1] if entry.number <= number]
        if not entries or entries[-1].number != number or topic_id == WHOLE_CHAT:
            raise NotFound("no such version")
        topic = self._content.knowledge.topics[topic_id]
        before, after = self._as_of(topic_id, entries[:-1]), self._as_of(topic_id, entries)
        return {
            "topic": self._line(topic, {}),
            "entry": self._entry(entries[-1]),
            "changes": self._changes(before, after) if before and after else [],
            "readable": before is not None and after is not None,
        }

    def notice(self) -> Dict[str, Any]:
        """Return the emergency notice and its history."""
        self._editorial.follow()
        history = self._editorial.history(WHOLE_CHAT)
        return {
            "notice": self._editorial.notice,
            "after": history[0].number if history else 0,
            "history": [self._entry(entry) for entry in history],
        }

    def form(self, fields: Fields, problems: List[Any]) -> Dict[str, Any]:
        """Return the form's parts: its fields, with one empty row in each list, and what is wrong by field."""
        facts = [*_names(fields, "facts"), NEW]
        sources = [*_names(fields, "sources"), NEW]
        errors: Dict[str, List[str]] = {}
        listed = []
        for problem in problems:
            name, sentence = _field(problem, fields), self._sentence(problem)
            errors.setdefault(name, []).append(sentence)
            listed.append({"field": name, "place": self._place(name), "sentence": sentence})
        return {
            "fields": fields,
            "aspects": {name: self._content.aspects.button(name) for name in ASPECTS},
            "facts": [{"id": name, "rows": _rows(fields, name), "new": name == NEW} for name in facts],
            "sources": [{"id": name, "new": name == NEW} for name in sources],
            "source_choices": [(name, fields.get(f"sources.{name}.title") or name) for name in sources[:-1]],
            "errors": errors,
            "problems": listed,
        }

    def _sentence(self, problem: Any) -> str:
        code = problem.code if isinstance(problem, Problem) else ""
        try:
            return self._words.say(f"problem_{code}", what=getattr(problem, "what", ""))
        except KeyError:
            return self._words.say("problem_other", what=getattr(problem, "reason", str(problem)))

    def _place(self, name: str) -> str:
        part, _, rest = name.partition(".")
        if part == "aspects" and rest in ASPECTS:
            return self._content.aspects.button(rest)
        try:
            place = self._words.say(f"place_{part}")
        except KeyError:
            return ""
        return f"{place} »{rest.partition('.')[0]}«" if rest and rest[0] != NEW else place

    def _preview(self, topic: Topic) -> Dict[str, Any]:
        today, phrases = self._services.today(), self._content.phrases["answer"]
        if topic.off:
            return {"title": topic.title, "sections": [{"heading": "", "text": topic.off}], "sources": []}
        found = everything(topic, today, phrases)
        sources = {source.id: source for each in found for source in each.sources}
        return {
            "title": topic.title,
            "sections": [
                {
                    "heading": self._content.aspects.button(each.aspect) if each.aspect else "",
                    "text": each.text,
                }
                for each in found
            ],
            "sources": [
                {"title": item.title, "url": item.url, "checked": item.checked.isoformat()}
                for item in sources.values()
            ],
        }

    def _changes(self, before: Optional[Topic], after: Optional[Topic]) -> List[Dict[str, Any]]:
        """Return what is read differently today, and what else from each later day on which a figure changes."""
        today, phrases = self._services.today(), self._content.phrases["answer"]
        seen = set()
        shown: List[Dict[str, Any]] = []
        for day in [today, *_days_of_change(today, before, after)]:
            for change in changes(before, after, day, phrases):
                if change in seen:
                    continue
                seen.add(change)
                from_day = self._words.say("from_day", what=long_date(day)) if day > today else ""
                place = " ".join(part for part in (self._place(change.where), from_day) if part)
                shown.append({"place": place, "words": words(change.before, change.after)})
        return shown

    def _as_of(self, topic_id: str, entries: List[Entry]) -> Optional[Topic]:
        """Return the topic as it stood after `entries`; None when its text no longer fits the release."""
        text = in_force(entries).texts.get(topic_id)
        try:
            return self._editorial.as_it_was(
                topic_id, self._editorial.released(topic_id) if text is None else text
            )
        except InvalidContent:
            return None

    def _line(self, topic: Topic, published: Any) -> Dict[str, Any]:
        units, today = self._content.units, self._services.today()
        return {
            "id": topic.id,
            "title": topic.title,
            "owner": units.get(topic.owner).name if units.has(topic.owner) else topic.owner,
            "authority": topic.authority.name,
            "review_by": topic.review_by.isoformat(),
            "due": topic.review_by <= today,
            "soon": today < topic.review_by <= today + _SOON,
            "off": bool(topic.off),
            "changed": topic.id in published,
            "unreadable": topic.id in self._editorial.unreadable,
        }

    def _entry(self, entry: Entry) -> Dict[str, Any]:
        local = entry.at.astimezone(DENMARK)
        return {
            "number": entry.number,
            "topic": entry.topic,
            "topic_title": self._content.knowledge.title(entry.topic) if entry.topic else "",
            "label": self._words.say(f"entry_{entry.kind.value}"),
            "at_text": f"{long_date(local.date())} {clock_time(local)}",
            "staff": entry.staff,
            "why": entry.why,
            "message": entry.text if entry.kind in (EntryKind.SWITCHED_OFF, EntryKind.NOTICE) else "",
            "is_version": entry.kind in _TEXTS,
            "can_return": entry.kind is EntryKind.PUBLISHED,
        }


def _names(fields: Fields, part: str) -> List[str]:
    """Return the ids of the facts or sources in a form, without the empty block for a new one."""
    names = dict.fromkeys(name.split(".")[1] for name in fields if name.startswith(f"{part}."))
    return [name for name in names if name and name != NEW]


def _rows(fields: Fields, fact: str) -> List[int]:
    """Return the numbers of a fact's rows that are filled in, and one more."""
    start = f"facts.{fact}.values."
    filled = {
        int(row)
        for name, value in fields.items()
        if name.startswith(start) and value and (row := name[len(start) :].partition(".")[0]).isdecimal()
    }
    return [*sorted(filled), max(filled, default=-1) + 1]


def _field(problem: Any, fields: Fields) -> str:
    """Return the form's field, or the block of fields, in which a problem lies."""
    keys = [str(key) for key in getattr(problem, "keys", ())]
    if not keys:
        return ""
    if keys[0] in ("facts", "sources") and len(keys) > 1 and fields.get(f"{keys[0]}.{NEW}.id") == keys[1]:
        keys[1] = NEW
    name = ".".join(keys)
    if keys[0] in ("steps", "related", "title", "short", "review_by"):
        return keys[0]
    return name if name in fields else ".".join(keys[:2])


def _days_of_change(today: date, *topics: Optional[Topic]) -> List[date]:
    """Return the later days on which a figure of one of the topics gets or loses its value."""
    periods = [
        period for topic in topics if topic for fact in topic.facts.values() for period in fact.periods
    ]
    days = {period.valid_from for period in periods if period.valid_from}
    days |= {period.valid_to + timedelta(days=1) for period in periods if period.valid_to}
    return sorted(day for day in days if day > today)
