"""What changed between two readings of one programme."""

import unicodedata
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from vanban import compare
from vanban.model import Deadline, Duty, Party, Reading

CONTENTS = (
    "Xây dựng đề án phát triển y tế cơ sở giai đoạn 2026 - 2030.",
    "Rà soát, sắp xếp mạng lưới trường lớp vùng cao.",
    "Tổ chức hội thi tìm hiểu lịch sử Đảng bộ tỉnh Lạc Vân.",
    "Hoàn thành tuyến đường nối trung tâm xã với bến thuyền.",
    "Lập cơ sở dữ liệu đất đai của 12 xã vùng hồ.",
)


def duty(content, number=None, *, leads=("Sở Y tế",), section="I", **more):
    named = tuple(Party(name=name) for name in leads)
    return Duty(origin="table", number=number, content=content, leads=named, section=section, **more)


def reading(*duties):
    return Reading(reader="0", format="text", text="", duties=duties)


ROWS = tuple(duty(content, str(number)) for number, content in enumerate(CONTENTS, 1))


def told(before, after):
    return [
        (change.what, change.before, change.after, change.fields, change.moved)
        for change in compare(reading(*before), reading(*after))
    ]


def test_the_same_has_no_changes():
    assert told(ROWS, ROWS) == []
    assert told((), ()) == []


def test_a_row_put_in_renumbers_the_rest_and_that_is_one_change():
    new = duty("Mở lớp dạy nghề chăn nuôi cá lồng.", "2")
    after = (ROWS[0], new, *(replace(row, number=str(n)) for n, row in enumerate(ROWS[1:], 3)))
    assert told(ROWS, after) == [("added", None, 1, (), False)]


def test_a_row_dropped_stands_where_it_was():
    assert told(ROWS, (ROWS[0], *ROWS[2:])) == [("dropped", 1, None, (), False)]
    changes = told(ROWS, (ROWS[0], *ROWS[2:4], replace(ROWS[4], product_text="Báo cáo")))
    assert [what for what, *_ in changes] == ["dropped", "changed"]
    assert [what for what, *_ in told(ROWS[1:], (*ROWS[2:], ROWS[0]))] == ["dropped", "added"]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("content", {"content": CONTENTS[0].replace("2026 - 2030", "2026 - 2035")}),
        ("content", {"content": CONTENTS[0].replace("án", "ăn")}),
        ("leads", {"leads": (Party(name="Sở Nội vụ"),)}),
        ("coordinators", {"coordinators": (Party(name="Sở Nội vụ"),)}),
        ("deadline", {"deadline": Deadline(kind="date", end=date(2027, 1, 1))}),
        ("deadline", {"deadline_text": "Theo chỉ đạo", "deadline": Deadline()}),
        ("product", {"product_text": "Đề án"}),
        ("restricted", {"restricted": "security"}),
    ],
)
def test_each_field_that_changed_is_named(field, values):
    assert told(ROWS, (replace(ROWS[0], **values), *ROWS[1:])) == [("changed", 0, 0, (field,), False)]


def test_the_same_date_in_other_words_is_no_change():
    end = Deadline(kind="date", end=date(2026, 6, 30), phrase="trước ngày 30/6/2026")
    old = duty(CONTENTS[0], deadline=end, deadline_text="trước ngày 30/6/2026")
    now = duty(CONTENTS[0], deadline=replace(end, phrase="30.6.2026"), deadline_text="30.6.2026")
    assert told((old,), (now,)) == []


@pytest.mark.parametrize(
    "other",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("uỷ", "ủy"),
        str.upper,
        lambda text: text.replace(" ", "\n  "),
    ],
)
def test_how_it_is_written_is_no_change(other):
    old = duty("Đảng uỷ xã lập hồ sơ.", leads=("Đảng uỷ xã Vân Hà",))
    now = duty(other(old.content), leads=(other("Đảng uỷ xã Vân Hà"),))
    assert told((old,), (now,)) == []


def test_order_of_leads_is_no_change():
    assert told((duty(CONTENTS[0], leads=("A", "B")),), (duty(CONTENTS[0], leads=("B", "A")),)) == []


def test_one_row_moved_is_one_change():
    after = (*ROWS[1:4], ROWS[0], ROWS[4])
    assert told(ROWS, after) == [("moved", 0, 3, (), True)]


def test_a_row_under_another_section_moved():
    after = (*ROWS[:4], replace(ROWS[4], section="II"))
    assert told(ROWS, after) == [("moved", 4, 4, (), True)]


def test_moved_and_changed():
    after = (*ROWS[1:], replace(ROWS[0], product_text="Đề án"))
    assert told(ROWS, after) == [("changed", 0, 4, ("product",), True)]


def test_one_content_ordered_from_two_bodies():
    """The first body's row is dropped; the second's is not taken for it."""
    health, school = duty(CONTENTS[0], leads=("Sở Y tế",)), duty(CONTENTS[0], leads=("Sở Giáo dục và Đào tạo",))
    assert told((health, school), (school,)) == [("dropped", 0, None, (), False)]


def test_the_number_decides_between_two_that_are_as_alike():
    old = (duty("Hoàn thành đường xã Vân Hà năm 2026", "1"), duty("Hoàn thành đường xã Vân Hà năm 2027", "2"))
    now = (duty("Hoàn thành đường xã Vân Hà năm 2028", "2"), duty("Hoàn thành đường xã Vân Hà năm 2029", "1"))
    assert {(before, after) for _, before, after, *_ in told(old, now)} == {(0, 1), (1, 0)}


def test_nothing_alike_is_dropped_and_added():
    assert {what for what, *_ in told(ROWS[:1], (duty("Bầu cử hội đồng.", "1"),))} == {"dropped", "added"}


rows = st.lists(st.sampled_from(ROWS), max_size=8)


@given(rows, rows)
def test_every_row_is_accounted_for_once(before, after):
    changes = compare(reading(*before), reading(*after))
    dropped = [change.before for change in changes if change.what == "dropped"]
    added = [change.after for change in changes if change.what == "added"]
    assert len(before) - len(dropped) == len(after) - len(added)
    assert len(set(dropped)) == len(dropped)
    assert len(set(added)) == len(added)
    assert not [change for change in changes if change.what == "changed"]


@given(rows)
def test_changes_come_in_the_order_of_the_later_reading(after):
    changes = compare(reading(*ROWS), reading(*after))
    places = [change.after for change in changes if change.after is not None]
    assert all(one < other for one, other in pairwise(places))


def test_a_programme_reworded_from_end_to_end():
    old = [duty(f"Nhiệm vụ {n} " + CONTENTS[n % 5] * 3, str(n)) for n in range(600)]
    now = [duty(f"Công việc {n} " + CONTENTS[n % 5] * 3, str(n)) for n in range(600)]
    changes = compare(reading(*old), reading(*now))
    assert [(change.before, change.after, change.fields) for change in changes] == [
        (n, n, ("content",)) for n in range(600)
    ]
