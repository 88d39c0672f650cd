"""Orders in running text: found precisely, and left alone where nobody is ordered."""

from __future__ import annotations

from datetime import date

import pytest

from vanban import duties, outline
from vanban.model import Duty, Heading
from vanban.sheet import SheetBuilder


def orders(*lines: str) -> list[Duty]:
    builder = SheetBuilder("text")
    for line in lines:
        builder.line(line)
        builder.line("")
    sheet = builder.build()
    found = duties.find(sheet, outline.build(sheet), Heading()).duties
    return [duty for duty in found if duty.origin == "prose"]


def leads(*lines: str) -> list[list[str]]:
    return [[party.name for party in duty.leads] for duty in orders(*lines)]


UNDER = "IV. TỔ CHỨC THỰC HIỆN"


def test_a_body_and_a_verb_under_the_heading() -> None:
    (duty,) = orders(
        UNDER,
        "1. Sở Xây dựng chủ trì, phối hợp với Sở Y tế và các cơ quan liên quan lập bản đồ, xong trước ngày 30/6/2027.",
    )
    assert (duty.number, duty.lead_text, duty.lead_inherited) == ("1.", "Sở Xây dựng", False)
    assert [party.name for party in duty.coordinators] == ["Sở Y tế", "các cơ quan liên quan"]
    assert duty.deadline.end == date(2027, 6, 30)
    assert duty.content.startswith("Sở Xây dựng chủ trì")
    assert duty.provision


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("1. Ban Tuyên huấn Huyện ủy chỉ đạo báo chí đưa tin.", "Ban Tuyên huấn Huyện ủy"),
        (
            "1. Ban cán sự đảng Ủy ban nhân dân huyện tiếp tục hoàn thiện quy chế.",
            "Ban cán sự đảng Ủy ban nhân dân huyện",
        ),
        ("1. Các sở, ban, ngành căn cứ Kế hoạch này xây dựng kế hoạch riêng.", "Các sở, ban, ngành"),
        ("1. Ban Quản lý rừng phòng hộ tổ chức tuần tra.", "Ban Quản lý rừng phòng hộ"),
        ("1. Giám đốc Công an tỉnh có trách nhiệm báo cáo.", "Giám đốc Công an tỉnh"),
    ],
)
def test_the_verb_ends_the_name(text: str, lead: str) -> None:
    assert leads(UNDER, text) == [[lead]]


def test_giao_orders_anywhere() -> None:
    (duty,) = orders("I. TÌNH HÌNH", "1. Giao Sở Y tế rà soát các trạm đo, báo cáo trong quý I năm 2027.")
    assert duty.lead_text == "Sở Y tế"
    assert duty.deadline.end == date(2027, 3, 31)


def test_several_bodies() -> None:
    assert leads(UNDER, "1. Sở Y tế, Công an tỉnh và UBND các xã kiểm tra bến đò.") == [
        ["Sở Y tế", "Công an tỉnh", "UBND các xã"]
    ]


def test_tasks_below_a_body_are_that_body_s() -> None:
    found = orders(
        UNDER,
        "1. Sở Y tế",
        "a) Lập bản đồ bến đò.",
        "b) Tổ chức tập huấn cho chủ đò.",
        "2. Công an tỉnh",
        "a) Kiểm tra bến đò.",
    )
    assert [duty.lead_text for duty in found] == ["Sở Y tế", "Sở Y tế", "Công an tỉnh"]
    assert all(duty.lead_inherited for duty in found)


def test_a_line_that_ends_in_a_colon_only_names_the_body() -> None:
    found = orders(
        "Điều 3. Giao Sở Y tế thực hiện các nhiệm vụ sau:", "a) Công bố danh mục bến đò.", "b) Kiểm tra định kỳ."
    )
    assert [(duty.lead_text, duty.content[:7]) for duty in found] == [("Sở Y tế", "Công bố"), ("Sở Y tế", "Kiểm tr")]


