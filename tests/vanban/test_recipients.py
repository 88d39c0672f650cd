"""The list under "Nơi nhận"."""

import pytest

from vanban import recipients
from vanban.source.text import read_text


def names(text: str) -> list[tuple[str, str | None]]:
    return [(one.name, one.purpose) for one in recipients.find(read_text(text))]


EXPECTED = [("Huyện ủy", "b/c"), ("Các phòng, ban", None), ("Lưu: VT", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Nơi nhận:\n\n- Huyện ủy (b/c),\n- Các phòng, ban,\n- Lưu: VT.\n\nT/M ĐẢNG ỦY\nBÍ THƯ\n\nTrần Văn Bê",
        "Nơi nhận:\n- Huyện ủy (b/c);\n- Các phòng, ban;\n- Lưu: VT.",
        "NƠI NHẬN :\n- Huyện ủy (b/c);\n- Các phòng,\nban;\n- Lưu: VT.",
        "Nơi nhận: - Huyện ủy (b/c); - Các phòng, ban; - Lưu: VT. | CHỦ TỊCH Trần Văn Bê",
        "|\nNơi nhận:\n- Huyện ủy (b/c);\n- Các phòng, ban;\n- Lưu: VT.\n|\nCHỦ TỊCH\nTrần Văn Bê\n|\n",
        "Nơi nhận:\nHuyện ủy (b/c);\nCác phòng, ban;\nLưu: VT.",
        "Nơi nhận:\n- Huyện ủy (b/c);\nTM. ỦY BAN NHÂN DÂN\n- Các phòng, ban;\nCHỦ TỊCH\n- Lưu: VT.\nTrần Văn Bê",
        "Nơi nhận\n– Huyện ủy (b/c);\n– Các phòng, ban;\n– Lưu: VT.\n\nPHỤ LỤC\n\n- Không phải nơi nhận",
    ],
)
def test_layouts(text: str) -> None:
    assert names(text) == EXPECTED


def test_no_list() -> None:
    assert names("Kính gửi: - Huyện ủy;\n- Các phòng.") == []


def test_the_list_ends_where_a_table_begins() -> None:
    assert names("Nơi nhận:\n- Huyện ủy;\nTT\tViệc\tHạn\n1\tHọp\t2026") == [("Huyện ủy", None)]


def test_spans_point_at_the_names() -> None:
    sheet = read_text("Nơi nhận:\n- Huyện ủy (b/c);\n- Các phòng,\nban.")
    found = recipients.find(sheet)
    assert [sheet.text[one.span.start : one.span.end] for one in found] == ["Huyện ủy (b/c)", "Các phòng,\nban"]


def test_a_name_that_is_only_brackets_stays_a_name() -> None:
    assert names("Nơi nhận:\n- (như trên);\n- Lưu.") == [("(như trên)", None), ("Lưu", None)]


def test_a_list_ends_at_the_head_of_the_next() -> None:
    """Found by `make fuzz`'s tokens: heads upon heads were each read to the end of the list, over and over."""
    assert names("Nơi nhận:\n- Huyện ủy;\nNơi nhận:\n- Các phòng;") == [("Huyện ủy", None), ("Các phòng", None)]
    assert names("Nơi nhận:\n" * 3 + "- Huyện ủy;") == [("Huyện ủy", None)]
