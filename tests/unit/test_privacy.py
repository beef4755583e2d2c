"""CPR numbers leave a text before anybody keeps it; every other number stays."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.privacy import MASK, mask_cpr, storable

EN_DASH, MINUS, NO_BREAK, NARROW, EM_SPACE = "\u2013", "\u2212", "\u00a0", "\u202f", "\u2003"


@pytest.mark.parametrize(
    "number",
    [
        "0101901234",
        "010190-1234",
        "010190 1234",
        "010190 - 1234",
        "010190- 1234",
        "010190 -1234",
        "010190.1234",
        "010190/1234",
        "010190_1234",
        "010190--1234",
        f"010190{EN_DASH}1234",
        f"010190 {EN_DASH} 1234",
        f"010190{MINUS}1234",
        f"010190{NO_BREAK}1234",
        f"010190{NARROW}1234",
        f"010190{EM_SPACE}1234",
        "010190\t1234",
        "01.01.90-1234",
        "01.01.90.1234",
        "01. 01. 90 - 1234",
        "01-01-90-1234",
        "01/01/90-1234",
        "01/01-90 1234",
        "01 01 90 1234",
        "01 01 90 12 34",
        f"01{NO_BREAK}01{NO_BREAK}90{NO_BREAK}12{NO_BREAK}34",
        "0101 90 1234",
        "0 1 0 1 9 0 1 2 3 4",
        "0-1-0-1-9-0-1-2-3-4",
        "\uff10\uff11\uff10\uff11\uff19\uff10-\uff11\uff12\uff13\uff14",
    ],
)
def test_every_spelling_of_a_cpr_number_is_masked(number):
    assert mask_cpr(number) == MASK
    assert mask_cpr(f"Mit nummer er {number}, ring gerne.") == f"Mit nummer er {MASK}, ring gerne."


@pytest.mark.parametrize(
    "hidden",
    [
        "0101\u200b901234",
        "010190\u200d-\u200d1234",
        "\u2060010190-1234",
        "010190\u00ad1234",
        "0\ufeff1\ufeff0\ufeff1\ufeff9\ufeff0\ufeff1\ufeff2\ufeff3\ufeff4",
        "010190\u202e1234",
        "01\x0001\x0790-1234",
        "0\ufe0f\u20e31\ufe0f\u20e30190-1234",
        "010190\u0301-1234",
    ],
)
def test_characters_without_width_do_not_hide_a_cpr_number(hidden):
    assert storable(f"cpr {hidden} tak") == f"cpr {MASK} tak"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("010190-1234 og 311299-4321", f"{MASK} og {MASK}"),
        ("0101901234,3112994321", f"{MASK},{MASK}"),
        ("cpr:010190-1234.", f"cpr:{MASK}."),
        ("(010190-1234)", f"({MASK})"),
        ("Ejeren010190-1234bor her", f"Ejeren{MASK}bor her"),
        ("linje et\n010190-1234\nlinje tre", f"linje et\n{MASK}\nlinje tre"),
        ("CVR 64502018 cpr 010190-1234 tlf 49 28 28 28", f"CVR 64502018 cpr {MASK} tlf 49 28 28 28"),
        ("tlf. 49 28 28 28 010190-1234", f"tlf. 49 28 28 28 {MASK}"),
        ("64502018 010190 1234", f"64502018 {MASK}"),
        ("99 01 01 90 12 34", f"99 {MASK}"),
        ("mit p-nr. er 010190-1234", f"mit p-nr. er {MASK}"),
        ("cpr-nr 0101901234", f"cpr-nr {MASK}"),
        ("personnummer: 0101901234", f"personnummer: {MASK}"),
    ],
)
def test_only_the_cpr_number_in_a_text_is_masked(text, masked):
    assert storable(text) == masked


@pytest.mark.parametrize(
    "number",
    ["290200-1234", "290204-1234", "290296-5678", "2902921234", "310190-1234", "300490-1234", "311257-1234"],
)
def test_a_day_that_exists_in_some_century_is_masked(number):
    assert mask_cpr(number) == MASK


@pytest.mark.parametrize(
    "number",
    [
        "290201-1234",
        "290297-1234",
        "300290-1234",
        "310490-1234",
        "310690-1234",
        "000190-1234",
        "320190-1234",
        "010090-1234",
        "011390-1234",
        "999999-9999",
    ],
)
def test_a_day_that_never_was_is_kept(number):
    assert mask_cpr(number) == number


@pytest.mark.parametrize(
    "text",
    [
        # CVR, phones
        "CVR 64502018",
        "CVR-nr.: 64 50 20 18",
        "DK64502018",
        "DK 10 12 90 12",
        "20129012",
        "20 12 90 12",
        "2012 9012",
        "+4520129012",
        "+45 20 12 90 12",
        "+45 2012 9012",
        "004520129012",
        "0045 20 12 90 12",
        "0045 20129012",
        "00 45 20 12 90 12",
        "(+45) 20 12 90 12",
        "45 20 12 90 12",
        "+46 10 129 01 23",
        "+49 30 12 90 12 34",
        "0046 10 12 90 12 34",
        # EAN and P numbers
        "EAN 5798000123456",
        "EAN-nummer 5798 0001 23456",
        "GLN 57 98 00 01 01 90 1",
        "5 798009 811578",
        "P-nummer 1003388394",
        "p-nr.: 1012901234",
        "P nr 1012901234",
        "P-nummeret er 1012901234",
        "produktionsenhed 1012901234",
        # amounts, dates, references
        "10.129.012,34 kr.",
        "1012901234 kr.",
        "10 000 000 kr.",
        "1.611.360 kr.",
        "Fra 01.01.26 4500 kr. om måneden",
        "22.11.2026 14:30",
        "den 22.11.2026 kl. 14.30",
        "22-11-2026 1430",
        "22/11-2026 14 30",
        "22.11.26 14.30",
        "01.01.2026-31.12.2026",
        "2026-11-22 10:15",
        "2012-11-22 10:15",
        "2012-11-22T10:15:00+01:00",
        "20121122 10:15",
        "HEL-2026-123456",
        "sag HEL-2026-010190",
        "journal 26/012345",
        "matrikel 12ab, 3000 Helsingør, 010190",
        # longer numbers
        "01019012345",
        "10101901234",
        "faktura 2026 010190 12",
    ],
)
def test_a_number_that_is_no_cpr_number_is_kept(text):
    assert storable(text) == text


def days():
    return st.dates(min_value=date(1858, 1, 1), max_value=date(2057, 12, 31))


def gaps(most):
    return st.lists(
        st.sampled_from([" ", "-", ".", "/", EN_DASH, NO_BREAK, "\t", EM_SPACE]), max_size=most
    ).map("".join)


@given(day=days(), serial=st.integers(0, 9999), between=gaps(1), before_serial=gaps(3), halved=st.booleans())
@example(day=date(2000, 2, 29), serial=0, between="", before_serial="", halved=False)
def test_a_cpr_number_of_any_day_in_any_spelling_is_masked(day, serial, between, before_serial, halved):
    tail = f"{serial:04d}"
    if halved and before_serial:
        tail = f"{tail[:2]} {tail[2:]}"
    number = f"{day:%d}{between}{day:%m}{between}{day:%y}{before_serial}{tail}"
    assert storable(f"Hej, {number} er mit.") == f"Hej, {MASK} er mit."


@given(
    number=st.integers(10_000_000, 99_999_999).map(str),
    spelling=st.sampled_from("plain pairs halves plus".split()),
)
def test_no_number_of_eight_digits_is_ever_touched(number, spelling):
    pairs = " ".join(number[at : at + 2] for at in range(0, 8, 2))
    spelt = {"plain": number, "pairs": pairs, "halves": f"{number[:4]} {number[4:]}", "plus": f"+45 {pairs}"}
    text = f"Ring på {spelt[spelling]}, tak"
    assert storable(text) == text


@given(st.text())
def test_masking_twice_changes_nothing_more(text):
    once = storable(text)
    assert storable(once) == once


@given(st.text())
def test_what_is_stored_has_no_character_that_a_database_refuses(text):
    kept = storable(text)
    assert "\x00" not in kept
    kept.encode("utf-8")


def test_line_breaks_and_tabs_inside_a_text_stay():
    assert storable("  et\n\tto  ") == "et\n\tto"
