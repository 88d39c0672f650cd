"""Lists without codes, as offices have them: numbers are given as the form gives them, known names are known bodies."""

from __future__ import annotations

import pytest

import factories as make
from factories import NOW
from foundation.organisations.test_importing import BODIES, NAMES, answers, packed, seen, take_in
from tiendo.foundation.organisations.errors import ListUnreadableError
from tiendo.foundation.organisations.models import Organisation
from tiendo.foundation.organisations.reading import read
from tiendo.work.handovers.actions import handovers

pytestmark = pytest.mark.django_db
LIST = (
    "STT;Tên đơn vị;Loại;Cơ quan cấp trên\n"
    "1;Phòng Tổ chức;sở, phòng;Sở Dân tộc\n"
    "2;Sở Dân tộc;sở, phòng;\n"
    "3;Sở Y tế;sở, phòng;\n"
).encode()


def placed(name: str) -> tuple[str, str]:
    body = Organisation.objects.select_related("parent").get(name=name)
    assert body.parent is not None
    return body.code, body.parent.code


def test_numbers_are_given_below_the_body_above_and_shown_before(office):
    plan = seen(LIST)
    assert [line.answers for line in plan.refused] == []
    assert [(line.label, line.what.value) for line in plan.lines] == [
        ("T.1.1 – Phòng Tổ chức", "added"),
        ("T.1 – Sở Dân tộc", "added"),
        ("T.YT – Sở Y tế", "unchanged"),
    ]
    (note,) = plan.notes
    assert "1 dòng là cơ quan cùng tên đang có trong danh bạ, 2 dòng được đặt mã" in note
    take_in(LIST)
    assert placed("Sở Dân tộc") == ("T.1", "T")
    assert placed("Phòng Tổ chức") == ("T.1.1", "T.1")


def test_the_same_list_twice_adds_nothing(office):
    take_in(LIST)
    before = Organisation.objects.count()
    assert seen(LIST).counts == {"added": 0, "changed": 0, "unchanged": 3, "passed": 0, "refused": 0}
    take_in(LIST)
    assert Organisation.objects.count() == before


def test_the_number_may_be_another_by_a_column_of_new_codes(office):
    take_in(LIST)
    take_in("Mã,Tên,Loại,Mã mới\nT.1,Sở Dân tộc,department,T.DT\n".encode())
    assert placed("Sở Dân tộc") == ("T.DT", "T")
    assert seen(LIST).counts["unchanged"] == 3


def test_a_list_that_names_no_body_above_moves_nobody(office):
    make.organisation("Trạm Y tế", parent=office.health)
    plan = seen("Tên,Loại\nTrạm Y tế,department\n".encode())
    assert plan.counts["unchanged"] == 1


def test_of_one_name_the_body_above_decides_and_without_it_the_list_is_asked(office):
    desks = [make.organisation("Phòng Kinh tế", parent=parent) for parent in (office.health, office.science)]
    known = seen("Tên,Loại,Trực thuộc\nPhòng Kinh tế,department,Sở Y tế\n".encode())
    assert [line.new.code for line in known.lines] == [desks[0].code]
    assert known.counts["unchanged"] == 1
    new = seen("Tên,Loại,Trực thuộc\nPhòng Kinh tế,department,Văn phòng Tỉnh ủy\n".encode())
    assert [line.new.code for line in new.lines] == ["T.VP.1"]
    assert "có 2 cơ quan tên “Phòng Kinh tế”" in answers("Tên,Loại\nPhòng Kinh tế,department\n".encode())


def test_a_name_that_vietnamese_tells_apart_is_another_body(office):
    make.organisation("Xã Tân Thạnh", parent=office.root, kind="commune")
    assert seen("Tên,Loại\nXã Tân Thành,commune\n".encode()).counts["added"] == 1


def test_a_circle_and_an_unknown_body_above_are_refused(office):
    head = "Tên,Loại,Trực thuộc\n"
    assert "vòng tròn" in answers(f"{head}Sở A,department,Sở B\nSở B,department,Sở A\n".encode())
    assert "“Sở Không Có” chưa có" in answers(f"{head}Sở A,department,Sở Không Có\n".encode())


def test_a_line_twice_is_refused(office):
    assert "đã là tên của cơ quan có mã “T.1”, cùng cấp trên" in answers(
        "Tên,Loại\nSở A,department\nSở A,department\n".encode()
    )


def test_nobody_is_put_below_a_body_that_ended(office):
    old = make.organisation("Ủy ban nhân dân tỉnh", parent=office.root, code="UB", kind="peoples_committee")
    new = make.organisation("Ủy ban lâm thời", parent=office.root, code="UB2", kind="peoples_committee")
    draft = make.succession("absorb", [old], [new])
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
    make.organisation("Ủy ban nhân dân tỉnh", parent=office.root, code="UB3", kind="peoples_committee")
    said = answers("Mã,Tên,Loại,Mã cấp trên\nA,Sở A,department,UB\n".encode())
    assert "cơ quan cấp trên “Ủy ban nhân dân tỉnh” (mã “UB”) đã kết thúc ngày 01/03/2026." in said
    assert "Cơ quan cùng tên đang hoạt động có mã “UB3”." in said
    assert seen("Mã,Tên,Loại,Mã cấp trên\nA,Sở A,department,UB3\n".encode()).counts["added"] == 1


@pytest.mark.parametrize("data", [b"%PDF-1.7\n1 0 obj", b"\x89PNG\r\n", b"{\\rtf1 x}", b"<!DOCTYPE html><html>"])
def test_a_paper_or_a_picture_is_no_table(data):
    with pytest.raises(ListUnreadableError, match="đây không phải là tệp bảng"):
        read(data)


def test_a_name_line_that_another_line_overrules_is_passed_over_and_counted_so(office):
    file = packed(
        a=f"{BODIES}\nT.YT,Sở Y tế,department,T,,,,,,",
        b=f"{NAMES}\nT.YT,Sở Sức khỏe,own,,,",
    )
    plan = seen(file)
    assert (plan.counts["unchanged"], plan.counts["passed"]) == (1, 1)
    assert "dòng này không ghi gì" in plan.doubtful[0].doubts[0]
    assert plan.doubtful[0].changes == []
