"""Which plan somebody is offered who says what they want to open, in their own words."""

import pytest

from bot.bootstrap import load_planner
from bot.understanding.entities.trades import TradeFinder
from tests.contents import CONTENTS

CONTENT = CONTENTS["helsingor"]


@pytest.fixture(scope="module")
def offered():
    finder, planner = TradeFinder(CONTENT.trades), load_planner(CONTENT)

    def find(text, *topics):
        plan = planner.offered(topics, [hit.value for hit in finder.find(text)], text)
        return plan.id if plan else None

    return find


@pytest.mark.parametrize(
    ("words", "plan"),
    [
        ("åbne en kaffebar", "cafe"),
        ("åbne et selskabslokale", "cafe"),
        ("starte som advokat", "kontor"),
        ("starte som revisor", "kontor"),
        ("starte som bogholder", "kontor"),
        ("starte som skatterådgiver", "kontor"),
        ("starte som ejendomsmægler", "kontor"),
        ("starte et vikarbureau", "kontor"),
        ("starte som coach", "kontor"),
        ("starte som erhvervscoach", "kontor"),
        ("starte som fotograf", "kontor"),
        ("starte som behandler", "klinik"),
        ("starte som massør", "klinik"),
        ("starte som psykolog", "klinik"),
        ("starte som fodterapeut", "klinik"),
        ("åbne en klinik som osteopat", "klinik"),
        ("åbne en tandklinik", "klinik"),
        ("starte som optiker", "klinik"),
        ("starte som tatovør", "frisoer"),
        ("starte som kosmetolog", "frisoer"),
        ("starte som dagplejer", "privat_pasning"),
        ("åbne en privat vuggestue", "privat_pasning"),
        ("starte taxi", "transport"),
        ("starte limousinekørsel", "transport"),
        ("starte med buskørsel", "transport"),
        ("starte med turistbusser", "transport"),
        ("starte som vognmand", "transport"),
        ("starte et flyttefirma", "transport"),
        ("starte en festival", "event"),
        ("starte en musikfestival", "event"),
        ("starte et loppemarked", "event"),
        ("starte et julemarked", "event"),
        ("starte et marked på torvet", "event"),
        ("starte med koncerter", "event"),
        ("starte et eventbureau", "event"),
        ("starte catering", "foedevareproducent"),
        ("åbne et bryggeri", "foedevareproducent"),
        ("starte som slagter", "butik"),
        ("starte som bager", "butik"),
        ("åbne en gårdbutik", "butik"),
        ("åbne en genbrugsbutik", "butik"),
        ("åbne et hotel", "overnatning"),
        ("åbne et vandrehjem", "overnatning"),
        ("åbne en campingplads", "overnatning"),
        ("starte med camping", "overnatning"),
        ("starte med Airbnb", "overnatning"),
        ("starte med rengøring", "start"),
        ("starte som personlig træner", "start"),
        ("åbne et fitnesscenter", "start"),
        ("åbne et galleri", "start"),
        ("åbne et autoværksted", "start"),
        ("starte en køreskole", "start"),
        ("starte et landbrug", "start"),
        ("starte en kennel", "start"),
        ("blive selvstændig", None),
        ("starte noget", None),
    ],
)
def test_who_says_what_they_want_to_open_is_offered_its_plan(offered, words, plan):
    assert offered(f"Jeg vil {words} i Helsingør, hvad skal jeg?") == plan


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("jeg vil åbne en café med galleri", "cafe"),
        ("jeg vil åbne et galleri med café", "cafe"),
        ("jeg vil åbne en café med koncerter", "cafe"),
        ("jeg vil starte et loppemarked med madvogn", "event"),
        ("jeg vil åbne en butik og en webshop", "butik"),
    ],
)
def test_of_two_trades_the_first_with_a_plan_of_its_own_decides(offered, text, plan):
    assert offered(text) == plan


def test_a_festival_has_its_plan_when_the_message_is_about_arrangements(offered):
    assert offered("må vi holde en festival i parken?", "arrangement") == "event"
    assert offered("må vi holde en festival i parken?") is None


def test_every_trade_leads_to_a_plan():
    led = {trade for plan in CONTENT.plans.values() for trade in plan.trades}
    assert {trade.id for trade in CONTENT.trades} == led
