"""Who orders in a document: its issuer, whoever speaks for it, and those above; what else orders without a list."""

from __future__ import annotations

from datetime import date

import pytest

from vanban import duties, outline
from vanban.duties.speakers import is_same, speaks
from vanban.model import Duty, Heading
from vanban.sheet import SheetBuilder

PROVINCE = "Ủy ban nhân dân tỉnh Mai Sơn"


def orders(*lines: str, issuer: str | None = PROVINCE, kind: str = "Công văn", title: str | None = None) -> list[Duty]:
    builder = SheetBuilder("text")
    for line in lines:
        builder.line(line)
        builder.line("")
    sheet = builder.build()
    heading = Heading(kind=kind, issuer=issuer, title=title)
    return [duty for duty in duties.find(sheet, outline.build(sheet), heading).duties if duty.origin == "prose"]


def leads(*lines: str, issuer: str | None = PROVINCE, kind: str = "Công văn", title: str | None = None) -> list[str]:
    return [duty.lead_text for duty in orders(*lines, issuer=issuer, kind=kind, title=title)]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Chủ tịch UBND tỉnh giao Sở Y tế chủ trì lập bản đồ trạm y tế, xong trước ngày 30/6/2027.", "Sở Y tế"),
        ("UBND tỉnh yêu cầu các sở, ngành rà soát kho lưu trữ.", "các sở, ngành"),
        ("Chủ tịch UBND tỉnh cũng giao UBND các xã tăng cường kiểm tra bến đò.", "UBND các xã"),
        ("Để giữ nguồn nước sạch, an toàn, Chủ tịch UBND tỉnh giao Sở Xây dựng khảo sát đập.", "Sở Xây dựng"),
        ("Ngoài ra, đồng chí Chủ tịch UBND tỉnh yêu cầu Công an tỉnh tuần tra ban đêm.", "Công an tỉnh"),
        ("Tại buổi họp, đồng chí Lê Văn A, Phó Chủ tịch UBND tỉnh giao Sở Nội vụ lập đề án.", "Sở Nội vụ"),
    ],
)
def test_a_sentence_that_names_who_orders_is_an_order(text: str, lead: str) -> None:
    assert leads(text) == [lead]


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("UBND tỉnh giao Sở Y tế chủ trì lập bản đồ.", "Sở Y tế"),
        ("Thủ tướng Chính phủ giao Bộ Xây dựng chủ trì lập đề án cầu phao.", "Bộ Xây dựng"),
        ("Chủ tịch UBND tỉnh đã giao Sở Y tế lập bản đồ.", PROVINCE),
        ("UBND tỉnh nhận được văn bản của Sở Y tế giao Trung tâm Y tế trực cấp cứu.", PROVINCE),
        ("Chủ tịch UBND tỉnh yêu cầu Công ty TNHH Hoa Ban trả lại mặt bằng.", PROVINCE),
    ],
)
def test_what_was_ordered_elsewhere_is_told(text: str, issuer: str) -> None:
    assert leads(text, issuer=issuer) == []


def test_what_proposes_or_tells_hears_nobody() -> None:
    text = "UBND tỉnh giao Sở Y tế chủ trì lập bản đồ."
    assert leads(text, kind="Đề án") == []
    assert leads("1. Tình hình chung", text, "2. Việc phải làm", text) == ["Sở Y tế"]


@pytest.mark.parametrize(
    ("name", "issuer", "expected"),
    [
        ("UBND huyện", "Ủy ban nhân dân huyện Mai Hạ", True),
        ("UBND TP Hoa Lư", "Ủy ban nhân dân thành phố Hoa Lư", True),
        ("Tổng cục KTBV", "Tổng cục Kho tàng bảo vệ", True),
        ("UBND xã", "Ủy ban nhân dân huyện Mai Hạ", False),
        ("Sở", "Sở Y tế", False),
    ],
)
def test_short_forms_stand_for_the_letterhead(name: str, issuer: str, expected: bool) -> None:
    assert is_same(name, issuer) is expected


