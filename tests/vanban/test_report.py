from datetime import date

import pytest

from vanban.doubts import doubt
from vanban.model import Deadline, Duty, Heading, Party, Reading, Signature
from vanban.report import summary

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
