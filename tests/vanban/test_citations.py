"""Mentions in a text: what each says, and what is no mention."""

from __future__ import annotations

from datetime import date

import pytest

from vanban import citations
from vanban.model import Citation, Heading, Outline, Span
from vanban.sheet import RawCell, Sheet, SheetBuilder


def sheet(text: str) -> Sheet:
    builder = SheetBuilder("text")
    for line in text.split("\n"):
        builder.line(line)
    return builder.build()


def found(text: str, heading: Heading | None = None) -> tuple[Citation, ...]:
    return citations.find(sheet(text), Outline(), heading or Heading()).citations


def said(text: str) -> list[tuple[str | None, str | None, str | None]]:
    return [(one.kind, one.symbol, one.date.isoformat() if one.date else None) for one in found(text)]


@pytest.mark.parametrize(
    ("text", "kind", "symbol", "day"),
    [
        ("thực hiện Nghị quyết số 12-NQ/TU ngày 05/9/2022 của", "Nghị quyết", "12-NQ/TU", "2022-09-05"),
        ("thực hiện Nghị quyết 12-NQ/TU của", "Nghị quyết", "12-NQ/TU", None),
        ("Đề án 04-ĐA/HU, ngày 5/9/2022", "Đề án", "04-ĐA/HU", "2022-09-05"),
        ("THỰC HIỆN CHỈ THỊ SỐ 8/CT-TTG NGÀY 05 THÁNG 9 NĂM 2022", "Chỉ thị", "8/CT-TTG", "2022-09-05"),
        ("theo nghị định số: 88/2023/NĐ-\nCP ngày 5/9/2022", "Nghị định", "88/2023/NĐ-CP", "2022-09-05"),
        ("tại Công\nvăn số 77/SNV-VP", "Công văn", "77/SNV-VP", None),
        ("tại Công văn số\n77/SNV-VP\nngày 5/9/2022", "Công văn", "77/SNV-VP", "2022-09-05"),
        ("Văn bản số 01/HLV ngày 5/9/2022", "Văn bản", "01/HLV", "2022-09-05"),
        ("Thông tư liên tịch số 3/2012/TTLT-BNV-BTC", "Thông tư liên tịch", "3/2012/TTLT-BNV-BTC", None),
        ("Chương trình hành động số 9-CTr/TU", "Chương trình hành động", "9-CTr/TU", None),
        ("Quy định 9 – QĐi/TU", "Quy định", "9-QĐi/TU", None),
        ("Luật số 46/2019/QH14", "Luật", "46/2019/QH14", None),
        ("Luật Thư viện số 46/2019/QH14, ngày 21/11/2019", "Luật", "46/2019/QH14", "2019-11-21"),
        ("Luật thư viện số 46/2019/QH14", "Luật", "46/2019/QH14", None),
        ("Căn cứ Luật bầu cử và Luật thư viện 46/2019/QH14", "Luật", "46/2019/QH14", None),
        ("Nghị quyết của Quốc hội số 46/2019/QH14", "Nghị quyết", "46/2019/QH14", None),
        ("Nghị định so 88/2023/NĐ-CP", "Nghị định", "88/2023/NĐ-CP", None),
        ("Nghị quyết số 12-NQ/TU\n\nngày 5/9/2022", "Nghị quyết", "12-NQ/TU", "2022-09-05"),
        ("theo số 14/KH-UBND ngày 5/9/2022", "Kế hoạch", "14/KH-UBND", "2022-09-05"),
        ("đã trả lời (số 77/SNV-VP)", "Công văn", "77/SNV-VP", None),
    ],
)
def test_a_mention_by_symbol(text, kind, symbol, day):
    assert (kind, symbol, day) in said(text)


