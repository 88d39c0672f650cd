"""The grammar of document numbers."""

from __future__ import annotations

import pytest

from vanban import symbols


@pytest.mark.parametrize(
    ("printed", "family", "number", "year", "kind", "issuers"),
    [
        ("43-NQ/TW", "party", 43, None, "NQ", ("TW",)),
        ("07-CTr/HU", "party", 7, None, "CTr", ("HU",)),
        ("20-QĐi/TU", "party", 20, None, "QĐi", ("TU",)),
        ("134-CV/UBKTTU", "party", 134, None, "CV", ("UBKTTU",)),
        ("05-HD/VPTW", "party", 5, None, "HD", ("VPTW",)),
        ("36/2024/QH15", "assembly", 36, 2024, None, ("QH15",)),
        ("116/2025/UBTVQH15", "assembly", 116, 2025, None, ("UBTVQH15",)),
        ("30/2020/NĐ-CP", "normative", 30, 2020, "NĐ", ("CP",)),
        ("02/2013/TT-BTTTT", "normative", 2, 2013, "TT", ("BTTTT",)),
        ("34/2007/PL-UBTVQH11", "normative", 34, 2007, "PL", ("UBTVQH11",)),
        ("72/2025/NQLT/UBTVQH15-CP-ĐCT", "normative", 72, 2025, "NQLT", ("UBTVQH15", "CP", "ĐCT")),
        ("03/2026-BCT", "normative", 3, 2026, None, ("BCT",)),
        ("33/CT-TTg", "administrative", 33, None, "CT", ("TTg",)),
        ("1948/QĐ-UBND", "administrative", 1948, None, "QĐ", ("UBND",)),
        ("01/QCPH/UBND-UBMTTQ", "administrative", 1, None, "QCPH", ("UBND", "UBMTTQ")),
        ("0129/KH-UBND", "administrative", 129, None, "KH", ("UBND",)),
        ("5225/VPCP-TH", "letter", 5225, None, None, ("VPCP", "TH")),
        ("478/CATTT-ATHTTT", "letter", 478, None, None, ("CATTT", "ATHTTT")),
        ("12/VPĐĐBQH&HĐND-TH", "letter", 12, None, None, ("VPĐĐBQH&HĐND", "TH")),
        ("9/TT.HĐND-VP", "letter", 9, None, None, ("TT.HĐND", "VP")),
    ],
)
def test_families(printed, family, number, year, kind, issuers):
    symbol = symbols.parse(printed)
    assert symbol is not None
    assert (symbol.family, symbol.number, symbol.year, symbol.type, symbol.issuers) == (
        family,
        number,
        year,
        kind,
        issuers,
    )
    assert symbol.text == printed
    assert symbol.whole


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("12 - KH/TU", "12-KH/TU"),
        ("12–KH/TU", "12-KH/TU"),
        ("12‑KH/TU", "12-KH/TU"),
        ("12 - KH / TU", "12-KH/TU"),
        ("88/NQ -CP", "88/NQ-CP"),
        ("88/2023/TT- BYT", "88/2023/TT-BYT"),
        ("88/2023/NĐ-\nCP", "88/2023/NĐ-CP"),
        ("88/2023/NĐ- \n CP", "88/2023/NĐ-CP"),
        ("88\xa0/ KH-UBND", "88/KH-UBND"),
        ("12/CT-TTG", "12/CT-TTG"),
        ("66.1/2025/NQ-CP", "66.1/2025/NQ-CP"),
        ("15a/QĐ-UBND", "15a/QĐ-UBND"),
        ("367 - QĐ/TWĐTN-VP", "367-QĐ/TWĐTN-VP"),
    ],
)
def test_print_is_tolerated(printed, text):
    symbol = symbols.parse(printed)
    assert symbol is not None
    assert symbol.text == text


@pytest.mark.parametrize(("printed", "suffix"), [("66.1/2025/NQ-CP", ".1"), ("15a/QĐ-UBND", "a"), ("15/QĐ-UBND", "")])
def test_suffix(printed, suffix):
    symbol = symbols.parse(printed)
    assert symbol is not None
    assert symbol.suffix == suffix


@pytest.mark.parametrize("printed", ["01/HLV", "16/CGC.BT"])
def test_a_lone_code_does_not_say_what_it_is(printed):
    symbol = symbols.parse(printed)
    assert symbol is not None
    assert not symbol.whole


@pytest.mark.parametrize(
    "text",
    [
        "QCVN 01-189:2019/BNNPTNT",
        "QCVN 106:2025/BNNMT",
        "ngày 28/10/2024",
        "giai đoạn 2026-2030",
        "Quý IV/2025 - Quý II",
        "năm 2030 - Hoàn thành",
        "mạng 5G/IoT",
        "1.200.000/ĐV",
        "số: /KH-UBND",
        "12/kh-ubnd",
        "A12/KH-UBND",
        "24/7",
        "",
    ],
)
def test_what_is_no_symbol(text):
    assert list(symbols.scan(text)) == []
    assert symbols.parse(text) is None


def test_parse_wants_the_whole_text():
    assert symbols.parse(" 12/KH-UBND ") is not None
    assert symbols.parse("số 12/KH-UBND") is None
    assert symbols.parse("12/KH-UBND ngày") is None


def test_scan_gives_places_in_order():
    text = "Kế hoạch số 12/KH-UBND, số:13/KH-UBND. Và 14-KH/TU - Ban Bí thư"
    found = list(symbols.scan(text))
    assert [place.symbol.text for place in found] == ["12/KH-UBND", "13/KH-UBND", "14-KH/TU"]
    assert [text[place.start : place.end] for place in found] == ["12/KH-UBND", "13/KH-UBND", "14-KH/TU"]


def test_a_sentence_end_or_a_dash_between_words_is_not_part_of_it():
    assert [place.symbol.text for place in symbols.scan("theo 5/KH-SNV. Sở")] == ["5/KH-SNV"]
    assert [place.symbol.text for place in symbols.scan("theo 5/KH-SNV - UBND tỉnh")] == ["5/KH-SNV"]


def test_a_symbol_never_crosses_a_cell():
    assert list(symbols.scan("12/\tKH-UBND")) == []


@pytest.mark.parametrize(("noise", "most"), [("1", 0), ("1/", 0), ("12-A", 1), ("12/A-", 1), ("1.", 0), ("9 / ", 0)])
def test_much_noise_holds_hardly_a_symbol(noise, most):
    assert len(list(symbols.scan(noise * 20_000))) <= most
