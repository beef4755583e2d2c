"""CVR numbers are found, checked, and told from other digits."""

import pytest

from bot.core import contacts as form
from bot.core.errors import InvalidInput
from bot.understanding.entities import companies


def cvr(text):
    return [(entity.kind, entity.value) for entity in companies.find(text)]


@pytest.mark.parametrize(
    "text",
    [
        "64502018",
        "CVR 64502018",
        "cvr-nr. 64502018",
        "CVR-nr.: 64502018",
        "cvrnr 64502018",
        "cvr nummer 64502018",
        "vores cvr-nummer er 64502018.",
        "CVR nr 64 50 20 18",
        "cvr: 6450 2018",
        "CVR 64.50.20.18",
        "cvr 64-50-20-18",
        "cvr 64\u00a050\u00a020\u00a018",
        "DK64502018",
        "DK 64 50 20 18",
        "DK-64502018",
        "SE-nr. 64502018",
        "momsnr. DK64502018",
        "CVR64502018",
        "firmaet (64502018) ligger her",
        "Bageriet ApS, 64502018, Stengade 3",
    ],
)
def test_a_cvr_number_is_found_in_every_spelling(text):
    assert cvr(text) == [("cvr", "64502018")]


@pytest.mark.parametrize(
    "text",
    [
        "cvr 12345678",
        "CVR-nr. 64502019",
        "cvr nummer 64 50 20 81",
        "vores cvr er 00000000",
        "momsnr. DK 12345678",
    ],
)
def test_what_is_called_a_cvr_number_and_fails_modulus_11_is_returned_as_invalid(text):
    ((kind, value),) = cvr(text)
    assert kind == "invalid_cvr"
    with pytest.raises(InvalidInput):
        form.cvr(value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "cvr",
        "12345678",
        "64 50 20 18",
        "6450201",
        "645020181",
        "cvr 6450201",
        "cvr 645020181",
        "P-nummer 1003388394",
        "P-nr. 64502018",
        "EAN 5798000123456",
        "sagsnr. 64502018",
        "faktura 64502018",
        "CPV 64502018",
        "cpv-kode 64502018",
        "kontonr. 64502018",
        "64502018 kr",
        "64.502.018",
        "010190-1234",
        "+4564502018",
        "2026-64502018",
        "hvad er et cvr nummer og hvorfor skal jeg have det 12345678",
    ],
)
def test_other_digits_are_no_cvr_number(text):
    assert [value for value in cvr(text) if value[0] == "cvr"] == []


def test_only_a_number_with_its_label_is_sure():
    assert next(companies.find("cvr 64502018")).sure
    assert not next(companies.find("64502018")).sure
