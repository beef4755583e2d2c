"""Which rules a purchase follows: worked out by hand, with the paragraph, on both sides of every limit.

The limits are those of data/knowledge/udbud as they stood in November 2026; new limits need new rows here.
"""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import InvalidInput
from bot.core.knowledge import Knowledge
from bot.core.tenders.assessment import Rule, assess
from bot.core.tenders.limits import Limit, Limits
from bot.core.tenders.purchase import Buyer, Kind, Purchase, without_vat

NOW = date(2026, 11, 23)
LAST_OF_2025, FIRST_OF_2026 = date(2025, 12, 31), date(2026, 1, 1)
LAST_OF_2027, FIRST_OF_2028 = date(2027, 12, 31), date(2028, 1, 1)
GOODS, SERVICES, WORKS, LIGHT = Kind.GOODS, Kind.SERVICES, Kind.WORKS, Kind.LIGHT
CITY, STATE = Buyer.MUNICIPALITY, Buyer.STATE

# (kroner without VAT, kind, buyer, day of the notice, rule, its paragraph)
CASES = [
    # udbudsloven §§ 192-193: 500.000 kr., for goods and services alike
    ("1", GOODS, CITY, NOW, Rule.SMALL, "udbudsloven § 193"),
    ("499999", GOODS, CITY, NOW, Rule.SMALL, "udbudsloven § 193"),
    ("499999.99", SERVICES, CITY, NOW, Rule.SMALL, "udbudsloven § 193"),
    ("500000", GOODS, CITY, NOW, Rule.MARKET, "udbudsloven § 192"),
    ("500001", GOODS, CITY, NOW, Rule.MARKET, "udbudsloven § 192"),
    ("499999", SERVICES, STATE, NOW, Rule.SMALL, "udbudsloven § 193"),
    ("500000", SERVICES, STATE, NOW, Rule.MARKET, "udbudsloven § 192"),
    ("500000", GOODS, CITY, LAST_OF_2025, Rule.MARKET, "udbudsloven § 192"),
    # udbudsloven § 6, municipality, 2026-2027: 1.611.360 kr.
    ("1611359", GOODS, CITY, NOW, Rule.MARKET, "udbudsloven § 192"),
    ("1611359.99", GOODS, CITY, NOW, Rule.MARKET, "udbudsloven § 192"),
    ("1611360", GOODS, CITY, NOW, Rule.EU_TENDER, "udbudsloven § 6, afsnit II"),
    ("1611361", GOODS, CITY, NOW, Rule.EU_TENDER, "udbudsloven § 6, afsnit II"),
    ("1611359", SERVICES, CITY, NOW, Rule.MARKET, "udbudsloven § 192"),
    ("1611360", SERVICES, CITY, NOW, Rule.EU_TENDER, "udbudsloven § 6, afsnit II"),
    ("1611360", GOODS, CITY, FIRST_OF_2026, Rule.EU_TENDER, "udbudsloven § 6, afsnit II"),
    ("1611360", GOODS, CITY, LAST_OF_2027, Rule.EU_TENDER, "udbudsloven § 6, afsnit II"),
    # the same, 2024-2025: 1.644.638 kr.
    ("1611360", GOODS, CITY, LAST_OF_2025, Rule.MARKET, "udbudsloven § 192"),
    ("1644637", GOODS, CITY, LAST_OF_2025, Rule.MARKET, "udbudsloven § 192"),
    ("1644638", GOODS, CITY, LAST_OF_2025, Rule.EU_TENDER, "udbudsloven § 6, afsnit II"),
    ("1644638", SERVICES, CITY, date(2024, 1, 1), Rule.EU_TENDER, "udbudsloven § 6, afsnit II"),
    ("1644637", SERVICES, CITY, FIRST_OF_2026, Rule.EU_TENDER, "udbudsloven § 6, afsnit II"),
    # udbudsloven § 6, the state, 2026-2027: 1.044.400 kr.; 2024-2025: 1.064.177 kr.
    ("1044399", GOODS, STATE, NOW, Rule.MARKET, "udbudsloven § 192"),
    ("1044400", GOODS, STATE, NOW, Rule.EU_TENDER, "udbudsloven § 6, afsnit II"),
    ("1044401", SERVICES, STATE, NOW, Rule.EU_TENDER, "udbudsloven § 6, afsnit II"),
    ("1044400", GOODS, CITY, NOW, Rule.MARKET, "udbudsloven § 192"),
    ("1044400", GOODS, STATE, LAST_OF_2025, Rule.MARKET, "udbudsloven § 192"),
    ("1064176", GOODS, STATE, LAST_OF_2025, Rule.MARKET, "udbudsloven § 192"),
    ("1064177", GOODS, STATE, LAST_OF_2025, Rule.EU_TENDER, "udbudsloven § 6, afsnit II"),
    ("1064176", GOODS, STATE, FIRST_OF_2026, Rule.EU_TENDER, "udbudsloven § 6, afsnit II"),
    # tilbudsloven: one bid below 300.000 kr., invited bids up to and with 3.000.000 kr., then licitation
    ("1", WORKS, CITY, NOW, Rule.ONE_BID, "tilbudsloven"),
    ("299999", WORKS, CITY, NOW, Rule.ONE_BID, "tilbudsloven"),
    ("300000", WORKS, CITY, NOW, Rule.INVITED, "tilbudsloven"),
    ("300001", WORKS, CITY, NOW, Rule.INVITED, "tilbudsloven"),
    ("500000", WORKS, CITY, NOW, Rule.INVITED, "tilbudsloven; § 192 is for goods and services"),
    ("1611360", WORKS, CITY, NOW, Rule.INVITED, "tilbudsloven; the limit of goods is not that of works"),
    ("2999999", WORKS, CITY, NOW, Rule.INVITED, "tilbudsloven"),
    ("3000000", WORKS, CITY, NOW, Rule.INVITED, "tilbudsloven: licitation is for works »over«"),
    ("3000000.01", WORKS, CITY, NOW, Rule.LICITATION, "tilbudsloven"),
    ("3000001", WORKS, CITY, NOW, Rule.LICITATION, "tilbudsloven"),
    ("299999", WORKS, STATE, NOW, Rule.ONE_BID, "tilbudsloven § 1: the state too"),
    ("3000001", WORKS, STATE, NOW, Rule.LICITATION, "tilbudsloven § 1: the state too"),
    ("299999", WORKS, CITY, LAST_OF_2025, Rule.ONE_BID, "tilbudsloven"),
    # udbudsloven § 6, works, 2026-2027: 40.313.840 kr.; 2024-2025: 41.212.688 kr.
    ("40313839", WORKS, CITY, NOW, Rule.LICITATION, "tilbudsloven"),
    ("40313840", WORKS, CITY, NOW, Rule.EU_TENDER, "udbudsloven § 6, afsnit II"),
    ("40313841", WORKS, CITY, NOW, Rule.EU_TENDER, "udbudsloven § 6, afsnit II"),
    ("40313839", WORKS, STATE, NOW, Rule.LICITATION, "tilbudsloven"),
    ("40313840", WORKS, STATE, NOW, Rule.EU_TENDER, "udbudsloven § 6, afsnit II"),
    ("40313840", WORKS, CITY, LAST_OF_2025, Rule.LICITATION, "tilbudsloven"),
    ("41212687", WORKS, CITY, LAST_OF_2025, Rule.LICITATION, "tilbudsloven"),
    ("41212688", WORKS, CITY, LAST_OF_2025, Rule.EU_TENDER, "udbudsloven § 6, afsnit II"),
    ("41212687", WORKS, CITY, FIRST_OF_2026, Rule.EU_TENDER, "udbudsloven § 6, afsnit II"),
    # udbudsloven afsnit III (light regime), 2026-2027: about 5.595.000 kr.; 2024-2025: 5.581.350 kr.
    ("1", LIGHT, CITY, NOW, Rule.LIGHT_BELOW, "below udbudsloven afsnit III"),
    ("1611360", LIGHT, CITY, NOW, Rule.LIGHT_BELOW, "below udbudsloven afsnit III"),
    ("5594999", LIGHT, CITY, NOW, Rule.LIGHT_BELOW, "below udbudsloven afsnit III"),
    ("5595000", LIGHT, CITY, NOW, Rule.EU_LIGHT, "udbudsloven afsnit III"),
    ("5595001", LIGHT, STATE, NOW, Rule.EU_LIGHT, "udbudsloven afsnit III"),
    ("5581349", LIGHT, CITY, LAST_OF_2025, Rule.LIGHT_BELOW, "below udbudsloven afsnit III"),
    ("5581350", LIGHT, CITY, LAST_OF_2025, Rule.EU_LIGHT, "udbudsloven afsnit III"),
    ("5581350", LIGHT, CITY, FIRST_OF_2026, Rule.LIGHT_BELOW, "below udbudsloven afsnit III"),
    # before 2024 and from 2028 no EU limit is known: nothing is guessed, whatever the amount
    ("1", GOODS, CITY, FIRST_OF_2028, Rule.UNKNOWN, "udbudsloven § 6"),
    ("5000000", GOODS, CITY, FIRST_OF_2028, Rule.UNKNOWN, "udbudsloven § 6"),
    ("5000000", SERVICES, STATE, FIRST_OF_2028, Rule.UNKNOWN, "udbudsloven § 6"),
    ("100000", WORKS, CITY, FIRST_OF_2028, Rule.UNKNOWN, "udbudsloven § 6"),
    ("90000000", WORKS, CITY, FIRST_OF_2028, Rule.UNKNOWN, "udbudsloven § 6"),
    ("9000000", LIGHT, CITY, FIRST_OF_2028, Rule.UNKNOWN, "udbudsloven afsnit III"),
    ("1611360", GOODS, CITY, date(2023, 12, 31), Rule.UNKNOWN, "udbudsloven § 6"),
    ("1000000000000", WORKS, CITY, NOW, Rule.EU_TENDER, "udbudsloven § 6, afsnit II"),
]  # fmt: skip


