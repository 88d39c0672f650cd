"""Labels that begin a provision, and running text that only looks like one."""

import pytest

from vanban.labels import read_label, titles_part


@pytest.mark.parametrize(
    ("text", "kind", "label", "rest"),
    [
        ("PHẦN THỨ NHẤT", "part", "Phần thứ nhất", ""),
        ("Phần II. TỔ CHỨC", "part", "Phần II", "TỔ CHỨC"),
        ("CHƯƠNG IV", "chapter", "Chương IV", ""),
        ("Chương 2: Quy định", "chapter", "Chương 2", "Quy định"),
        ("Mục 3 HỖ TRỢ HỘ NGHÈO", "section", "Mục 3", "HỖ TRỢ HỘ NGHÈO"),
        ("Tiểu mục 1. Thuế", "section", "Tiểu mục 1", "Thuế"),
        ("Điều 12. Hiệu lực", "article", "Điều 12", "Hiệu lực"),
        ("Điều 6a: Bổ sung", "article", "Điều 6a", "Bổ sung"),
        ("Điều 7", "article", "Điều 7", ""),
        ("I- MỤC ĐÍCH", "roman", "I", "MỤC ĐÍCH"),
        ("II. NỘI DUNG", "roman", "II", "NỘI DUNG"),
        ("III.- KINH PHÍ", "roman", "III", "KINH PHÍ"),
        ("IV/ TỔ CHỨC", "roman", "IV", "TỔ CHỨC"),
        ("A. PHẦN CHUNG", "part", "A", "PHẦN CHUNG"),
        ("1. Mục tiêu", "number", "1", "Mục tiêu"),
        ("1.Mục tiêu", "number", "1", "Mục tiêu"),
        ("2) Yêu cầu", "number", "2", "Yêu cầu"),
        ("3. 100% số thôn", "number", "3", "100% số thôn"),
        ("4 - Nâng cao", "number", "4", "Nâng cao"),
        ("1.2. Chỉ tiêu", "decimal", "1.2", "Chỉ tiêu"),
        ("2.1.3 Chỉ tiêu", "decimal", "2.1.3", "Chỉ tiêu"),
        ("a) Rà soát", "letter", "a", "Rà soát"),
        ("đ. Tổng hợp", "letter", "đ", "Tổng hợp"),
        ("a.1) Chi tiết", "decimal", "a.1", "Chi tiết"),
        ("(2) Lần hai", "number", "2", "Lần hai"),
        ("- Các sở", "dash", "-", "Các sở"),
        ("-Các sở", "dash", "-", "Các sở"),
        ("– 05 lớp", "dash", "–", "05 lớp"),
        ("+ Cấp xã", "dash", "+", "Cấp xã"),
    ],
)
def test_labels(text: str, kind: str, label: str, rest: str) -> None:
    found = read_label(text)
    assert found is not None
    assert (found.kind, found.label, text[found.length :]) == (kind, label, rest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mục 2 Chương I của Luật này",
        "Chương trình hành động",
        "Phần lớn các hộ",
        "Điều 5 Luật Đất đai",
        "Điều kiện áp dụng",
        "12.000 tỷ đồng",
        "30/NQ-CP ngày 5 tháng 2",
        "2.500 hộ",
        "2025 - 2030 là giai đoạn đầu",
        "10 - 15 % số hộ",
        "V/v mời họp",
        "B/c",
        "đ/c Bí thư",
        "N.V. Bình",
        "---",
        "*Ghi chú",
        "“1. Trích",
        "Nội dung",
    ],
)
def test_running_text(text: str) -> None:
    assert read_label(text) is None


def test_levels_go_down_in_the_order_of_a_document() -> None:
    order = [
        "PHẦN I",
        "CHƯƠNG I",
        "MỤC 1",
        "Điều 1.",
        "I. A",
        "1. A",
        "1.1. A",
        "1.1.1. A",
        "a) A",
        "(1) A",
        "- A",
        "+ A",
    ]
    levels = [label.level for text in order if (label := read_label(text))]
    assert levels == sorted(set(levels))
    assert len(levels) == len(order)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("II. NÔNG NGHIỆP", True),
        ("A. KINH TẾ", True),
        ("Phần thứ hai", True),
        ("2. Đào giếng", False),
        ("Ghi chú", False),
    ],
)
def test_titles_part(line: str, expected: bool) -> None:
    assert titles_part(line) is expected
