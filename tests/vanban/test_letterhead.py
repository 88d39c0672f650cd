"""Letterheads in plain lines: rules between them, names that end in "SỐ", marks of urgency, titles below "CỦA …"."""

from __future__ import annotations

from datetime import date

import pytest

from vanban import heading, outline
from vanban.model import Heading
from vanban.source.text import read_text

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
DAY = "Sơn Lâm, ngày 3 tháng 9 năm 2027"
TITLE = "KẾ HOẠCH\nVề trồng rừng\n\nCăn cứ Luật Đất đai;\n"


def find(*lines: str) -> Heading:
    sheet = read_text("\n".join(lines))
    return heading.find(sheet, outline.build(sheet))


@pytest.mark.parametrize("rule", ["*", "***", "-------", "________", "-----\n\n"])
def test_a_rule_between_issuer_and_motto_hides_no_issuer(rule: str) -> None:
    found = find("UBND TỈNH SƠN LÂM", rule, "Số: 12/KH-UBND", MOTTO, "-------", DAY, "", TITLE)
    assert (found.issuer, found.symbol, found.date) == ("Ủy ban nhân dân tỉnh Sơn Lâm", "12/KH-UBND", date(2027, 9, 3))
    party = find("TỈNH ỦY SƠN LÂM", rule, "Số 9-KH/TU", "ĐẢNG CỘNG SẢN VIỆT NAM", DAY, "", TITLE)
    assert (party.issuer, party.symbol) == ("Tỉnh ủy Sơn Lâm", "9-KH/TU")


@pytest.mark.parametrize("number", ["Số: 05/KH-BCĐ", "Số:05/KH-BCĐ", "Số 05/KH-BCĐ"])
def test_the_last_word_of_a_name_is_no_label_of_the_number(number: str) -> None:
    found = find("BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ", "TỈNH SƠN LÂM", "", number, MOTTO, DAY, "", TITLE)
    assert (found.issuer, found.symbol) == ("Ban Chỉ đạo chuyển đổi số tỉnh Sơn Lâm", "05/KH-BCĐ")
    ruled = find(f"BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ ------- | {MOTTO}", f"{number} | {DAY}", TITLE)
    assert (ruled.issuer, ruled.symbol) == ("Ban Chỉ đạo chuyển đổi số", "05/KH-BCĐ")


def test_a_blank_number_is_still_seen() -> None:
    found = find("UBND TỈNH SƠN LÂM", "Số:      /KH-UBND", MOTTO, DAY, "", TITLE)
    assert (found.issuer, found.symbol) == ("Ủy ban nhân dân tỉnh Sơn Lâm", None)


@pytest.mark.parametrize("mark", ["DỰ THẢO", "HỎA TỐC", "KHẨN"])
def test_a_mark_is_no_part_of_the_issuer(mark: str) -> None:
    found = find("UBND TỈNH SƠN LÂM", mark, "Số: 12/KH-UBND", MOTTO, DAY, "", TITLE)
    assert found.issuer == "Ủy ban nhân dân tỉnh Sơn Lâm"


def test_the_place_stands_behind_the_number_on_one_line() -> None:
    found = find(f"UBND TỈNH SƠN LÂM {MOTTO}", f"Số: 45 /KH-UBND {DAY}", "", TITLE)
    assert (found.symbol, found.place) == ("45/KH-UBND", "Sơn Lâm")


@pytest.mark.parametrize("subject", ["Về trồng rừng ven biển", "về trồng rừng ven biển", "Tiếp tục trồng rừng"])
def test_below_a_line_that_says_only_whose_it_is_stands_the_title(subject: str) -> None:
    top = ("BAN CHẤP HÀNH TRUNG ƯƠNG", "*", "Số 7-NQ/TW", "ĐẢNG CỘNG SẢN VIỆT NAM", DAY, "")
    found = find(*top, "NGHỊ QUYẾT", "CỦA BỘ CHÍNH TRỊ", subject, "-----", "I- TÌNH HÌNH", "Rừng còn ít.")
    assert found.title == subject
    plain = find(*top, "NGHỊ QUYẾT", "CỦA BỘ CHÍNH TRỊ", "-----", "I- TÌNH HÌNH", "Rừng còn ít.")
    assert plain.title == "CỦA BỘ CHÍNH TRỊ"


def test_about_runs_over_two_lines() -> None:
    top = ("BỘ Y TẾ", "Số: 3/BYT-DP", "V/v tiêm chủng mở rộng cho trẻ em", "theo Nghị quyết số 5/NQ-CP của Chính phủ")
    found = find(*top, MOTTO, DAY, "Kính gửi: Các sở.", "Bộ Y tế đề nghị.")
    assert found.title == "tiêm chủng mở rộng cho trẻ em theo Nghị quyết số 5/NQ-CP của Chính phủ"
    below = find(*top[:2], MOTTO, DAY, "V/v tiêm chủng", "Kính gửi: Các sở.", "Bộ Y tế đề nghị.")
    assert below.title == "tiêm chủng"


def test_capitals_behind_the_day_belong_to_no_issuer() -> None:
    found = find("VĂN PHÒNG CHÍNH PHỦ", MOTTO, DAY, "LỊCH CÔNG TÁC", "DANH MỤC DỰ ÁN", "Thứ Hai: họp giao ban.")
    assert found.issuer == "Văn phòng Chính phủ"
