"""Mentions in print as portals and older documents have it: wrapped lines, small letters, names of several parts."""

from __future__ import annotations

from datetime import date

import pytest

from vanban import citations, heading, outline
from vanban.model import Citation, Heading
from vanban.source.text import read_text


def cite(text: str) -> tuple[Citation, ...]:
    sheet = read_text(text)
    provisions = outline.build(sheet)
    return citations.find(sheet, provisions, heading.find(sheet, provisions)).citations


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Căn cứ Luật Tổ chức A và B ngày 26/11/2003;", ["Luật Tổ chức A và B"]),
        ("Căn cứ Luật Tổ chức HĐND và UBND;", ["Luật Tổ chức HĐND và UBND"]),
        ("Căn cứ Luật Đất đai và Nghị định số 3/2014/NĐ-CP;", ["Luật Đất đai", None]),
        ("Căn cứ Luật Đất đai và các văn bản hướng dẫn năm 2024;", ["Luật Đất đai"]),
        ("theo Luật hôn nhân và gia đình.", ["Luật hôn nhân và gia đình"]),
        ("vi phạm Bộ luật tố tụng hình sự và bị xử lý", ["Bộ luật tố tụng hình sự"]),
        ("theo Luật đất đai phong kiến", []),
        (
            "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Nhà ở và Luật Đất đai ngày 22 tháng 11 năm 2019;",
            ["Luật sửa đổi, bổ sung một số điều của Luật Nhà ở và Luật Đất đai"],
        ),
        (
            "Luật sửa đổi, bổ sung một số điều của Luật Nhà ở ngày 2/11/2019 và Luật Đất đai năm 2024",
            ["Luật sửa đổi, bổ sung một số điều của Luật Nhà ở", "Luật Đất đai"],
        ),
        ("triển khai Luật Thủ đô kịp thời, đồng bộ", ["Luật Thủ đô"]),
        ("Về việc công bố Luật\nCHỦ TỊCH NƯỚC\nCăn cứ Hiến pháp năm 2013;", ["Hiến pháp"]),
    ],
)
def test_laws(text: str, names: list[str | None]) -> None:
    assert [one.title for one in cite(text)] == names


def test_a_law_s_number_in_a_bracket() -> None:
    (law,) = cite("Quốc hội đã thông qua Luật Thủ đô (Luật số 39/2024/QH15).")
    assert (law.title, law.symbol, law.form) == ("Luật Thủ đô", "39/2024/QH15", "symbol")


def test_a_year_behind_the_abbreviation() -> None:
    (law,) = cite("Điều 5 Bộ luật Dân sự (BLDS) năm 2015 quy định")
    assert (law.title, law.date_text, law.provision) == ("Bộ luật Dân sự", "năm 2015", "Điều 5")


def test_a_blank_for_the_dash_of_a_party_number() -> None:
    one, other = cite("thay thế Quy định số 23 QĐ/TW ngày 31-10-2006 và Thông tri số 16 TT/TW.")
    assert (one.symbol, one.date) == ("23-QĐ/TW", date(2006, 10, 31))
    assert (other.kind, other.symbol) == ("Thông tri", "16-TT/TW")


def test_numbers_that_share_a_code() -> None:
    found = cite("Thực hiện các Nghị quyết số 26, 27 và 28-NQ/TW của Trung ương.")
    assert [one.symbol for one in found] == ["26-NQ/TW", "27-NQ/TW", "28-NQ/TW"]
    assert {one.kind for one in found} == {"Nghị quyết"}
    assert [one.symbol for one in cite("trong 26, 27 xã; Nghị quyết số 28-NQ/TW")] == ["28-NQ/TW"]


def test_days() -> None:
    (glued,) = cite("Căn cứ Nghị quyết số 30c/NQ-CP ngày 8 tháng 11 năm 2011của Chính phủ")
    assert (glued.date, glued.issuer) == (date(2011, 11, 8), "Chính phủ")
    (late,) = cite("Quyết định số 6/QĐ-BNN của Bộ trưởng Bộ Nội vụ ban hành ngày 04 tháng 4 năm 2014 có hiệu lực")
    assert (late.date, late.issuer) == (date(2014, 4, 4), "Bộ trưởng Bộ Nội vụ")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Công điện số 8/CĐ-TTg ngày 5/9/2024 về việc phòng, chống bão, Ban Chỉ huy yêu cầu:", "phòng, chống bão"),
        ("Theo Nghị quyết số 4-NQ/TW ngày 2/6/2005 về cải cách tư pháp nhấn mạnh việc tranh tụng", "cải cách tư pháp"),
        (
            (
                "Thông tư số 1/2018/TT-VPCP ngày 2/6/2018 hướng dẫn một số điều của Nghị định số 6/2018/NĐ-CP ngày "
                "2/4/2018 của Chính phủ về một cửa;"
            ),
            "hướng dẫn một số điều của Nghị định số 6/2018/NĐ-CP ngày 2/4/2018 của Chính phủ về một cửa",
        ),
        (
            "Nghị định số 9/2017/NĐ-CP ngày 7/8/2017 của Chính phủ sửa đổi, bổ sung các Nghị định về thuế;",
            "sửa đổi, bổ sung các Nghị định về thuế",
        ),
        ("Chỉ thị số 1/CT-VKS ngày 2/2/2022 của Viện trưởng Viện A (gọi là Viện) về công tác năm", "công tác năm"),
    ],
)
def test_where_a_title_ends(text: str, title: str) -> None:
    assert cite(text)[0].title == title


