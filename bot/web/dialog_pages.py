"""Book en dialog: a business chooses a time to talk with a leader, and may call it off by a link."""

import asyncio
from itertools import groupby
from typing import Any, Dict, List

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, redirect

from bot.bootstrap import Services
from bot.core.danish import clock_time, long_day
from bot.core.dialog_service import Booked
from bot.core.dialogs import Dialog, DialogOffer, DialogRequest, slot_text
from bot.core.errors import Conflict, InvalidInput, NotFound, StorageUnavailable, TooMany
from bot.web import limits
from bot.web.cookies import Cookies, check_form, form_id, form_token, id_with_content
from bot.web.edge import Sentences, translate
from bot.web.listener import typed
from bot.web.rendering import page

FIELDS = ("slot", "name", "company", "email", "about")
_NEEDED = ("slot", "name", "email", "about")


def blueprint(
    services: Services,
    rates: limits.RateLimits,
    templates: Environment,
    sentences: Sentences,
    cookies: Cookies,
) -> Blueprint:
    """Return the choice of leaders, the form, the receipt and the page to call off."""
    pages = Blueprint("dialogs", url_prefix="/dialog")
    dialogs, units, forms = services.dialogs, services.content.units, cookies.for_forms()

    @pages.get("/")
    async def choose(request: Request) -> HTTPResponse:
        offers = [_offer(offer) for offer in dialogs.rules.offers]
        return page(templates, "dialogs.html", offers=offers)

    @pages.get("/<unit:str>")
    async def show(request: Request, unit: str) -> HTTPResponse:
        return await _form(request, _of(unit), {}, {}, services.chance.identifier())

    @pages.post("/<unit:str>")
    async def book(request: Request, unit: str) -> HTTPResponse:
        offer = _of(unit)
        values = {name: typed(request, name) for name in FIELDS}
        key = form_id(request, "request_key", services.chance)
        try:
            check_form(request, forms.read(request))
            booked = await _book(request, unit, values, key)
        except (Conflict, InvalidInput, TooMany, StorageUnavailable) as error:
            return await _refused(request, offer, values, key, error)
        return page(templates, "dialog_booked.html", dialog=_shown(booked.dialog), token=booked.token)

    @pages.get("/aftale/<token:str>")
    async def appointment(request: Request, token: str) -> HTTPResponse:
        return _appointment(request, await asyncio.to_thread(dialogs.find, token), token)

    @pages.post("/aftale/<token:str>")
    async def cancel(request: Request, token: str) -> HTTPResponse:
        dialog = await asyncio.to_thread(dialogs.find, token)
        try:
            check_form(request, forms.read(request))
            await asyncio.to_thread(dialogs.cancel, token)
        except Conflict:
            # Whoever called it off, it is off.
            return redirect(f"/dialog/aftale/{token}", status=303)
        except (InvalidInput, StorageUnavailable) as error:
            status, code, _ = translate(error)
            return _appointment(request, dialog, token, status, sentences.say(code))
        return redirect(f"/dialog/aftale/{token}", status=303)

    async def _book(request: Request, unit: str, values: Dict[str, str], key: str) -> Booked:
        rates.count(limits.DIALOGS, request.remote_addr or request.ip)
        if all(values[name].strip() for name in _NEEDED):
            # Nobody may fill a stranger's mailbox by booking and calling off, from however many places.
            rates.count(limits.DIALOG_MAILS, limits.hidden(values["email"]))
            rates.count(limits.DIALOG_MAILS_A_DAY, limits.hidden(values["email"]))
        request_key = f"dialog:{id_with_content(key, unit, *values.values())}"
        return await asyncio.to_thread(dialogs.book, unit, DialogRequest(**values), request_key)

    def _of(unit: str) -> DialogOffer:
        offer = dialogs.rules.offer(unit)
        if offer is None:
            raise NotFound("no talks with this unit")
        return offer

    async def _refused(
        request: Request, offer: DialogOffer, values: Dict[str, str], key: str, error: Exception
    ) -> HTTPResponse:
        status, code, wait = translate(error)
        taken = isinstance(error, Conflict)
        field = "slot" if taken else getattr(error, "field", "")
        errors = {field: sentences.say("dialog_taken" if taken else code, seconds=str(wait or ""))}
        if field == "slot":
            values = {**values, "slot": ""}
        response = await _form(request, offer, values, errors, key, status)
        if wait:
            response.headers["Retry-After"] = str(wait)
        return response

    async def _form(
        request: Request,
        offer: DialogOffer,
        values: Dict[str, str],
        errors: Dict[str, str],
        key: str,
        status: int = 200,
    ) -> HTTPResponse:
        secret = forms.read(request) or services.chance.secret()
        try:
            free = await asyncio.to_thread(dialogs.free, offer.unit)
        except StorageUnavailable:
            free = []
        response = page(
            templates,
            "dialog.html",
            status=status,
            offer=_offer(offer),
            days=_days(free),
            values={**dict.fromkeys(FIELDS, ""), **values},
            errors=errors,
            csrf=form_token(secret),
            request_key=key,
        )
        return forms.write(response, secret)

    def _appointment(
        request: Request, dialog: Dialog, token: str, status: int = 200, error: str = ""
    ) -> HTTPResponse:
        secret = forms.read(request) or services.chance.secret()
        response = page(
            templates,
            "dialog_appointment.html",
            status=status,
            dialog=_shown(dialog),
            over=dialogs.over(dialog),
            token=token,
            error=error,
            csrf=form_token(secret),
        )
        return forms.write(response, secret)

    def _offer(offer: DialogOffer) -> Dict[str, Any]:
        unit = units.get(offer.unit)
        return {**vars(offer), "name": unit.name, "for_whom": unit.for_whom}

    def _shown(dialog: Dialog) -> Dict[str, Any]:
        known = units.has(dialog.unit)
        return {
            "unit_name": units.get(dialog.unit).name if known else dialog.unit,
            "day": long_day(dialog.starts_at.date()),
            "clock": clock_time(dialog.starts_at),
            "minutes": dialog.minutes,
            "place": dialog.place,
            "email": dialog.email,
            "cancelled": dialog.cancelled_at is not None,
        }

    return pages


def _days(free) -> List[Dict[str, Any]]:
    """Return the free slots by day."""
    return [
        {
            "day": long_day(day),
            "slots": [{"value": slot_text(at), "clock": clock_time(at)} for at in found],
        }
        for day, found in groupby(free, key=lambda at: at.date())
    ]
