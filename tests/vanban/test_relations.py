"""What a document says of the works it mentions, and which part of them it means."""

import time
import unicodedata

import pytest

from vanban import read

HEAD = "UBND TỈNH LẠC VÂN\nSố: 12/KH-UBND\nKẾ HOẠCH\nPhát triển y tế cơ sở\n\n"


def cited(sentence):
    return [
        (one.symbol or one.title, one.relation, one.provision)
        for one in read((HEAD + sentence + "\n").encode()).citations
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ;", [("30/2020/NĐ-CP", "founded_on", None)]),
        ("Thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị, Ủy ban lập kế hoạch.", [("57-NQ/TW", "implements", None)]),
        ("Tổ chức thực hiện nghiêm túc, có hiệu quả Chỉ thị số 05-CT/TU.", [("05-CT/TU", "implements", None)]),
        ("Quyết định này thay thế Quyết định số 15/2019/QĐ-UBND.", [("15/2019/QĐ-UBND", "replaces", None)]),
        ("Bãi bỏ khoản 2 Điều 5 Quyết định số 15/2019/QĐ-UBND.", [("15/2019/QĐ-UBND", "repeals", "khoản 2 Điều 5")]),
        ("Quyết định số 15/2019/QĐ-UBND hết hiệu lực từ ngày này.", [("15/2019/QĐ-UBND", "repeals", None)]),
        (
            "Sửa đổi, bổ sung một số điều của Nghị định số 15/2019/NĐ-CP như sau:",
            [("15/2019/NĐ-CP", "amends", None)],
        ),
        ("Hướng dẫn thi hành một số nội dung của Nghị quyết số 15-NQ/TU.", [("15-NQ/TU", "guides", None)]),
        ("Báo cáo theo Công văn số 15/UBND-TH trước ngày 5.", [("15/UBND-TH", None, None)]),
        ("Uỷ ban nhận được Tờ trình số 15/TTr-STC.", [("15/TTr-STC", None, None)]),
    ],
)
def test_relation(sentence, expected):
    assert cited(sentence) == expected


@pytest.mark.parametrize(
    ("before", "provision"),
    [
        ("Theo điểm a khoản 2 Điều 5 của ", "điểm a khoản 2 Điều 5"),
        ("Theo khoản 1, khoản 3 và khoản 4 Điều 7 ", "khoản 1, khoản 3 và khoản 4 Điều 7"),
        ("Theo Điều 3, 4 và 5 ", "Điều 3, 4 và 5"),
        ("Theo các Điều 12a, 13 đến 15 tại ", "Điều 12a, 13 đến 15"),
        ("Theo Mục III, phần B ", "Mục III, phần B"),
        ("Theo Phụ lục II ban hành kèm theo ", "Phụ lục II"),
        ("Theo tiết 2.1 điểm b khoản 2 Điều 5 ", "tiết 2.1 điểm b khoản 2 Điều 5"),
        ("Theo điều đã nêu ở ", None),
        ("Theo mục tiêu của ", None),
        ("Báo cáo 5 điều 3 điểm. Theo ", None),
    ],
)
def test_provision_as_printed(before, provision):
    assert cited(before + "Nghị định số 30/2020/NĐ-CP.") == [("30/2020/NĐ-CP", None, provision)]


def test_a_list_says_its_verb_once():
    sentence = "Thực hiện các Nghị quyết số 18-NQ/TW, số 19-NQ/TW và Kết luận số 62-KL/TW của Bộ Chính trị."
    assert [relation for _, relation, _ in cited(sentence)] == ["implements"] * 3


def test_what_another_work_does_is_not_said_of_this_document():
    sentence = "Nghị định số 10/2022/NĐ-CP sửa đổi Nghị định số 5/2020/NĐ-CP. Thực hiện Chỉ thị số 3/CT-TTg."
    assert cited(sentence) == [
        ("10/2022/NĐ-CP", None, None),
        ("5/2020/NĐ-CP", None, None),
        ("3/CT-TTg", "implements", None),
    ]


def test_each_of_the_grounds():
    grounds = (
        "Căn cứ Luật Đất đai;\nCăn cứ khoản 1 Điều 4 Nghị định số 5/2020/NĐ-CP;\nCăn cứ Thông tư số 1/2021/TT-BTC;"
    )
    assert [(relation, provision) for _, relation, provision in cited(grounds)] == [
        ("founded_on", None),
        ("founded_on", "khoản 1 Điều 4"),
        ("founded_on", None),
    ]


def test_decomposed_letters_are_read_alike():
    sentence = "Căn cứ khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP;"
    assert cited(unicodedata.normalize("NFD", sentence)) == cited(sentence)


@pytest.mark.parametrize("unit", ["khoản 1, ", "điểm a và ", "Điều 1 - 2 - ", "thực hiện các ", "căn cứ "])
def test_endless_runs_take_no_endless_time(unit):
    start = time.process_time()
    text = HEAD + (unit * 3000 + "Nghị định số 30/2020/NĐ-CP, ") * 5
    assert len(read(text.encode()).citations) == 5
    assert time.process_time() - start < 10
