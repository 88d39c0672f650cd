"""The tree of provisions."""

import pytest

from vanban import outline
from vanban.model import Outline, Provision
from vanban.source.text import read_text


def build(text: str) -> Outline:
    return outline.build(read_text(text))


def ids(text: str) -> list[str]:
    def walk(nodes: tuple[Provision, ...]) -> list[str]:
        return [name for node in nodes for name in (node.id, *walk(node.children))]

    return walk(build(text).provisions)


def spaced(*lines: str) -> str:
    return "\n\n".join(lines)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("I- MỤC ĐÍCH", "1. Một", "2. Hai", "II- YÊU CẦU", "1. Ba"), ["I", "I/1", "I/2", "II", "II/1"]),
        (("I. A", "1. B", "1.1. C", "a) D", "1.2. E"), ["I", "I/1", "I/1/1.1", "I/1/1.1/a", "I/1/1.2"]),
        (
            ("CHƯƠNG I", "Điều 1. A", "1. B", "a) C", "Điều 2. D", "CHƯƠNG II", "Điều 3. E"),
            [
                "Chương I",
                "Chương I/Điều 1",
                "Chương I/Điều 1/1",
                "Chương I/Điều 1/1/a",
                "Chương I/Điều 2",
                "Chương II",
                "Chương II/Điều 3",
            ],
        ),
        (
            ("PHẦN THỨ NHẤT", "I. A", "PHẦN THỨ HAI", "I. B"),
            ["Phần thứ nhất", "Phần thứ nhất/I", "Phần thứ hai", "Phần thứ hai/I"],
        ),
        (("1. A:", "- b;", "+ c;", "- d."), ["1", "1/p1", "1/p1/p1", "1/p2"]),
        (("1. A", "Đoạn văn.", "Đoạn nữa."), ["1", "1/p1", "1/p2"]),
        (("A. X", "I. Y", "B. Z", "C. T", "I. U"), ["A", "A/I", "B", "C", "C/I"]),
        (("1. A", "1. B"), ["1", "1#2"]),
        (("Văn bản không đánh số.",), []),
        ((), []),
    ],
)
def test_trees(lines: tuple[str, ...], expected: list[str]) -> None:
    assert ids(spaced(*lines)) == expected


def test_text_label_kind_and_span() -> None:
    text = spaced("Lời đầu.", "I- MỤC TIÊU", "1. Đến năm 2030:", "- Mọi thôn có điện.", "II- VIỆC")
    first = build(text).provisions[0]
    assert (first.kind, first.label, first.text) == ("roman", "I", "MỤC TIÊU")
    assert read_text(text).text[first.span.start : first.span.end].startswith("I- MỤC")
    assert read_text(text).text[first.span.start : first.span.end].endswith("có điện.")
    assert first.children[0].children[0].text == "Mọi thôn có điện."


def test_a_table_belongs_to_what_it_stands_under() -> None:
    text = "1. Phân công:\n\nTT\tViệc\tHạn\n1\tHọp\t2026\n\n2. Khác"
    one, two = build(text).provisions
    assert one.span.end < two.span.start
    assert "Họp" in read_text(text).text[one.span.start : one.span.end]
    assert not one.children


def test_numbers_in_a_quoted_amendment_do_not_count() -> None:
    text = spaced(
        "Điều 1. Sửa đổi",
        "1. Khoản 2 như sau:",
        "“2. Hộ nghèo:",
        "a) Được vay;",
        "3. Hộ khác.”",
        "2. Khoản 5:",
        "Điều 2. Hết",
    )
    assert [name for name in ids(text) if "p" not in name] == ["Điều 1", "Điều 1/1", "Điều 1/2", "Điều 2"]


def test_a_quotation_mark_that_nothing_closes_is_a_slip() -> None:
    assert ids(spaced("1. Phong trào “Xanh", "2. Khác")) == ["1", "2"]


def test_nothing_behind_the_recipients_is_a_provision() -> None:
    text = spaced("1. A.", "Nơi nhận:", "- Các xã.", "TM. ĐẢNG ỦY", "2. Không")
    assert ids(text) == ["1"]
    beside = "1. A.\n\nNơi nhận: - Các xã. | CHỦ TỊCH\n\n2. Không"
    assert ids(beside) == ["1"]


def test_annexes_have_their_own_numbers() -> None:
    text = spaced(
        "Điều 1. A.",
        "Nơi nhận:",
        "- Các xã.",
        "PHỤ LỤC I",
        "VIỆC",
        "I. B",
        "1. C",
        "PHỤ LỤC II",
        "(Kèm theo Quyết định số 2/QĐ-UBND)",
        "I. D",
    )
    found = build(text)
    assert ids(text) == ["Điều 1", "annex-1/I", "annex-1/I/1", "annex-2/I"]
    assert [(annex.label, annex.title, annex.caption) for annex in found.annexes] == [
        ("PHỤ LỤC I", "VIỆC", None),
        ("PHỤ LỤC II", None, "(Kèm theo Quyết định số 2/QĐ-UBND)"),
    ]
    whole = read_text(text).text
    assert whole[found.annexes[0].span.start :].startswith("PHỤ LỤC I")
    assert whole[: found.annexes[0].span.end].endswith("1. C")
    assert [one.name for one in found.recipients] == ["Các xã"]


@pytest.mark.parametrize(
    ("piece", "nodes"), [("1. Việc\n\n", 1_000), ("- a;\n", 1_000), ("PHỤ LỤC\n\n", 0), ("Nơi nhận:\n- A;\n", 0)]
)
def test_a_long_run_of_one_piece(piece: str, nodes: int) -> None:
    assert len(outline.build(read_text(piece * 1_000)).provisions) == nodes
