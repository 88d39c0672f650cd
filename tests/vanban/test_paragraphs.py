"""Printed lines put together again."""

import pytest

from vanban.paragraphs import Paragraph, paragraphs
from vanban.sheet import Sheet, SheetBuilder, Table
from vanban.source.text import read_text

LONG = "Ủy ban nhân dân xã giao Văn phòng chủ trì rà soát toàn bộ các quy trình nội bộ đã"


def joined(sheet: Sheet) -> list[str]:
    return [" ".join(block.text.split()) for block in paragraphs(sheet) if isinstance(block, Paragraph)]


def words(count: int) -> str:
    return " ".join(["lời"] * count)


def test_wrapped_lines_of_a_spaced_text() -> None:
    text = "\n\n".join([f"{LONG}\nban hành\ntrong năm.", f"{LONG}\nKế hoạch này.", "III. KINH\nPHÍ"])
    assert joined(read_text(text)) == [f"{LONG} ban hành trong năm.", f"{LONG} Kế hoạch này.", "III. KINH PHÍ"]


def test_wrapped_lines_without_blank_ones() -> None:
    text = f"{LONG}\nban hành trong năm.\nCác xã báo cáo.\n{LONG}\nMặt trận Tổ quốc giám sát.\n1. Việc khác"
    assert joined(read_text(text)) == [
        f"{LONG} ban hành trong năm.",
        "Các xã báo cáo.",
        f"{LONG} Mặt trận Tổ quốc giám sát.",
        "1. Việc khác",
    ]


def test_a_label_in_the_middle_of_a_sentence_is_none() -> None:
    text = f"{LONG[:72]} tại khoản\n1. Điều này nói rõ.\n\n{LONG}\n- hạ tầng số."
    assert len(joined(read_text(text))) == 2


def test_the_first_number_behind_a_title_begins_a_paragraph() -> None:
    title = "Điều 3. Trách nhiệm của các cơ quan, đơn vị trong việc thi hành Quy định này"
    assert joined(read_text(f"{title}\n1. Văn phòng:\n\n{LONG}\nxong.")) == [title, "1. Văn phòng:", f"{LONG} xong."]


def test_unwrapped_lines_stay_apart() -> None:
    lines = ["Lời " + words(60) + " một", "Lời " + words(50) + ".", "Nội dung hai"]
    assert joined(read_text("\n".join(lines * 3))) == lines * 3


@pytest.mark.parametrize("gap", ["\n\n", "\n\n7\n\n", "\n\f", "\n\n- 12 -\n\n"])
def test_a_paragraph_cut_by_a_page_end(gap: str) -> None:
    text = f"1. Các xã {words(50)} rà soát,{gap}bổ sung quy hoạch.\n\n2. {words(60)}."
    assert joined(read_text(text)) == [f"1. Các xã {words(50)} rà soát, bổ sung quy hoạch.", f"2. {words(60)}."]


def test_what_is_finished_is_not_joined() -> None:
    text = f"1. {words(60)}.\n\nbổ sung sau.\n\nTIÊU ĐỀ\n\nchữ nhỏ"
    assert joined(read_text(text)) == [f"1. {words(60)}.", "bổ sung sau.", "TIÊU ĐỀ", "chữ nhỏ"]


def test_offsets_fit_the_canonical_text() -> None:
    sheet = read_text(f"{LONG}\nban hành\n\n5\n\nrồi tiếp tục\n\n{LONG}\nxong.")
    for paragraph in paragraphs(sheet):
        assert isinstance(paragraph, Paragraph)
        assert len(paragraph.text) == paragraph.span.end - paragraph.span.start
        for at, char in enumerate(paragraph.text):
            if char != " ":
                assert sheet.text[paragraph.span.start + at] == char


def test_tables_keep_their_place() -> None:
    blocks = list(paragraphs(read_text("trước\n\na\tb\tc\n\nsau")))
    assert [isinstance(block, Table) for block in blocks] == [False, True, False]


def test_a_line_with_a_level_stands_alone() -> None:
    assert joined(read_text(f"# {LONG}\nchữ nhỏ\n\n{LONG}\nxong")) == [LONG, "chữ nhỏ", f"{LONG} xong"]


def test_lines_of_a_source_that_knows_paragraphs_are_not_joined() -> None:
    builder = SheetBuilder("docx")
    builder.line(LONG)
    builder.line("Văn phòng")
    assert joined(builder.build()) == [LONG, "Văn phòng"]


def test_blank_lines_are_told() -> None:
    found = [block.apart for block in paragraphs(read_text("một.\nHai.\n\nBa.")) if isinstance(block, Paragraph)]
    assert found[-1]
