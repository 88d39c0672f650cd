"""Whom a succession concerns hears of it, each what is theirs, once."""

from __future__ import annotations

import pytest

import factories as make
from factories import NOW, TODAY, days, moment
from tiendo.foundation.notifications.models import Notice
from tiendo.foundation.organisations.models import Post
from tiendo.work.handovers.actions import handovers
from tiendo.work.handovers.errors import NotItsHeirError
from tiendo.work.programmes.models import Assignment
from worlds import SCIENCE, Office

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def programme(office: Office):
    return make.programme(
        make.row("Xây dựng kế hoạch", SCIENCE, deadline=make.by_date(days(30)), number="1"),
        make.row("Tuyên truyền", SCIENCE, coordinators=["Sở Y tế"], deadline=make.continuous(), number="2"),
        office=office.body,
        by=office.chief,
    )


def carry_out(kind, befores, afters, **more):
    draft = make.succession(kind, befores, afters, decision="5-QĐ/TU", decided_on=days(-3))
    return handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW, **more).succession


def told(user) -> Notice:
    return Notice.objects.get(user=user, kind="handovers.succession")


def test_people_of_both_bodies_and_of_the_office_hear_what_concerns_them(office: Office):
    head, clerk, officer = office.who("head", office.science), office.who("clerk", office.health), office.officer
    outside = office.who("clerk", office.elsewhere)
    done = carry_out("absorb", [office.science], [office.health])
    assert told(head).subject == f"Nhập vào cơ quan đang có: {SCIENCE} → Sở Y tế"
    happened, *lines = told(head).body.splitlines()
    assert happened == f"{told(head).subject}, hiệu lực từ ngày 02/03/2026. Quyết định: 5-QĐ/TU ngày 27/02/2026."
    assert lines == [
        f"{SCIENCE}: 2 nhiệm vụ đang mở được bàn giao.",
        f"Chức vụ Người đứng đầu của bạn ở {SCIENCE} chuyển sang Sở Y tế, giữ nguyên vai trò.",
    ]
    assert told(head).url == f"/co-quan/{office.health.pk}/"
    assert "Sở Y tế nhận 2 nhiệm vụ đang mở." in told(clerk).body
    assert "2 nhiệm vụ đang mở trong các chương trình do cơ quan bạn ban hành" in told(officer).body
    assert not Notice.objects.filter(user__in=[outside, done.recorded_by]).exists()
    assert "Xây dựng kế hoạch" not in "".join(Notice.objects.values_list("body", flat=True)), "numbers alone"


def test_who_has_no_place_any_more_hears_what_to_do_and_the_office_what_nobody_took(office: Office):
    head, officer = office.who("head", office.science), office.officer
    carry_out("dissolved", [office.science], [])
    assert "kết thúc cùng cơ quan. Nếu bạn vẫn làm việc này, hãy nhờ người quản trị" in told(head).body
    assert "2 nhiệm vụ chưa có nơi nhận" in told(officer).body
    assert told(officer).url == "/viec-chua-co-noi-nhan/"


def test_a_rename_and_a_body_that_acts_through_another_are_told_too(office: Office):
    head, clerk = office.who("head", office.science), office.who("clerk", office.health)
    draft = make.succession("rename", [office.science], [], new_name="Sở Đổi mới")
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
    assert told(head).subject == f"Đổi tên: {SCIENCE} → Sở Đổi mới"
    assert "Quyết định: chưa xác minh." in told(head).body
    assert "giữ nguyên" in told(head).body
    Notice.objects.all().delete()
    carry_out("acts_through", [office.science], [office.health])
    for who in (head, clerk):
        assert "cơ quan được hoạt động qua soạn và gửi báo cáo thay" in told(who).body


def test_each_in_their_language_and_who_left_nothing(office: Office):
    head, gone = office.who("head", office.science), office.who("clerk", office.science)
    head.language = "en"
    head.save()
    gone.is_active = False
    gone.save()
    carry_out("absorb", [office.science], [office.health])
    assert told(head).body
    assert not Notice.objects.filter(user=gone).exists()


def test_when_it_was_a_slip_those_who_heard_of_it_hear_that(office: Office):
    head = office.who("head", office.science)
    done = carry_out("absorb", [office.science], [office.health])
    handovers.undo(succession=done, by=done.recorded_by, at=moment(TODAY, 15))
    last = Notice.objects.filter(user=head).latest("pk")
    assert last.subject.startswith("Đã hủy, ghi nhầm: Nhập vào cơ quan đang có")
    assert (
        Notice.objects.filter(key=f"succession_undone:{done.pk}").count()
        == Notice.objects.filter(key=f"succession:{done.pk}").count()
    )


def test_of_a_split_each_is_told_where_they_go_and_only_an_heir_takes_a_post(office: Office):
    one, other = (make.organisation(name, parent=office.root) for name in ("Sở Khoa học", "Sở Công nghệ"))
    head, clerk = office.who("head", office.science), office.who("clerk", office.science)
    draft = make.succession("split", [office.science], [one, other])
    by = draft.drafted_by
    rows = list(Assignment.objects.on(None).filter(organisation=office.science).values_list("pk", flat=True))
    handovers.choose(succession=draft, assignments=rows, heirs=[one], by=by, at=NOW)
    post = Post.objects.get(user=head)
    with pytest.raises(NotItsHeirError):
        handovers.carry_out(succession=draft, by=by, at=NOW, post_heirs={post.pk: office.health})
    handovers.carry_out(succession=draft, by=by, at=NOW, post_heirs={post.pk: other})
    assert f"của bạn ở {SCIENCE} chuyển sang Sở Công nghệ" in told(head).body
    assert "kết thúc cùng cơ quan" in told(clerk).body
