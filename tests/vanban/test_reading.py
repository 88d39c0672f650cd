"""The pipeline from bytes to a Reading."""

import dataclasses
import unicodedata

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from docx_files import docx, p, tbl, tc, tr
from vanban import READER, Limits, read
from vanban.errors import Classified, Unreadable, VanbanError
from vanban.model import Reading

STAGES = ["open", "outline", "heading", "citations", "duties", "targets", "doubts"]

HEAD = ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")


@dataclasses.dataclass(frozen=True)
class Row:
    number: str
    content: str
    lead: str
    """Empty: the same as above."""
    partners: str
    time: str


SECTIONS = {
    "I. CÔNG TÁC TUYÊN TRUYỀN": (
        Row("1", "Tổ chức hội nghị quán triệt Nghị quyết tới toàn thể cán bộ xã Hà Sơn",
            "Ban Tuyên giáo Tỉnh ủy", "Các huyện ủy", "Quý I/2031"),
        Row("2", "Biên soạn tài liệu hỏi đáp về chuyển đổi số cho hợp tác xã",
            "", "Sở Thông tin và Truyền thông; Liên minh Hợp tác xã tỉnh", "Năm 2031"),
        Row("3", "Mở chuyên mục trên đài phát thanh về nông thôn mới",
            "", "Đài Phát thanh và Truyền hình tỉnh", "Thường xuyên"),
    ),
    "II. PHÁT TRIỂN HẠ TẦNG": (
        Row("4", "Nâng cấp các tuyến đường liên xã bị sạt lở sau mùa mưa",
            "Sở Giao thông vận tải", "UBND các huyện; các cơ quan, đơn vị liên quan", "Trước ngày 30/9/2031"),
        Row("5", "Lập quy hoạch mạng lưới cấp nước sạch cho các xã vùng cao",
            "Sở Nông nghiệp và Môi trường", "Sở Tài chính", "2031-2032"),
    ),
}  # fmt: skip


def as_text():
    """As text recognition writes it: tabs, blank cells for "the same as above", the head again on each page."""
    lines = ["PHỤ LỤC", "Danh mục nhiệm vụ", "\t".join(HEAD)]
    for place, (title, rows) in enumerate(SECTIONS.items()):
        lines += ["\t".join(HEAD)] if place else []
        lines.append(title + "\t" * (len(HEAD) - 1))
        lines += ["\t".join(dataclasses.astuple(row)) for row in rows]
    return "\n".join(lines).encode()


def as_docx(*, merged):
    """The same table with merged lead cells, merged section rows, a head that repeats and a row over two pages."""
    head = tr(*HEAD, properties="<w:tblHeader/>")
    rows = [head]
    for title, section in SECTIONS.items():
        rows.append(tr(tc(title, properties='<w:gridSpan w:val="5"/>')))
        rows += [_row(row, section[number + 1 : number + 2], merged=merged) for number, row in enumerate(section)]
    return docx(p("PHỤ LỤC") + p("Danh mục nhiệm vụ") + tbl(*rows))


def _row(row, following, *, merged):
    starts = row.lead and following and not following[0].lead
    merge = "" if row.lead and not starts else '<w:vMerge w:val="restart"/>' if starts else "<w:vMerge/>"
    first, _, rest = row.content.partition(" ")
    content = p(f"<w:r><w:t xml:space='preserve'>{first} </w:t><w:lastRenderedPageBreak/><w:t>{rest}</w:t></w:r>")
    return tr(row.number, tc(content), tc(row.lead, properties=merge if merged else ""), row.partners, row.time)


def orders(reading):
    """The duties without where they stand."""
    return [msgspec.structs.replace(duty, spans=()) for duty in reading.duties]


@pytest.mark.parametrize("merged", [True, False])
def test_the_same_table_in_two_formats_reads_to_the_same_duties(merged):
    from_text, from_docx = read(as_text()), read(as_docx(merged=merged))
    assert len(from_text.duties) == sum(len(rows) for rows in SECTIONS.values())
    assert orders(from_docx) == orders(from_text)


def test_the_table_is_read_as_it_says():
    duties = read(as_docx(merged=True)).duties
    assert [duty.number for duty in duties] == ["1", "2", "3", "4", "5"]
    assert [duty.lead_inherited for duty in duties] == [False, True, True, False, False]
    assert {duty.leads[0].name for duty in duties[:3]} == {"Ban Tuyên giáo Tỉnh ủy"}
    assert duties[3].deadline.end.isoformat() == "2031-09-30"


def test_every_span_of_a_duty_lies_in_the_text():
    for data in (as_text(), as_docx(merged=True)):
        reading = read(data)
        for duty in reading.duties:
            assert all(0 <= span.start < span.end <= len(reading.text) for span in duty.spans)
            assert duty.content[:20] in reading.text[duty.spans[0].start : duty.spans[0].end]


