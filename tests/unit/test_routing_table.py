"""Where cases go and why: what a business wrote, its topics, and the unit, the reason and the parts that follow.

Everything is the real content of Helsingør; only absence, hours and capacity, which no unit has told yet, are set here.
"""

from dataclasses import replace
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import holidays
import pytest

from bot.core.calculations import Mention
from bot.core.handoff import HandoffRequest, HandoffService
from bot.core.inquiries import told_in
from bot.core.units import Absence, Units
from bot.understanding.entities.extractor import Extractor
from tests.unit.fakes import FakeCaseStore, FakeChance, FakeMailWriter, FakeReceipts, FakeTranscripts

DENMARK = ZoneInfo("Europe/Copenhagen")
WEDNESDAY = datetime(2026, 11, 25, 12, tzinfo=DENMARK)
FRIDAY_LATE = datetime(2026, 11, 27, 16, 30, tzinfo=DENMARK)
AWAY = (Absence(date(2026, 11, 23), date(2026, 12, 4)),)
NINE_TO_TWO = dict.fromkeys(range(5), (time(9), time(14)))
SEVERAL = "sagen handler om flere ting"
ASKED_FOR = "virksomheden har bedt om"
UNKNOWN = "vi ikke kender emnet"
ELSEWHERE = "stedet ser ud til at ligge i en anden kommune"
STATE = "gerne vil have hjælp fra kommunen"
DEFAULT = "erhvervsservice"

