"""What the visitors say: Danish questions to Genvej, the starter bot's own examples to the starter bot.

A conversation has MESSAGES_IN_A_CONVERSATION messages in both, then the visitor opens a new one.
"""

from pathlib import Path
from typing import Dict, Iterator, List

from ruamel.yaml import YAML

from tests.load.client import Line

# Written for the benchmark: not in data/nlu, and of different lengths and tones.
QUESTIONS = (
    Line("Hvad kræver det at få lov til at sælge øl på min café i Stengade?", "alkoholbevilling"),
    Line("Må jeg stille borde og stole ud på fortovet foran min café?", "udeservering"),
    Line("Skal jeg have byggetilladelse for at bygge et skur på 40 m2 ved værkstedet?", "byggetilladelse"),
    Line("Hvor lang tid tager en byggesag?", "byggesag_tid"),
    Line(
        "Jeg åbner en madvogn, hvordan bliver jeg registreret som fødevarevirksomhed?",
        "foedevareregistrering",
    ),
    Line("Hvor finder jeg kommunens udbud?", "find_udbud"),
    Line("Hvad er tærskelværdien for varer og tjenesteydelser?", "taerskelvaerdi"),
    Line("Hvordan sender jeg en e-faktura til kommunen?", "e_faktura"),
    Line("Jeg vil gerne starte egen virksomhed, hvor begynder jeg?", "start_virksomhed"),
    Line("Hvor meget kapital skal der være i et ApS?", "selskabskapital"),
    Line("Hvordan får jeg et cvr-nummer?", "cvr_registrering"),
    Line("Hvornår skal jeg registreres for moms?", "moms"),
    Line("Jeg vil sælge blomster fra en stadeplads på torvet, hvad koster det?", "stadeplads"),
    Line("Vi vil holde en byfest med musik på havnen til sommer, hvem skal give tilladelse?", "arrangement"),
    Line("Må jeg sætte et skilt op på facaden af min butik?", "skiltning_facade"),
    Line("Hvordan bliver vi godkendt til at have en lærling?", "laerling_elev"),
    Line("Hvad er dækningsafgift, og skal vi betale den?", "daekningsafgift"),
    Line("Hvem kan jeg ringe til i kommunens erhvervskontakt?", "erhvervskontakt"),
    Line("Kan vi få lov til at holde åbent til klokken 5 om natten på baren?", "nattilladelse"),
    Line("Hvordan klager jeg over en afgørelse fra kommunen?", "klage_afgoerelse"),
)

MESSAGES_IN_A_CONVERSATION = 4
# The starter bot's own stories by intent, each filled up by its rules. It has no answer to some other orders.
STARTER_STORIES = (
    ("greet", "mood_great", "bot_challenge", "goodbye"),
    ("greet", "mood_unhappy", "affirm", "goodbye"),
    ("greet", "mood_unhappy", "deny", "bot_challenge"),
)


def starter_lines(nlu_file: Path, rounds: int = 7) -> List[Line]:
    """Return the stories several times, each time with other ones of the examples in the starter bot's nlu.yml."""
    examples = _examples(nlu_file)
    used: Dict[str, Iterator[str]] = {intent: _endless(texts) for intent, texts in examples.items()}
    return [Line(next(used[intent])) for _ in range(rounds) for story in STARTER_STORIES for intent in story]


def _examples(nlu_file: Path) -> Dict[str, List[str]]:
    data = YAML(typ="safe").load(nlu_file.read_text(encoding="utf-8"))
    return {
        item["intent"]: [line.strip()[1:].strip() for line in item["examples"].splitlines() if line.strip()]
        for item in data["nlu"]
    }


def _endless(texts: List[str]) -> Iterator[str]:
    while True:
        yield from texts
