"""Where annexes begin."""

import pytest

from vanban.annexes import caption_at, find_starts, mostly_capitals
from vanban.paragraphs import Paragraph, paragraphs
from vanban.source.text import read_text

CAPTION = "(Kèm theo Kế hoạch số 8-KH/HU ngày 02/3/2025 của Ban Thường vụ Huyện ủy)"


def starts(text: str) -> list[tuple[str | None, str | None, str | None]]:
    run = [block if isinstance(block, Paragraph) else None for block in paragraphs(read_text(text))]
    return [(start.label, start.title, start.caption) for start in find_starts(run)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"PHỤ LỤC I\n\nDANH MỤC VIỆC\n\n{CAPTION}\n\nNội dung", ("PHỤ LỤC I", "DANH MỤC VIỆC", CAPTION)),
        ("Phụ lục 2\n\nBIỂU MẪU BÁO CÁO\n\nNội dung thường", ("Phụ lục 2", "BIỂU MẪU BÁO CÁO", None)),
        (f"PHỤ LỤC: DANH MỤC VIỆC {CAPTION}", ("PHỤ LỤC", "DANH MỤC VIỆC", CAPTION)),
        (f"KẾ HOẠCH TRỒNG RỪNG\n\n{CAPTION}", (None, "KẾ HOẠCH TRỒNG RỪNG", CAPTION)),
        (f"QUY CHẾ LÀM VIỆC {CAPTION}", (None, "QUY CHẾ LÀM VIỆC", CAPTION)),
        (
            "KẾ HOẠCH\n\nTRỒNG RỪNG\n\n(Ban hành kèm theo Quyết định số 3/QĐ-UBND)",
            (None, "KẾ HOẠCH TRỒNG RỪNG", "(Ban hành kèm theo Quyết định số 3/QĐ-UBND)"),
        ),
        ("PHỤ LỤC\n\na\tb\tc", ("PHỤ LỤC", None, None)),
        (f"ĐỀ ÁN\n\n{CAPTION[:-1]}", (None, "ĐỀ ÁN", CAPTION[:-1])),
    ],
)
def test_one_annex(text: str, expected: tuple[str | None, str | None, str | None]) -> None:
    assert starts(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Phụ lục này gồm hai phần.",
        "Phụ lục V và VI;",
        "Danh sách các thôn (kèm theo Tờ trình số 4) đã đủ.",
        "TIÊU ĐỀ\n\nVăn bản thường",
        "PHỤ LỤC II nêu danh mục các dự án đã hoàn thành.",
    ],
)
def test_none(text: str) -> None:
    assert starts(text) == []


def test_two_annexes_in_order() -> None:
    text = f"PHỤ LỤC I\n\nMỘT\n\nNội dung một.\n\nPHỤ LỤC II\n\nHAI\n\n{CAPTION}\n\nNội dung hai."
    assert [label for label, _, _ in starts(text)] == ["PHỤ LỤC I", "PHỤ LỤC II"]


def test_caption_place() -> None:
    text = f"KẾ HOẠCH {CAPTION} hết"
    assert caption_at(text) == (9, 9 + len(CAPTION))
    assert caption_at("không có") is None
    assert caption_at("(ngoài ra)") is None


@pytest.mark.parametrize(
    ("text", "expected"), [("ỦY BAN", True), ("ỦY BAN nhân dân", False), ("---", False), ("XÃ HÒA An", True)]
)
def test_mostly_capitals(text: str, expected: bool) -> None:
    assert mostly_capitals(text) is expected
