"""Heads as portals leave them: run together, without a line, the issuer outside the table; and less usual issuers."""

from __future__ import annotations

from datetime import date

import pytest

from vanban import bodies, heading, outline
from vanban.model import Heading
from vanban.source.text import read_text

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
SLOGAN = "Độc lập - Tự do - Hạnh phúc"
GROUNDS = "Căn cứ Luật Đất đai;\n\nĐiều 1. Ban hành.\n"


def find(text: str) -> Heading:
    sheet = read_text(text)
    return heading.find(sheet, outline.build(sheet))


def state(issuer: str, rest: str) -> Heading:
    return find(f"{issuer}\n{MOTTO}\n{SLOGAN}\n{rest}")


def test_an_issuer_above_the_table_of_the_motto() -> None:
    found = find(
        f"ỦY BAN NHÂN DÂN\nTỈNH SƠN LÂM\n-------\n|\n{MOTTO}\n{SLOGAN}\n---\n|\nSố: 12/KH-UBND\n|\n"
        "Sơn Lâm, ngày 05 tháng 3 năm 2025\n|\nKẾ HOẠCH\nTRỒNG RỪNG\nI. MỤC TIÊU\n"
    )
    assert (found.issuer, found.symbol, found.title) == ("Ủy ban nhân dân tỉnh Sơn Lâm", "12/KH-UBND", "TRỒNG RỪNG")


def test_a_head_run_together_on_one_line() -> None:
    found = find(
        f"BỘ CÔNG THƯƠNG ------- {MOTTO} {SLOGAN} ------ Số: 12/QĐ-BCT Hà Nội, ngày 06 tháng 6 năm 2022 "
        "QUYẾT ĐỊNH VỀ VIỆC QUẢN LÝ CHỢ BỘ TRƯỞNG BỘ CÔNG THƯƠNG Căn cứ Nghị định số 98/2017/NĐ-CP ngày 18 "
        "tháng 8 năm 2017 của Chính phủ; Xét đề nghị của Chánh Văn phòng Bộ, QUYẾT ĐỊNH: Điều 1. Ban hành quy chế chợ."
    )
    assert (found.kind, found.symbol, found.date) == ("Quyết định", "12/QĐ-BCT", date(2022, 6, 6))
    assert (found.issuer, found.place, found.title) == ("Bộ Công Thương", "Hà Nội", "VỀ VIỆC QUẢN LÝ CHỢ")


def test_a_kind_glued_to_the_date() -> None:
    found = state(
        "UBND TỈNH SƠN LÂM\nSố: 12/QĐ-UBND",
        "Sơn Lâm, ngày 26 tháng 3 năm 2016QUYẾT ĐỊNH\nVề việc công bố thủ tục\n\ncủa Sở Xây dựng\n"
        f"CHỦ TỊCH UBND TỈNH SƠN LÂM\n{GROUNDS}",
    )
    assert (found.kind, found.date) == ("Quyết định", date(2016, 3, 26))
    assert found.title == "Về việc công bố thủ tục của Sở Xây dựng"


def test_a_lost_line_of_the_kind() -> None:
    found = find(
        f"ỦY BAN NHÂN DÂN | {MOTTO} |\nSố: 12/QĐ-UBND | Sơn Lâm, ngày 5 tháng 3 năm 2019 |\n"
        f"VỀ VIỆC QUẢN LÝ CHỢ VÀ SIÊU THỊ\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SƠN LÂM\n{GROUNDS}"
    )
    assert (found.kind, found.title) == ("Quyết định", "VỀ VIỆC QUẢN LÝ CHỢ VÀ SIÊU THỊ")
    assert found.issuer == "Ủy ban nhân dân tỉnh Sơn Lâm"


def test_the_assembly_of_a_province_with_its_session() -> None:
    found = state(
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH SƠN LÂM",
        "Số: 9/NQ-HĐND\nSơn Lâm, ngày 5 tháng 7 năm 2023\nNGHỊ QUYẾT\nVỀ MỨC CHI\n\nHỘI ĐỒNG NHÂN DÂN TỈNH SƠN LÂM\n"
        f"KHÓA X, NHIỆM KỲ 2021-2026, KỲ HỌP THỨ 12\n{GROUNDS}",
    )
    assert (found.title, found.term, found.issuer) == ("VỀ MỨC CHI", "X", "Hội đồng nhân dân tỉnh Sơn Lâm")


@pytest.mark.parametrize("head", ["CHỦ TỊCH NƯỚC", "QUỐC HỘI"])
@pytest.mark.parametrize("joint", [" ", "\n"])
def test_the_state_s_name_is_no_part_of_the_title(head: str, joint: str) -> None:
    name = f"{head}{joint}{'' if head.endswith('NƯỚC') else 'NƯỚC '}{MOTTO}"
    number = "Số: 10/2021/L-CTN\nHà Nội, ngày 4 tháng 12 năm 2021"
    found = state(head, f"{number}\nLỆNH\nVề việc công bố\n{name}\n{GROUNDS}")
    assert (found.kind, found.title) == ("Lệnh", "Về việc công bố")


