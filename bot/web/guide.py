"""The pages beside the chat: topics to browse, and what the municipality owes its visitors to tell."""

from typing import Dict, List, Optional, Tuple

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.bootstrap import Services
from bot.core.case_status import LASTS
from bot.core.conversations import Reply
from bot.core.errors import NotFound
from bot.core.knowledge import ASPECTS, Topic
from bot.core.plans.planner import BEGINNING
from bot.core.search import search
from bot.web.cookies import Cookies, form_token
from bot.web.rendering import page

# The theme whose pages lead to the tender helper.
TENDERS = "udbud"


def blueprint(services: Services, templates: Environment, cookies: Cookies) -> Blueprint:
    """Return the pages that only show content."""
    guide = Blueprint("guide")
    content = services.content
    phrases = content.phrases["answer"]
    forms = cookies.for_forms()

    @guide.get("/emner")
    async def topics(request: Request) -> HTTPResponse:
        query = (request.args.get("q") or "").strip()[:100]
        hits = [_line(topic) for topic in search(content.knowledge, query, most=12)] if query else []
        return page(templates, "topics.html", themes=_themes(), query=query, hits=hits)

    @guide.get("/emner/<topic_id:str>")
    async def topic_page(request: Request, topic_id: str) -> HTTPResponse:
        topic = content.knowledge.get(topic_id)
        if topic is None:
            raise NotFound("no such topic")
        replies: List[Tuple[Optional[str], Reply]] = [
            (None, services.assistant.answer(topic_id, None, services.today()))
        ]
        replies += [
            (aspect, services.assistant.answer(topic_id, aspect, services.today(), follow_up=True))
            for aspect in ASPECTS
            if aspect in topic.aspects and not topic.off
        ]
        sources = {source.url: source for _, reply in replies for source in reply.sources}
        secret = forms.read(request) or services.chance.secret()
        response = page(
            templates,
            "topic.html",
            csrf=form_token(secret),
            client_id=services.chance.identifier(),
            topic={"id": topic.id, "title": topic.title},
            helper=topic.theme == TENDERS,
            sections=[
                {"heading": content.aspects.button(aspect) if aspect else "", "text": reply.text}
                for aspect, reply in replies
            ],
            sources=list(sources.values()),
            unit=content.units.for_topic(topic_id),
            authority=topic.authority,
            deadlines=services.deadlines.open_rules(topic_id),
            plans=services.planner.beside(topic_id),
            begins=topic_id == BEGINNING,
            updated=max((source.checked for source in sources.values()), default=""),
        )
        return forms.write(response, secret)

    for address, name in (
        ("/demo", "demo.html"),
        ("/tilgaengelighed", "accessibility.html"),
        ("/privatliv", "privacy.html"),
    ):
        guide.add_route(_static_page(templates, name, services), address, name=name.partition(".")[0])

    def _themes() -> List[Dict]:
        by_theme: Dict[str, List[Topic]] = {}
        for topic in content.knowledge.topics.values():
            by_theme.setdefault(topic.theme, []).append(topic)
        return [
            {
                "id": theme,
                "title": phrases.say(f"theme_{theme}"),
                "topics": [_line(topic) for topic in topics],
            }
            for theme, topics in by_theme.items()
        ]

    return guide


def _static_page(templates: Environment, name: str, services: Services):
    async def handler(request: Request) -> HTTPResponse:
        return page(
            templates,
            name,
            conversation_days=services.settings.conversation_days,
            case_days=services.settings.case_days,
            mail_days=services.settings.mail_days,
            link_days=LASTS.days,
        )

    return handler


def _line(topic: Topic) -> Dict[str, str]:
    return {"id": topic.id, "title": topic.title, "description": topic.description}