# (what was written, topics, unit, what the reason says, units of the parts)
BY_TOPIC = [
    ("Vi bygger til", "byggetilladelse", "byggesag", "Byggetilladelse", ""),
    ("Hvor lang tid går der?", "byggesag_tid", "byggesag", "emnet", ""),
    ("Hvad koster byggesagen?", "byggesagsgebyr", "byggesag", "emnet", ""),
    ("Butik bliver til café", "aendret_anvendelse", "byggesag", "emnet", ""),
    ("Laden skal væk", "nedrivning", "byggesag", "emnet", ""),
    ("Vi er færdige med at bygge", "ibrugtagning", "byggesag", "emnet", ""),
    ("Et skilt på facaden", "skiltning_facade", "byggesag", "emnet", ""),
    ("Et fredet hus", "bevaringsvaerdig_bygning", "byggesag", "emnet", ""),
    ("Lokalplanen siger nej", "lokalplan_dispensation", "plan", "emnet", ""),
    ("Et værksted på landet", "landzonetilladelse", "plan", "emnet", ""),
    ("Klinik i min stue", "hjemmevirksomhed", "plan", "emnet", ""),
    ("Bedre vej til os", "infrastruktur", "plan", "emnet", ""),
    ("Vi maler biler", "miljoegodkendelse", "miljoe", "emnet", ""),
    ("I kommer på tilsyn", "miljoetilsyn", "miljoe", "emnet", ""),
    ("Fedtudskiller", "spildevand", "miljoe", "emnet", ""),
    ("Affald fra butikken", "erhvervsaffald", "miljoe", "emnet", ""),
    ("Naboen klager over musik", "stoej", "miljoe", "emnet", ""),
    ("Olie i jorden", "jord_forurening", "miljoe", "emnet", ""),
    ("Kajaktur i søen", "naturbeskyttelse", "miljoe", "emnet", ""),
    ("Øl på caféen", "alkoholbevilling", "bevilling", "emnet", ""),
    ("Åbent til klokken fem", "nattilladelse", "bevilling", "emnet", ""),
    ("Borde og stole", "udeservering", "vej_byrum", "emnet", ""),
    ("Stativ med tøj", "vareudstilling", "vej_byrum", "emnet", ""),
    ("Stillads på fortovet", "raaden_over_vej", "vej_byrum", "emnet", ""),
    ("Vi graver et kabel ned", "gravetilladelse", "vej_byrum", "emnet", ""),
    ("Pølsevogn på torvet", "stadeplads", "vej_byrum", "emnet", ""),
    ("Loppemarked", "arrangement", "vej_byrum", "emnet", ""),
    ("Optagelser i gaden", "filmoptagelse", "vej_byrum", "emnet", ""),
    ("Plads til varevognen", "parkering", "vej_byrum", "emnet", ""),
    ("Kajplads til min båd", "havn", "havn", "emnet", ""),
    ("Flugtveje", "brandsikkerhed", "beredskab", "emnet", ""),
    ("Hvor er jeres udbud?", "find_udbud", "indkoeb_udbud", "emnet", ""),
    ("Vi vil byde på rengøring", "byd_paa_opgave", "indkoeb_udbud", "emnet", ""),
    ("En opgave til 4.200.000 kr.", "licitation_bygge", "indkoeb_udbud", "emnet", ""),
    ("En opgave til 40.000 kr.", "bliv_leverandoer", "indkoeb_udbud", "emnet", ""),
    ("Faktura med EAN", "e_faktura", "oekonomi", "emnet", ""),
    ("I har ikke betalt", "betaling_fra_kommunen", "oekonomi", "emnet", ""),
    ("Dækningsafgift af kontoret", "daekningsafgift", "oekonomi", "emnet", ""),
    ("Min første ansatte", "ansaette_medarbejder", "virksomhedsservice", "emnet", ""),
    ("En i praktik", "praktik_loentilskud", "virksomhedsservice", "emnet", ""),
    ("Refusion ved sygdom", "sygedagpenge_refusion", "virksomhedsservice", "emnet", ""),
    ("Dagpleje i mit hus", "privat_pasning", "dagtilbud", "emnet", ""),
    ("Indsigt i sagen", "aktindsigt", "jura", "emnet", ""),
    ("Jeg vil klage", "klage_afgoerelse", "jura", "emnet", ""),
    ("Udstilling på museet", "kultur_oplevelser", "kultur", "emnet", ""),
    ("Jeg vil i gang", "start_virksomhed", DEFAULT, "emnet", ""),
    ("Et lokale i byen", "lokaler_grunde", DEFAULT, "emnet", ""),
    ("Ris til jer", "ros_ris", DEFAULT, "emnet", ""),
]
WITHOUT_TOPIC = [
    ("Noget helt andet", "", DEFAULT, UNKNOWN, ""),
    ("Noget helt andet", "findes_ikke", DEFAULT, UNKNOWN, ""),
    ("Jeg vil starte som dagplejer", "", "dagtilbud", "at passe børn", ""),
    ("Jeg har en frisørsalon", "", DEFAULT, UNKNOWN, ""),
]
BY_STATE = [
    ("Moms af gavekort", "moms", DEFAULT, f"{STATE}, selv om Skattestyrelsen", ""),
    ("Mit varemærke", "navn_varemaerke", DEFAULT, f"{STATE}, selv om Patent- og", ""),
    ("Musik i butikken", "musik_koda", DEFAULT, f"{STATE}, selv om Koda", ""),
    ("Taxi", "taxi_transport", DEFAULT, f"{STATE}, selv om Færdselsstyrelsen", ""),
    # The municipality has a part in these, though others decide.
    ("Fadøl til byfesten", "lejlighedstilladelse", "bevilling", "emnet", ""),
    ("Mad fra vognen", "foedevareregistrering", "bevilling", "emnet", ""),
    ("Vi tabte udbuddet", "udbudsklage", "indkoeb_udbud", "emnet", ""),
    ("Folk fra Indien", "udenlandsk_arbejdskraft", "virksomhedsservice", "emnet", ""),
    # Beside something of the municipality's the state's topic opens nothing.
    ("Moms og et skilt", "moms skiltning_facade", "byggesag", "emnet", ""),
    ("Moms og taxi", "moms taxi_transport", DEFAULT, STATE, ""),
]
BY_PLACE = [
    ("Borde på Nordhavnen", "udeservering", "vej_byrum", SEVERAL, "havn"),
    ("Koncert ved Kulturhavnen i juli", "arrangement", "vej_byrum", SEVERAL, "havn"),
    ("Et skur på Nordhavnsvej 13", "byggetilladelse", "byggesag", SEVERAL, "havn"),
    ("Et lokale på Nordhavnen", "lokaler_grunde", "havn", "lejer lokaler og arealer ud", ""),
    ("Bådplads i Snekkersten Havn", "havn", DEFAULT, "drives af en fond", ""),
    ("Kiosk på havnen i Hornbæk", "havn", DEFAULT, "drives af en fond", ""),
    ("Vi er fra København og vil ligge i Nordhavnen", "havn", "havn", "emnet", ""),
    ("Borde i Stengade 10, 3000 Helsingør", "udeservering", "vej_byrum", "emnet", ""),
    ("Vi bygger til på Hovedgaden 3, 2970 Hørsholm", "byggetilladelse", DEFAULT, ELSEWHERE, ""),
    ("Borde foran min café i Hillerød", "udeservering", DEFAULT, ELSEWHERE, ""),
    ("Firmaet i Hillerød åbner i Helsingør", "byggetilladelse", "byggesag", "emnet", ""),
    ("Byggegrund i 3490 Kvistgård", "byggetilladelse", "byggesag", "emnet", ""),
    ("Vi er fra Hillerød og vil byde på opgaver", "byd_paa_opgave", "indkoeb_udbud", "emnet", ""),
]
BY_WISH = [
    ("Jeg vil tale med Byggesag", "", "byggesag", ASKED_FOR, ""),
    ("jeg vil gerne tale med byggesag", "alkoholbevilling", "byggesag", ASKED_FOR, ""),
    ("Kan jeg snakke med nogen fra Plan?", "byggetilladelse", "plan", ASKED_FOR, ""),
    ("Jeg vil tale med lederen af Vej og byrum", "ros_ris", "vej_byrum", ASKED_FOR, ""),
    ("Send det til Natur og miljø", "", "miljoe", ASKED_FOR, ""),
    ("Jeg vil kontakte Jura og databeskyttelse", "", "jura", ASKED_FOR, ""),
    ("Må jeg tale med Erhvervsservice om moms?", "moms", DEFAULT, ASKED_FOR, ""),
    ("Min plan er at bygge", "byggetilladelse", "byggesag", "emnet", ""),
    ("Jeg vil tale med en medarbejder", "", DEFAULT, UNKNOWN, ""),
    (
        "Tal med Plan om skilt og borde",
        "skiltning_facade udeservering",
        "plan",
        ASKED_FOR,
        "byggesag vej_byrum",
    ),
    (
        "Tal med Byggesag om skilt og borde",
        "skiltning_facade udeservering",
        "byggesag",
        ASKED_FOR,
        "vej_byrum",
    ),
]
BY_SEVERAL = [
    ("Øl og natåbent", "alkoholbevilling nattilladelse", "bevilling", "emnerne", ""),
    ("Skilt og borde", "skiltning_facade udeservering", "byggesag", SEVERAL, "vej_byrum"),
    ("Borde og skilt", "udeservering skiltning_facade", "vej_byrum", SEVERAL, "byggesag"),
    ("Øl, borde og varer", "alkoholbevilling udeservering vareudstilling", "vej_byrum", SEVERAL, "bevilling"),
    ("Tre ting", "spildevand e_faktura havn", "miljoe", SEVERAL, "oekonomi havn"),
    ("Samme to gange", "havn havn", "havn", "emnet", ""),
]
TABLE = [*BY_TOPIC, *WITHOUT_TOPIC, *BY_STATE, *BY_PLACE, *BY_WISH, *BY_SEVERAL]

