from datetime import date

import pytest

from vanban.model import Heading, Signature
from vanban.scoring.facts import Sum, sums
from vanban.scoring.headings import compare, compare_site

SITE = {"symbol": "12/KH-UBND", "kind": "Kế hoạch", "issuer": "Tỉnh Hà Sơn", "date": "05/03/2031"}
FOUND = Heading(kind="Kế hoạch", symbol="12/KH-UBND", date=date(2031, 3, 5), issuer="ỦY BAN NHÂN DÂN TỈNH HÀ SƠN")


def one(gold, found):
    (result,) = sums(compare("a", gold, found)).values()
    return result


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ({"kind": "Kế hoạch"}, Heading(kind="KẾ HOẠCH"), Sum(1, 1, 1)),
        ({"kind": "Kế hoạch"}, Heading(kind="Công văn"), Sum(1, 1, 0)),
        ({"kind": "Kế hoạch"}, Heading(), Sum(1, 0, 0)),
        ({"symbol": "12/KH-UBND"}, Heading(symbol="12/KH-UBND"), Sum(1, 1, 1)),
        ({"symbol": None}, Heading(), Sum(1, 1, 1)),
        ({"symbol": None}, Heading(symbol="1/KH"), Sum(0, 1, 0)),
        ({"date": "2031-03-05"}, Heading(date=date(2031, 3, 5)), Sum(1, 1, 1)),
        ({"date": "2031-03-05"}, Heading(date=date(2031, 5, 3)), Sum(1, 1, 0)),
        ({"number": 12}, Heading(number=12), Sum(1, 1, 1)),
        ({"implements": "43 - NQ/TW"}, Heading(implements="43-NQ/TW"), Sum(1, 1, 1)),
        ({"issuer": "Uỷ ban nhân dân tỉnh"}, Heading(issuer="ỦY BAN NHÂN DÂN TỈNH"), Sum(1, 1, 1)),
        ({"signature": {"position": "CHỦ TỊCH"}}, Heading(signature=Signature(position="Chủ tịch")), Sum(1, 1, 1)),
        ({"signature": {"position": "CHỦ TỊCH"}}, Heading(), Sum(1, 0, 0)),
    ],
)
def test_a_field(gold, found, expected):
    assert one(gold, found) == expected


def test_what_was_not_checked_is_not_scored():
    assert list(compare("a", {"note": "x", "issuer_printed": "y"}, FOUND)) == []


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        ({}, set()),
        ({"issuer": "Tỉnh Hà Giang"}, {"heading.issuer"}),
        ({"symbol": "13/KH-UBND"}, {"heading.symbol"}),
        ({"kind": "Quyết định"}, {"heading.kind"}),
        ({"kind": "Văn bản khác"}, set()),
        ({"date": "06/03/2031"}, {"heading.date"}),
    ],
)
def test_a_row_of_the_site(row, wrong):
    assert {fact.field for fact in compare_site("a", {**SITE, **row}, FOUND) if not fact.right} == wrong


def test_the_sites_catch_all_kind_is_not_scored():
    fields = {fact.field for fact in compare_site("a", {**SITE, "kind": "Văn bản khác"}, FOUND)}
    assert fields == {"heading.symbol", "heading.date", "heading.issuer"}


def test_an_issuer_that_was_not_found_is_missed():
    assert sums(compare_site("a", SITE, Heading()))["heading.issuer"] == Sum(1, 0, 0)