@pytest.fixture(scope="module")
def limits(content):
    return Limits(content.knowledge)


@pytest.mark.parametrize(("amount", "kind", "buyer", "day", "rule", "law"), CASES)
def test_a_purchase_follows_the_rules_of_its_kind_buyer_value_and_day(
    limits, amount, kind, buyer, day, rule, law
):
    assert assess(Purchase(Decimal(amount), kind, buyer), day, limits).rule is rule, law


# (amount with VAT of 25 percent, kind, rule): momsloven § 33, udbudsloven § 30: the value is without VAT
WITH_VAT = [
    ("624998.75", GOODS, Rule.SMALL),
    ("625000", GOODS, Rule.MARKET),
    ("2014199", GOODS, Rule.MARKET),
    ("2014200", GOODS, Rule.EU_TENDER),
    ("2014201", GOODS, Rule.EU_TENDER),
    ("374999", WORKS, Rule.ONE_BID),
    ("375000", WORKS, Rule.INVITED),
    ("3750000", WORKS, Rule.INVITED),
    ("3750001", WORKS, Rule.LICITATION),
    ("50392299", WORKS, Rule.LICITATION),
    ("50392300", WORKS, Rule.EU_TENDER),
    ("6993750", LIGHT, Rule.EU_LIGHT),
]