@pytest.mark.parametrize(
    ("text", "kind", "longer"),
    [
        ("Báo cáo thẩm tra số 5/BC-BPC", "Báo cáo", "Báo cáo thẩm tra"),
        ("Thông báo kết luận số 5-TB/TU", "Thông báo", "Thông báo kết luận"),
        ("Thông báo Kết luận số 5/TB-UBND", "Thông báo", "Thông báo Kết luận"),
        ("thực hiện Thông báo: Kết luận số 5-KL/TU", "Kết luận", None),
        ("Quy chế phối hợp 5/QCPH-UBND-UBMT", "Quy chế", "Quy chế phối hợp"),
        ("Kế hoạch thực hiện Chỉ thị số 5/CT-TTg", "Chỉ thị", None),
        ("Quyết định của UBND tỉnh số 5/QĐ-UBND", "Quyết định", None),
    ],
)
def test_longer_names(text, kind, longer):
    (one,) = found(text)
    assert (one.kind, one.kind_text) == (kind, longer)


def test_the_word_nearest_the_number_counts():
    assert said("Kế hoạch thực hiện Chỉ thị số 5/CT-TTg") == [("Chỉ thị", "5/CT-TTg", None)]


def test_a_list_takes_its_heads_kind():
    text = "các Nghị quyết số 3-NQ/TW, số 4-NQ/TW và 5-NQ/TW; Các Công điện: số 1/CĐ-UBND ngày 2/3/2024, số 2/CĐ-UBND"
    assert [(kind, symbol) for kind, symbol, _ in said(text)] == [
        ("Nghị quyết", "3-NQ/TW"),
        ("Nghị quyết", "4-NQ/TW"),
        ("Nghị quyết", "5-NQ/TW"),
        ("Công điện", "1/CĐ-UBND"),
        ("Công điện", "2/CĐ-UBND"),
    ]


def test_a_list_with_titles_between():
    text = "tại các Quyết định: số 3/QĐ-TTg ngày 1/2/2024 về quy hoạch vùng; số 4/QĐ-TTg ngày 3/2/2024 về cảng"
    assert [kind for kind, _, _ in said(text)] == ["Quyết định", "Quyết định"]


def test_a_list_does_not_cross_a_sentence():
    text = "Nghị quyết số 3-NQ/TW. Theo đó, số 4/KH-SNV"
    assert said(text)[1][0] == "Kế hoạch"


def test_the_last_members_date_holds_for_the_list():
    text = "Công điện số 1/CĐ-UBND ngày 2/3/2024, số 2/CĐ-UBND và số 3/CĐ-UBND ngày 5/3/2024"
    assert [day for _, _, day in said(text)] == ["2024-03-02", "2024-03-05", "2024-03-05"]


def test_a_date_is_not_shared_between_two_kinds():
    text = "Nghị định số 1/2024/NĐ-CP và Nghị định số 2/2024/NĐ-CP ngày 5/3/2024"
    assert [day for _, _, day in said(text)] == [None, "2024-03-05"]


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("Ngày 24/7/2024, UBND tỉnh có Công văn số 7/UBND-NC về việc", date(2024, 7, 24)),
        ("Ngày 24/7/2024, UBND tỉnh đã ban hành Kế hoạch số 7/KH-UBND", date(2024, 7, 24)),
        ("Ngày 24/7/2024, UBND tỉnh triển khai Kế hoạch số 7/KH-UBND", None),
        ("Họp ngày 24/7/2024. UBND tỉnh có Công văn số 7/UBND-NC", None),
        ("UBND tỉnh có Công văn số 7/UBND-NC", None),
    ],
)
def test_a_date_earlier_in_the_sentence(text, before):
    (one,) = found(text)
    assert (one.date, one.date_before) == (None, before)


def test_what_else_is_read():
    (one,) = found(
        "Kết luận số 31-KL/TW ngày 1/3/2022 của Ban Chấp hành Trung ương Đảng khóa XIII về công tác cán bộ; giao Sở"
    )
    assert (one.issuer, one.term, one.title) == ("Ban Chấp hành Trung ương Đảng", "XIII", "công tác cán bộ")


def test_a_title_may_name_laws():
    one = found("Luật số 5/2025/QH15 về sửa đổi một số điều của Luật Thư viện, Luật Trẻ em; Nghị định")[0]
    assert one.title == "sửa đổi một số điều của Luật Thư viện, Luật Trẻ em"