@pytest.mark.parametrize(
    "lines",
    [
        ("I. MỤC ĐÍCH", "1. Sở Y tế chủ trì các hoạt động này từ nhiều năm nay."),
        (UNDER, "1. Lập bản đồ bến đò."),
        (UNDER, "1. Kinh phí thực hiện do ngân sách huyện bảo đảm."),
        (UNDER, "1. Sở Y tế chịu trách nhiệm thi hành Quyết định này."),
        (UNDER, "1. Trường hợp đò hỏng nặng, người lái không kịp báo, đơn vị quản lý bến phải dừng ngay mọi chuyến."),
        (UNDER, "1. Quản lý bến đò theo quy định."),
        ("I. NHIỆM VỤ", "1. Nâng cao trách nhiệm của các cấp", "Các cấp ủy tiếp tục học tập."),
        ("Giao thông đường thủy phát triển nhanh.",),
        ("Giao lưu văn hóa giữa các xã.",),
    ],
)
def test_what_orders_nothing_of_a_named_body(lines: tuple[str, ...]) -> None:
    assert orders(*lines) == []


def test_a_colon_ends_the_name_and_a_label_is_no_order() -> None:
    assert leads("I. TÌNH HÌNH", "1. Giao Sở Y tế: Chỉ đạo các trạm chủ trì đo mưa.") == [["Sở Y tế"]]
    assert orders(UNDER, "1. Đơn vị phối hợp: Các trạm chủ trì đo mưa.") == []


def test_brackets_in_a_name_hide_no_verb_and_make_none() -> None:
    assert leads(UNDER, "1. Sở Y tế (cơ quan chủ trì)", "a) Lập danh sách bến đò.") == [["Sở Y tế"]]


def test_lists_of_tasks_are_not_read_twice() -> None:
    assert orders(UNDER, "1. Sở Y tế chủ trì lập bản đồ", "- Cơ quan chủ trì: Sở Y tế.", "- Thời hạn: năm 2027.") == []


def of(heading: Heading, *lines: str) -> list[Duty]:
    builder = SheetBuilder("text")
    for line in lines:
        builder.line(line)
        builder.line("")
    sheet = builder.build()
    return [duty for duty in duties.find(sheet, outline.build(sheet), heading).duties if duty.origin == "prose"]


ORDER = "1. Sở Xây dựng khẩn trương kiểm tra cầu cũ."


@pytest.mark.parametrize(
    "heading",
    [
        Heading(kind="Chỉ thị"),
        Heading(kind="Công điện"),
        Heading(kind="Thông báo", title="KẾT LUẬN CỦA CHỦ TỊCH UBND TỈNH TẠI CUỘC HỌP"),
    ],
)
def test_kinds_whose_every_item_orders(heading: Heading) -> None:
    assert [duty.lead_text for duty in of(heading, ORDER)] == ["Sở Xây dựng"]
    assert of(Heading(kind="Báo cáo"), ORDER) == []


def test_a_letter_orders_behind_its_opening() -> None:
    opening = "Chủ tịch UBND tỉnh yêu cầu các sở, ngành:"
    assert [duty.lead_text for duty in of(Heading(kind="Công văn"), opening, ORDER)] == ["Sở Xây dựng"]
    assert of(Heading(kind="Công văn"), ORDER) == []
    assert of(Heading(kind="Tờ trình"), opening, ORDER) == []


@pytest.mark.parametrize(
    "heading",
    [
        Heading(kind="Thông tư", symbol="5/2026/TT-BYT"),
        Heading(kind="Quyết định", symbol="31/2026/QĐ-UBND"),
        Heading(kind="Quyết định", symbol="31/QĐ-UBND", title="Ban hành Quy chế làm việc"),
    ],
)
def test_general_law_orders_no_tasks(heading: Heading) -> None:
    assert of(heading, UNDER, ORDER, "2. Giao Sở Y tế báo cáo.") == []


