"""Lists of bodies and groups: where they are cut, what is carried over, what is a group."""

from __future__ import annotations

import unicodedata

import pytest

from vanban import parties


def names(text: str) -> list[str]:
    """Names in order, a group with a star."""
    return [party.name + "*" * party.group for party in parties.split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sở Y tế", ["Sở Y tế"]),
        ("Sở Y tế; Sở Xây dựng", ["Sở Y tế", "Sở Xây dựng"]),
        ("Sở Y tế, Công an tỉnh và UBND thành phố Mai Sơn", ["Sở Y tế", "Công an tỉnh", "UBND thành phố Mai Sơn"]),
        ("- Sở Y tế;\n- Sở Xây dựng.", ["Sở Y tế", "Sở Xây dựng"]),
        ("- Bộ Y tế; - Bộ Xây dựng; - Các bộ, ngành.", ["Bộ Y tế", "Bộ Xây dựng", "Các bộ, ngành*"]),
        ("+ Sở Y tế\n+ Sở Xây dựng", ["Sở Y tế", "Sở Xây dựng"]),
        ("Sở Y tế\nSở Xây dựng", ["Sở Y tế", "Sở Xây dựng"]),
        ("Sở Công Thương Sở Y tế", ["Sở Công Thương", "Sở Y tế"]),
        ("Sở Y tế;", ["Sở Y tế"]),
        ("", []),
        (" ; - ", []),
    ],
)
def test_where_a_list_is_cut(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "name",
    [
        "Bộ Văn hóa, Thể thao và Du lịch",
        "Bộ Văn hoá, Thể thao và Du lịch",
        "Sở Nông nghiệp và Môi trường",
        "Sở Khoa học và Công nghệ",
        "Ủy ban Quốc phòng, An ninh và Đối ngoại",
        "Ban Quản lý các khu công nghệ cao và khu công nghiệp",
        "Ban Quản lý dự án đầu tư xây dựng các công trình thủy lợi",
        "Liên hiệp các Hội Khoa học và Kỹ thuật",
        "Trung tâm Đào tạo và Sát hạch",
        "Chi cục Chăn nuôi, Thú y và Thủy sản",
        "Trường Đại học Khoa học xã hội và Nhân văn",
        "Bộ Chỉ huy Bộ đội Biên phòng tỉnh",
        "Đảng ủy Ủy ban nhân dân tỉnh",
        "Văn phòng Đoàn đại biểu Quốc hội và HĐND tỉnh",
        "Bộ VH, TT&DL",
        "Bộ trưởng Bộ Công an",
        "Văn phòng Sở (Phòng Tổng hợp)",
        "Ban Dân tộc và Miền núi",
        "UBND tỉnh",
        "Đảng ủy Mặt trận Tổ quốc, các đoàn thể Trung ương",
        "Đảng uỷ MTTQ và các đoàn thể tỉnh",
        "Đảng ủy các cơ quan Đảng tỉnh",
        "Báo và Phát thanh, Truyền hình tỉnh",
        "Báo và Đài Phát thanh - Truyền hình tỉnh",
        "Ban Chỉ huy phòng thủ dân sự, phòng chống thiên tai và tìm kiếm cứu nạn tỉnh",
        "Phòng văn hóa - xã hội",
        "Hội cựu chiến binh tỉnh",
        "Sở tài chính",
        "phòng Kinh tế",
        "Ban tổ chức tỉnh ủy",
        "đồng chí Phó Bí thư Thường trực",
        "Phó Thủ tướng Lê Văn A",
    ],
)
def test_a_name_with_commas_stays_whole_and_is_one_body(name: str) -> None:
    assert names(name) == [name]


