"""Whether a sentence speaks of what was or of what will be; dates without a year need to know."""

import re

_DONE = (
    r"fået|sendt|søgt|ansøgt|modtaget|haft|været|betalt|afleveret|indsendt|købt|solgt|lejet|ventet|skrevet|meldt|hørt|"
    r"stiftet|oprettet|registreret|fyret|opsagt|ansat|gjort|lavet|bygget|begyndt|startet|åbnet|lukket"
)
# Most verbs show it themselves: væltede, chattede. These do not, or end as other words do.
_PAST = (
    r"siden|sidste|forrige|var|fik|blev|kom|sendte|søgte|ansøgte|indsendte|købte|solgte|betalte|tjente|meldte|anmeldte|"
    r"begyndte|kørte|brugte|hørte|viste|mødte|spurgte|skrev|underskrev|havde|gik|skete|udløb|overtog|tog|gav|stod|sad|"
    r"sagde|lagde|satte|fandt|vandt|døde|holdt|afholdt|modtog|talte|røg|faldt|født|dateret|"
    r"(?!allerede|forberede|udbrede|indlede|udlede|aflede)\w{3,}ede|"
    rf"har (?:\w+ ){{0,3}}(?:{_DONE})|er (?:blevet|kommet|sendt|udløbet|flyttet|{_DONE})|"
    r"(?:startet|åbnet|stiftet|oprettet|fyret|opsagt|solgt|købt) (?:i|den|d\.?)|"
    r"(?:brev|mail|afgørelse|afslag|faktura|regning|tilladelse|svar|påbud|bøde|nej|ansøgning|sag)\w* (?:fra|af)"
)
_FUTURE = (
    r"skal|vil|senest|inden|åbner|lukker|starter|begynder|kommer|planlægger|bliver|kan|må|gerne|frist\w*|deadline|"
    r"udløber|forventer|ønsker|holder|gælder|får|har|er|næste|søger|flytter|overtager|fra|til"
)


def _typed(words: str) -> str:
    return words.replace("å", "(?:å|aa)").replace("ø", "(?:ø|oe)").replace("æ", "(?:æ|ae)")


_SIGN = re.compile(rf"(?<!\w)(?:(?P<past>{_typed(_PAST)})|(?:{_typed(_FUTURE)}))(?!\w)", re.I)
_SENTENCE_END = re.compile(r"[?!;\n]|\.\s+(?=[A-ZÆØÅ])")
_REACH = 80


def is_past(text: str, start: int, end: int) -> bool:
    """Tell whether what stands from `start` to `end` has been: the nearest sign before it decides, then one after.

    »jeg fik afslag og skal klage inden 3/12« lies ahead, »jeg fik afslag 3/11« behind. Without a sign it lies ahead.
    """
    before = _SENTENCE_END.split(text[max(0, start - _REACH) : start])[-1]
    signs = [sign for sign in _SIGN.finditer(before) if _counts(sign, before)]
    if signs:
        return bool(signs[-1]["past"])
    behind = _SENTENCE_END.split(text[end : end + _REACH], maxsplit=1)[0]
    sign = _SIGN.search(behind)
    return bool(sign and sign["past"])


def _counts(sign: "re.Match[str]", before: str) -> bool:
    """»til« and »fra« look ahead only right before the date: »fik lov til en tilbygning i marts« was."""
    if sign.group().lower() not in ("til", "fra"):
        return True
    return not before[sign.end() :].strip(" .") or before[sign.end() :].strip(" .").lower() in ("den", "d")