@pytest.mark.parametrize(
    "text",
    [
        "1. Sở Xây dựng đã tập trung kiểm tra cầu cũ.",
        "1. Các nội dung khác thực hiện theo quy định.",
        "1. Sở Xây dựng có Văn bản số 01/SXD ngày 30/7/2026 báo cáo kết quả.",
        "- Thanh tra, kiểm tra chặt chẽ các nguồn thải.",
        "Thực hiện Nghị quyết số 5/NQ-CP, các sở tập trung triển khai.",
        "Căn cứ Luật Đất đai;",
    ],
)
def test_what_tells_is_no_order(text: str) -> None:
    assert of(Heading(kind="Chỉ thị"), "I. YÊU CẦU", text) == []


def test_several_bodies_before_a_colon_and_coordinators_without_a_word() -> None:
    (duty,) = of(Heading(kind="Chỉ thị"), "1. Các sở: Y tế, Nội vụ phối hợp Sở Tài chính; UBND các xã rà soát.")
    assert [party.name for party in duty.leads] == ["Sở Y tế", "Sở Nội vụ"]
    assert [party.name for party in duty.coordinators] == ["Sở Tài chính", "UBND các xã"]


def found(*lines: str, kind: str = "Chỉ thị", issuer: str | None = None) -> list[tuple[str, str, str]]:
    """Lead, coordinators and how the content begins, of each order."""
    duties_found = of(Heading(kind=kind, issuer=issuer), *lines)
    return [(duty.lead_text, duty.coordinator_text, duty.content[:20]) for duty in duties_found]


@pytest.mark.parametrize(
    "head",
    [
        "1. Yêu cầu UBND các xã:",
        "1. Giao UBND các xã:",
        "1. Trách nhiệm của UBND các xã",
        "1. Đối với UBND các xã:",
        "1. Chủ tịch UBND tỉnh yêu cầu UBND các xã:",
    ],
)
def test_an_opener_before_the_name_that_heads_its_tasks(head: str) -> None:
    assert found(head, "- Cắm biển ở bến đò.", "- Gửi danh sách chủ đò về Sở Y tế.") == [
        ("UBND các xã", "", "Cắm biển ở bến đò."),
        ("UBND các xã", "", "Gửi danh sách chủ đò"),
    ]


def test_a_paragraph_that_names_a_body_gives_it_to_the_dashes_behind_it() -> None:
    lines = ("Giao Sở Y tế:", "- Lập danh sách bến đò.", "- Kiểm tra phao cứu sinh.", "Các nội dung khác giữ nguyên.")
    assert [lead for lead, _, _ in found("I. VIỆC LÀM", *lines, kind="Kế hoạch")] == ["Sở Y tế", "Sở Y tế"]
    assert [lead for lead, _, _ in found(*lines, kind="Công văn")] == ["Sở Y tế", "Sở Y tế"]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("1. Sở Xây dựng: Chỉ đạo các đơn vị gia cố cầu.", "Sở Xây dựng"),
        ("1. Bộ Chỉ huy Quân sự tỉnh: Lực lượng trực 24/24 giờ.", "Bộ Chỉ huy Quân sự tỉnh"),
        ("1. Chủ tịch UBND các xã, phường: Chỉ đạo tổ tự quản.", "Chủ tịch UBND các xã, phường"),
        ("1. Sở Nội vụ trước ngày 30/6/2027 hoàn thành danh sách.", "Sở Nội vụ"),
        ("1. Sở Nội vụ trong quý III/2027 trình phương án.", "Sở Nội vụ"),
        ("1. Sở Nội vụ hằng năm tổng hợp, báo cáo.", "Sở Nội vụ"),
        ("1. Sở Nội vụ giải trình các khoản chi.", "Sở Nội vụ"),
        ("1. Sở Nội vụ nhanh nhẹn xoay xở kinh phí.", "Sở Nội vụ"),
        ("1. Hằng năm, Sở Nội vụ tổng hợp số liệu.", "Sở Nội vụ"),
        ("1. Trong quá trình triển khai thực hiện, Sở Y tế theo dõi, tổng hợp vướng mắc.", "Sở Y tế"),
        ("1. Căn cứ Kế hoạch này, các sở, ban, ngành xây dựng kế hoạch riêng.", "các sở, ban, ngành"),
        (
            "1. Các ban xây dựng Đảng, Văn phòng Huyện ủy theo dõi việc này.",
            "Các ban xây dựng Đảng, Văn phòng Huyện ủy",
        ),
        ("1. Sở Tài chính tham mưu bố trí kinh phí thực hiện Kế hoạch.", "Sở Tài chính"),
        ("1. Thủ tướng Chính phủ yêu cầu Bộ Xây dựng kiểm tra các cầu yếu.", "Bộ Xây dựng"),
        ("1. Giao đồng chí Phó Chủ tịch UBND tỉnh Trần Văn Bến trực tiếp chỉ đạo.", "Phó Chủ tịch UBND tỉnh"),
        ("1. Giao đồng chí Trần Văn Bến, Phó Bí thư Huyện ủy trực tiếp chỉ đạo.", "Phó Bí thư Huyện ủy"),
        ("1. Giao Phó Thủ tướng Trần Văn Bến chỉ đạo.", "Phó Thủ tướng"),
        ("1. Chủ tịch UBND phường Trần Phú kiểm tra bến đò.", "Chủ tịch UBND phường Trần Phú"),
    ],
)
def test_who_is_ordered(text: str, lead: str) -> None:
    assert [one[0] for one in found(text)] == [lead]


