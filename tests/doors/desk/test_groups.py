"""From a phrase to the bodies it means, shown before they are charged."""

from __future__ import annotations

import pytest

import factories as make
from doors.desk.world import words
from factories import NOW, days
from tiendo.foundation.notifications.models import Notice
from tiendo.foundation.organisations.models import Group, Organisation
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.models import Assignment, Obligation, Programme

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
    assert "vẫn giữ việc của nhóm: Đảng ủy Na Hang (trước là Huyện ủy Na Hang)" in shown
    assert "nay không còn thuộc nhóm" not in shown, "it is the same body"


def test_heirs_of_a_member_are_lawful_holders(office, row, enter):
    client = enter(office.chief)
    client.post(page(row), {**RULE, "act": "charge"})
    ending = Assignment.objects.get(organisation__name="Huyện ủy Na Hang")
    communes = [
        make.organisation(name, parent=office.root, kind="commune") for name in ("Đảng ủy xã Một", "Đảng ủy xã Hai")
    ]
    draft = make.succession("split", [ending.organisation], communes)
    who = {"by": draft.drafted_by, "at": NOW}
    handovers.choose(succession=draft, assignments=[ending.pk], heirs=communes, **who)
    handovers.carry_out(succession=draft, **who)
    shown = words(client.get(page(row)))
    for name in ("Một", "Hai"):
        assert f"Đảng ủy xã {name} (nhận thay Huyện ủy Na Hang)" in shown
    assert "nay không còn thuộc nhóm" not in shown
    assert "Sẽ gán thêm" not in shown
    assert "nhóm đã thay đổi" not in words(client.get(f"/nhiem-vu/{row.task_id}/"))


def test_who_was_charged_by_another_rule_and_is_nobodys_heir_is_to_be_looked_at(office, row, enter):
    client = enter(office.chief)
    client.post(page(row), {"kinds": ["department"], "named": "Sở Y", "act": "charge"})
    looked = words(client.post(page(row), {**RULE, "act": "look"}))
    assert f"nay không còn thuộc nhóm: {office.health.name}" in looked


def test_a_new_member_is_marked_on_the_task_and_told_to_the_office_and_the_monitor(office, row, enter):
    monitor = office.who("monitor", office.health)
    Programme.objects.update(monitor=office.health)
    client = enter(office.chief)
    client.post(page(row), {**RULE, "act": "charge"})
    task = f"/nhiem-vu/{row.task_id}/"
    assert "nhóm đã thay đổi" not in words(client.get(task))
    before = make.organisation("Đảng bộ Yên Sơn", parent=office.root, kind="party_committee")
    draft = make.succession("rename", [before], [], new_name="Huyện ủy Yên Sơn")
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
    shown = words(client.get(task))
    assert "đã gán 2 cơ quan" in shown
    assert "nhóm đã thay đổi xem lại nhóm" in shown
    assert "nhóm đã thay đổi" in words(enter(monitor).get(task))
    assert "nhóm đã thay đổi" not in words(enter(office.clerk).get(task))
    told = Notice.objects.filter(kind="programmes.group_changed")
    assert {one.user_id for one in told} == {office.chief.pk, monitor.pk}
    assert {one.subject for one in told} == {f"Nhóm “{PHRASE}” đã thay đổi: nay có thêm Huyện ủy Yên Sơn"}
    assert enter(monitor).get(told[0].url).status_code == 200


def test_who_heired_the_work_of_the_group_is_no_news(office, row, enter):
    enter(office.chief).post(page(row), {**RULE, "act": "charge"})
    gone = Organisation.objects.get(name="Huyện ủy Na Hang")
    heir = make.organisation("Huyện ủy Yên Sơn", parent=office.root, kind="party_committee")
    draft = make.succession("absorb", [gone], [heir])
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
    assert not Notice.objects.filter(kind="programmes.group_changed").exists()
    assert "Sẽ gán thêm" not in words(enter(office.chief).get(page(row)))


def test_a_group_that_was_charged_waits_for_nobody(office, row, enter):
    client, board = enter(office.chief), f"/chuong-trinh/{row.task.programme_id}/"
    task = f"/nhiem-vu/{row.task_id}/"
    assert f"{PHRASE} (chờ gán)" in words(client.get(board))
    client.post(page(row), {**RULE, "act": "charge"})
    assert "nhóm, đã gán 2 cơ quan" in words(client.get(board))
    for there in (board, task):
        assert "chờ gán" not in words(client.get(there)), there


def test_the_form_proposes_what_the_phrase_says(office, row, enter):
    shown = enter(office.chief).get(page(row))
    assert shown.context["form"].initial["kinds"] == ["party_committee"]
    assert shown.context["form"].initial["named"] == "Huyện ủy; Thành ủy"
    assert "Đề xuất theo chữ của cụm từ" in words(shown)
    assert "Sẽ gán thêm: Huyện ủy Na Hang; Thành ủy An Bình" in words(shown)
    assert not Group.objects.exists()


def test_an_empty_rule_asks_to_choose_and_says_nothing_of_the_register(office, row, enter):
    answer = enter(office.chief).post(page(row), {"named": "", "act": "look"})
    assert answer.status_code == 422
    assert "Hãy chọn ít nhất một loại cơ quan" in words(answer)
    assert "Không có cơ quan nào như vậy" not in words(answer)


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
