from datetime import date

import pytest

from vanban.doubts import doubt
from vanban.model import Deadline, Duty, Heading, Party, Reading, Signature
from vanban.report import scores, summary
from vanban.score import Score
from vanban.scoring.facts import Fact

HEADING = Heading(
    kind="Kế hoạch",
    symbol="12/KH-UBND",
    date=date(2031, 3, 5),
    signature=Signature(authority="TM. ỦY BAN NHÂN DÂN", name="Trần Văn An"),
)
DUTY = Duty(
    origin="table",
    number="1",
    content="Xây dựng\nđường " + "rất dài " * 20,
    leads=(Party(name="Sở X"), Party(name="Sở Y")),
    deadline=Deadline(kind="date", end=date(2031, 12, 31)),
)


def reading(**parts):
    return Reading(reader="0", format="text", text="", **parts)


def test_a_summary_says_what_was_read():
    lines = list(summary(reading(heading=HEADING, duties=(DUTY,), doubts=(doubt("macro"),))))
    text = "\n".join(lines)
    assert "Số, ký hiệu: 12/KH-UBND" in lines
    assert "Ngày: 05/03/2031" in lines
    assert "Người ký: TM. ỦY BAN NHÂN DÂN, Trần Văn An" in lines
    assert "1 nhiệm vụ, 0 lượt viện dẫn của 0 văn bản, 0 chỉ tiêu, 1 điểm cần xem lại" in lines
    (row,) = [line for line in lines if line.startswith("1 | ")]
    assert row.endswith("… | Sở X; Sở Y |  | 31/12/2031")
    assert "Ghi chú [macro]: " in text


@pytest.mark.parametrize(
    ("deadline", "shown"),
    [(Deadline(), ""), (Deadline(kind="date", end=date(2031, 1, 2), phrase="Quý I"), "Quý I")],
)
def test_a_deadline_as_the_document_says_it(deadline, shown):
    (row,) = [
        line
        for line in summary(reading(duties=(Duty(origin="list", content="x", deadline=deadline),)))
        if " | " in line
    ][1:]
    assert row == f" | x |  |  | {shown}"


def test_an_empty_reading_has_a_summary():
    assert list(summary(reading())) == ["", "0 nhiệm vụ, 0 lượt viện dẫn của 0 văn bản, 0 chỉ tiêu, 0 điểm cần xem lại"]


RIGHT = Fact("core/a.txt", "heading.kind", "kind", "kế hoạch", "kế hoạch", right=True)
WRONG = Fact("more/b.txt", "heading.kind", "kind", "kế hoạch", None, right=False)
FOLDERS = {"core/a.txt": "core", "more/b.txt": "more"}


def lines(result, **how):
    return list(scores(result, **{"per_document": False, "misses": False, **how}))


def test_folders_then_the_sum():
    shown = lines(Score((RIGHT, WRONG), FOLDERS, {}))
    titles = [line for line in shown if line.startswith("==")]
    assert titles == ["== core (1 văn bản)", "== more (1 văn bản)", "== tất cả (2 văn bản)"]
    assert shown[-1].split() == ["heading.kind", "1", "2", "1", "100.0%", "50.0%"]


def test_one_folder_is_its_own_sum():
    shown = lines(Score((RIGHT,), {"core/a.txt": "core"}, {}))
    assert [line for line in shown if line.startswith("==")] == ["== core (1 văn bản)"]
    assert shown[-1].endswith("✓")


def test_the_unread_are_always_listed():
    shown = lines(Score((RIGHT,), {"core/a.txt": "core"}, {"core/z.pdf": "unreadable: PDF"}))
    assert shown[-2:] == ["không đọc được: 1 văn bản", "  core/z.pdf: unreadable: PDF"]


def test_a_share_of_nothing_is_a_dash():
    assert "–" in lines(Score((WRONG,), {"more/b.txt": "more"}, {}))[-1]


def test_documents_and_misses_when_asked_for():
    shown = lines(Score((RIGHT, WRONG), FOLDERS, {}, lost=frozenset({WRONG.key})), per_document=True, misses=True)
    assert shown[0] == "core/a.txt"
    assert shown[-1] == "more/b.txt heading.kind kind (trước đây đúng)\n    gold:  kế hoạch\n    found: None"
    assert "so với lần trước: thêm 0 chỗ đúng, mất 1 chỗ đúng" in shown
