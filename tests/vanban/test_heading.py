"""What a document says of itself, family by family and layout by layout."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from vanban import heading, outline
from vanban.model import Heading
from vanban.source.text import read_text

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
SLOGAN = "Độc lập - Tự do - Hạnh phúc"
BODY = (
    "\n\nCăn cứ Luật Đất đai;\n\nĐiều 1. Ban hành.\n\nNơi nhận:\n- Lưu: VT.\n\n"
    "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn Dê\n"
)


def find(text: str) -> Heading:
    sheet = read_text(text)
    return heading.find(sheet, outline.build(sheet))


STATE = {
    "bars alone": f"|\nỦY BAN NHÂN\nDÂN\nTỈNH SƠN LÂM\n-------\n|\n{MOTTO}\n{SLOGAN}\n-----\n|\n|\nSố:\n12/KH-UBND\n|\n"
    "Sơn Lâm, ngày\n05 tháng 3 năm 2025\n|\n\n\nKẾ HOẠCH\n\nTRỒNG RỪNG NĂM 2025",
    "inline bars": f"ỦY BAN NHÂN DÂN TỈNH SƠN LÂM ------- | {MOTTO} {SLOGAN} -----\n"
    f"Số: 12/KH-UBND | Sơn Lâm, ngày 05 tháng 3 "
    "năm 2025\nKẾ HOẠCH TRỒNG RỪNG NĂM 2025 ỦY BAN NHÂN DÂN TỈNH SƠN LÂM",
    "one row": f"ỦY BAN NHÂN DÂN TỈNH SƠN LÂM Số: 12/KH-UBND | {MOTTO} {SLOGAN} Sơn Lâm, ngày 05 tháng 3 năm 2025\n"
    "KẾ HOẠCH\nTRỒNG RỪNG NĂM 2025",
    "lines": f"UBND TỈNH SƠN LÂM\nSố:   12/KH-UBND\n{MOTTO}\n{SLOGAN}\nSơn Lâm, ngày 05 tháng 3 năm 2025\nKẾ HOẠCH\n"
    "TRỒNG RỪNG NĂM 2025",
    "two columns": f"ỦY BAN NHÂN DÂN             {MOTTO}\nTỈNH SƠN LÂM                 {SLOGAN}\n"
    "Số: 12/KH-UBND           Sơn Lâm, ngày 05 tháng 3 năm 2025\n\nKẾ HOẠCH\nTRỒNG RỪNG NĂM 2025",
    "tabs": f"ỦY BAN NHÂN DÂN\t{MOTTO}\nTỈNH SƠN LÂM\t{SLOGAN}\nSố: 12/KH-UBND\tSơn Lâm, ngày 05 tháng 3 năm 2025\n\n"
    "KẾ HOẠCH\nTRỒNG RỪNG NĂM 2025",
    "emphasis": f"**ỦY BAN NHÂN DÂN TỈNH SƠN LÂM**\n\n**{MOTTO}**\n**{SLOGAN}**\n\nSố: 12/KH-UBND\n\n"
    f"*Sơn Lâm, ngày 05 tháng 3 "
    "năm 2025*\n\n**KẾ HOẠCH**\n\n**TRỒNG RỪNG NĂM 2025**",
    "title on one line": f"ỦY BAN NHÂN DÂN\nTỈNH SƠN LÂM\n{MOTTO}\n{SLOGAN}\nSố: 12/KH-UBND\nSơn Lâm, ngày 5/3/2025\n"
    "KẾ HOẠCH TRỒNG RỪNG NĂM 2025",
}


@pytest.mark.parametrize("layout", STATE)
def test_state_letterheads(layout: str) -> None:
    found = find(STATE[layout] + BODY)
    assert (found.kind, found.symbol, found.number) == ("Kế hoạch", "12/KH-UBND", 12)
    assert found.date == date(2025, 3, 5)
    assert found.issuer == "Ủy ban nhân dân tỉnh Sơn Lâm"
    assert found.place == "Sơn Lâm"
    assert found.title == "TRỒNG RỪNG NĂM 2025"
    assert found.signature is not None
    assert found.signature.name == "Lê Văn Dê"
    assert found.implements is None


def test_decomposed_text_reads_the_same() -> None:
    text = STATE["lines"] + BODY
    assert find(unicodedata.normalize("NFD", text)) == find(text)


def test_spans_point_at_what_was_read() -> None:
    text = STATE["bars alone"] + BODY
    sheet, found = read_text(text), find(text)
    printed = {name: " ".join(sheet.text[span.start : span.end].split()) for name, span in found.spans.items()}
    assert printed["symbol"] == "12/KH-UBND"
    assert printed["date"] == "ngày 05 tháng 3 năm 2025"
    assert printed["issuer"].startswith("ỦY BAN NHÂN")
    assert printed["kind"] == "KẾ HOẠCH"
    assert printed["title"] == "TRỒNG RỪNG NĂM 2025"


PARTY = (
    "|\nTỈNH ỦY SƠN LÂM\n*\nSố 57-NQ/TU\n|\nĐẢNG CỘNG SẢN VIỆT NAM\n\n"
    "Sơn Lâm, ngày 02 tháng 9 năm 2024\n|\n\n\nNGHỊ QUYẾT\n\nvề chuyển đổi số\n\nI- MỤC TIÊU"
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PARTY, ("Nghị quyết", "57-NQ/TU", date(2024, 9, 2), "Tỉnh ủy Sơn Lâm", None)),
        (
            f"QUỐC HỘI\nLuật số: 31/2024/QH15\n{MOTTO}\n{SLOGAN}\n\nLUẬT\nĐẤT ĐAI\n\nCăn cứ Hiến pháp;",
            ("Luật", "31/2024/QH15", None, "Quốc hội", "XV"),
        ),
        (
            (
                f"ỦY BAN THƯỜNG VỤ QUỐC HỘI | {MOTTO}\n"
                f"Nghị quyết số: 9/2026/UBTVQH16 | Hà Nội, ngày 1 tháng 2 năm 2026\nNGHỊ QUYẾT\nVỀ X\nCăn cứ A"
            ),
            ("Nghị quyết", "9/2026/UBTVQH16", date(2026, 2, 1), "Ủy ban Thường vụ Quốc hội", "XVI"),
        ),
        (
            f"CHÍNH PHỦ | {MOTTO}\nSố: 66.1/2025/NQ-CP | Hà Nội, ngày 1 tháng 2 năm 2026\nNGHỊ QUYẾT\nVỀ X\nCăn cứ A",
            ("Nghị quyết", "66.1/2025/NQ-CP", date(2026, 2, 1), "Chính phủ", None),
        ),
        (
            (
                f"BỘ TÀI CHÍNH CỤC THUẾ | {MOTTO}\n"
                f"Số: 88/CT-CS V/v hoàn thuế | Hà Nội, ngày 1 tháng 2 năm 2026\nKính gửi: Công ty A."
            ),
            ("Công văn", "88/CT-CS", date(2026, 2, 1), "Cục Thuế", None),
        ),
        (
            f"BỘ NỘI VỤ\nSố: 7/BNV-TL\n{MOTTO}\nHà Nội, ngày 1 tháng 2 năm 2026\nKính gửi: Các bộ\nCHỈ THỊ cũ đã hết.",
            ("Công văn", "7/BNV-TL", date(2026, 2, 1), "Bộ Nội vụ", None),
        ),
        (
            (
                f"ỦY BAN MTTQ VIỆT NAM XÃ AN HÒA BAN THƯỜNG TRỰC Số: 16/KH-MTTQ-BTT | {MOTTO} "
                "An Hòa, ngày 1 tháng 2 năm 2026\nKẾ HOẠCH\nGiám sát"
            ),
            ("Kế hoạch", "16/KH-MTTQ-BTT", date(2026, 2, 1), "Ban Thường trực Ủy ban MTTQ Việt Nam xã An Hòa", None),
        ),
        (
            (
                f"HỘI ĐỒNG NHÂN DÂN\nTỈNH SƠN LÂM\nKHÓA XVIII\n{MOTTO}\nSố: 4/NQ-HĐND\n"
                f"Sơn Lâm, ngày 1 tháng 2 năm 2026\n\nNGHỊ QUYẾT\nVề x"
            ),
            ("Nghị quyết", "4/NQ-HĐND", date(2026, 2, 1), "Hội đồng nhân dân tỉnh Sơn Lâm", "XVIII"),
        ),
        (
            "Số: 9/BC-SYT\nHuế, ngày 1/2/2026\n\nBÁO CÁO\nCông tác y tế",
            ("Báo cáo", "9/BC-SYT", date(2026, 2, 1), None, None),
        ),
    ],
)
def test_families(text: str, expected: tuple[str, str, date | None, str | None, str | None]) -> None:
    found = find(text)
    assert (found.kind, found.symbol, found.date, found.issuer, found.term) == expected


@pytest.mark.parametrize("number", ["Số:      /KH-UBND", "Số: …/KH-UBND", "Số:", "Số: ...../KH-UBND"])
def test_a_blank_number_is_none(number: str) -> None:
    text = (
        f"UBND XÃ AN HÒA\n{number}\n{MOTTO}\n{SLOGAN}\nAn Hòa, ngày     tháng     năm 2025\n\n"
        f"KẾ HOẠCH\nTHỰC HIỆN CHỈ THỊ SỐ 3/CT-TTG NGÀY 5/6/2025{BODY}"
    )
    found = find(text)
    assert (found.symbol, found.number, found.date, found.date_text) == (None, None, None, None)
    assert (found.kind, found.issuer, found.place) == ("Kế hoạch", "Ủy ban nhân dân xã An Hòa", "An Hòa")


@pytest.mark.parametrize(
    "day", ["ngày 31 tháng 02 năm 2025", "ngày    tháng 3 năm 2025", "ngày … tháng … năm 2025", "ngày 12 tháng 3 năm"]
)
def test_a_day_that_is_none(day: str) -> None:
    found = find(f"UBND XÃ AN HÒA\nSố: 1/KH-UBND\n{MOTTO}\nAn Hòa, {day}\n\nKẾ HOẠCH\nX{BODY}")
    assert found.date is None
    assert found.symbol == "1/KH-UBND"


ANNEXED = """CHƯƠNG TRÌNH HÀNH ĐỘNG
CỦA BAN CHẤP HÀNH ĐẢNG BỘ HUYỆN (KHOÁ XXI)
thực hiện Nghị quyết số 9-NQ/TU ngày 02/02/2024 của Tỉnh ủy