def test_a_paragraph_that_the_page_broke() -> None:
    lines = [
        "Căn cứ Quyết định số 12/QĐ-UBND ngày 27/8/2021 của Chủ tịch Ủy ban nhân dân tỉnh",
        "Sơn Lâm về việc thành lập Ban Chỉ đạo rà soát hộ nghèo giai đoạn 2021 - 2025, tỉnh",
        "Sơn Lâm và các huyện trong tỉnh đã được giao theo đúng quy định của pháp luật hiện",
        "hành về công tác này;",
    ]
    (one,) = cite("\n".join(lines))
    assert one.issuer == "Chủ tịch Ủy ban nhân dân tỉnh Sơn Lâm"
    assert one.title is not None
    assert one.title.startswith("thành lập Ban Chỉ đạo rà soát hộ nghèo giai đoạn 2021 - 2025, tỉnh Sơn Lâm và")


def test_a_part_before_a_comma() -> None:
    (one,) = cite("Căn cứ Điều 107, Luật Đất đai năm 2013;")
    assert (one.provision, one.relation) == ("Điều 107", "founded_on")


@pytest.mark.parametrize("lead", ["Sau 10 năm thực hiện", "Kết quả 5 năm thực hiện", "Tình hình thực hiện"])
def test_looking_back_is_not_carrying_out(lead: str) -> None:
    text = f"{lead} Nghị quyết số 13-NQ/TU, tỉnh có bước phát triển."
    assert cite(text)[0].relation is None
    sheet = read_text(text)
    assert citations.implemented(Heading(), sheet, cite(text)) is None


def test_what_a_subject_carries_out_is_not_what_the_document_does() -> None:
    text = "Nêu tại Kết luận số 80-KL/TW ngày 20/6/2020 của Ban Bí thư về việc tiếp tục thực hiện Chỉ thị số 32-CT/TW;"
    assert citations.implemented(Heading(), read_text(text), cite(text)) is None


def test_a_constitution_in_small_letters() -> None:
    assert cite("Căn cứ Hiến pháp Nước cộng hòa xã hội chủ nghĩa Việt Nam;")[0].kind == "Hiến pháp"


def test_what_a_title_carries_out_is_not_what_its_document_does() -> None:
    text = (
        "Căn cứ Thông tư số 17/2017/TT-BNV ngày 23/6/2017 của Bộ Nội vụ quy định một số nội dung và biện pháp về "
        "tổ chức cán bộ thi hành Quyết định số 45/2016/QĐ-TTg;"
    )
    assert citations.implemented(Heading(), read_text(text), cite(text)) is None


def test_the_document_s_own_number_is_no_mention() -> None:
    text = (
        "Thông tư 15/2020/TT-BNV về văn thư\n\nBỘ NỘI VỤ\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "Độc lập - Tự do - Hạnh phúc\n"
        "Số: 15/2020/TT-BNV\nHà Nội, ngày 5 tháng 5 năm 2020\nTHÔNG TƯ\n"
        "SỐ 15/2020/TT-BNV NGÀY 5-5-2020 CỦA BỘ NỘI VỤ VỀ VĂN THƯ\nCăn cứ Luật Lưu trữ năm 2011;\n"
    )
    assert [one.title for one in cite(text)] == ["Luật Lưu trữ"]


def test_a_case_of_a_court_is_no_document() -> None:
    assert not cite("hồ sơ vụ án dân sự thụ lý số 315/2019/TLST-HNGĐ ngày 10 tháng 12 năm 2019,")


def test_a_congress_with_its_place() -> None:
    (one,) = cite("Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Sơn Lâm lần thứ XXI")
    assert one.title == "Nghị quyết Đại hội đại biểu Đảng bộ tỉnh Sơn Lâm lần thứ XXI"


def test_joint_issuers() -> None:
    (one,) = cite("Nghị quyết liên tịch số 4/2017/NQLT-CP-MT ngày 15/6/2017 giữa Chính phủ và Ủy ban A về B C D;")
    assert one.issuer == "Chính phủ và Ủy ban A"
