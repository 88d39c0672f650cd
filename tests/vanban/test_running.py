"""A body that came flat, in one cell or one line, is cut at its labels; nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban import outline, running
from vanban.model import Outline, Provision
from vanban.paragraphs import Paragraph, paragraphs
from vanban.sheet import RawCell, Sheet, SheetBuilder

FLAT = (
    "Bến đò đông khách hơn mọi năm. Chủ tịch huyện yêu cầu: 1. Phòng Giao thông kiểm tra bến đò. "
    "2. Công an huyện: - Tuần tra trên sông; - Báo cáo hằng tuần. 3. Các xã: a) Cắm biển báo; b) Tập huấn chủ đò./. "
    "Nơi nhận: - Như trên; - Lưu: VT."
)
TAIL = "Những bến không bảo đảm an toàn thì dừng hoạt động cho đến khi sửa xong. " * 3


def lines(*texts: str) -> Sheet:
    builder = SheetBuilder("html")
    for text in texts:
        builder.line(text)
    return builder.build()


def rows(*rows: tuple[str, ...]) -> Sheet:
    builder = SheetBuilder("html")
    builder.table([[RawCell(text) for text in row] for row in rows])
    return builder.build()


def pieces(text: str) -> list[str]:
    return [block.text for block in running.unfold(paragraphs(lines(text))) if isinstance(block, Paragraph)]


def labels(found: Outline) -> list[str]:
    def walk(node: Provision) -> list[str]:
        return [node.id, *(one for child in node.children for one in walk(child))]

    return [one for node in found.provisions for one in walk(node)]


def test_a_flat_line_is_cut_at_its_labels() -> None:
    assert [piece[:22].strip() for piece in pieces(FLAT)] == [
        "Bến đò đông khách hơn",
        "1. Phòng Giao thông ki",
        "2. Công an huyện:",
        "- Tuần tra trên sông;",
        "- Báo cáo hằng tuần.",
        "3. Các xã:",
        "a) Cắm biển báo;",
        "b) Tập huấn chủ đò./.",
        "Nơi nhận: - Như trên;",
    ]
    assert labels(outline.build(lines(FLAT))) == ["1", "2", "2/p1", "2/p2", "3", "3/a", "3/b"]


def test_a_body_in_one_cell_is_read_like_lines() -> None:
    sheet = rows(
        ("UBND HUYỆN A", "Độc lập"), (FLAT.partition(" Nơi nhận")[0] + TAIL, "Nơi nhận: - Như trên", "KT. CHỦ TỊCH")
    )
    found = outline.build(sheet)
    assert labels(found)[:4] == ["1", "2", "2/p1", "2/p2"]
    first = found.provisions[0].span
    assert sheet.text[first.start : first.end] == "1. Phòng Giao thông kiểm tra bến đò."
    assert found.recipients


def test_the_first_item_may_carry_the_line_s_own_label() -> None:
    assert pieces("1. Phòng Y tế chuẩn bị thuốc cho cả mùa nước. 2. Phòng Tài chính cấp kinh phí.") == [
        "1. Phòng Y tế chuẩn bị thuốc cho cả mùa nước.",
        "2. Phòng Tài chính cấp kinh phí.",
    ]
    assert pieces("2. Phòng Y tế trong mùa nước làm các việc sau đây: - Chuẩn bị thuốc cho các trạm.")[1] == (
        "- Chuẩn bị thuốc cho các trạm."
    )


def test_articles_and_decimals() -> None:
    flat = "QUYẾT NGHỊ: Điều 1. Phê duyệt danh mục bến đò. Điều 2. Giao các xã. 1. Lập sổ: 1.1. Mua; 1.2. Ghi."
    assert [piece.split(" ")[0] for piece in pieces(flat + " 2. Gửi sổ về huyện.")] == (
        ["QUYẾT", "Điều", "Điều", "1.", "1.1.", "1.2.", "2."]
    )


def test_behind_an_opening_the_order_begins() -> None:
    text = "Xét đề nghị của Phòng Y tế, Chủ tịch huyện có ý kiến như sau: Phòng Tài chính cấp kinh phí mua thuốc."
    assert pieces(text)[1] == "Phòng Tài chính cấp kinh phí mua thuốc."


@pytest.mark.parametrize(
    "text",
    [
        "Thời hạn nộp là ngày 5. Các xã gửi về huyện trước ngày 6. Huyện tổng hợp gửi tỉnh trong tuần.",
        "Theo khoản 2. Điều này cũng áp dụng cho bến khách. 4. Không có mục nào khác trong danh sách.",
        "Địa chỉ: số 8 - Đường Bờ Sông - phường Bến - tỉnh A, liên hệ bộ phận một cửa trong giờ làm việc.",
        "Sửa đổi khoản 1 như sau “1. Bến đò được cấp phép. 2. Chủ đò đủ mười tám tuổi.” và giao các xã thực hiện.",
        "Quy trình có 2 bước; 1. nhận hồ sơ tại bộ phận một cửa; 2. trả kết quả cho người dân tại nhà riêng.",
        "1. Lập sổ; 2. Ghi sổ.",
    ],
)
def test_what_is_no_list_stays_whole(text: str) -> None:
    assert pieces(text) == [text]


def test_cells_of_a_table_stay_cells() -> None:
    steps = "1. Nhận hồ sơ tại quầy. 2. Kiểm tra hồ sơ. 3. Trả kết quả cho người nộp. " * 5
    numbered = rows(("1", "Đăng ký bến", steps), ("2", "Cấp phép đò", "5 ngày"))
    grid = rows(*[(f"Việc {row}", steps, "Phòng Y tế") for row in "abc"])
    for sheet in (numbered, grid):
        assert [type(block).__name__ for block in running.unfold(paragraphs(sheet))] == ["Table"]


def test_an_article_torn_from_its_number_is_whole_again() -> None:
    sheet = lines("Điều 1. Phê duyệt danh mục. Điều", "2. Giao Phòng Y tế công bố danh mục này. Điều", "3. Hiệu lực.")
    assert labels(outline.build(sheet)) == ["Điều 1", "Điều 2", "Điều 3"]


PARTS = ["1. A", "2. B", "a) C", "b) D", "- E", "Điều 2. G", "“", "”", ". ", ": ", "x ", "./. ", "Nơi nhận: "]


@given(st.lists(st.sampled_from(PARTS)))
def test_pieces_are_the_text_and_nothing_is_lost(parts: list[str]) -> None:
    sheet = lines("Mở đầu " * 10 + "".join(parts))
    found = [block for block in running.unfold(paragraphs(sheet)) if isinstance(block, Paragraph)]
    assert all(sheet.text[one.span.start : one.span.end] == one.text for one in found)
    assert "".join("".join(one.text.split()) for one in found) == "".join(sheet.text.split())
