"""The tender helper: which rules a job follows, by when to complain, and whether an EAN number is right.

Everything comes in by the address, nothing is stored: a result can be kept as a bookmark or sent to a colleague.
"""

from typing import Any, Dict, List, Mapping, Optional, Sequence

from jinja2 import Environment
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.bootstrap import Services
from bot.core.answering import ShownFact, numbered_steps
from bot.core.conversations import iso
from bot.core.danish import kroner, long_day
from bot.core.knowledge import Source
from bot.core.tenders.answering import InvoiceCalculation
from bot.core.tenders.assessment import assess
from bot.core.tenders.limits import Limit, Limits
from bot.core.tenders.purchase import Purchase
from bot.core.tenders.telling import Teller
from bot.core.tenders.typed import (
    MESSAGE_FIELDS,
    PURCHASE_FIELDS,
    FilledMessage,
    FilledPurchase,
    read_message,
    read_purchase,
)
from bot.web.rendering import page

_EAN = "ean"
FIELDS = (*PURCHASE_FIELDS, *MESSAGE_FIELDS, _EAN)
_LONGEST = 200


def blueprint(services: Services, templates: Environment) -> Blueprint:
    """Return the page with its three forms."""
    helper = Blueprint("tender_help", url_prefix="/udbudshjaelp")
    content, texts = services.content, services.content.tenders
    limits = Limits(content.knowledge)
    teller, invoices = Teller(texts, limits), InvoiceCalculation(texts, limits)

    @helper.get("/")
    async def show(request: Request) -> HTTPResponse:
        values = {name: (request.args.get(name) or "")[:_LONGEST] for name in FIELDS}
        today = services.today()
        # A form counts as sent when its first field came, an empty one too; the others may only be kept from before.
        sent = {name for name, _ in request.get_query_args(keep_blank_values=True)}
        errors: Dict[str, str] = {}
        purchase = message = number = None
        if PURCHASE_FIELDS[0] in sent:
            filled = read_purchase(values, today, limits)
            errors.update(filled.errors)
            purchase = _purchase(filled)
        if MESSAGE_FIELDS[0] in sent:
            told = read_message(values)
            errors.update(told.errors)
            message = _message(told)
        if _EAN in sent:
            number = invoices.check(values[_EAN], today)
        if PURCHASE_FIELDS[0] not in sent:
            values["dag"] = values["dag"] or f"{today:%d-%m-%Y}"
        return page(
            templates,
            "tender_help.html",
            # A mistake is a mistake for programs too.
            status=400 if errors else 200,
            values=values,
            errors={name: texts.errors[errors[name]] for name in FIELDS if name in errors},
            kinds=[{"id": kind.value, "name": words.option} for kind, words in texts.kinds.items()],
            buyers=[{"id": buyer.value, "name": words.option} for buyer, words in texts.buyers.items()],
            messages=[{"id": item.value, "name": name} for item, name in texts.messages.items()],
            purchase=purchase,
            message=message,
            number=number.text if number else "",
            number_sources=[_source(item) for item in number.sources] if number else [],
            units=_units([*texts.topics[:1], *texts.invoice_topics[:1]]),
        )

    def _purchase(filled: FilledPurchase) -> Optional[Dict[str, Any]]:
        purchase = filled.purchase
        if purchase is None:
            return None
        told = teller.tell(assess(purchase, filled.day, limits))
        backing = content.knowledge.get(texts.backing_topic)
        sources = {item.fact.source.url: item.fact.source for item in told.facts}
        for source in backing.sources if backing and not backing.off else ():
            if source.id in texts.backing_sources:
                sources[source.url] = source
        return {
            "told": told,
            "sum": _sum(purchase),
            "day": long_day(filled.day),
            "facts": [_fact(item) for item in told.facts],
            "sources": [_source(item) for item in sources.values()],
            "checklists": _checklists(filled),
        }

    def _checklists(filled: FilledPurchase) -> List[Dict[str, Any]]:
        found = []
        for topic_id in texts.checklists:
            topic = content.knowledge.get(topic_id)
            if topic and not topic.off:
                steps = numbered_steps(topic, filled.day, content.phrases["answer"])[0]
                found.append({"id": topic.id, "title": topic.title, "steps": steps})
        return found

    def _message(told: FilledMessage) -> Optional[Dict[str, Any]]:
        if told.errors or told.message is None or told.sent is None:
            return None
        return {
            "title": texts.messages[told.message],
            "day": long_day(told.sent),
            "lines": teller.message(
                told.message, told.sent, told.digital, services.today(), services.holidays
            ),
            "sources": _sources_of((Limit.WAIT_DIGITAL, Limit.COMPLAIN_WINNER)),
        }

    def _sources_of(names: Sequence[Limit]) -> List[Dict[str, str]]:
        facts = [limits.fact(name) for name in names]
        return [_source(fact.source) for fact in facts if fact]

    def _units(topic_ids: Sequence[str]) -> List[Any]:
        return [unit for unit in map(content.units.for_topic, topic_ids) if unit]

    return helper


def _sum(purchase: Purchase) -> Mapping[str, str]:
    return {
        "amount": kroner(purchase.amount),
        "years": str(purchase.years),
        "option": kroner(purchase.option) if purchase.option else "",
        "value": kroner(purchase.value),
        "counted": "ja" if purchase.years > 1 or purchase.option else "",
    }


def _fact(item: ShownFact) -> Dict[str, Any]:
    return {
        "label": item.fact.label,
        "value": item.fact.shown(item.period),
        "from": iso(item.period.valid_from),
        "to": iso(item.period.valid_to),
        "source": _source(item.fact.source),
    }


def _source(source: Source) -> Dict[str, str]:
    return {"title": source.title, "url": source.url, "checked": source.checked.isoformat()}
