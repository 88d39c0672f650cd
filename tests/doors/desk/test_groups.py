"""From a phrase to the bodies it means, shown before they are charged."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.world import words
from factories import NOW, days
from tiendo.foundation.organisations.models import Group
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.models import Assignment, Obligation

PHRASE = "các huyện ủy, thành ủy"


@pytest.fixture
def row(office):
    for name in ("Huyện ủy Na Hang", "Thành ủy An Bình"):
        make.organisation(name, parent=office.root, kind="party_committee")
    duty = make.row("Xây dựng kế hoạch", groups=[PHRASE], deadline=make.by_date(days(30)))
    return make.programme(duty, office=office.body, by=office.chief).tasks.get().assignments.get()


def page(row) -> str:
    return f"/nhiem-vu/{row.task_id}/nhom/{row.pk}/"


RULE = {"kinds": ["party_committee"], "named": "Huyện ủy; Thành ủy"}


def test_looked_at_then_charged(office, row, enter):
    client = enter(office.chief)
    assert "gán nhóm" in words(client.get(f"/nhiem-vu/{row.task_id}/"))
    looked = words(client.post(page(row), {**RULE, "act": "look"}))
    assert "Gồm 2 cơ quan" in looked
    assert "Sẽ gán thêm: Huyện ủy Na Hang; Thành ủy An Bình" in looked
    assert not Group.objects.exists(), "looking keeps nothing"
    done = client.post(page(row), {**RULE, "act": "charge"}, follow=True)
    assert "Đã gán thêm 2 cơ quan" in words(done)
    assert Obligation.objects.count() == 2
    assert Assignment.objects.filter(group=True).get() == row, "the phrase stays"
    again = words(client.get(page(row)))
    assert "Đã gán: Huyện ủy Na Hang; Thành ủy An Bình" in again


def test_later_the_difference_is_shown(office, row, enter):
    client = enter(office.chief)
    client.post(page(row), {**RULE, "act": "charge"})
    make.organisation("Huyện ủy Yên Sơn", parent=office.root, kind="party_committee")
    gone = Assignment.objects.get(organisation__name="Huyện ủy Na Hang").organisation
    draft = make.succession("rename", [gone], [], new_name="Đảng ủy Na Hang")
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
    shown = words(client.get(page(row)))
    assert "Sẽ gán thêm: Huyện ủy Yên Sơn" in shown
    assert "nay không còn thuộc nhóm: Đảng ủy Na Hang" in shown


def test_a_rule_without_anything_is_refused_and_typed_words_stay(office, row, enter):
    answer = enter(office.chief).post(page(row), {"named": "", "act": "charge"})
    assert answer.status_code == 422
    assert "ít nhất một loại cơ quan" in words(answer)
    nobody = words(enter(office.chief).post(page(row), {"named": "Xã Không Có", "act": "look"}))
    assert "Không có cơ quan nào như vậy" in nobody


def test_only_a_phrase_has_the_page_and_only_the_office(office, row, enter):
    client = enter(office.chief)
    client.post(page(row), {**RULE, "act": "charge"})
    body = Assignment.objects.filter(group=False).first()
    assert client.get(page(body)).status_code == 404
    assert enter(office.who("office_head", office.elsewhere)).get(page(row)).status_code == 404
    assert enter(office.clerk).get(page(row)).status_code == 403
