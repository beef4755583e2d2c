"""The staff console: a listener of its own, so that a firewall can keep it inside."""

import asyncio

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, raw

from bot.bootstrap import Services
from bot.core.errors import StorageUnavailable
from bot.web import leader_pages, metrics, rights_pages
from bot.web.case_pages import CasePages
from bot.web.console_login import ConsoleLogin
from bot.web.cookies import Cookies
from bot.web.edge import Sentences, install
from bot.web.editor_pages import EditorPages
from bot.web.limits import RateLimits
from bot.web.listener import new_app
from bot.web.overview_pages import OverviewPages
from bot.web.rendering import environment
from bot.web.survey_console import SurveyConsole
from bot.web.undelivered_pages import Undeliverable

_HOUR = 3600
_WITHOUT_MENU = ("/static/", "/healthz", "/metrics")
# In bytes. A topic's form holds everything that is said about it, and each Danish letter takes six.
LARGEST_FORM = 256 * 1024


def create_app(services: Services, name: str = "genvej-console") -> Sanic:
    """Build the console from the services."""
    settings, content = services.settings, services.content
    app = new_app(name, services, "'none'", LARGEST_FORM)
    undelivered = Undeliverable(services)
    templates = environment(
        municipality=content.municipality, console=True, undelivered_count=undelivered.count
    )
    sentences = Sentences(
        content.phrases["errors"], content.municipality.phone, f"{settings.web_address}/kontakt"
    )
    cookies = Cookies("genvej_console", bool(settings.secure_cookies), settings.session_hours * _HOUR)
    rates = RateLimits(settings.rate_limit_storage, bool(settings.rate_limit), services.clock)
    login = ConsoleLogin(services, templates, sentences, cookies, rates)
    editor = EditorPages(services, templates, sentences, login)
    pages = CasePages(services, templates, sentences, login)
    app.blueprint(login.blueprint())
    app.blueprint(pages.blueprint())
    app.blueprint(editor.blueprint())
    app.blueprint(undelivered.blueprint(templates, sentences, login))
    app.blueprint(SurveyConsole(services, templates, sentences, login).blueprint())
    app.blueprint(OverviewPages(services, templates, sentences, login).blueprint())
    app.blueprint(leader_pages.blueprint(services, templates, login))
    app.blueprint(rights_pages.blueprint(services, templates, sentences, login))
    install(app, sentences, templates)

    @app.on_request
    async def count(request: Request) -> None:
        if not request.path.startswith(_WITHOUT_MENU):
            await undelivered.refresh()

    @app.get("/metrics")
    async def show_metrics(request: Request) -> HTTPResponse:
        try:
            outbox = await asyncio.to_thread(services.undelivered.figures, services.clock())
        except StorageUnavailable:
            outbox = None
        return raw(metrics.exposition(outbox), content_type="text/plain; version=0.0.4; charset=utf-8")

    pages.resume_with(login)
    editor.resume_with(login)
    return app
