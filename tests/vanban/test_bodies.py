"""Names of issuing bodies."""

import pytest

from vanban import bodies


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH SƠN LÂM -------", "Ủy ban nhân dân tỉnh Sơn Lâm"),
        ("UỶ BAN NHÂN DÂN  XÃ AN HÒA", "Ủy ban nhân dân xã An Hòa"),
        ("UBND TỈNH SƠN LÂM SỞ NỘI VỤ", "Sở Nội vụ"),
        ("HĐND THÀNH PHỐ VĨNH AN", "Hội đồng nhân dân thành phố Vĩnh An"),
        ("BỘ TÀI CHÍNH CỤC THUẾ", "Cục Thuế"),
        ("BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG", "Bộ Nông nghiệp và Môi trường"),
        ("BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG CỤC KIỂM LÂM", "Cục Kiểm lâm"),
        ("VĂN PHÒNG CHÍNH PHỦ", "Văn phòng Chính phủ"),
        ("BỘ CÔNG AN", "Bộ Công an"),
        ("THỦ TƯỚNG CHÍNH PHỦ", "Thủ tướng Chính phủ"),
        ("TỈNH ỦY SƠN LÂM *", "Tỉnh ủy Sơn Lâm"),
        ("TỈNH ỦY SƠN LÂM BAN TỔ CHỨC", "Ban Tổ chức"),
        ("ỦY BAN MTTQ VIỆT NAM XÃ AN HÒA BAN THƯỜNG TRỰC", "Ban Thường trực Ủy ban MTTQ Việt Nam xã An Hòa"),
        ("BAN CHẤP HÀNH TRUNG ƯƠNG", "Ban Chấp hành Trung ương"),
        ("QUỐC HỘI", "Quốc hội"),
        ("CÔNG TY CẤP NƯỚC", "Công ty cấp nước"),
        ("TỈNH ỦY SƠN LÂM VĂN PHÒNG", "Văn phòng Tỉnh ủy Sơn Lâm"),
        ("BỘ CÔNG AN - BỘ NỘI VỤ", "Bộ Công an - Bộ Nội vụ"),
        ("BAN CHỈ ĐẠO CHUYỂN ĐỔI SỐ", "Ban Chỉ đạo chuyển đổi số"),
        ("ĐẢNG BỘ TỈNH SƠN LÂM ĐẢNG ỦY UBND TỈNH", "Đảng ủy Ủy ban nhân dân tỉnh"),
        ("-------", None),
        ("", None),
    ],
)
def test_issuer(printed: str, expected: str | None) -> None:
    assert bodies.issuer(printed) == expected


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH SƠN LÂM", "Ủy ban nhân dân tỉnh Sơn Lâm"),
        ("BỘ TRƯỞNG BỘ Y TẾ", "Bộ Y tế"),
        ("CHÍNH PHỦ", "Chính phủ"),
        ("PHÁT TRIỂN RỪNG", None),
        ("CHỦ TỊCH", None),
    ],
)
def test_of_head(printed: str, expected: str | None) -> None:
    assert bodies.of_head(printed) == expected


def test_names_in_running_text_keep_their_case() -> None:
    assert bodies.normal("Ban Chấp hành Đảng bộ tỉnh") == "Ban Chấp hành Đảng bộ tỉnh"
    assert bodies.normal("UBND tỉnh Sơn Lâm") == "Ủy ban nhân dân tỉnh Sơn Lâm"


@pytest.mark.parametrize(("text", "rest"), [("MỨC THU BỘ TRƯỞNG", "MỨC THU"), ("MỨC THU", "MỨC THU")])
def test_behind_head(text: str, rest: str) -> None:
    assert text[: bodies.behind_head(text)].rstrip() == rest
