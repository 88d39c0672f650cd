"""What waits on Việc của tôi beside what is owed, and what is said to whom nothing waits for."""

from __future__ import annotations

import pytest
from django.test import Client

import factories as make
from doors.desk.world import LATE, PLAN, STANDING, words
from factories import NOW, days
from tiendo.foundation.notifications.models import Notice
from tiendo.foundation.organisations.actions import posts
from tiendo.foundation.organisations.models import Post
from tiendo.work.handovers.actions import handovers
from tiendo.work.programmes.models import Task


def save(world, position, act="save"):
    owed = world.owed(position)
    link, token = make.link_and_token(owed, by=world.office.officer)
    sent = {"version": 1, "act": act, f"o{owed.pk}-text": "Đã làm xong phần đầu."}
    assert Client().post(f"/soan/{token}/", sent).status_code in {200, 302}
    return link


@pytest.mark.parametrize("position", [PLAN, STANDING])
def test_a_draft_by_link_waits_for_the_office_until_it_is_handed_in(office, world, enter, position):
    officer = enter(office.officer)
    assert "Bản soạn qua liên kết" not in words(officer.get("/"))
    link = save(world, position)
    listed = f"/co-quan/{office.science.pk}/lien-ket/"
    assert "dùng được đến" in words(officer.get(listed))
    home = officer.get("/")
    assert f'href="/lien-ket/{link.pk}/"' in home.content.decode()
    assert "Đã làm xong" not in words(home)
    assert "Bản soạn qua liên kết" not in words(enter(office.who("head", office.health)).get("/"))
    paper = {"number": "9/BC", "signed_on": "01/03/2026", "received_on": "02/03/2026"}
    assert officer.post(f"/lien-ket/{link.pk}/gui/", paper).status_code == 302
    assert "Bản soạn qua liên kết" not in words(officer.get("/"))
    shown = words(officer.get(listed))
    assert "báo cáo đã gửi, liên kết không soạn được nữa" in shown
    assert "dùng được đến" not in shown


def test_whoever_issued_the_link_hears_of_a_draft_once_a_day_and_not_while_it_is_typed(office, world):
    save(world, PLAN, act="auto")
    told = Notice.objects.filter(user=office.officer, kind="programmes.link_saved")
    assert not told.exists()
    link = save(world, LATE)
    owed = world.owed(LATE)
    assert told.get().url == f"/lien-ket/{link.pk}/"
    assert "Đã làm xong" not in told.get().body + told.get().subject
    _link, token = make.link_and_token(owed, by=office.officer)
    for version in (2, 3):
        sent = {"version": version, "act": "save", f"o{owed.pk}-text": f"Lần {version}."}
        assert Client().post(f"/soan/{token}/", sent).status_code == 302
    assert told.count() == 2, "one for each link, however often it is saved"


def test_work_without_a_holder_waits_for_whoever_may_assign(office, world, enter):
    draft = make.succession("dissolved", [office.health], [], on=days(-3))
    handovers.carry_out(succession=draft, by=draft.drafted_by, at=NOW)
    orphans = Task.objects.filter(programme=world.programme, assignments__organisation=None).count()
    shown = enter(office.officer).get("/")
    assert shown.context["beside"]["orphans"] > 0
    assert f"{shown.context['beside']['orphans']} việc chưa có nơi nhận" in words(shown)
    assert orphans >= shown.context["beside"]["orphans"]
    for who in (office.clerk, office.who("head", office.science), office.who("monitor", office.science)):
        assert "việc chưa có nơi nhận" not in words(enter(who).get("/"))


def test_who_holds_no_post_reads_why_and_whom_to_ask(office, enter):
    keeper = make.post("administrator", body=office.body, scope=office.root).user
    keeper.full_name = "Phạm Văn Giữ"
    keeper.save()
    make.person("administrator", office.elsewhere)
    clerk = office.who("clerk", office.science)
    posts.end(post=Post.objects.get(user=clerk), last_day=days(-2), by="shell:x", at=NOW)
    shown = words(enter(clerk).get("/"))
    assert "Bạn hiện không giữ chức vụ nào" in shown
    assert "Văn thư, Sở Khoa học và Công nghệ, thôi giữ sau ngày 28/02/2026" in shown
    assert "hãy hỏi người quản trị tài khoản: Phạm Văn Giữ." in shown
    assert "Hôm nay không có việc nào chờ bạn" not in shown
    posts.appoint(user=clerk, organisation=office.health, role="clerk", starts=days(4), by="shell:x", at=NOW)
    assert "Từ ngày 06/03/2026: Văn thư, Sở Y tế" in words(enter(clerk).get("/"))
    assert "Bạn hiện không giữ chức vụ nào" in words(enter(make.user()).get("/"))
    assert "Bạn hiện không giữ chức vụ nào" not in words(enter(keeper).get("/"))


def test_an_inspector_is_shown_where_to_begin(office, world, enter):
    inspector = enter(office.who("inspector"))
    home = inspector.get("/")
    assert 'href="/nhat-ky/">Nhật ký</a>' in home.content.decode()
    assert "bộ minh chứng của từng chương trình" in words(home)
    assert "Diễn biến và bộ minh chứng" in words(inspector.get(world.board))
    assert "bộ minh chứng" not in words(enter(office.clerk).get("/"))


def test_who_confirms_what_they_report_is_told_to_whoever_gives_the_posts(office, world, enter):
    keeper = enter(make.post("administrator", body=office.body, scope=office.root).user)
    both = make.post("head", body=office.science).user
    there = f"/tai-khoan/{both.pk}/"
    assert "cần người khác" not in words(keeper.get(there))
    sent = {"organisation": office.body.pk, "role": "office_head", "starts": "02/03/2026"}
    shown = words(keeper.post(f"{there}chuc-vu/", sent, follow=True))
    said = "Văn phòng Tỉnh ủy xác nhận báo cáo của Sở Khoa học và Công nghệ trong 1 chương trình"
    assert said in shown
    assert str(world.programme) not in shown
    twice = keeper.post(f"{there}chuc-vu/", sent)
    assert twice.status_code == 422
    assert "đã giữ chức vụ Lãnh đạo Văn phòng" in words(twice)
    posts.end(post=Post.objects.get(user=both, role="head"), last_day=days(-1), by="shell:x", at=NOW)
    assert said not in words(keeper.get(there))