def test_stages_are_told_in_order():
    told = []
    read(as_text(), progress=told.append)
    assert told == STAGES


def test_a_reading_says_who_read_what():
    reading = read(as_text(), name="a.txt")
    assert (reading.reader, reading.format, reading.encoding) == (READER, "text", "utf-8")
    assert read(as_docx(merged=True)).format == "docx"


def test_a_reading_is_the_same_every_time_and_survives_json():
    reading = read(as_docx(merged=True))
    assert read(as_docx(merged=True)) == reading
    assert msgspec.json.decode(msgspec.json.encode(reading), type=Reading) == reading


def test_decomposed_text_reads_as_composed():
    assert read(unicodedata.normalize("NFD", as_text().decode()).encode()) == read(as_text())


def test_what_is_missing_is_a_doubt_and_no_error():
    codes = {doubt.code for doubt in read(b"Xin chao").doubts}
    assert {"heading_symbol", "heading_date", "no_duties"} <= codes


def test_a_picture_only_docx_is_a_doubt():
    assert read(docx("<w:p/>")).doubts[0].code == "no_text"


def test_what_is_refused_never_reaches_the_later_stages():
    told = []
    with pytest.raises(Classified):
        read("MẬT\n".encode(), progress=told.append)
    assert told == ["open"]


def broken(*_inputs):
    raise ZeroDivisionError


@pytest.mark.parametrize("stage", ["outline", "heading", "citations", "duties", "targets"])
def test_a_station_that_breaks_costs_only_its_own_part(stage, monkeypatch, caplog):
    monkeypatch.setattr(f"vanban.{stage}.{'build' if stage == 'outline' else 'find'}", broken)
    reading = read(as_text())
    assert reading.doubts[0].code == "station_failed"
    assert reading.doubts[0].severity == "blocking"
    assert f"“{stage}”" in reading.doubts[0].message
    assert bool(reading.duties) == (stage != "duties")
    assert "ZeroDivisionError" in caplog.text


def test_even_the_doubts_may_break(monkeypatch):
    monkeypatch.setattr("vanban.doubts.find", broken)
    assert len(read(as_text()).duties) == 5


def test_a_source_that_breaks_is_a_refusal(monkeypatch):
    monkeypatch.setattr("vanban.reading.open_sheet", broken)
    with pytest.raises(Unreadable) as caught:
        read(as_text())
    assert caught.value.reason == "failed"


def test_the_callers_own_interruption_passes_through():
    with pytest.raises(ZeroDivisionError):
        read(as_text(), progress=broken)


def test_limits_are_the_callers():
    with pytest.raises(VanbanError):
        read(as_text(), limits=Limits(data=10))


def test_a_gif_named_docx_is_told_as_such():
    with pytest.raises(Unreadable) as caught:
        read(b"GIF89a" + bytes(100), name="van-ban.docx")
    assert "GIF" in caught.value.message


def survives(data):
    """Read, or refused by name: and no station broke on the way."""
    try:
        reading = read(data)
    except VanbanError as error:
        refusal = error
    else:
        assert "station_failed" not in {doubt.code for doubt in reading.doubts}
        return
    assert refusal.reason != "failed"
    assert refusal.message


CUTS = st.tuples(st.integers(0, 10_000), st.integers(0, 40), st.binary(max_size=20))
FUZZ = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def mutated(data, cuts):
    for place, length, new in cuts:
        at = place % (len(data) + 1)
        data = data[:at] + new + data[at + length :]
    return data


@FUZZ
@given(st.lists(CUTS, min_size=1, max_size=4))
def test_no_mutation_of_a_docx_breaks_the_reader(cuts):
    survives(mutated(as_docx(merged=True), cuts))


@FUZZ
@given(st.lists(CUTS, min_size=1, max_size=6))
def test_no_mutation_of_a_text_breaks_the_reader(cuts):
    survives(mutated(as_text(), cuts))


XML = (
    "w:p",
    "w:r",
    "w:tbl",
    "w:tr",
    "w:tc",
    "w:sdt",
    "w:sdtContent",
    "w:ins",
    "w:del",
    "w:txbxContent",
    "w:tcPr",
    "mc:Choice",
)


@st.composite
def trees(draw, depth=5):
    tag = draw(st.sampled_from(XML))
    inside = (
        draw(st.lists(trees(depth - 1), max_size=3))
        if depth
        else [f"<w:t>{draw(st.sampled_from(['a', 'Số 1', '']))}</w:t>"]
    )
    merge = draw(st.sampled_from(["", "<w:vMerge/>", '<w:gridSpan w:val="3"/>', '<w:hMerge w:val="continue"/>']))
    return f"<{tag}>{merge if tag == 'w:tcPr' else ''}{''.join(inside)}</{tag}>"


@FUZZ
@given(st.lists(trees(), max_size=4))
def test_no_order_of_elements_breaks_the_reader(bodies):
    survives(docx("".join(bodies)))