def test_a_law_with_a_number_bears_its_name_as_title():
    (one,) = found("Luật Thư viện số 46/2019/QH14")
    assert (one.form, one.title) == ("symbol", "Luật Thư viện")


def test_a_law_by_name():
    year, day = found("Luật Thư viện năm 2019; Luật Trẻ em ngày 05 tháng 4 năm 2016")
    assert (year.form, year.title, year.date, year.date_text) == ("name", "Luật Thư viện", None, "năm 2019")
    assert (day.date, day.date_text) == (date(2016, 4, 5), "ngày 05 tháng 4 năm 2016")


def test_party_works_by_name():
    text = "Nghị quyết Trung ương 5 khóa XI, khóa XII; Nghị quyết Đại hội XIII; Nghị quyết Đại hội Đảng bộ các cấp"
    assert [(one.title, one.term, one.form) for one in found(text)] == [
        ("Nghị quyết Trung ương 5 khóa XI", "XI", "name"),
        ("Nghị quyết Trung ương 5 khóa XII", "XII", "name"),
        ("Nghị quyết Đại hội XIII", None, "name"),
    ]


@pytest.mark.parametrize(("text", "name"), [("theo Đề án 06 của", "Đề án 06"), ("Chỉ thị số 05 về", "Chỉ thị số 05")])
def test_short_mentions(text, name):
    (one,) = found(text)
    assert (one.form, one.title, one.symbol) == ("short", name, None)


@pytest.mark.parametrize(
    "text",
    [
        "Mẫu số 01/TK-SDD ban hành",
        "(Biểu số 02/BC-XYZ)",
        "theo QCVN 01-189:2019/BNNPTNT",
        "Kế hoạch số: /KH-UBND ngày / /2025",
        "CÔNG BÁO/Số 987 + 988/Ngày 25-8-2024",
        "đạt 95%, Chương trình 12 tháng, Đề án 2030",
        "Quyết định 15 nội dung",
        "tài khoản 12/AB-CD",
        "đường 12/AB",
        "",
    ],
)
def test_what_is_no_mention(text):
    assert found(text) == ()


@pytest.mark.parametrize(
    "head",
    [
        "UBND TỈNH A\nSố: 12/KH-UBND\nA, ngày 5/3/2024",
        "UBND TỈNH A Số: 12/KH-UBND\tCỘNG HÒA",
        "TỈNH ỦY A\nSố 12-KH/TU",
        "QUỐC HỘI\nLuật số: 12/2024/QH15\nLUẬT",
        "SỞ NỘI VỤ\nSố: 12/SNV-VP V/v báo cáo",
        "CHÍNH PHỦ ____ Số: 12/NQ-CP | CỘNG HÒA",
    ],
)
def test_the_letterhead_is_no_citation(head):
    assert found(head) == ()


def test_the_place_that_the_heading_was_read_from_is_no_citation():
    text = "Kế hoạch số 12/KH-UBND của UBND tỉnh"
    at = text.index("12/")
    heading = Heading(symbol="12/KH-UBND", spans={"symbol": Span(start=at, end=at + 10)})
    assert found(text, heading) == ()


def test_other_symbols_in_that_place_are():
    text = "Kế hoạch số 12/KH-UBND theo Chỉ thị số 5/CT-TTg"
    heading = Heading(symbol="12/KH-UBND", spans={"symbol": Span(start=0, end=len(text))})
    assert [one.symbol for one in found(text, heading)] == ["5/CT-TTg"]


def test_a_broken_line_that_begins_with_so_is_no_letterhead():
    assert len(found("theo Luật Thư viện\nsố 46/2019/QH14\nQuy định")) == 1