def test_who_speaks() -> None:
    assert speaks("Phó Chủ tịch UBND huyện", "Ủy ban nhân dân huyện Mai Hạ")
    assert speaks("Thủ tướng Chính phủ", "Văn phòng Chính phủ")
    assert speaks("Thủ tướng Chính phủ", "Chính phủ")
    assert speaks("Thường trực Đảng uỷ", "Đảng ủy xã Mai Hạ")
    assert speaks("Chủ tịch UBND tỉnh", "")
    assert not speaks("Chủ tịch UBND tỉnh", "Sở Nội vụ")
    assert not speaks("Sở Nội vụ", PROVINCE)


def test_the_issuer_asks_and_the_asked_body_leads() -> None:
    (duty,) = orders(
        "Cục BVKT yêu cầu các Chi cục khu vực trực ban 24/24 giờ.", issuer="Cục Bảo vệ kho tàng", kind="Công điện"
    )
    assert duty.lead_text == "các Chi cục khu vực"


def test_behind_an_order_a_body_that_is_charged_is_ordered_too() -> None:
    asked = "UBND tỉnh yêu cầu các sở, ngành phân công trực trong dịp lễ."
    charged = "Công an tỉnh chủ trì, phối hợp với Sở Y tế bảo đảm trật tự."
    assert leads(asked, charged) == ["các sở, ngành", "Công an tỉnh"]
    assert leads(charged) == []
    assert leads(asked, "Công an tỉnh báo cáo 12 vụ cháy.") == ["các sở, ngành"]


def test_dashes_behind_a_letters_first_paragraph_are_no_addressees() -> None:
    began = (
        "Sau khi xem xét đề nghị của Ban Tổ chức lễ hội mùa thu về việc tổ chức rước đèn trong ba đêm rằm tại quảng "
        "trường, UBND tỉnh có ý kiến như sau:"
    )
    found = leads(
        "Kính gửi:",
        "- Sở Nội vụ;",
        "- Công an tỉnh.",
        began,
        "- Đồng ý tổ chức rước đèn.",
        "- Giao Sở Nội vụ phụ trách phần lễ.",
        "- Công an tỉnh: canh gác quảng trường.",
        "- Văn phòng UBND tỉnh in thư mời.",
    )
    assert found == ["Sở Nội vụ", "Công an tỉnh", "Văn phòng UBND tỉnh"]


def test_an_item_that_names_nobody_is_theirs_whom_the_opening_addresses() -> None:
    found = orders(
        "UBND tỉnh đề nghị các sở, ngành và địa phương thực hiện một số nội dung sau:",
        "1. Rà soát sổ sách, xong trước ngày 30/6/2027.",
        "2. Sở Y tế tiếp tục trực cấp cứu.",
        "3. Kinh phí năm nay như năm trước.",
    )
    assert [(duty.lead_text, duty.lead_inherited) for duty in found] == [
        ("các sở, ngành và địa phương", True),
        ("Sở Y tế", False),
    ]
    assert found[0].deadline.end == date(2027, 6, 30)


def test_an_opening_may_have_a_number() -> None:
    found = leads(
        "1. Chính phủ yêu cầu các bộ, ngành thực hiện các nhiệm vụ sau:",
        "a) Bộ Y tế khẩn trương trình dự án Luật.",
        "b) Bộ Xây dựng chủ trì, phối hợp với các địa phương:",
        "- Rà soát quy hoạch bến cảng.",
        issuer="Chính phủ",
        kind="Nghị quyết",
    )
    assert found == ["Bộ Y tế", "Bộ Xây dựng"]


def test_what_its_label_tells_is_told() -> None:
    text = "1. Kết quả đạt được: UBND tỉnh ban hành nhiều văn bản. Sở Y tế tổ chức 12 lớp học."
    assert leads(text, kind="Thông báo", title="Kết luận phiên giải trình") == []


