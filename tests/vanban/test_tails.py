"""What follows a symbol: date, issuer, term, title."""

from __future__ import annotations

from datetime import date

import pytest

from vanban import tails

D = date(2023, 2, 5)


def read(text: str) -> tails.Tail:
    return tails.read(text, 0, len(text))


@pytest.mark.parametrize(
    "text",
    [
        " ngày 05/02/2023",
        ", ngày 5/2/2023 của",
        " ngày 5-2-2023",
        " ngày 5.2.2023",
        " ngày 05 tháng 02 năm 2023",
        " ngày 05 tháng 2, năm 2023",
        " NGÀY 05 THÁNG 02 NĂM 2023",
        "\nngày 05/02/2023",
        " (ngày 05/02/2023)",
        " ngày 05/ 02/ 2023",
        " của Bộ Y tế ngày 05/02/2023",
        " của Ban Bí thư (khóa XIII), ngày 5/2/2023",
    ],
)
def test_dates(text):
    assert read(text).date == D


@pytest.mark.parametrize(
    "text",
    [
        " Ngày 5/2/2023, tại trụ sở",
        "\tngày 5/2/2023",
        ". ngày 5/2/2023",
        " ngày 31/02/2023",
        " ngày / /2023",
        " ngày tháng 2 năm 2023",
        " trước ngày 5/2/2023",
        " của Bộ Y tế trước ngày 5/2/2023",
        " có hiệu lực từ ngày 5/2/2023",
        "",
    ],
)
def test_no_date(text):
    assert read(text).date is None


def test_the_mention_ends_with_its_date():
    text = ", ngày 5/2/2023 của Bộ Y tế"
    tail = read(text)
    assert text[: tail.end] == ", ngày 5/2/2023"
    assert tail.date_text == "ngày 5/2/2023"


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (" ngày 5/2/2023 của Ban Bí thư về việc", "Ban Bí thư"),
        (" của Chính phủ quy định chi tiết", "Chính phủ"),
        (" của Bộ Văn hóa, Thể thao và Du lịch hướng dẫn", "Bộ Văn hóa, Thể thao và Du lịch"),
        (" của Ban Thường vụ Tỉnh ủy Quy định tạm thời", "Ban Thường vụ Tỉnh ủy"),
        (" của Chính phủ, Bộ Y tế đề nghị", "Chính phủ"),
        (" của Sở\nXây dựng; các", "Sở Xây dựng"),
        (" của\nQuốc hội", "Quốc hội"),
        (" của Quốc hội và", "Quốc hội"),
        (" ngày 5/2/2023 Chính phủ quy định", "Chính phủ"),
        (" NGÀY 5/2/2023 CỦA THỦ TƯỚNG CHÍNH PHỦ VỀ VIỆC", "THỦ TƯỚNG CHÍNH PHỦ"),
        (", Bộ Y tế đề nghị các sở", None),
        (" ngày 5/2/2023, Bộ Y tế đề nghị", None),
        (" của các bộ", None),
        (" Chính phủ quy định", None),
    ],
)
def test_issuers(text, issuer):
    assert read(text).issuer == issuer


@pytest.mark.parametrize(
    ("text", "term"),
    [
        (" của Ban Chấp hành Trung ương Đảng khóa XII về", "XII"),
        (" của Bộ Chính trị (khoá IX) về", "IX"),
        (" (KHÓA X)", "X"),
        (", khóa XI", "XI"),
        (" của Quốc hội về bầu cử khóa XVI", None),
    ],
)
def test_terms(text, term):
    assert read(text).term == term


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (" về công tác dân số trong tình hình mới; các", "công tác dân số trong tình hình mới"),
        (" về việc tăng cường quản lý đất đai. Giao", "tăng cường quản lý đất đai"),
        (' "về công tác dân số" trên địa bàn', "công tác dân số"),
        (" về “Công tác dân số”; giao", "Công tác dân số"),
        (" về công tác dân số) và", "công tác dân số"),
        (" về công tác dân số (sau đây gọi là", "công tác dân số"),
        (" về công tác dân số (giai đoạn hai) của", "công tác dân số (giai đoạn hai) của"),
        (" về công tác\ndân số", "công tác dân số"),
        (" về công tác dân\n\nsố của tỉnh\nĐiều 1", "công tác dân số của tỉnh"),
        (" về công tác dân số\tSở Y tế", "công tác dân số"),
        (" về công tác dân số...", "công tác dân số"),
        (" ngày 5/2/2023 của Chính phủ quy định mức thu phí; ", "quy định mức thu phí"),
        (" quy định hội giải thể", None),
        (" về A", None),
        (" và các văn bản", None),
    ],
)
def test_titles(text, title):
    assert read(text).title == title


def test_nothing_is_read_past_the_next_mention():
    text = " của Bộ Y tế về thực hiện Nghị quyết số 1/NQ-CP ngày 5/2/2023"
    tail = tails.read(text, 0, text.index("Nghị quyết"))
    assert (tail.date, tail.issuer, tail.title) == (None, "Bộ Y tế", "thực hiện")


@pytest.mark.parametrize(
    ("text", "year"), [(" năm 2024 có", "2024"), (" 2024,", "2024"), (" năm 2024/1", "2024"), (" 12", None)]
)
def test_years(text, year):
    found = tails.year(text, 0)
    assert (found and found[1]) == (year if text != " năm 2024/1" else None)


def test_the_last_date_of_a_stretch():
    found = tails.last_date("Ngày 1/2/2023 và ngày 5/2/2023, UBND")
    assert found is not None
    assert tails.day(found) == D
    assert tails.last_date("không có") is None