def test_items_below_a_body_need_no_known_verb() -> None:
    items = [
        "a) Hằng năm, tổng hợp số liệu.",
        "b) Trước ngày 05/12 gửi báo cáo.",
        "c) Dốc sức, tập trung mọi nguồn lực.",
    ]
    assert [one[0] for one in found("1. Sở Y tế", *items)] == ["Sở Y tế"] * 3


@pytest.mark.parametrize(
    "item",
    [
        "a) Kinh phí: lồng ghép các nguồn.",
        "a) Ông Trần Văn Bến, Phó Giám đốc, làm đầu mối.",
        "a) 05 đồng chí tham gia.",
        "a) Việc này đã được triển khai từ lâu.",
        "a) Được sử dụng con dấu của Sở.",
        "a) Chủ trì:",
        "a) Các đơn vị khác nhau về cách làm nhưng tổ chức tốt.",
    ],
)
def test_what_describes_below_a_body_is_no_task(item: str) -> None:
    assert found("1. Sở Y tế", item) == []


def test_several_orders_of_one_paragraph_each_with_its_place() -> None:
    text = (
        "1. Sở Tài chính hoàn thiện hồ sơ trước ngày 15/8/2027; Sở Tư pháp thẩm định trước ngày 20/8/2027;"
        " Văn phòng UBND tỉnh bố trí họp."
    )
    builder = SheetBuilder("text")
    builder.line(text)
    sheet = builder.build()
    orders_found = duties.find(sheet, outline.build(sheet), Heading(kind="Kết luận")).duties
    assert [duty.lead_text for duty in orders_found] == ["Sở Tài chính", "Sở Tư pháp", "Văn phòng UBND tỉnh"]
    assert [duty.deadline.end for duty in orders_found] == [date(2027, 8, 15), date(2027, 8, 20), None]
    assert [sheet.text[duty.spans[0].start : duty.spans[0].end] for duty in orders_found] == [
        "Sở Tài chính hoàn thiện hồ sơ trước ngày 15/8/2027;",
        "Sở Tư pháp thẩm định trước ngày 20/8/2027;",
        "Văn phòng UBND tỉnh bố trí họp.",
    ]