@pytest.mark.parametrize(("amount", "kind", "rule"), WITH_VAT)
def test_vat_is_taken_off_before_the_limits_are_looked_at(limits, amount, kind, rule):
    value = without_vat(Decimal(amount), limits.on(Limit.VAT, NOW).number)
    assert assess(Purchase(value, kind), NOW, limits).rule is rule


# (a year's kroner, years, option, value, rule): udbudsloven § 30, stk. 1
OVER_YEARS = [
    ("400000", 1, "0", "400000", Rule.SMALL),
    ("400000", 2, "0", "800000", Rule.MARKET),
    ("400000", 4, "0", "1600000", Rule.MARKET),
    ("402840", 4, "0", "1611360", Rule.EU_TENDER),
    ("402839.75", 4, "0", "1611359", Rule.MARKET),
    ("400000", 4, "11359", "1611359", Rule.MARKET),
    ("400000", 4, "11360", "1611360", Rule.EU_TENDER),
    ("400000", 1, "100000", "500000", Rule.MARKET),
    ("499999", 1, "0.99", "499999.99", Rule.SMALL),
    ("16113.60", 100, "0", "1611360", Rule.EU_TENDER),
]


@pytest.mark.parametrize(("amount", "years", "option", "value", "rule"), OVER_YEARS)
def test_all_years_and_options_count(limits, amount, years, option, value, rule):
    purchase = Purchase(Decimal(amount), SERVICES, years=years, option=Decimal(option))
    assert purchase.value == Decimal(value)
    assert assess(purchase, NOW, limits).rule is rule