I- MỤC TIÊU

Nơi nhận:

- Tỉnh ủy (b/c).

T/M HUYỆN ỦY
BÍ THƯ

Lê Văn Dê

KẾ HOẠCH THỰC HIỆN NGHỊ QUYẾT SỐ 9-NQ/TU

(Kèm theo Chương trình hành động số 14-CTr/HU ngày 05/3/2024 của Ban Chấp hành Đảng bộ huyện)

TT\tViệc\tHạn
"""


def test_a_number_that_stands_only_in_the_annex() -> None:
    found = find(ANNEXED)
    assert (found.kind, found.symbol, found.number) == ("Chương trình hành động", "14-CTr/HU", 14)
    assert (found.date, found.date_text) == (date(2024, 3, 5), "ngày 05/3/2024")
    assert (found.issuer, found.term) == ("Ban Chấp hành Đảng bộ huyện", "XXI")
    assert found.title is not None
    assert found.title.endswith("thực hiện Nghị quyết số 9-NQ/TU ngày 02/02/2024 của Tỉnh ủy")
    assert found.signature is not None
    assert (found.signature.authority, found.signature.position) == ("T/M HUYỆN ỦY", "BÍ THƯ")


def test_another_documents_number_in_an_annex_is_not_taken() -> None:
    found = find(ANNEXED.replace("Kèm theo Chương trình hành động số 14-CTr/HU", "Kèm theo Công văn số 14-CV/HU"))
    assert (found.symbol, found.date) == (None, None)


def test_a_caption_with_an_impossible_day() -> None:
    assert find(ANNEXED.replace("05/3/2024", "35/3/2024")).date is None


def test_the_issuer_above_the_grounds() -> None:
    text = "NGHỊ QUYẾT\n\nVỀ BẢO VỆ RỪNG;\nVÌ MỘT VIỆT NAM XANH\n\nCHÍNH PHỦ\n\nCăn cứ Luật Lâm nghiệp;"
    found = find(text)
    assert (found.kind, found.issuer, found.title) == (
        "Nghị quyết",
        "Chính phủ",
        "VỀ BẢO VỆ RỪNG; VÌ MỘT VIỆT NAM XANH",
    )


HEAD = f"BỘ Y TẾ | {MOTTO}\nSố: 3/QĐ-BYT | Hà Nội, ngày 1 tháng 2 năm 2026\n"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("QUYẾT ĐỊNH VỀ VIỆC CÔNG BỐ MỨC THU BỘ TRƯỞNG BỘ Y TẾ\nCăn cứ A", "VỀ VIỆC CÔNG BỐ MỨC THU"),
        ("QUYẾT ĐỊNH SỬA ĐỔI THÔNG TƯ CỦA BỘ Y TẾ\nCăn cứ A", "SỬA ĐỔI THÔNG TƯ CỦA BỘ Y TẾ"),
        ("QUYẾT ĐỊNH\nBÃI BỎ MỨC THU\nBỘ TRƯỞNG BỘ Y TẾ\nCăn cứ A", "BÃI BỎ MỨC THU"),
        ("CÔNG ĐIỆN V/V ỨNG PHÓ BÃO BỘ Y TẾ điện:\n- Các sở", "ỨNG PHÓ BÃO"),
        ("THÔNG BÁO KẾT LUẬN CUỘC HỌP Ngày 3 tháng 4, các bên đã họp.\nĐiều 1. A", "KẾT LUẬN CUỘC HỌP"),
        ("KẾ HOẠCH\nVỀ TIÊM CHỦNG\nThực hiện Chỉ thị số 3, Bộ ban hành\nnhư sau", "VỀ TIÊM CHỦNG"),
        ("TỜ TRÌNH\nVề việc bổ sung vốn\ncho trạm y tế\nKính gửi: Chính phủ", "Về việc bổ sung vốn cho trạm y tế"),
        ("KẾ HOẠCH:\n-----\nTiêm chủng", None),
    ],
)
def test_titles(title: str, expected: str | None) -> None:
    assert find(HEAD + title).title == expected


def test_the_subject_of_a_letter() -> None:
    found = find(f"BỘ Y TẾ\nSố: 3/BYT-DP\nV/v tiêm chủng\n{MOTTO}\nHà Nội, ngày 1 tháng 2 năm 2026\nKính gửi: Các sở.")
    assert (found.kind, found.title) == ("Công văn", "tiêm chủng")


def test_a_portals_summary_above_the_letterhead_is_passed_over() -> None:
    found = find("## Tin\nNgày 1/1/2020, Bộ Công an có Quyết định 9/QĐ-BCA.\n\n" + HEAD + "QUYẾT ĐỊNH\nVỀ X\nCăn cứ A")
    assert (found.symbol, found.issuer) == ("3/QĐ-BYT", "Bộ Y tế")


@pytest.mark.parametrize(
    "text", ["", "\n\n", "Thư gửi bạn.", "Số lượng lớn\nngày mai", "(Kèm theo)", "KẾ HOẠCH\n(Kèm theo Quyết định)"]
)
def test_next_to_nothing(text: str) -> None:
    found = find(text)
    assert (found.symbol, found.date, found.signature) == (None, None, None)


@pytest.mark.parametrize(
    "piece", ["Số: ", "ngày tháng năm ", "CỘNG HÒA XÃ HỘI ", "KT. CHỦ TỊCH\n", "(Kèm theo số 1\n", "khóa X "]
)
def test_a_long_run_of_one_piece_is_no_heading(piece: str) -> None:
    sheet = read_text(piece * 2_000)
    found = heading.find(sheet, outline.build(sheet))
    assert (found.kind, found.symbol, found.date) == (None, None, None)


def test_what_the_assembly_adopts_is_dated_by_its_adoption():
    text = (
        "ỦY BAN THƯỜNG VỤ QUỐC HỘI\nNghị quyết số: 94/2025/UBTVQH15\n\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n\nNGHỊ QUYẾT\n"
        "Điều chỉnh Chương trình lập pháp năm 2025\n\nCăn cứ Hiến pháp;\n\nĐiều 1. Điều chỉnh chương trình.\n"
        "Nghị quyết này được Ủy ban Thường vụ Quốc hội thông qua ngày 14 tháng 8 năm 2025.\n\n"
        "TM. ỦY BAN THƯỜNG VỤ QUỐC HỘI\nCHỦ TỊCH\nTrần Văn Mẫu\n"
    )
    from vanban import read as read_document

    reading = read_document(text.encode())
    heading = reading.heading
    assert (heading.date.isoformat(), heading.date_text) == ("2025-08-14", "ngày 14 tháng 8 năm 2025")
    assert heading.issuer == "Ủy ban Thường vụ Quốc hội"
    assert reading.text[heading.spans["date"].start : heading.spans["date"].end] == heading.date_text