# (topics, what is told beside them or how units are, unit, what the reason says, units of the parts)
CIRCUMSTANCES = [
    ("", {"plan": "cafe"}, DEFAULT, "planen »Åbn en café eller restaurant«", ""),
    ("alkoholbevilling", {"plan": "cafe"}, DEFAULT, "har sendt planen", "bevilling"),
    ("moms udeservering", {"plan": "cafe"}, DEFAULT, "har sendt planen", "vej_byrum"),
    ("byggetilladelse", {"plan": "findes_ikke"}, DEFAULT, "har sendt planen", "byggesag"),
    ("byggetilladelse", {"language": "en"}, "byggesag", "skrevet på engelsk", ""),
    ("", {"language": "sv"}, DEFAULT, "skrevet på svensk", ""),
    ("moms", {"language": "de"}, DEFAULT, "skrevet på tysk", ""),
    ("", {"wish": "kultur"}, "kultur", ASKED_FOR, ""),
    ("", {"wish": "findes_ikke"}, DEFAULT, UNKNOWN, ""),
    ("havn", {"havn": {"absences": AWAY}}, DEFAULT, "Helsingør Havne er væk til og med fredag den 4. december", ""),
    ("havn", {"havn": {"absences": AWAY, "deputy": "vej_byrum"}}, "vej_byrum", "Vej og byrum tager sagen", ""),
    ("havn", {"havn": {"absences": AWAY, "deputy": "kultur"}, "kultur": {"absences": AWAY}}, DEFAULT, "er væk", ""),
    ("havn", {"havn": {"absences": AWAY, "deputy": "plan"}, "plan": {"absences": AWAY, "deputy": "havn"}},
     DEFAULT, "Erhvervsservice tager sagen", ""),
    ("start_virksomhed", {DEFAULT: {"absences": AWAY}}, DEFAULT, "emnet", ""),
    ("havn", {"havn": {"absences": (Absence(date(2026, 12, 1), date(2026, 12, 4)),)}}, "havn", "emnet", ""),
    ("havn", {"havn": {"capacity": 3}, "loads": {"havn": 2}}, "havn", "emnet", ""),
    ("havn", {"havn": {"capacity": 3}, "loads": {"havn": 3}}, "havn", "svaret kan tage længere tid", ""),
    ("havn", {"havn": {"capacity": 3, "full": "deputy", "deputy": "kultur"}, "loads": {"havn": 9}},
     "kultur", "Helsingør Havne har mange sager lige nu, så Kultur og oplevelser tager sagen", ""),
    ("havn", {"havn": {"capacity": 3, "full": "deputy", "deputy": "kultur"}, "kultur": {"absences": AWAY},
              "loads": {"havn": 9}}, "havn", "svaret kan tage længere tid", ""),
    ("havn udeservering", {"havn": {"absences": AWAY, "deputy": "vej_byrum"}}, "vej_byrum", SEVERAL, ""),
    ("", {"wish": "havn", "havn": {"absences": AWAY, "deputy": "kultur"}}, "kultur", ASKED_FOR, ""),
    ("havn", {"at": FRIDAY_LATE, "havn": {"opening": NINE_TO_TWO}}, "havn", "emnet", ""),
]  # fmt: skip