@pytest.mark.parametrize(
    ("amount", "years", "option", "code", "field"),
    [
        ("0", 1, "0", "amount_not_positive", "beloeb"),
        ("-1", 1, "0", "amount_not_positive", "beloeb"),
        ("-0.01", 4, "100", "amount_not_positive", "beloeb"),
        ("1000000000000.01", 1, "0", "amount_absurd", "beloeb"),
        ("500000000000", 3, "0", "amount_absurd", "beloeb"),
        ("1", 1, "1E+30", "amount_absurd", "beloeb"),
        ("NaN", 1, "0", "amount_unclear", "beloeb"),
        ("Infinity", 1, "0", "amount_unclear", "beloeb"),
        ("1", 1, "-1", "option_negative", "option"),
        ("1", 0, "0", "years_wrong", "aar"),
        ("1", -4, "0", "years_wrong", "aar"),
        ("1", 101, "0", "years_wrong", "aar"),
    ],
)
def test_what_no_contract_can_be_is_refused_with_a_sentence(content, amount, years, option, code, field):
    with pytest.raises(InvalidInput) as caught:
        Purchase(Decimal(amount), GOODS, years=years, option=Decimal(option))
    assert (caught.value.code, caught.value.field) == (code, field)
    assert content.tenders.errors[code]


def test_the_limits_that_decide_come_with_their_days_and_their_source(limits):
    found = assess(Purchase(Decimal(1_000_000), GOODS), NOW, limits)
    market, eu = found.used
    assert (market.text, eu.text) == ("500.000 kr.", "1.611.360 kr.")
    assert (eu.shown.period.valid_from, eu.shown.period.valid_to) == (FIRST_OF_2026, LAST_OF_2027)
    assert eu.shown.fact.source.url.startswith("https://")
    assert found.below_eu


def test_an_unknown_limit_is_named(limits):
    found = assess(Purchase(Decimal(1), WORKS), FIRST_OF_2028, limits)
    assert (found.missing, found.used) == (Limit.EU_WORKS, ())
    assert limits.fact(Limit.EU_WORKS).label == "EU-grænsen for bygge- og anlægsopgaver"


def test_without_a_topic_its_limits_are_unknown(content):
    topics = {name: topic for name, topic in content.knowledge.topics.items() if name != "licitation_bygge"}
    found = assess(Purchase(Decimal(1), WORKS), NOW, Limits(Knowledge(topics)))
    assert (found.rule, found.missing) == (Rule.UNKNOWN, Limit.ONE_BID)


def test_every_limit_the_helper_counts_with_is_a_fact_that_holds_now(limits):
    assert [limit for limit in Limit if limits.on(limit, NOW) is None] == []


_ORDER = {
    GOODS: [Rule.SMALL, Rule.MARKET, Rule.EU_TENDER],
    SERVICES: [Rule.SMALL, Rule.MARKET, Rule.EU_TENDER],
    WORKS: [Rule.ONE_BID, Rule.INVITED, Rule.LICITATION, Rule.EU_TENDER],
    LIGHT: [Rule.LIGHT_BELOW, Rule.EU_LIGHT],
}


@given(
    kind=st.sampled_from(Kind),
    buyer=st.sampled_from(Buyer),
    day=st.dates(date(2024, 1, 1), LAST_OF_2027),
    amounts=st.tuples(*[st.decimals(min_value="0.01", max_value=10**9, places=2, allow_nan=False)] * 2),
)
def test_more_money_never_means_less_of_a_tender(limits, kind, buyer, day, amounts):
    rules = [assess(Purchase(amount, kind, buyer), day, limits).rule for amount in sorted(amounts)]
    assert _ORDER[kind].index(rules[0]) <= _ORDER[kind].index(rules[1])