@pytest.mark.parametrize(
    "group",
    [
        "Các cơ quan, đơn vị liên quan",
        "các bộ, ngành, địa phương",
        "Sở, ban, ngành tỉnh",
        "Các sở, ban, ngành, đoàn thể và địa phương có liên quan",
        "các trường đại học, viện nghiên cứu",
        "Các Sở GDĐT",
        "UBND xã, phường, đặc khu",
        "UBND các huyện, thành phố",
        "Ủy ban nhân dân các tỉnh, thành phố trực thuộc trung ương",
        "UBND các tỉnh/thành phố",
        "UBND tỉnh, thành phố trực thuộc trung ương",
        "Trạm Y tế các xã, phường",
        "Chủ tịch Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương",
        "UBND cấp xã",
        "Cấp ủy, chính quyền các cấp",
        "Viện, Trường",
        "Doanh nghiệp",
        "cộng đồng dân cư",
        "Thủ trưởng các cơ quan, đơn vị",
        "Bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ",
        "chủ đầu tư các dự án",
        "Các ban xây dựng Đảng",
        "UBND 124 xã, phường",
        "UBND 45 xã",
        "Phòng chuyên môn",
        "Ban tổ chức hội thi",
        "ban quản lý dự án",
        "Đảng đoàn các tổ chức chính trị - xã hội tỉnh",
    ],
)
def test_a_phrase_that_is_no_single_body_is_one_group(group: str) -> None:
    assert names(group) == [f"{group}*"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Các sở, ngành, UBND xã, phường", ["Các sở, ngành*", "UBND xã, phường*"]),
        ("các bộ, ngành và các địa phương", ["các bộ, ngành*", "các địa phương*"]),
        ("các sở, ngành và cộng đồng dân cư", ["các sở, ngành*", "cộng đồng dân cư*"]),
        ("Sở Y tế và cơ quan, đơn vị liên quan", ["Sở Y tế", "cơ quan, đơn vị liên quan*"]),
        ("Viện, Trường; Doanh nghiệp, Sở, ban, ngành", ["Viện, Trường*", "Doanh nghiệp*", "Sở, ban, ngành*"]),
        ("Doanh nghiệp, nhà đầu tư", ["Doanh nghiệp*", "nhà đầu tư*"]),
        ("Hãng Sóng, Hãng Gió", ["Hãng Sóng", "Hãng Gió"]),
        ("Sở Y tế, Vân Long", ["Sở Y tế", "Vân Long"]),
        ("Hội Nông dân tỉnh, các đoàn thể", ["Hội Nông dân tỉnh", "các đoàn thể*"]),
        ("HĐND, UBND các cấp", ["HĐND*", "UBND các cấp*"]),
        ("HĐND và UBND tỉnh", ["HĐND tỉnh", "UBND tỉnh"]),
        ("HĐND, UBND xã Mai Sơn", ["HĐND xã Mai Sơn", "UBND xã Mai Sơn"]),
        ("Các ban xây dựng Đảng, Đảng ủy UBND tỉnh", ["Các ban xây dựng Đảng*", "Đảng ủy UBND tỉnh"]),
        ("Sở tài chính, sở nội vụ", ["Sở tài chính", "sở nội vụ"]),
        ("Sở Y tế, Báo và Phát thanh, Truyền hình", ["Sở Y tế", "Báo và Phát thanh, Truyền hình"]),
        ("Mặt trận Tổ quốc tỉnh và các tổ chức thành viên", ["Mặt trận Tổ quốc tỉnh", "các tổ chức thành viên*"]),
    ],
)
def test_a_second_head_starts_another_party(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Đảng đoàn Ủy ban MTTQ, các tổ chức chính trị - xã hội huyện, BTV Huyện đoàn",
            ["Đảng đoàn Ủy ban MTTQ", "Đảng đoàn các tổ chức chính trị - xã hội huyện*", "BTV Huyện đoàn"],
        ),
        ("Đảng đoàn Hội Nông dân, Hội LHPN tỉnh", ["Đảng đoàn Hội Nông dân", "Đảng đoàn Hội LHPN tỉnh"]),
        ("Đảng đoàn HĐND tỉnh, các cơ quan liên quan", ["Đảng đoàn HĐND tỉnh", "các cơ quan liên quan*"]),
        ("UBND thành phố Mai Sơn, Thành phố Hạ Lâm", ["UBND thành phố Mai Sơn", "UBND Thành phố Hạ Lâm"]),
        ("UBND tỉnh Sơn Hà và các tỉnh khác", ["UBND tỉnh Sơn Hà", "UBND các tỉnh khác*"]),
        ("UBND tỉnh Sơn Hà và các địa phương", ["UBND tỉnh Sơn Hà", "các địa phương*"]),
        ("Sở Tài chính, Nội vụ, Công Thương", ["Sở Tài chính", "Sở Nội vụ", "Sở Công Thương"]),
        (
            "Các Sở: Y tế, Nông nghiệp và Môi trường, Nội vụ",
            ["Sở Y tế", "Sở Nông nghiệp và Môi trường", "Sở Nội vụ"],
        ),
        ("Các sở: NN&MT, Tài chính; UBND xã", ["Sở NN&MT", "Sở Tài chính", "UBND xã*"]),
        ("Các sở: Y tế; Nội vụ; Tài chính; UBND xã", ["Sở Y tế", "Sở Nội vụ", "Sở Tài chính", "UBND xã*"]),
        ("các phòng: Kinh tế; Văn hóa - Xã hội", ["Phòng Kinh tế", "Phòng Văn hóa - Xã hội"]),
        ("Các Sở Y tế, Tài chính và các đơn vị", ["Sở Y tế", "Sở Tài chính", "các đơn vị*"]),
        ("Ban Chỉ huy cấp tỉnh, cấp xã", ["Ban Chỉ huy cấp tỉnh", "Ban Chỉ huy cấp xã*"]),
    ],
)
def test_a_shared_head_is_carried_over(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("UBND tỉnh tỉnh", "UBND tỉnh"),
        ("Sở Sở Y tế", "Sở Y tế"),
        ("Đảng ủy Ủy ban Kiểm tra", "Đảng ủy Ủy ban Kiểm tra"),
        ("Ban cán sự đảng  UBND\u00a0tỉnh", "Ban cán sự đảng UBND tỉnh"),
        ("Sở Y tế (chủ trì phần chuyên môn)", "Sở Y tế"),
        ("Sở Y tế (1)", "Sở Y tế"),
        ("Sở Lao động (LĐTBXH)", "Sở Lao động (LĐTBXH)"),
    ],
)
def test_a_name_is_kept_as_printed_but_for_doubled_words_and_explanations(text: str, expected: str) -> None:
    assert names(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Các cơ quan,\nđơn vị liên quan", ["Các cơ quan,đơn vị liên quan*"]),
        ("Sở Nông nghiệp và\nMôi trường", ["Sở Nông nghiệp và Môi trường"]),
        ("UBND xã,\nphường", ["UBND xã, phường*"]),
    ],
)
def test_a_line_end_made_by_the_layout_cuts_nothing(text: str, expected: list[str]) -> None:
    assert [name.replace(", ", ",") for name in names(text)] == [name.replace(", ", ",") for name in expected]


