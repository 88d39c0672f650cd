"""Which mentions are the same work. The symbol is not an identity."""

from __future__ import annotations

from datetime import date

import pytest

from vanban import citations
from vanban.model import Heading, Outline, WorkRef
from vanban.sheet import SheetBuilder


def works(*lines: str) -> tuple[WorkRef, ...]:
    builder = SheetBuilder("text")
    for line in lines:
        builder.line(line)
    return citations.find(builder.build(), Outline(), Heading()).works


def mentions(*lines: str) -> list[tuple[int, ...]]:
    return [work.mentions for work in works(*lines)]


def test_a_short_form_takes_the_dated_mentions_identity():
    (work,) = works(
        "Nghị quyết số 7-NQ/TW ngày 5/3/2023 của Bộ Chính trị về công tác trẻ em.",
        "Nội dung Nghị quyết số 7-NQ/TW và Nghị quyết 7-NQ/TW.",
    )
    assert (work.date, work.issuer, work.title) == (date(2023, 3, 5), "Bộ Chính trị", "công tác trẻ em")
    assert work.mentions == (0, 1, 2)


def test_a_short_form_may_come_first():
    assert mentions("NGHỊ QUYẾT SỐ 7-NQ/TW", "Nghị quyết số 7-NQ/TW ngày 5/3/2023") == [(0, 1)]


def test_two_dates_are_two_works():
    found = works("Chỉ thị số 8-CT/TW ngày 1/2/2018.", "Chỉ thị số 8-CT/TW ngày 3/4/2022.")
    assert [work.date for work in found] == [date(2018, 2, 1), date(2022, 4, 3)]


def test_a_bare_mention_joins_the_nearest_before_it():
    assert mentions(
        "Chỉ thị số 8-CT/TW ngày 1/2/2018.",
        "Chỉ thị số 8-CT/TW.",
        "Chỉ thị số 8-CT/TW ngày 3/4/2022.",
        "Chỉ thị số 8-CT/TW.",
    ) == [(0, 1), (2, 3)]


def test_the_subject_is_stronger_than_nearness():
    assert mentions(
        "Chỉ thị số 8-CT/TW ngày 1/2/2018 về bảo vệ rừng đầu nguồn.",
        "Chỉ thị số 8-CT/TW ngày 3/4/2022 về sách giáo khoa phổ thông.",
        "Chỉ thị số 8-CT/TW về bảo vệ rừng đầu nguồn.",
    ) == [(0, 2), (1,)]


def test_terms_tell_works_apart():
    found = works(
        "Nghị quyết số 9-NQ/TW của Ban Chấp hành Trung ương khóa X về biển đảo.",
        "Nghị quyết số 9-NQ/TW.",
        "Nghị quyết số 9-NQ/TW của Ban Chấp hành Trung ương (khóa IX) về hợp tác xã.",
    )
    assert [(work.term, work.mentions) for work in found] == [("X", (0, 1)), ("IX", (2,))]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Nghị quyết số 9-NQ/TW ngày 10/2/2022", "Nghị quyết số 9-NQ/TW của Bộ Chính trị (khóa X)"),
        (
            "Nghị quyết số 9-NQ/TW ngày 10/2/2022 về phát triển vùng núi phía Bắc",
            "Nghị quyết số 9-NQ/TW về phụ nữ thời kỳ mới",
        ),
        ("Chỉ thị số 9-CT/TW ngày 10/2/2022 của Ban Bí thư", "Chỉ thị số 9-CT/TW của Bộ Chính trị"),
        ("Luật số 9/2022/QH15", "Nghị quyết số 9/2022/QH15"),
        ("Quyết định số 9-QĐ/TW", "Quy định số 9-QĐ/TW"),
        ("Kế hoạch số 9/KH-UBND", "Kế hoạch số 9/KH-SNV"),
        ("Luật Thư viện năm 2000", "Luật Thư viện năm 2019"),
        ("Luật Thư viện", "Luật Trẻ em"),
        ("Nghị quyết Trung ương 4 khóa XI", "Nghị quyết Trung ương 4 khóa XII"),
    ],
)
def test_apart(first, second):
    assert mentions(first + ".", second + ".") == [(0,), (1,)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("THỰC HIỆN CHỈ THỊ SỐ 9/CT-TTG NGÀY 1/2/2024", "Chỉ thị số 9/CT-TTg ngày 01/02/2024"),
        ("Ngày 1/2/2024, Sở có Công văn số 9/SNV-VP", "Công văn số 9/SNV-VP ngày 1/2/2024"),
        ("Chương trình hành động số 9-CTr/TU", "Chương trình số 9-CTr/TU"),
        ("Văn bản số 9/SNV-VP", "Công văn số 9/SNV-VP"),
        ("Nghị quyết số 9-NQ/TW ngày 10/2/2007", "Nghị quyết số 9-NQ/TW của Bộ Chính trị khóa X"),
        ("Luật Thư viện số 46/2019/QH14", "theo Luật Thư viện"),
        ("theo Luật Thư viện", "Luật Thư viện số 46/2019/QH14"),
        ("Luật số 46/2019/QH14 về Thư viện Việt Nam", "theo Luật Thư viện Việt Nam"),
        ("Luật Thư viện số 46/2019/QH14", "theo Luật Thư viện năm 2019"),
        ("Luật MTTQ Việt Nam", "Luật Mặt trận Tổ quốc Việt Nam"),
        ("Luật Thư viện", "Luật Thư viện năm 2019"),
        ("Luật Thư viện ngày 21/11/2019", "Luật Thư viện ngày 21 tháng 11 năm 2019"),
        ("Đề án 04-ĐA/TU ngày 1/2/2022", "Đề án 04"),
        ("Đề án 06", "Đề án 06"),
        ("Nghị quyết Đại hội XIII", "Nghị quyết Đại hội XIII"),
    ],
)
def test_together(first, second):
    assert mentions(first + ".", second + ".") == [(0, 1)]


def test_the_symbol_in_mixed_case_is_kept():
    (work,) = works("CHỈ THỊ SỐ 9/CT-TTG", "Chỉ thị số 9/CT-TTg")
    assert work.symbol == "9/CT-TTg"


def test_a_law_with_two_numbers_is_not_guessed():
    assert mentions("Luật Đất số 1/2013/QH13, Luật Đất số 2/2024/QH15.", "Luật Đất.") == [(0,), (1,), (2,)]


def test_the_year_decides_between_two_numbers():
    assert mentions("Luật Đất số 1/2013/QH13, Luật Đất số 2/2024/QH15.", "Luật Đất năm 2024.") == [(0,), (1, 2)]


def test_a_short_number_borne_by_two_is_not_guessed():
    assert mentions("Đề án 04-ĐA/TU ngày 1/2/2022, Đề án 04-ĐA/HU.", "Đề án 04.") == [(0,), (1,), (2,)]


def test_every_mention_has_its_work():
    builder = SheetBuilder("text")
    builder.line("Nghị quyết số 7-NQ/TW, Luật Thư viện, Đề án 06, Nghị quyết Đại hội XIII")
    found = citations.find(builder.build(), Outline(), Heading())
    assert [one.work for one in found.citations] == [0, 1, 2, 3]
    assert [work.mentions for work in found.works] == [(0,), (1,), (2,), (3,)]
