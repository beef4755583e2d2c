"""What the tender helper says, from data/tenders.yml, and which values each sentence may have put in."""

from dataclasses import dataclass, field
from string import Formatter
from typing import Iterable, Mapping, Tuple

from bot.core.tenders.assessment import Rule
from bot.core.tenders.notices import Message
from bot.core.tenders.purchase import Buyer, Kind

RULE_VALUES = (
    *("buyer", "Buyer", "market", "eu", "one_bid", "invited", "apply", "answers", "wait_digital"),
    *("day", "missing", "authority"),
)
_BUYER = ("buyer", "Buyer")
LINES: Mapping[str, Tuple[str, ...]] = {
    "begins": ("what", "value", "says"),
    "job": (),
    "vat_assumed": (),
    "vat_other": ("short",),
    "vat_taken_off": (),
    "kind_assumed": ("clause", "other", "short"),
    "goods_or_services": (),
    "mixed": ("clause", "other", "short"),
    "years": ("amount", "years", "value"),
    "one_year": (),
    "option": (),
    "highest": (),
    "holds": ("start", "end"),
    "works_checked": ("checked", *_BUYER),
    "several": ("amounts",),
    "unsure_border": _BUYER,
    "unsure_split": _BUYER,
    "unsure_mixed": _BUYER,
    "unsure_limit": ("Label", "limit", *_BUYER),
    "unsure_works": ("checked", *_BUYER),
    "unsure_estimate": _BUYER,
    "standstill": ("wait", "end", "sign"),
    "framework_eu": (),
    "standstill_unsure": (),
    "no_standstill": (),
    "complain_later": ("limit",),
    "complain": ("last", "limit"),
    "complain_safe": ("safe",),
    "complain_unknown": (),
    "complain_passed": (),
    "ean_ok": ("number", "length"),
    "ean_mangler": (),
    "ean_tegn": ("number", "length"),
    "ean_kort": ("number", "length", "count"),
    "ean_lang": ("number", "length", "count"),
    "ean_kontrol": ("number", "length"),
}
ERRORS = (
    *("amount_missing", "amount_unclear", "amount_not_positive", "amount_absurd", "option_unclear"),
    *("option_negative", "kind_missing", "years_missing", "years_wrong", "date_wrong", "message_missing"),
    *("sent_missing", "vat_unknown"),
)


@dataclass(frozen=True)
class KindWords:
    """What a kind of purchase is called: `noun` begins a sentence, `clause` stands in one, `option` in the form."""

    noun: str
    option: str
    clause: str
    words: Mapping[str, str]
    """From the patterns that tell the kind to what begins the sentence then."""
    weak: Tuple[str, ...] = ()


@dataclass(frozen=True)
class BuyerWords:
    """What a buyer is called in a sentence, and in the form."""

    name: str
    option: str


@dataclass(frozen=True)
class RuleTexts:
    """What is said about a rule; see data/tenders.yml."""

    title: str
    short: str
    says: str
    law: str
    do: Tuple[str, ...] = ()
    where: Tuple[str, ...] = ()
    time: Tuple[str, ...] = ()


@dataclass(frozen=True)
class TenderTexts:
    """Everything in data/tenders.yml."""

    topics: Tuple[str, ...]
    invoice_topics: Tuple[str, ...]
    works_topics: Tuple[str, ...]
    checklists: Tuple[str, ...]
    backing_topic: str
    backing_sources: Tuple[str, ...]
    kinds: Mapping[Kind, KindWords]
    buyers: Mapping[Buyer, BuyerWords]
    rules: Mapping[Rule, RuleTexts]
    messages: Mapping[Message, str]
    errors: Mapping[str, str]
    state: Tuple[str, ...] = ()
    notice: Tuple[str, ...] = ()
    option: Tuple[str, ...] = ()
    years: Mapping[str, int] = field(default_factory=dict)
    lines: Mapping[str, str] = field(default_factory=dict)

    def line(self, key: str, **values: str) -> str:
        """Return a sentence with its values put in; KeyError for an unknown one."""
        return filled(self.lines[key], values)


def places(text: str) -> Tuple[str, ...]:
    """Return the names of the values that a text wants; ValueError for a lone { or }."""
    return tuple(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put the values in; a sentence that ends with `kr.` has its full stop already."""
    return text.format(**values).replace("kr..", "kr.")


def told(texts: Iterable[str], values: Mapping[str, str]) -> Tuple[str, ...]:
    """Put the values in; a text that wants one that is not known is left out."""
    return tuple(filled(text, values) for text in texts if all(name in values for name in places(text)))
