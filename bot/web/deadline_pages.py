"""The page /frister: choose a matter, name the day, read the last day; and the same as a file for a calendar."""

from datetime import date
from typing import Dict, List, Optional, Sequence
from urllib.parse import quote, urlencode

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, raw, redirect

from bot.bootstrap import Services
from bot.core.calendar_file import DayEvent, calendar_file
from bot.core.deadline_answers import PAGE, Named, meant_day
from bot.core.deadline_rules import DeadlineRule
from bot.core.due_dates import Deadline
from bot.core.errors import InvalidInput
from bot.understanding.entities import dates
from bot.understanding.entities.entity import DATE, INVALID_DATE
from bot.understanding.entities.readings import DAY
from bot.web.rendering import page

_LONGEST_DAY = 60


def blueprint(services: Services, templates: Environment) -> Blueprint:
    """Return the page and the calendar file; both work without a cookie and without JavaScript."""
    pages = Blueprint("deadlines")
    content, deadlines = services.content, services.deadlines
    phrases, sentences = content.phrases["deadline"], content.phrases["errors"]

    @pages.get(PAGE)
    async def show(request: Request) -> HTTPResponse:
        given = _given(request)
        typed, chosen, topic = (given.get(name, "") for name in ("dato", "regel", "emne"))
        rule, errors = _rule(chosen, "regel" in given)
        today, result = services.today(), None
        # A calendar needs no day: then it counts from today.
        if rule and ("dato" in given or rule.calendar):
            try:
                result = _result(deadlines.work_out(rule, _start(typed, rule, today), today), today)
            except InvalidInput as error:
                errors[error.field] = sentences.say(error.code)
        return page(
            templates,
            "deadlines.html",
            status=400 if errors else 200,
            groups=_groups(topic),
            topic=topic if deadlines.open_rules(topic) else "",
            values={"regel": chosen, "dato": typed},
            errors=errors,
            rule=_shown(rule) if rule else None,
            result=result,
        )

    @pages.get(f"{PAGE}.ics")
    async def save(request: Request) -> HTTPResponse:
        given = _given(request)
        typed, chosen = given.get("dato", ""), given.get("regel", "")
        rule, today = _rule(chosen, True)[0], services.today()
        try:
            if rule is None:
                raise InvalidInput("rule_missing", "regel")
            found = deadlines.work_out(rule, _start(typed, rule, today), today)
        except InvalidInput:
            # The page says beside the field what is wrong.
            return redirect(f"{PAGE}?{urlencode({'regel': chosen, 'dato': typed})}")
        name = f"frist-{rule.id}-{found.last_day.isoformat()}.ics"
        return raw(
            calendar_file(_event(found), services.clock()).encode("utf-8"),
            content_type="text/calendar; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
        )

    def _rule(chosen: str, asked: bool) -> "tuple[Optional[DeadlineRule], Dict[str, str]]":
        rule = deadlines.rules.get(chosen)
        if rule in deadlines.open_rules():
            return rule, {}
        return None, {"regel": sentences.say("rule_missing")} if asked else {}

    def _groups(topic: str) -> List[Dict]:
        """Return the matters to choose from, by theme: those of one topic when it has any."""
        rules = deadlines.open_rules(topic) or deadlines.open_rules()
        themes: Dict[str, List[DeadlineRule]] = {}
        for rule in rules:
            themes.setdefault(content.knowledge.topics[rule.topic].theme, []).append(rule)
        return [
            {"title": phrases_of_answers.say(f"theme_{theme}"), "rules": _choices(found)}
            for theme, found in themes.items()
        ]

    phrases_of_answers = content.phrases["answer"]

    def _shown(rule: DeadlineRule) -> Dict:
        topic = content.knowledge.topics[rule.topic]
        return {
            "id": rule.id,
            "title": rule.title,
            "starts": rule.starts,
            "law": rule.law,
            "note": rule.note,
            "judge": rule.judge,
            "needs_day": not rule.calendar,
            "topic": {"id": topic.id, "title": topic.title},
            "authority": topic.authority,
            "unit": content.units.for_topic(topic.id),
            "sources": [
                {"title": item.title, "url": item.url, "checked": item.checked.isoformat()}
                for item in deadlines.sources(rule)
            ],
        }

    def _result(found: Deadline, today: date) -> Dict:
        asks = {"regel": found.rule.id, "dato": found.start.isoformat()}
        return {
            "day": found.last_day.isoformat(),
            "sentence": deadlines.sentence(found),
            "counted": deadlines.counted(found),
            "standing": deadlines.standing(found, today),
            "passed": found.passed,
            "afterwards": deadlines.afterwards(found),
            "calendar": f"{PAGE}.ics?{urlencode(asks)}",
        }

    def _event(found: Deadline) -> DayEvent:
        rule = found.rule
        start = found.start.isoformat()
        description = [deadlines.sentence(found), *deadlines.moved(found), rule.law, rule.note]
        address = services.settings.web_address
        return DayEvent(
            # The same deadline of the same day is the same event wherever it is fetched from.
            uid=f"{rule.id}-{start}@{content.municipality.id}.genvej",
            day=found.last_day,
            summary=phrases.say("event", title=rule.title),
            description="\n".join(line for line in description if line),
            url=f"{address}{PAGE}?regel={quote(rule.id)}&dato={start}",
        )

    return pages


def _given(request: Request) -> Dict[str, str]:
    """Return what stands in the address, an empty field as an empty text: sent empty is not the same as not sent."""
    given = request.get_args(keep_blank_values=True)
    return {name: values[0].strip() for name, values in given.items()}


def _choices(rules: Sequence[DeadlineRule]) -> List[Dict[str, str]]:
    return sorted(({"id": rule.id, "title": rule.title} for rule in rules), key=lambda item: item["title"])


def _start(typed: str, rule: DeadlineRule, today: date) -> date:
    """Return the day that was typed; InvalidInput `date_missing`, `date_impossible` or `date_unread` for none."""
    if not typed:
        if rule.calendar:
            return today
        raise InvalidInput("date_missing", "dato")
    found = dates.find(typed, today) if len(typed) <= _LONGEST_DAY else []
    if any(item.kind == INVALID_DATE for item in found):
        raise InvalidInput("date_impossible", "dato")
    exact = [item for item in found if item.kind == DATE and item.extra.get("precision") == DAY]
    if len(found) != 1 or not exact or exact[0].extra.get("until"):
        raise InvalidInput("date_unread", "dato")
    # A figure that was not read may be the year: no date is better than another one.
    around = typed[: exact[0].start] + typed[exact[0].end :]
    if any(letter.isdigit() for letter in around):
        raise InvalidInput("date_unread", "dato")
    return meant_day(rule, Named(exact[0].value, exact[0].text), today)
