"""Laws cited by name: where the name begins and ends."""

from __future__ import annotations

import pytest

from vanban import laws, symbols


def test_a_name_that_ends_in_the_word_for_number_before_its_number() -> None:
    text = "theo Luật Chuyển đổi số số 1/2027/QH16 và Luật Thư viện số 2/2027/QH16"
    places = {place.start for place in symbols.scan(text)}
    assert [law.name for law in laws.scan(text, places)] == ["Luật Chuyển đổi số", "Luật Thư viện"]


def names(text: str) -> list[str]:
    places = {place.start for place in symbols.scan(text)}
    return [law.name for law in laws.scan(text, places) if law.symbol_at is None]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("theo Luật Thư viện.", "Luật Thư viện"),
        ("theo Luật Thư viện và các văn bản hướng dẫn", "Luật Thư viện"),
        ("theo Luật Thư viện và Thông tư số 1/2020/TT-BVHTTDL", "Luật Thư viện"),
        ("theo Luật Thư viện, các quy định khác", "Luật Thư viện"),
        ("theo Luật Thư viện; chủ động", "Luật Thư viện"),
        ("theo Luật Thư viện (sửa đổi)", "Luật Thư viện"),
        ("theo Luật Thư viện có hiệu lực", "Luật Thư viện"),
        ("theo Luật Thư viện được Quốc hội thông qua", "Luật Thư viện"),
        ("theo Luật Thư viện năm 2019", "Luật Thư viện"),
        ("theo Luật Thư viện ngày 21 tháng 11 năm 2019", "Luật Thư viện"),
        ("Điều 5 Luật Thư viện Điều 6", "Luật Thư viện"),
        ("thi hành Luật Thư viện\nĐiều 2", "Luật Thư viện"),
        ("thi hành Luật Thư\nviện trên địa bàn", "Luật Thư viện"),
        ("theo Luật Cán bộ, công chức và các quy định", "Luật Cán bộ, công chức"),
        ("theo Luật Phòng, chống ma túy, Luật Trẻ em", "Luật Phòng, chống ma túy"),
        ("theo Luật Nuôi con nuôi, các chính sách", "Luật Nuôi con nuôi"),
        ("theo Luật Thanh niên, đề nghị các cơ quan", "Luật Thanh niên"),
        ("theo Luật Tiêu chuẩn và quy chuẩn kỹ thuật, được sửa đổi", "Luật Tiêu chuẩn và quy chuẩn kỹ thuật"),
        ("theo Luật Hoạt động chữ thập đỏ tại địa phương", "Luật Hoạt động chữ thập đỏ"),
        ("theo Luật Mặt trận Tổ quốc Việt Nam, các", "Luật Mặt trận Tổ quốc Việt Nam"),
        ("theo Luật Tổ chức Quốc hội và", "Luật Tổ chức Quốc hội"),
        ("theo Luật Đầu tư theo phương thức đối tác công tư và", "Luật Đầu tư theo phương thức đối tác công tư"),
        ("Bộ luật Dân sự năm 2015", "Bộ luật Dân sự"),
        ("Pháp lệnh Ưu đãi người có công với cách mạng.", "Pháp lệnh Ưu đãi người có công với cách mạng"),
        ("Luật sửa đổi, bổ sung một số điều của Luật Thư viện;", "Luật sửa đổi, bổ sung một số điều của Luật Thư viện"),
        ("Luật sửa đổi và bổ sung Luật Thư viện.", "Luật sửa đổi và bổ sung Luật Thư viện"),
        ("Hiến pháp nước Cộng hoà xã hội chủ nghĩa Việt Nam;", "Hiến pháp nước Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("Hiến pháp năm 2013 quy định", "Hiến pháp"),
        ("THI HÀNH LUẬT THƯ VIỆN NĂM 2019", "Luật Thư viện"),
        ("luật cũ, Luật thư viện năm 2019", "Luật thư viện"),
        ("Luật Quy hoạch, điểm a khoản 3", "Luật Quy hoạch"),
        ("theo Luật Kinh tế số.", "Luật Kinh tế số"),
        ("theo Luật Kinh tế số năm 2027", "Luật Kinh tế số"),
        ("theo Luật Kinh tế số, các quy định", "Luật Kinh tế số"),
        ("theo Luật Chuyển đổi số; chủ động", "Luật Chuyển đổi số"),
        ("theo Luật Công nghiệp công nghệ số và các quy định", "Luật Công nghiệp công nghệ số"),
        ("theo Luật Thư viện số …/2027/QH16", "Luật Thư viện"),
    ],
)
def test_where_a_name_ends(text, name):
    assert names(text)[:1] == [name]


def test_names_in_a_list():
    text = "các dự án: Luật Thư viện, Luật Di sản văn hóa, Luật Quảng cáo; Luật Điện ảnh và các dự án luật khác"
    assert names(text) == ["Luật Thư viện", "Luật Di sản văn hóa", "Luật Quảng cáo", "Luật Điện ảnh"]


@pytest.mark.parametrize(
    "text",
    [
        "Luật này có hiệu lực",
        "các dự án Luật có liên quan",
        "các văn bản Luật, Nghị quyết của Quốc hội",
        "pháp luật về đất đai",
        "Hội Luật gia tỉnh",
        "Đoàn Luật sư tỉnh",
        "Trường Đại học Luật Hà Nội",
        "phù hợp với Hiến pháp, pháp luật",
        "VỀ PHỔ BIẾN LUẬT TRẺ EM",
        "Luật\tThư viện",
        "Luật",
        "Luật.",
        "Luật Việt Nam",
        "thực hiện luật thư viện",
        "Luật thư viện, nếu có",
    ],
)
def test_what_names_no_law(text):
    assert names(text) == []


def test_a_number_right_after_the_name_is_told():
    text = "Luật Thư viện số 46/2019/QH14"
    (law,) = laws.scan(text, {place.start for place in symbols.scan(text)})
    assert law.symbol_at == text.index("46/")


def test_an_amending_law_whose_object_bears_its_number_names_the_object_only():
    text = "Luật sửa đổi, bổ sung một số điều của Luật Thư viện số 46/2019/QH14"
    found = list(laws.scan(text, {place.start for place in symbols.scan(text)}))
    assert [(law.name, law.symbol_at is not None) for law in found] == [("Luật Thư viện", True)]


@pytest.mark.parametrize(
    ("lead", "said"),
    [
        ("Căn cứ Luật thuế tài nguyên ", (7, "Luật", "Luật thuế tài nguyên")),
        ("Căn cứ Luật A; ", None),
        ("Căn cứ ", None),
        ("Căn cứ Hiến pháp ", None),
    ],
)
def test_the_law_before_a_number(lead, said):
    assert laws.before(lead) == said


def test_abbreviations_are_written_out_to_be_compared():
    assert laws.spelled_out("Luật MTTQ Việt Nam") == laws.spelled_out("Luật Mặt trận Tổ quốc Việt Nam")
