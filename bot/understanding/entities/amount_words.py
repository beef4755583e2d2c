"""The words around a number that make it money, or something else, and what they say about the amount."""

import re
from typing import Any, Dict, NamedTuple, Optional

SPACE = r"[ \t\u00a0\u202f]"
_CURRENCIES = {
    "SEK": r"sek\b|svenske? kr(?:oner)?\b",
    "NOK": r"norske? kr(?:oner)?\b",
    "DKK": r"kr\b|kroner\b|dkk\b|(?:,--?|\.-|,\u2013)(?!\w)",
    "EUR": r"€|euros?\b|eur\b",
    "USD": r"usd\b|dollars?\b|\$",
}
_NAMED = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _CURRENCIES.items())
_BEHIND = re.compile(rf"{SPACE}*(?:{_NAMED})(?:(?<=-){SPACE}*kr\b)?", re.I)
_BEHIND_SCALE = re.compile(rf"\.?{SPACE}*(?:{_NAMED})", re.I)
_BEFORE = re.compile(rf"(?<!\w)(?:(?P<DKK>kr\.?|dkk)|(?P<EUR>€|eur)|(?P<USD>\$|usd)){SPACE}*$", re.I)
_OERE = re.compile(rf"{SPACE}*øre\b", re.I)

_THINGS = re.compile(
    rf"\.?{SPACE}*(?:[-/%°²³]|m[²2³3]?\b|kvm|kvadrat|kubik|[ckm]m\b|km|kg|g\b|tons?\b|liter|[cd]?l\b|pct|procent|"
    r"promille|person|menneske|gæst|besøg|kunde|bruger|ansat|medarbejder|folk|mand\b|mænd|kvinde|børn|barn|elev|"
    r"deltager|borger|[a-zæøå]*plads|sæde|stk|styk|dag\b|dage\b|døgn|time[rn]?\b|uger?\b|måned|mdr|år\b|års\b|"
    r"min\b|minut|sekund|[km]?wh?\b|volt|ampere|hk\b|etage|værelse|seng|bord|stol|biler\b|træer|dyr\b|kø\b|køer|gris|"
    r"høns|flaske|øl\b|billet|indbygger|følger|visning|ord\b|sider\b|gang|grader|hektar|ha\b|tønde|enhed|bolig|"
    r"lejlighed|huse\b|grunde\b|tegn\b|skridt|plakat|medlem)",
    re.I,
)
_SMALL_WORD = re.compile(
    rf"\.?{SPACE}*(?:$|[\n.,;:!?)\]\"'»«…+=~\u2013]|(?:om|i|på|til|for|og|eller|men|så|eks|ekskl|excl|ex|inkl|incl|uden|"
    r"med|moms|pr|per|årlig|årligt|når|hvis|som|der|at|er|var|fra|ved|efter|hver|ekstra|mere|mindre|alt|ialt|samlet|"
    r"netto|brutto|før|skal|kan|vil|har|jeg|vi|hvad|hvor|hvilke|det|den|af|mellem|ud|ind|ned|op|nu|plus|minus|ikke|må|"
    r"bliver)\b)",
    re.I,
)
_MONEY = re.compile(
    r"(?:(?<![a-zæøå])(?:om)?kost|pris|beløb|oms[æa]t|budget|leje|gebyr|overskud|underskud|indtægt|faktura|regning|kontrakt|tilbud|værdi|"
    r"bøde|gæld|honorar|depositum|sum|udgift|betal|kapital|løn|lån|tjene|udbud|opgave)[^.!?\n]{0,30}$",
    re.I,
)
_LEADS_ON = re.compile(
    rf"(?:(?<!\w)(?:på|er|for|til|var|bliver|blev|af|ca\.?|cirka|omkring|kun|kost\w*|betal\w*|oms[æa]t\w*|tjen\w*|over|"
    rf"under|mindst|højst|moms)|[:=~]){SPACE}*$",
    re.I,
)