@pytest.mark.parametrize(
    "text",
    [
        "1. Chủ tịch UBND các xã chịu trách nhiệm toàn diện trước Chủ tịch UBND tỉnh nếu để xảy ra cháy rừng.",
        "1. Sở Y tế chịu trách nhiệm về tính chính xác của số liệu.",
    ],
)
def test_to_answer_for_something_is_no_task(text: str) -> None:
    assert leads("V. TỔ CHỨC THỰC HIỆN", text) == []


def test_to_answer_for_something_and_to_report_is_one() -> None:
    text = "1. Sở Y tế chịu trách nhiệm trước UBND tỉnh về tiến độ, báo cáo UBND tỉnh hằng tháng."
    assert leads("V. TỔ CHỨC THỰC HIỆN", text) == ["Sở Y tế"]


def test_all_closing_sentences_are_left_out() -> None:
    (duty,) = orders(
        "V. TỔ CHỨC THỰC HIỆN",
        "1. Sở Y tế kiểm tra đột xuất. Kế hoạch này có hiệu lực kể từ ngày ký. Sở Y tế chịu trách nhiệm thi hành.",
    )
    assert duty.content == "Sở Y tế kiểm tra đột xuất."


def test_more_headings_and_lead_ins() -> None:
    found = leads(
        "IV. NHIỆM VỤ CÁC CẤP, CÁC NGÀNH",
        "1. Hạt Kiểm lâm huyện: Canh lửa trong mùa khô.",
        "2. Bên cạnh đó, các đơn vị tăng cường kiểm tra kho.",
        "3. Sau khi có kết quả, Sở Y tế báo cáo UBND tỉnh.",
        "4. Các chi bộ",
        "Căn cứ Kế hoạch này, tổ chức quán triệt trong tháng 6/2027.",
    )
    assert found == ["Hạt Kiểm lâm huyện", "các đơn vị", "Sở Y tế", "Các chi bộ"]


def test_a_standing_office_keeps_its_name() -> None:
    text = "1. Văn phòng thường trực Ban Chỉ huy phòng thủ tỉnh trực ban 24/24h."
    assert leads("V. TỔ CHỨC THỰC HIỆN", text) == ["Văn phòng thường trực Ban Chỉ huy phòng thủ tỉnh"]


@pytest.mark.parametrize(
    ("text", "issuer", "lead"),
    [
        ("Để kịp thời gian, Bộ yêu cầu các đồng chí Giám đốc Sở lập dự toán.", "Bộ Y tế", "các đồng chí Giám đốc Sở"),
        ("Bộ Y tế (BYT) đề nghị các sở rà soát kho thuốc.", "Bộ Y tế", "các sở"),
        ("UBND tỉnh giao Ban chỉ đạo diệt chuột tỉnh lập kế hoạch.", PROVINCE, "Ban chỉ đạo diệt chuột tỉnh"),
    ],
)
def test_how_an_issuer_speaks_of_itself(text: str, issuer: str, lead: str) -> None:
    assert leads(text, issuer=issuer) == [lead]


def test_a_clause_behind_a_command_may_order_another() -> None:
    text = (
        "UBND tỉnh yêu cầu UBND các xã treo cờ trong ba ngày; Sở VH-TT&DL có trách nhiệm hướng dẫn các xã trang trí. "
        "Các trường học tổ chức lễ chào cờ."
    )
    assert leads(text) == ["UBND các xã", "Sở VH-TT&DL", "Các trường học"]


def test_a_topic_before_the_body() -> None:
    found = orders(
        "1. Về giải phóng mặt bằng: UBND huyện Mai Hạ bàn giao mặt bằng trước ngày 31/7/2027.",
        "2. Về vốn: Sở Tài chính cân đối nguồn.",
        "3. Về tình hình chung: Sở Tài chính chủ trì tham mưu kịp thời.",
        kind="Thông báo",
        title="Kết luận cuộc họp",
    )
    assert [duty.lead_text for duty in found] == ["UBND huyện Mai Hạ", "Sở Tài chính"]
    assert found[0].content.startswith("Về giải phóng mặt bằng")