def test_a_title_that_says_its_own_number_again() -> None:
    found = state(
        "BỘ TÀI CHÍNH",
        "Số: 15-TC/TT\nHà Nội, ngày 16 tháng 3 năm 1991\nTHÔNG TƯ\n"
        f"SỐ 15-TC/TT NGÀY 16-3-1991 CỦA BỘ TÀI CHÍNH QUY ĐỊNH CHẾ ĐỘ THU\n{GROUNDS}",
    )
    assert (found.symbol, found.title) == ("15-TC/TT", "QUY ĐỊNH CHẾ ĐỘ THU")


def test_a_number_said_only_by_the_title() -> None:
    found = find("KẾT LUẬN 127-KL/TW CỦA BỘ CHÍNH TRỊ VỀ TRỒNG RỪNG\nTại phiên họp, Bộ Chính trị kết luận.\n")
    assert (found.kind, found.symbol, found.title) == ("Kết luận", "127-KL/TW", "VỀ TRỒNG RỪNG")


def test_the_day_in_a_subject_is_not_the_document_s() -> None:
    found = find(
        "HUYỆN ỦY SƠN HÀ\n*\nSố 512-CV/HU\nvề việc đôn đốc thực hiện Kế hoạch số 88-KH/HU, ngày 12/5/2023\n"
        "ĐẢNG CỘNG SẢN VIỆT NAM\nSơn Hà, ngày 22 tháng 8 năm 2023\nKính gửi: - Các chi bộ,\nBáo cáo.\n"
    )
    assert (found.kind, found.date, found.place) == ("Công văn", date(2023, 8, 22), "Sơn Hà")


def test_a_subject_whose_next_line_is_a_number() -> None:
    found = state(
        "UBND HUYỆN SƠN HÀ\nPHÒNG NỘI VỤ",
        "Số: 318/NV\nV/v thực hiện Thông tư số\n27/2020/TT-BNV\nSơn Hà, ngày 5 tháng 9 năm 2020\nKính gửi: Các xã.\n",
    )
    assert (found.issuer, found.title) == ("Phòng Nội vụ", "thực hiện Thông tư số 27/2020/TT-BNV")


def test_the_hour_of_a_telegram_is_no_place() -> None:
    found = state(
        "UBND TỈNH SƠN LÂM\nBAN CHỈ HUY PHÒNG THỦ DÂN SỰ",
        "Số: 05/CĐ-BCH\nSơn Lâm, hồi 16 giờ 30 ngày 06 tháng 9 năm 2024\nCÔNG ĐIỆN KHẨN\nBAN CHỈ HUY PHÒNG THỦ DÂN SỰ\n"
        "điện: UBND các xã\nThực hiện ngay.\n",
    )
    assert (found.place, found.title, found.kind) == ("Sơn Lâm", None, "Công điện")
    assert found.issuer == "Ban Chỉ huy phòng thủ dân sự"


def test_about_in_the_midst_of_a_sentence_is_no_subject() -> None:
    assert find("Ngày 6/8, Ban đã ban hành Chỉ thị số 17 về việc trồng rừng.\n").title is None


def test_a_letter_without_a_number() -> None:
    found = state("VĂN PHÒNG CHÍNH PHỦ\nV/v: miễn phí", "Hà Nội, ngày 12 tháng 7 năm 2011\n\nKính gửi: Bộ Tài chính.\n")
    assert (found.kind, found.symbol, found.title) == ("Công văn", None, "miễn phí")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("ĐẢNG BỘ TỈNH SƠN LÂM HUYỆN ỦY YÊN HÀ", "Huyện ủy Yên Hà"),
        ("BỘ NỘI VỤ - BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "Bộ Nội vụ - Bộ Lao động - Thương binh và Xã hội"),
        ("• BỘ CÔNG AN-BỘ Y TẾ", "Bộ Công an - Bộ Y tế"),
        ("UBND TỈNH SƠN LÂM BAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP", "Ban Quản lý các khu công nghiệp"),
        ("TÒA ÁN NHÂN DÂN HUYỆN YÊN HÀ TỈNH SƠN LÂM", "Tòa án nhân dân huyện Yên Hà tỉnh Sơn Lâm"),
        ("BẢO HIỂM XÃ HỘI VIỆT NAM BẢO HIỂM XÃ HỘI TP.VĨNH AN", "Bảo hiểm xã hội thành phố Vĩnh An"),
        ("KIỂM TOÁN NHÀ NƯỚC KIỂM TOÁN NHÀ NƯỚC KHU VỰC V", "Kiểm toán Nhà nước khu vực V"),
        ("HỘI NÔNG DÂN TỈNH SƠN LÂM BAN CHẤP HÀNH", "Ban Chấp hành Hội Nông dân tỉnh Sơn Lâm"),
        ("BỘ QUỐC PHÒNG QUÂN KHU 9", "Quân khu 9"),
    ],
)
def test_issuers(printed: str, expected: str) -> None:
    assert bodies.issuer(printed) == expected
