"""The public web: the chat's API, its pages and the widget."""

import asyncio

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, file, json

from bot.bootstrap import Services
from bot.web import (
    api,
    case_status_pages,
    contact_form,
    deadline_pages,
    dialog_pages,
    guide,
    kept_plans,
    pages,
    plan_pages,
    survey_pages,
    tender_help,
)
from bot.web.chat_service import ChatService
from bot.web.cookies import Cookies
from bot.web.edge import Sentences, install
from bot.web.limits import RateLimits
from bot.web.listener import STATIC, new_app
from bot.web.plan_chat import PlanChat
from bot.web.rasa_client import RasaClient
from bot.web.rendering import environment
from bot.web.status_chat import StatusChat
from bot.web.status_check import StatusCheck

_DAY = 24 * 3600
_MESSAGES = "/chat/messages"
# What no editor changes.
_UNEDITED = ("/static/", "/chat/", "/healthz", "/readyz", "/widget.js", "/openapi.yml")


def create_app(services: Services, name: str = "genvej-web") -> Sanic:
    """Build the public web from the services."""
    settings, content = services.settings, services.content
    app = new_app(name, services, settings.frame_ancestors)
    templates = environment(municipality=content.municipality, emergency=lambda: services.editorial.notice)
    sentences = Sentences(
        content.phrases["errors"], content.municipality.phone, f"{settings.web_address}/kontakt"
    )
    rasa = RasaClient(settings.rasa_address, settings.bot_timeout)
    rates = RateLimits(settings.rate_limit_storage, bool(settings.rate_limit), services.clock)
    cookies = Cookies("genvej", bool(settings.secure_cookies), settings.conversation_days * _DAY)
    plans = plan_pages.PlanPages(services, templates, cookies)
    check = StatusCheck(services, rates)
    chat = ChatService(services, rasa, PlanChat(services, plans), StatusChat(services, check))

    app.blueprint(api.blueprint(chat, rates, templates, cookies))
    app.blueprint(pages.blueprint(services, chat, rates, templates, sentences, cookies))
    app.blueprint(contact_form.blueprint(services, chat, rates, templates, sentences, cookies))
    app.blueprint(dialog_pages.blueprint(services, rates, templates, sentences, cookies))
    app.blueprint(guide.blueprint(services, templates, cookies))
    app.blueprint(tender_help.blueprint(services, templates))
    app.blueprint(deadline_pages.blueprint(services, templates))
    app.blueprint(plan_pages.blueprint(services, plans, templates, rates))
    app.blueprint(kept_plans.blueprint(services, plans, rates, sentences, cookies))
    app.blueprint(survey_pages.blueprint(services, rates, templates, sentences))
    app.blueprint(case_status_pages.blueprint(services, check, rates, templates, sentences, cookies))
    install(app, sentences, templates)

    @app.on_request
    async def follow(request: Request) -> None:
        # The chat's answers come from the action server, which follows by itself; the notice stands beside them.
        if request.path == _MESSAGES or (request.method == "GET" and not request.path.startswith(_UNEDITED)):
            await asyncio.to_thread(services.follow_editors)

    @app.get("/widget.js")
    async def widget(request: Request) -> HTTPResponse:
        return await file(STATIC / "widget.js", mime_type="text/javascript")

    @app.get("/openapi.yml")
    async def contract(request: Request) -> HTTPResponse:
        return await file(STATIC.parent / "openapi.yml", mime_type="application/yaml")

    @app.get("/readyz")
    async def ready(request: Request) -> HTTPResponse:
        parts = {
            "database": await _database_ready(services),
            "rasa": await rasa.ready(f"{settings.rasa_address}/"),
            "actions": await rasa.ready(f"{settings.actions_address}/health"),
        }
        return json({"ready": all(parts.values()), **parts}, status=200 if all(parts.values()) else 503)

    @app.after_server_stop
    async def close(app: Sanic, loop) -> None:
        await rasa.close()

    return app


async def _database_ready(services: Services) -> bool:
    try:
        return await asyncio.to_thread(services.database.alive)
    except Exception:
        # Whatever the driver raises, the answer is the same.
        return False