@pytest.mark.parametrize(
    ("text", "leads_found"),
    [
        ("1. Đồng ý với đề xuất về bến đò. Giao Sở Y tế lập danh sách.", ["Sở Y tế"]),
        (
            "1. Đối với bến A: giao Ban Quản lý dự án tỉnh đẩy nhanh tiến độ; UBND xã B bàn giao mặt bằng.",
            ["Ban Quản lý dự án tỉnh", "UBND xã B"],
        ),
        ("1. Sở Y tế phối hợp với Công an tỉnh; Sở Tài chính kiểm tra bến đò.", ["Sở Y tế"]),
        ("1. Giao Giám đốc các sở; Chủ tịch UBND các xã kiểm tra bến đò.", ["Giám đốc các sở; Chủ tịch UBND các xã"]),
        ("1. Sở Y tế rà soát bến đò. Sở Y tế báo cáo kết quả.", ["Sở Y tế"]),
    ],
)
def test_orders_amid_a_paragraph(text: str, leads_found: list[str]) -> None:
    assert [one[0] for one in found(text)] == leads_found


@pytest.mark.parametrize("kind", ["Nghị quyết", "Quyết định"])
def test_an_article_that_begins_with_a_body_orders(kind: str) -> None:
    lines = [
        "Điều 1. Phê duyệt danh mục bến đò. Sở Y tế lập danh mục.",
        "Điều 2. Sở Xây dựng có trách nhiệm công bố danh mục.",
        "Điều 3. Sở Y tế, các sở liên quan chịu trách nhiệm thi hành Quyết định này.",
        "Điều 4. Chánh Văn phòng UBND tỉnh căn cứ Quyết định này thực hiện.",
        "Điều 5. Ban Chỉ đạo có nhiệm vụ giúp UBND tỉnh điều hành bến đò.",
    ]
    assert [one[0] for one in found(*lines, kind=kind)] == ["Sở Xây dựng"]


@pytest.mark.parametrize(
    "text",
    [
        "1. Văn phòng UBND tỉnh thông báo để các sở biết, thực hiện./.",
        "1. Ban Thường vụ Huyện ủy cơ bản thống nhất với Báo cáo của Sở Y tế.",
        "1. Chủ tịch UBND tỉnh biểu dương Sở Y tế.",
        "1. Sở Y tế báo cáo đã hoàn thành việc kiểm tra.",
        "1. Sở Y tế trong tháng 5 đã hoàn thành việc kiểm tra.",
        "1. Sở Y tế trả lời để các chủ đò được biết.",
        "1. Yêu cầu các đơn vị nghiêm túc triển khai thực hiện./.",
        "1. Yêu cầu Giám đốc các sở; Chủ tịch UBND các xã triển khai thực hiện nghiêm túc Chỉ thị này./.",
        "1. Hội nghị thống nhất tổ chức kiểm tra bến đò.",
        "1. Đề nghị Công ty TNHH Bến Xanh căn cứ quy định để thực hiện.",
        "1. Giao đồng chí Trần Văn Bến theo dõi việc này.",
        "1. Chủ tịch UBND tỉnh chủ trì họp về bến đò.",
    ],
)
def test_what_is_told_or_wished_is_no_order(text: str) -> None:
    assert found(text) == []


def test_a_closing_sentence_is_cut_off() -> None:
    (duty,) = of(
        Heading(kind="Kết luận"),
        "1. Sở Y tế theo dõi việc này. Văn phòng UBND tỉnh thông báo để các sở biết, thực hiện./.",
    )
    assert duty.content == "Sở Y tế theo dõi việc này."


def test_below_what_is_told_only_an_opener_orders() -> None:
    lines = ("I. TÌNH HÌNH", "1. Sở Y tế tổ chức tốt việc kiểm tra.", "II. NHIỆM VỤ", "1. Sở Y tế kiểm tra bến đò.")
    assert found(*lines) == [("Sở Y tế", "", "Sở Y tế kiểm tra bến")]


