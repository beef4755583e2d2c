"""Deadlines worked out by hand, every rule of data/deadlines.yml at least once.

Beside each stands why, with the paragraph or page the count follows. Easter is 28 March 2027 and 16 April 2028.
"""

from datetime import date

import holidays
import pytest

from bot.core.due_dates import work_out

TODAY = date(2026, 11, 26)
DENMARK = holidays.country_holidays("DK", language="da")

BYG = "byggelovens § 24, JM's guide 9533/2018"
PLAN = "planlovens § 60"
MILJOE = "miljøbeskyttelseslovens § 93"
GUIDE = "JM's guide 9533/2018"
VEJ = "vejlovens § 132, JM's guide 9533/2018"
UDBUD = "lov om Klagenævnet for Udbud § 3, regulation 1182/71"
TENDER = "lov om Klagenævnet for Udbud § 7, the working day before as in bot/core/tenders/notices.py"
DAYS = "offentlighedslovens § 36: Monday to Friday, no holidays"
BACK = "counted back, the working day before for safety"
MOMS = "momslovens § 57, moved as in skat.dk's list"

# fmt: off
CASES = [
    # building
    ("byggetilladelse_klage", "2026-11-05", "2026-12-03", f"Thursday to Thursday; {BYG}"),
    ("aendret_anvendelse_klage", "2026-11-27", "2026-12-28", f"25 December, then a weekend with 26 December; {BYG}"),
    ("brandsikkerhed_klage", "2026-11-28", "2026-12-28", f"26 December is a Saturday; {BYG}"),
    ("byggesag_tid_klage", "2026-11-26", "2026-12-24", f"24 December is no public holiday; {BYG}"),
    ("byggesagsgebyr_klage", "2026-12-03", "2026-12-31", f"31 December is no public holiday; {BYG}"),
    ("detailhandel_klage", "2026-12-04", "2027-01-04", f"New Year's Day is a Friday; {BYG}"),
    ("groen_omstilling_klage", "2027-02-25", "2027-03-30", f"Maundy Thursday to the Tuesday after Easter; {BYG}"),
    ("ibrugtagning_klage", "2027-02-26", "2027-03-30", f"Good Friday; {BYG}"),
    ("lokaler_grunde_klage", "2027-03-01", "2027-03-30", f"Easter Monday; {BYG}"),
    ("markedsfoering_klage", "2027-02-24", "2027-03-24", f"the Wednesday before Easter; {BYG}"),
    ("nedrivning_klage", "2027-04-08", "2027-05-07", f"Ascension Day; {BYG}"),
    ("overnatning_udlejning_klage", "2027-04-09", "2027-05-07", f"the Friday after Ascension is no holiday; {BYG}"),
    ("personlig_pleje_klage", "2027-04-19", "2027-05-18", f"Whit Monday; {BYG}"),
    ("skiltning_facade_klage", "2027-05-08", "2027-06-07", f"5 June is a Saturday; {BYG}"),
    ("skiltning_facade_klage", "2026-05-08", "2026-06-05", f"5 June on a Friday is no public holiday; {BYG}"),
    ("byggetilladelse_klage", "2026-04-03", "2026-05-01", f"1 May is no public holiday; {BYG}"),
    ("byggetilladelse_klage", "2024-03-29", "2024-04-26", f"store bededag is abolished from 2024; {BYG}"),
    ("byggetilladelse_klage", "2023-04-07", "2023-05-08", f"store bededag was a holiday in 2023; {BYG}"),
    ("byggetilladelse_klage", "2028-02-01", "2028-02-29", f"the leap day; {BYG}"),
    ("byggetilladelse_start", "2028-02-29", "2029-02-28", "a year from the leap day; Helsingør's page"),
    ("byggetilladelse_maal_simpel", "2026-11-26", "2027-01-05", "40 days; KL's common goals"),
    ("byggetilladelse_maal_lager", "2026-11-26", "2027-01-15", "50 days; KL's common goals"),
    ("byggesag_tid_maal_simpel", "2027-02-01", "2027-03-13", "40 days over 28 February; KL's common goals"),
    ("byggesag_tid_maal_lager", "2027-02-01", "2027-03-23", "50 days over 28 February; KL's common goals"),
    # planning, protected houses
    ("landzone_klage", "2026-11-07", "2026-12-07", f"a Saturday; {PLAN}"),
    ("lokalplan_klage", "2026-11-08", "2026-12-07", f"a Sunday; {PLAN}"),
    ("afgoerelse_klage", "2026-11-09", "2026-12-07", f"a Monday; {PLAN}"),
    ("fredet_klage", "2027-11-27", "2027-12-27", f"Christmas Day on a Saturday; {GUIDE}"),
    ("landzone_naboer", "2026-12-11", "2026-12-25", "two weeks, the letter says the day; Helsingør's page"),
    ("lokalplan_naboer", "2027-01-04", "2027-01-18", "two weeks; planlovens § 20"),
    # environment and nature
    ("miljoegodkendelse_klage", "2026-12-24", "2027-01-21", f"a start on Christmas Eve; {MILJOE}"),
    ("miljoetilsyn_klage", "2027-01-02", "2027-02-01", f"a Saturday; {MILJOE}"),
    ("spildevand_klage", "2027-02-28", "2027-03-30", f"Easter Sunday; {MILJOE}"),
    ("natur_klage", "2028-03-16", "2028-04-18", f"Maundy Thursday 2028; {GUIDE}"),
    ("natur_klage", "2028-05-08", "2028-06-06", f"Whit Monday 2028, which is 5 June; {GUIDE}"),
    ("miljoegodkendelse_maal_bilag2", "2027-01-01", "2027-05-11", "130 days; Helsingør's page"),
    ("miljoegodkendelse_maal_bilag1", "2027-01-01", "2027-07-20", "200 days; Helsingør's page"),
    ("jord_anmeldelse", "2028-03-28", "2028-02-29", f"four weeks back to the leap day; {BACK}"),
    ("byggeaffald_anmeldelse", "2027-06-19", "2027-06-04", f"5 June is a Saturday; {BACK}"),
    ("nedrivning_affald", "2026-06-19", "2026-06-04", f"5 June on a Friday: offices are closed; {BACK}"),
    ("nedrivning_affald", "2026-05-15", "2026-04-30", f"1 May: offices are closed; {BACK}"),
    # streets, squares, events
    ("arrangement_klage", "2027-06-01", "2027-06-29", f"Tuesday to Tuesday; {VEJ}"),
    ("filmoptagelse_klage", "2027-06-05", "2027-07-05", f"a Saturday; {VEJ}"),
    ("gravetilladelse_klage", "2027-07-04", "2027-08-02", f"a Sunday; {VEJ}"),
    ("infrastruktur_klage", "2027-10-03", "2027-11-01", f"the Sunday when the clocks go back; {VEJ}"),
    ("raaden_over_vej_klage", "2027-03-02", "2027-03-30", f"the Tuesday after Easter; {VEJ}"),
    ("stadeplads_klage", "2026-12-01", "2026-12-29", f"between Christmas and New Year; {VEJ}"),
    ("udeservering_klage", "2026-12-05", "2027-01-04", f"2 January is a Saturday; {VEJ}"),
    ("vareudstilling_klage", "2027-04-10", "2027-05-10", f"the Saturday after Ascension; {VEJ}"),
    ("arrangement_ansoegning", "2027-06-25", "2027-06-11", f"Friday to Friday; {BACK}"),
    ("arrangement_ansoegning", "2027-06-20", "2027-06-04", f"a Sunday, before it 5 June; {BACK}"),
    ("arrangement_ansoegning", "2027-01-15", "2026-12-30", f"New Year's Day, before it 31 December; {BACK}"),
    ("arrangement_ansoegning", "2027-04-12", "2027-03-24", f"Easter Monday back to the Wednesday; {BACK}"),
    ("lejlighed_besked", "2026-11-28", "2026-11-25", "three days; politi.dk, restaurationsloven"),
    ("lejlighed_besked", "2026-12-27", "2026-12-23", f"24 December; {BACK}"),
    ("grave_jord", "2027-06-03", "2027-05-05", f"Ascension Day; {BACK}"),
    ("kulturpulje", "2027-01-28", "2026-12-30", f"31 December; {BACK}"),
    ("plakat_op", "2027-06-20", "2027-06-06", "the first day, it may be a Sunday; Helsingør's page"),
    ("plakat_ned", "2027-06-20", "2027-06-25", "five days; Helsingør's page"),
    ("parkeringsafgift", "2026-11-25", "2026-12-05", "a Saturday, no rule moves it; Helsingør's page"),
    ("alkohol_forny", "2027-05-31", "2027-02-26", f"no 31 February, the 28th is a Sunday; {BACK}"),
    ("alkohol_forny", "2028-05-29", "2028-02-29", f"three months back to the leap day; {BACK}"),
    # tenders and payment
    ("udbud_standstill", "2026-11-20", "2026-11-30", f"a Monday; {UDBUD}"),
    ("udbud_standstill", "2026-12-15", "2026-12-28", f"Christmas Day; {UDBUD}"),
    ("udbud_standstill_brev", "2027-03-11", "2027-03-30", f"Good Friday; {UDBUD}"),
    ("udbud_prae", "2026-12-12", "2026-12-31", f"New Year's Day back to Thursday; {TENDER}"),
    ("udbud_kontrakt", "2027-04-02", "2027-05-14", f"Whit Monday back to Friday; {TENDER}"),
    ("udbud_mini", "2027-01-29", "2027-02-26", f"28 February is a Sunday; {TENDER}"),
    ("udbud_ramme", "2026-08-31", "2027-02-26", f"no 31 February, the 28th is a Sunday; {TENDER}"),
    ("procedure_klage", "2026-11-26", "2026-12-16", f"a Wednesday; {TENDER}"),
    ("ski_klage", "2027-08-29", "2028-02-29", f"half a year to the leap day; {TENDER}"),
    ("ski_klage", "2026-08-29", "2027-02-26", f"no leap day in 2027, the 28th is a Sunday; {TENDER}"),
    ("ski_mini", "2027-02-23", "2027-03-24", f"Maundy Thursday back to Wednesday; {TENDER}"),
    ("tilbud_svar", "2020-10-28", "2020-10-21", "Statens Indkøb's own example, udbudslovens § 134"),
    ("leverandoer_liste", "2026-12-18", "2027-01-05", "24 and 31 December count; Helsingør's page"),
    ("licitation_liste", "2027-03-19", "2027-04-07", "three days before Easter, seven after; Helsingør's page"),
    ("betaling", "2026-11-26", "2026-12-26", "30 days, interest from the day after; rentelovens § 3"),
    # access to documents
    ("aktindsigt_svar", "2026-11-12", "2026-11-23", DAYS),
    ("aktindsigt_svar", "2026-12-21", "2026-12-31", f"24 and 31 December count, 25 does not; {DAYS}"),
    ("aktindsigt_svar", "2026-06-01", "2026-06-10", f"5 June counts; {DAYS}"),
    ("aktindsigt_svar", "2027-05-28", "2027-06-08", f"5 June is a Saturday; {DAYS}"),
    ("aktindsigt_over_tid", "2027-04-30", "2027-05-24", f"Ascension and Whit Monday are skipped; {DAYS}"),
    ("aktindsigt_videre", "2027-03-24", "2027-04-07", f"Easter is skipped; offentlighedslovens § 37, {DAYS}"),
    ("aktindsigt_klageinstans", "2026-11-26", "2026-12-24", f"20 days; offentlighedslovens § 37, {DAYS}"),
    # staff
    ("syg_meld", "2026-11-23", "2026-12-28", "five weeks; sygedagpengelovens § 40"),
    ("syg_refusion", "2026-11-30", "2027-02-28", "no 30 February; Albertslund's page"),
    ("syg_periode", "2027-01-01", "2027-01-30", "the first day counts; 30 calendar days"),
    ("syg_klage", "2026-11-30", "2026-12-28", f"a Monday; {GUIDE}"),
    ("ansat_syg_periode", "2028-02-01", "2028-03-01", "29 days in February, the first day counts"),
    ("fleksjob_syg_periode", "2027-02-01", "2027-03-02", "28 days in February, the first day counts"),
    ("fleksjob_klage", "2027-04-17", "2027-05-18", f"the Saturday before Whitsun; {GUIDE}"),
    ("ansat_bevis", "2027-05-01", "2027-05-08", "seven calendar days; ansættelsesbevisloven"),
    ("rekrut_bevis", "2026-12-17", "2026-12-24", "seven calendar days; ansættelsesbevisloven"),
    ("voksenlaerling", "2027-01-31", "2027-02-28", "31 January and a month"),
    ("voksenlaerling", "2028-01-31", "2028-02-29", "31 January and a month in a leap year"),
    # companies, trades, moving
    ("selskab_registrering", "2026-12-11", "2026-12-25", "the law moves nothing; selskabslovens § 40"),
    ("rut_besked", "2026-11-26", "2026-11-29", "three days to a Sunday; Erhvervsstyrelsen's page"),
    ("tatovoer_aendring", "2027-03-14", "2027-03-28", "14 days; Sikkerhedsstyrelsen's page"),
    ("ecigaret_aendring", "2026-11-26", "2026-12-10", "14 days; Sikkerhedsstyrelsen's page"),
    ("flytning", "2026-12-27", "2027-01-01", "five days; Hørsholm's page"),
    ("regnskab_gem", "2026-12-31", "2031-12-31", "five years; bogføringsloven"),
    # answers that named their deadline later
    ("aendret_anvendelse_maal", "2027-01-04", "2027-02-28", "55 days; kk.dk"),
    ("byggesag_tid_maal_etage", "2026-11-26", "2027-01-20", "55 days; kk.dk"),
    ("byggetilladelse_maal_etage", "2028-01-05", "2028-02-29", "55 days to the leap day; kk.dk"),
    ("brand_besked", "2027-06-19", "2027-06-04", f"5 June is a Saturday; BR18 chapter 6 g, {BACK}"),
    ("brand_besked_mange", "2027-06-19", "2027-05-21", f"a Saturday; BR18 chapter 6 g, {BACK}"),
    ("overnatning_besked", "2027-05-20", "2027-05-05", f"Ascension Day; BR18 chapter 6 g, {BACK}"),
    ("overnatning_besked_mange", "2027-06-14", "2027-05-14", f"Whit Monday back to Friday; BR18 chapter 6 g, {BACK}"),
    ("brand_melding", "2027-07-03", "2027-06-04", f"5 June is a Saturday; BR18 chapter 6 f, {BACK}"),
    ("arrangement_melding", "2027-07-02", "2027-06-04", "Friday to Friday; BR18 chapter 6 f"),
    ("bevilling_domstol", "2026-11-26", "2026-12-28", "24 December moves here; restaurationslovens § 36 a, stk. 5"),
    ("bevilling_domstol", "2026-12-03", "2027-01-04", "31 December moves here; restaurationslovens § 36 a, stk. 5"),
    ("bevilling_domstol", "2026-05-08", "2026-06-08", "5 June moves here; restaurationslovens § 36 a, stk. 5"),
    ("laerling_klage", "2026-11-05", "2026-12-03", GUIDE),
    ("hjemme_klage", "2026-11-27", "2026-12-28", f"Christmas Day; {PLAN}"),
    ("varemaerke_klage", "2026-12-31", "2027-03-01", f"no 31 February, the 28th is a Sunday; {GUIDE}"),
    ("varemaerke_indsigelse", "2027-03-17", "2027-05-18", f"Whit Monday; varemærkelovens § 19, {GUIDE}"),
    ("akasse_klage", "2027-03-01", "2027-03-30", f"Easter Monday; {GUIDE}"),
    ("udbud_kontrakt_mindre", "2026-11-17", "2026-12-31", f"New Year's Day back to Thursday; {TENDER}"),
    ("emballage", "2027-06-19", "2027-06-04", f"5 June is a Saturday; mst.dk, {BACK}"),
    ("arbejdsklausul", "2027-03-23", "2027-04-02", "Easter is skipped; Helsingør's page"),
    ("aarsrapport", "2026-12-31", "2027-06-30", "no 31 June; Erhvervsstyrelsen's page: the end of June"),
    ("moms_afmeld", "2026-11-30", "2026-12-08", "eight days; info.skat.dk"),
    ("gdpr_svar", "2028-01-31", "2028-02-29", "31 January and a month in a leap year; article 12"),
    ("webshop_tilbage", "2026-11-26", "2026-12-10", "14 days; the page the topic names"),
    # VAT
    ("moms_kvartal", "2026-11-26", "2026-12-01", MOMS),
    ("moms_kvartal", "2026-12-02", "2027-03-01", f"the day after one is the next; {MOMS}"),
    ("moms_kvartal", "2027-03-01", "2027-03-01", f"the day itself; {MOMS}"),
    ("moms_kvartal", "2020-02-15", "2020-03-02", f"1 March 2020 was a Sunday, skat.dk has the 2nd; {MOMS}"),
    ("moms_halvaar", "2026-02-15", "2026-03-02", f"1 March 2026 was a Sunday; {MOMS}"),
    ("moms_halvaar", "2027-03-02", "2027-09-01", MOMS),
    ("moms_maaned", "2026-11-26", "2026-12-28", f"Christmas Day is a Friday; {MOMS}"),
    ("moms_maaned", "2026-12-28", "2026-12-28", f"the moved day itself; {MOMS}"),
    ("moms_maaned", "2025-01-20", "2025-01-27", f"a Saturday, as in revisormaegleren.dk's list; {MOMS}"),
    ("moms_maaned", "2027-03-20", "2027-03-30", f"Maundy Thursday; {MOMS}"),
    ("moms_maaned", "2027-07-01", "2027-08-17", f"June is due a month and 17 days later; {MOMS}"),
]
# fmt: on


@pytest.mark.parametrize(("rule_id", "start", "last_day", "why"), CASES)
def test_a_deadline_is_the_day_that_was_worked_out_by_hand(content, rule_id, start, last_day, why):
    rule = content.deadlines.get(rule_id)
    found = work_out(rule, date.fromisoformat(start), content.knowledge, DENMARK, TODAY)
    assert found.last_day.isoformat() == last_day, why


def test_every_rule_has_a_case(content):
    assert {rule.id for rule in content.deadlines} == {case[0] for case in CASES}


def test_every_rule_names_a_page_that_backs_it(content):
    for rule in content.deadlines:
        topic = content.knowledge.topics[rule.topic]
        assert rule.sources or topic.facts[rule.fact].source, rule.id


def test_no_two_rules_have_the_same_title(content):
    titles = [rule.title for rule in content.deadlines]
    assert len(titles) == len(set(titles))


def test_a_title_fits_a_calendar_and_holds_no_figure(content):
    assert [rule.title for rule in content.deadlines if any(sign.isdigit() for sign in rule.title)] == []