def test_whom_an_opening_names_right_before_its_colon() -> None:
    found = leads(
        "Thời gian qua, xe khách tăng nhiều. Chủ tịch UBND tỉnh yêu cầu Giám đốc các sở, Chủ tịch UBND các xã:",
        "1. Chấp hành nghiêm giờ làm việc.",
        "2. Giao Sở Nội vụ kiểm tra đột xuất.",
        kind="Chỉ thị",
    )
    assert found == ["Giám đốc các sở, Chủ tịch UBND các xã", "Sở Nội vụ"]


def test_main_tasks_head_orders() -> None:
    text = "1. UBND xã chỉ đạo các thôn nạo vét mương."
    for heading in ("II. NHIỆM VỤ THÁNG 8", "II. MỘT SỐ NHIỆM VỤ, GIẢI PHÁP TRỌNG TÂM", "III. GIẢI PHÁP CHỦ YẾU"):
        assert leads(heading, text, kind="Kế hoạch") == ["UBND xã"]
    assert leads("II. NHIỆM VỤ THU NGÂN SÁCH", text, kind="Kế hoạch") == []


def test_a_labelled_item_below_a_body_needs_no_known_verb() -> None:
    found = leads(
        "V. TỔ CHỨC THỰC HIỆN",
        "1. UBND các xã",
        "a) Xử phạt nghiêm các hộ thả rông chó.",
        "b) Kinh phí lấy từ ngân sách xã hằng năm.",
        "c) Danh sách các hộ nuôi chó ở xã.",
        kind="Kế hoạch",
    )
    assert found == ["UBND các xã"]


def test_several_posts_of_one_person_are_one_lead() -> None:
    text = "1. Đồng chí Chính ủy, Phó Bí thư Đảng ủy chỉ đạo chuẩn bị đại hội."
    assert leads("V. TỔ CHỨC THỰC HIỆN", text) == ["Phó Bí thư Đảng ủy"]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("1. Cục Hàng không Việt Nam chỉ đạo các cảng bố trí thêm quầy.", "Cục Hàng không Việt Nam"),
        ("1. Phòng Tham mưu tiếp tục duy trì chế độ trực.", "Phòng Tham mưu"),
        ("1. Phòng Hậu cần - Kỹ thuật bảo đảm xăng dầu.", "Phòng Hậu cần - Kỹ thuật"),
        (
            "1. Ban Quản lý dự án công trình giao thông tỉnh tổng hợp tiến độ.",
            "Ban Quản lý dự án công trình giao thông tỉnh",
        ),
        ("1. Công an tỉnh canh gác bến đò.", "Công an tỉnh"),
        ("1. Công an tỉnh: canh gác bến đò.", "Công an tỉnh"),
    ],
)
def test_names_that_hold_a_verb_and_verbs_nobody_lists(text: str, lead: str) -> None:
    assert leads("V. TỔ CHỨC THỰC HIỆN", text) == [lead]


def test_to_cooperate_in_carrying_out_is_a_formula() -> None:
    assert leads("V. TỔ CHỨC THỰC HIỆN", "Đề nghị các cơ quan, đơn vị phối hợp thực hiện./.") == []


def test_items_below_an_article_that_ends_in_a_colon() -> None:
    found = leads(
        "QUYẾT ĐỊNH:",
        "Điều 1. Các biện pháp khẩn cấp:",
        "1. UBND phường Mai Sơn cắm biển cảnh báo.",
        "2. Sở Tài chính đối với kho số 03 tại Danh mục kèm theo.",
        "Điều 2. Giao Sở Y tế trực cấp cứu.",
        kind="Quyết định",
    )
    assert found == ["UBND phường Mai Sơn", "Sở Y tế"]


def test_to_whom_a_telegram_goes_is_no_order() -> None:
    text = "Chủ tịch UBND tỉnh điện: Giám đốc các Sở: Y tế, Nội vụ; Chủ tịch UBND các xã."
    assert leads(text, kind="Công điện") == []