def test_the_table_has_eighty_rows():
    assert len(TABLE) + len(CIRCUMSTANCES) >= 80


@pytest.fixture(scope="module")
def extractor(content):
    return Extractor(content.places, content.postcodes, content.trades)


@pytest.fixture
def hand_over(content, extractor):
    """Hand over as the contact form does; return the receipt and every case that was opened, the whole one first."""

    def run(words="Hjælp", topics="", at=WEDNESDAY, loads=None, **told):
        ids = [unit.id for unit in content.units.all() if isinstance(told.get(unit.id), dict)]
        changed = {name: told.pop(name) for name in ids}
        units = Units(replace(unit, **changed.get(unit.id, {})) for unit in content.units.all())
        store = FakeCaseStore()
        service = HandoffService(
            units=units,
            municipality=content.municipality,
            knowledge=content.knowledge,
            phrases=content.phrases["routing"],
            store=store,
            transcripts=FakeTranscripts(),
            mails=FakeMailWriter(),
            receipts=FakeReceipts(),
            holidays=holidays.country_holidays("DK"),
            clock=lambda: at,
            chance=FakeChance(),
            rules=content.routing,
            loads=lambda: loads or {},
            plan_titles={plan.id: plan.title for plan in content.plans.values()},
        )
        found = extractor.extract(words, at.date())
        named = vars(told_in(Mention(item.kind, item.value, extra=item.extra) for item in found))
        request = HandoffRequest(
            words,
            "Mette Holm",
            email="m@holm.dk",
            consent=True,
            topics=tuple(topics.split()),
            **{**named, **told},
        )
        return service.submit(request), store.opened

    return run


def check(receipt, opened, unit, because, parts):
    whole, *others = opened
    assert whole.unit == unit
    assert whole.routed_because.startswith("fordi ")
    assert because in whole.routed_because
    assert [part.unit for part in others] == parts.split()
    assert all(part.parent == whole.id and part.routed_because.startswith("fordi ") for part in others)
    assert receipt.line.reference == whole.reference
    assert whole.answer_by == max(case.answer_by for case in opened)


@pytest.mark.parametrize(("words", "topics", "unit", "because", "parts"), TABLE)
def test_a_case_goes_to_its_unit_for_a_reason(hand_over, words, topics, unit, because, parts):
    check(*hand_over(words, topics), unit, because, parts)


@pytest.mark.parametrize(("topics", "told", "unit", "because", "parts"), CIRCUMSTANCES)
def test_what_else_is_known_decides_too(hand_over, topics, told, unit, because, parts):
    check(*hand_over(topics=topics, **told), unit, because, parts)