def test_a_letter_without_labels() -> None:
    lines = (
        "Kính gửi:",
        "- UBND các xã: Bến Đông, Bến Tây;",
        "- Sở Y tế.",
        "Sau khi xem xét, Chủ tịch UBND tỉnh có ý kiến như sau:",
        "Sở Y tế chủ trì, phối hợp với Công an tỉnh kiểm tra bến đò.",
    )
    assert found(*lines, kind="Công văn") == [("Sở Y tế", "Công an tỉnh", "Sở Y tế chủ trì, phố")]


def test_a_decision_s_own_words_open_nothing() -> None:
    lines = ("Về việc thành lập Ban Chỉ đạo bến đò", "QUYẾT ĐỊNH:", "1. Ban Chỉ đạo tổ chức họp mỗi quý một lần.")
    assert found(*lines, kind="Công văn") == []


def test_what_the_issuer_asks_is_not_its_own_task() -> None:
    lines = ("1. Sở Y tế đề nghị UBND các xã lập danh sách bến đò.",)
    assert [one[0] for one in found(*lines, issuer="Sở Y tế")] == ["UBND các xã"]
    assert [one[0] for one in found(*lines, issuer="Ủy ban nhân dân tỉnh A")] == ["Sở Y tế"]


@pytest.mark.parametrize(
    ("text", "coordinators"),
    [
        (
            "1. Sở Y tế chủ trì, Công an tỉnh và các cơ quan liên quan phối hợp kiểm tra.",
            "Công an tỉnh và các cơ quan liên quan",
        ),
        ("1. Sở Y tế cùng với Công an tỉnh kiểm tra bến đò.", "Công an tỉnh"),
        ("1. Sở Y tế phối hợp với Công an tỉnh trong quá trình kiểm tra.", "Công an tỉnh"),
    ],
)
def test_who_coordinates(text: str, coordinators: str) -> None:
    assert [one[:2] for one in found(text)] == [("Sở Y tế", coordinators)]


def test_who_coordinates_what_stands_below() -> None:
    lines = ("1. Sở Y tế chủ trì, phối hợp với Công an tỉnh:", "a) Kiểm tra bến đò;", "b) Lập danh sách chủ đò.")
    assert [one[:2] for one in found(*lines)] == [("Sở Y tế", "Công an tỉnh")] * 2


def test_what_only_proposes_orders_nothing() -> None:
    assert found("1. Giao Sở Y tế kiểm tra bến đò.", kind="Tờ trình") == []


def test_articles_order_behind_their_grounds_and_sentence_by_sentence() -> None:
    lines = (
        "Căn cứ ý kiến của các thành viên, QUYẾT NGHỊ:",
        "Điều 1. Bộ Ngoại giao hoàn tất thủ tục. Bộ Y tế chủ trì, phối hợp với Bộ Ngoại giao báo cáo.",
    )
    assert [one[:2] for one in found(*lines, kind="Nghị quyết")] == [
        ("Bộ Ngoại giao", ""),
        ("Bộ Y tế", "Bộ Ngoại giao"),
    ]


def test_a_sentence_that_begins_with_a_body_is_no_label() -> None:
    text = "1. Sở Y tế chủ trì, phối hợp với Sở Nội vụ (phòng Một): Lập danh sách bến đò."
    assert [one[:2] for one in found(text)] == [("Sở Y tế", "Sở Nội vụ (phòng Một)")]


def test_a_paragraph_of_a_thousand_orders_keeps_each_in_its_place() -> None:
    builder = SheetBuilder("text")
    builder.line("1. " + " ".join(f"Sở Y tế lập sổ số {n}. Sở Nội vụ  gửi sổ số {n}." for n in range(500)))
    sheet = builder.build()
    orders_found = duties.find(sheet, outline.build(sheet), Heading(kind="Chỉ thị")).duties
    assert len(orders_found) == 1000
    assert sheet.text[orders_found[-1].spans[0].start : orders_found[-1].spans[0].end] == "Sở Nội vụ  gửi sổ số 499."
