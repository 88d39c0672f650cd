"""Who signed."""

import pytest

from vanban import signature
from vanban.model import Span
from vanban.source.text import read_text


def signed(text: str) -> tuple[str | None, str | None, str | None] | None:
    found = signature.find(read_text(text))
    return (found.authority, found.position, found.name) if found else None


@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("T/M HUYỆN ỦY\nPHÓ BÍ THƯ\n\n\nTrần Văn Bê", ("T/M HUYỆN ỦY", "PHÓ BÍ THƯ", "Trần Văn Bê")),
        ("TM. ỦY BAN NHÂN\nDÂN\nCHỦ TỊCH\nLê Thị Xê", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Thị Xê")),
        (
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Thị Xê",
            ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Thị Xê"),
        ),
        ("KT.BỘ TRƯỞNG\nTHỨ TRƯỞNG\nThượng tướng Lê Văn Dê", ("KT.BỘ TRƯỞNG", "THỨ TRƯỞNG", "Lê Văn Dê")),
        (
            "KT. BỘ TRƯỞNG, CHỦ NHIỆM\nPHÓ CHỦ NHIỆM\nLê Văn Dê",
            ("KT. BỘ TRƯỞNG, CHỦ NHIỆM", "PHÓ CHỦ NHIỆM", "Lê Văn Dê"),
        ),
        ("TL. CỤC TRƯỞNG\nTRƯỞNG BAN CHÍNH SÁCH\nLê Dê", ("TL. CỤC TRƯỞNG", "TRƯỞNG BAN CHÍNH SÁCH", "Lê Dê")),
        ("TUQ. CHỦ TỊCH\nGIÁM ĐỐC SỞ Y TẾ\nLê Dê", ("TUQ. CHỦ TỊCH", "GIÁM ĐỐC SỞ Y TẾ", "Lê Dê")),
        ("K/T CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\nLê Dê", ("K/T CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "Lê Dê")),
        ("T/M BAN BÍ THƯ\nTHƯỜNG TRỰC BAN BÍ THƯ\nLê Dê", ("T/M BAN BÍ THƯ", "THƯỜNG TRỰC BAN BÍ THƯ", "Lê Dê")),
        ("THỦ TƯỚNG\nLê Văn Dê", (None, "THỦ TƯỚNG", "Lê Văn Dê")),
        ("CHỦ TỊCH\n(Đã ký)\nLê Văn Dê", (None, "CHỦ TỊCH", "Lê Văn Dê")),
        ("TM. CHÍNH PHỦ\nTHỦ TƯỚNG", ("TM. CHÍNH PHỦ", "THỦ TƯỚNG", None)),
    ],
)
@pytest.mark.parametrize(
    "layout", ["Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\n{}\n", "|\nNơi nhận:\n- Lưu: VT.\n|\n{}\n|\n"]
)
def test_blocks(layout: str, block: str, expected: tuple[str | None, str | None, str | None]) -> None:
    if layout.startswith("|"):
        block = "\n".join(line for line in block.split("\n") if line)
    assert signed(layout.format(block)) == expected


def test_on_one_line_beside_the_recipients() -> None:
    text = "Nơi nhận: - Như trên; - Lưu: VT. | KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Thị Xê"
    assert signed(text) == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Thị Xê")


def test_above_the_recipients() -> None:
    assert signed("1. A.\n\nT/M ĐẢNG ỦY\nBÍ THƯ\nLê Dê\n\nNơi nhận:\n- Lưu.") == ("T/M ĐẢNG ỦY", "BÍ THƯ", "Lê Dê")


def test_without_recipients() -> None:
    assert signed("1. A.\n\nCHỦ TỊCH QUỐC HỘI\n\nLê Văn Dê") == (None, "CHỦ TỊCH QUỐC HỘI", "Lê Văn Dê")
    assert signed("Mở đầu.\nKT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Dê | # PHỤ LỤC") == ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Dê")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. A.\n\nTM. CHÍNH PHỦ\nTHỦ TƯỚNG\n\nLê Dê\n", ("TM. CHÍNH PHỦ", "THỦ TƯỚNG", "Lê Dê")),
        ("1. A.\n\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nLê Dê\n\nPHỤ LỤC", ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Lê Dê")),
    ],
)
def test_by_authority_over_lines_without_recipients(text: str, expected: tuple[str, str, str]) -> None:
    assert signed(text) == expected


def test_in_rows_of_a_text_with_tabs() -> None:
    rows = ["Nơi nhận:\tTM. UBND TỈNH", "- Như trên;\tKT. CHỦ TỊCH", "- Lưu: VT.\tPHÓ CHỦ TỊCH", "\tLê Văn Dê"]
    assert signed("\n".join(rows)) == ("TM. UBND TỈNH KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Lê Văn Dê")


@pytest.mark.parametrize(
    "text", ["", "Nơi nhận:\n- Lưu: VT.", "CHỦ TỊCH ỦY BAN NHÂN DÂN\n\nCăn cứ Luật này;", "TM là viết tắt."]
)
def test_none(text: str) -> None:
    assert signed(text) is None


def test_the_first_signature_is_the_documents_own() -> None:
    text = "Nơi nhận:\n- Lưu.\n\nCHỦ TỊCH\nLê Dê\n\nPHỤ LỤC\n\nGIÁM ĐỐC\nTrần Ê"
    found = signature.find(read_text(text))
    assert found is not None
    assert found.name == "Lê Dê"
    assert found.span is not None
    assert read_text(text).text[found.span.start : found.span.end] == "CHỦ TỊCH\nLê Dê"


def test_a_note_that_it_was_signed_stands_between_position_and_name():
    for note in ("(Đã ký)", "( Đã ký )", "(đã ký)"):
        signed = signature.read(f"KT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\n{note}\nTrần Văn Mẫu", Span(start=0, end=1))
        assert (signed.authority, signed.position, signed.name) == ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG", "Trần Văn Mẫu")


def test_a_position_in_small_letters_is_no_name():
    signed = signature.read("THỐNG ĐỐC\nPhó Thống đốc\nTrần Văn Mẫu", Span(start=0, end=1))
    assert (signed.position, signed.name) == ("THỐNG ĐỐC Phó Thống đốc", "Trần Văn Mẫu")