@pytest.mark.parametrize(
    ("own", "line", "mentioned"),
    [
        ("9-KH/HU", "(Kèm theo Kế hoạch số 9-KH/HU ngày 5/3/2024 của Huyện ủy)", True),
        ("9-kh/hu", "(Ban hành kèm theo Kế hoạch số 9-KH/HU ngày 5/3/2024)", True),
        (None, "(Kèm theo Kế hoạch số 9-KH/HU ngày 5/3/2024)", True),
        ("8-KH/HU", "(Kèm theo Kế hoạch số 9-KH/HU ngày 5/3/2024)", False),
        ("9-KH/HU", "Quy chế kèm theo Kế hoạch số 9-KH/HU ngày 5/3/2024", False),
    ],
)
def test_self_mentions(own, line, mentioned):
    (one,) = found("PHỤ LỤC\n" + line, Heading(symbol=own))
    assert one.self_mention is mentioned


def test_spans_say_where_it_stands():
    builder = SheetBuilder("text")
    builder.page(1)
    builder.line("Theo Kế hoạch số 5/KH-SNV ngày 1/2/2024.")
    builder.page(2)
    builder.table(
        [[RawCell("1"), RawCell("Thực hiện Đề án 04-ĐA/HU")], [RawCell("2"), RawCell("Chỉ thị số 5/CT-TTg")]],
    )
    made = builder.build()
    first, second, third = citations.find(made, Outline(), Heading()).citations
    assert made.text[first.span.start : first.span.end] == "Kế hoạch số 5/KH-SNV ngày 1/2/2024"
    assert (first.span.page, first.span.table) == (1, None)
    assert (second.span.page, second.span.table, second.span.row, second.span.cell) == (2, 0, 0, 1)
    assert (third.span.row, third.span.cell) == (1, 1)
    assert made.text[third.span.start : third.span.end] == "Chỉ thị số 5/CT-TTg"


def test_nothing_crosses_a_cell():
    builder = SheetBuilder("text")
    builder.table([[RawCell("Nghị quyết số"), RawCell("5/KH-SNV"), RawCell("ngày 1/2/2024")]])
    one = citations.find(builder.build(), Outline(), Heading()).citations
    assert [(item.kind, item.date) for item in one] in ([], [("Kế hoạch", None)])


@pytest.mark.parametrize(
    ("text", "symbol"),
    [
        ("KẾ HOẠCH\nthực hiện Nghị quyết số 5-NQ/TW\n\nCăn cứ Chỉ thị số 6-CT/TW", "5-NQ/TW"),
        ("KẾ HOẠCH\nNăm 2024\n\nCăn cứ Chỉ thị số 6-CT/TW; thực hiện Nghị quyết số 5-NQ/TW", None),
        ("KẾ HOẠCH\nNăm 2024\nTriển khai thực hiện các Nghị quyết số 5-NQ/TW, UBND", "5-NQ/TW"),
        ("KẾ HOẠCH\nĐể thực hiện có hiệu quả\nNghị quyết số 5-NQ/TW", "5-NQ/TW"),
        ("Sở báo cáo theo Nghị quyết số 5-NQ/TW", None),
        ("thực hiện Luật Thư viện", None),
    ],
)
def test_what_is_carried_out(text, symbol):
    made = sheet(text)
    assert citations.implemented(Heading(), made, citations.find(made, Outline(), Heading()).citations) == symbol


def test_the_title_comes_before_the_opening():
    made = sheet("thực hiện Chỉ thị số 6-CT/TW\nthực hiện Nghị quyết số 5-NQ/TW")
    at = made.text.index("\n")
    heading = Heading(spans={"title": Span(start=at, end=len(made.text))})
    assert citations.implemented(heading, made, citations.find(made, Outline(), heading).citations) == "5-NQ/TW"


@pytest.mark.parametrize(
    ("piece", "each"),
    [
        ("Thực hiện Nghị quyết số 5-NQ/TW của Bộ Chính trị về công tác cán bộ, Luật Thư viện và Đề án 06. ", 3),
        ("số 5/KH-SNV, ", 1),
        ("(((((về ", 0),
        ("ngày ", 0),
    ],
)
def test_a_long_run_of_one_piece(piece, each):
    assert len(found(piece * 500)) == 500 * each


def test_a_date_is_not_shared_with_a_number_of_another_year():
    text = "Các Nghị định số 30/2020/NĐ-CP, số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ."
    assert [citation.date and citation.date.year for citation in found(text)] == [None, 2018]