_SENTENCE_ENDS = re.compile(r"[?!\n]|\.\s+(?=[A-ZÆØÅ])")
_WITHOUT_VAT = (
    r"(?:eks|ekskl|ex|exc|exl|excl|eksklusive?|exclusive|uden|plus|før|foruden|\+|u)[./]?\s{0,2}moms"
)
_WITH_VAT = r"(?:ink|inkl|inc|incl|inklusive?|inclusive|med|m)[./]?\s{0,2}moms"
_VAT = re.compile(rf"(?<!\w)(?:(?P<out>{_WITHOUT_VAT})|(?:{_WITH_VAT}))(?!\w)", re.I)
_VAT_BEFORE = re.compile(rf"{_VAT.pattern}\W{{0,3}}(?:(?:er|på|for)\s)?(?:kr\.?\s?)?$", re.I)
_YEARLY_BEHIND = re.compile(
    r"[^,;:\d]{0,16}?(?:om (?:å|aa)ret|(?:å|aa)rligt?|per (?:å|aa)r|pr\.? ?(?:å|aa)r|/ ?(?:å|aa)r|p\. ?a|"
    r"hvert (?:å|aa)r)(?!\w)",
    re.I,
)
_YEARLY_BEFORE = re.compile(
    r"(?<!\w)(?:(?:å|aa)rlige?|(?:å|aa)rs[a-zæøå]+|om (?:å|aa)ret|hvert (?:å|aa)r|pr\.? (?:å|aa)r)(?!\w)"
    r"[^.!?\d\n]{0,40}$",
    re.I,
)
_APPROXIMATE = re.compile(
    r"(?:(?<!\w)(?:ca|cirka|circa|omkring|omtrent|rundt regnet|sådan|små|knap|godt|næsten|op mod|i omegnen af|"
    rf"et sted|vel)\.?|~){SPACE}*$",
    re.I,
)
_BOUNDS = {
    "at_most": re.compile(
        r"(?<!\w)(?:op til|højst|højest|maks|max|maksimalt|maximalt|under|mindre end|ikke over|lavere end)\.?\s*$",
        re.I,
    ),
    "at_least": re.compile(r"(?<!\w)(?:over|mindst|minimum|min|mere end|større end|højere end)\.?\s*$", re.I),
}
_REACH = 60


class Currency(NamedTuple):
    """A currency that stands at a number, and how far it reaches."""

    name: str
    at: int


def currency_behind(text: str, end: int, scaled: bool) -> Optional[Currency]:
    """Return the currency right behind a number that ends at `end`; »mio.« may have its full stop."""
    match = (_BEHIND_SCALE if scaled else _BEHIND).match(text, end)
    return Currency(next(name for name in _CURRENCIES if match[name]), match.end()) if match else None


def currency_before(text: str, start: int, from_: int) -> Optional[Currency]:
    """Return the currency right before a number that begins at `start`, if it stands behind `from_`."""
    match = _BEFORE.search(text[max(from_, start - 8) : start])
    if not match:
        return None
    # The group that matched is the only named one.
    return Currency(str(match.lastgroup), start - (match.end() - match.start()))


def oere_behind(text: str, end: int) -> Optional[int]:
    """Return the end of »øre« behind a number, or None."""
    match = _OERE.match(text, end)
    return match.end() if match else None


def counts_things(text: str, end: int) -> bool:
    """Tell whether a unit, people or things follow: »40 m2«, »20 tusind gæster«."""
    return bool(_THINGS.match(text, end)) or text[end : end + 1].isalnum()


def stands_alone(text: str, end: int) -> bool:
    """Tell whether nothing or only a small word follows: any other word may be what is counted."""
    return bool(_SMALL_WORD.match(text, end))


def speaks_of_money(text: str, start: int) -> bool:
    """Tell whether the words before `start` lead on to an amount: »huslejen er …«."""
    before = text[max(0, start - _REACH) : start]
    return bool(_LEADS_ON.search(before) and _MONEY.search(before))


def circumstances(text: str, start: int, end: int, from_: int, until: int) -> Dict[str, Any]:
    """Return approximate, bound, per_year and vat of the amount from `start` to `end`.

    The words looked at stand between `from_` and `until`, where the neighbouring numbers are.
    """
    before = text[max(from_, start - _REACH) : start]
    behind = _SENTENCE_ENDS.split(text[end : min(until, end + _REACH)], maxsplit=1)[0]
    vat = _VAT.search(behind) or _VAT_BEFORE.search(before)
    return {
        "approximate": bool(_APPROXIMATE.search(before)),
        "bound": next((name for name, pattern in _BOUNDS.items() if pattern.search(before)), None),
        "per_year": bool(_YEARLY_BEHIND.match(behind) or _YEARLY_BEFORE.search(before)),
        "vat": None if not vat else "ekskl. moms" if vat["out"] else "inkl. moms",
    }