def test_a_full_line_goes_on_whatever_comes_next() -> None:
    text = "Trung tâm Phục vụ hành chính công và Kiểm soát thủ tục của Văn phòng\nSở Y tế"
    assert len(names(text)) == 1


def test_decomposed_letters_are_read_alike() -> None:
    text = "Sở Y tế; các cơ quan, đơn vị liên quan"
    assert parties.split(unicodedata.normalize("NFD", text)) == parties.split(text)


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("Sở Y tế chủ trì", True),
        ("Các đơn vị", True),
        ("đơn vị", False),
        ("Rà soát", False),
        ("Bộ xây dựng kế hoạch", False),
        ("Bà con các thôn", False),
    ],
)
def test_what_surely_begins_like_a_party(text: str, sure: bool) -> None:
    assert parties.is_sure(text) is sure


@pytest.mark.parametrize(
    ("text", "likely"), [("đơn vị liên quan", True), ("Quản lý đất đai", False), ("Môi trường", False), ("", False)]
)
def test_marks_tell_words_apart_that_fold_alike(text: str, likely: bool) -> None:
    assert parties.is_party(text) is likely


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Nội vụ/Sở Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
        ("1. Sở Nội vụ 2. Sở Tài chính", ["Sở Nội vụ", "Sở Tài chính"]),
        ("Sở Nội vụ cùng các đơn vị liên quan", ["Sở Nội vụ", "các đơn vị liên quan+"]),
        ("Sở Nội vụ cùng với Sở Y tế", ["Sở Nội vụ", "Sở Y tế"]),
        ("Văn phòng HĐND và UBND xã, Công an xã", ["Văn phòng HĐND và UBND xã", "Công an xã+"]),
        ("UBND các xã Tân Lập, Hòa Bình và Mỹ Sơn", ["UBND xã Tân Lập", "UBND xã Hòa Bình", "UBND xã Mỹ Sơn"]),
        ("UBND các xã, phường: Tân Lập, Xuân An", ["UBND các xã, phường: Tân Lập, Xuân An+"]),
        ("Đảng ủy các cơ quan Đảng tỉnh", ["Đảng ủy các cơ quan Đảng tỉnh"]),
        ("Các huyện ủy, đảng ủy trực thuộc Tỉnh ủy", ["Các huyện ủy, đảng ủy trực thuộc Tỉnh ủy+"]),
        ("Trưởng các thôn, tổ dân phố", ["Trưởng các thôn, tổ dân phố+"]),
        ("Báo và Phát thanh, Truyền hình tỉnh; Tỉnh đoàn", ["Báo và Phát thanh, Truyền hình tỉnh", "Tỉnh đoàn"]),
    ],
)
def test_more_ways_to_list(text: str, names: list[str]) -> None:
    assert [party.name + "+" * party.group for party in parties.split(text)] == names


@pytest.mark.parametrize(
    ("issuer", "level"),
    [
        ("Ủy ban nhân dân xã Tân Lập", "xã"),
        ("Đảng ủy phường Xuân An", "phường"),
        ("Tỉnh ủy Lam Sơn", None),
        (None, None),
    ],
)
def test_own_level(issuer: str | None, level: str | None) -> None:
    assert parties.own_level(issuer) == level


def test_a_commune_means_itself() -> None:
    found = parties.split("UBND xã; Công an xã; UBND các xã; UBND cấp xã", "xã")
    assert [party.group for party in found] == [False, False, True, True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "UBND xã Mai Sơn, Bình An, thị trấn Hoa Lư và các đơn vị",
            ["UBND xã Mai Sơn", "UBND xã Bình An", "UBND thị trấn Hoa Lư", "các đơn vị*"],
        ),
        ("UBND huyện, thành phố Mai Sơn", ["UBND huyện*", "UBND thành phố Mai Sơn"]),
        ("UBND xã Mai Sơn, Công Thương", ["UBND xã Mai Sơn", "Công Thương"]),
        ("Văn phòng HĐND - UBND phường", ["Văn phòng HĐND - UBND phường"]),
        ("Sở Lao động – Thương binh và Xã hội", ["Sở Lao động – Thương binh và Xã hội"]),
        ("Hạt Kiểm lâm, Trạm Y tế, Đồn Biên phòng", ["Hạt Kiểm lâm", "Trạm Y tế", "Đồn Biên phòng"]),
    ],
)
def test_places_and_dashes(text: str, expected: list[str]) -> None:
    assert names(text) == expected
