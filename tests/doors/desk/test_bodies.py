"""The register of bodies, and a body's page."""

from __future__ import annotations

import datetime as dt

import pytest

import factories as make
from doors.desk.world import LATE, STANDING, words
from factories import days
from tiendo.foundation.organisations.models import Organisation, Post
from tiendo.work.programmes.actions import reports


def people(client, body):
    return next(row.people for row in client.get("/co-quan/").context["table"]["rows"] if row == body)


def test_an_empty_register_says_what_to_do(db, enter):
    page = enter(make.user()).get("/co-quan/")
    assert "nạp danh sách ở trang Danh bạ cơ quan" in words(page)


def test_the_register_in_the_order_of_its_tree(office, enter):
    client = enter(office.clerk)
    rows = client.get("/co-quan/").context["table"]["rows"]
    assert rows.index(office.body) < rows.index(office.elsewhere), "tree by tree"
    assert office.root not in rows


def test_neighbours_stand_as_in_a_vietnamese_list(office, enter):
    names = ["Ủy ban Kiểm tra", "Trường Chính trị", "Đảng ủy Công an", "Tỉnh đoàn", "Ban Tổ chức", "Dân quân"]
    for name in names:
        make.organisation(name, parent=office.root)
    below = make.organisation("Phòng A", parent=office.root.children.get(name="Đảng ủy Công an"))
    shown = [row.name for row in enter(office.clerk).get("/co-quan/").context["table"]["rows"]]
    wanted = [
        "Ban Tổ chức",
        "Dân quân",
        "Đảng ủy Công an",
        below.name,
        "Tỉnh đoàn",
        "Trường Chính trị",
        "Ủy ban Kiểm tra",
    ]
    assert [name for name in shown if name in wanted] == wanted
    by_name = [row.name for row in enter(office.clerk).get("/co-quan/?sort=-name").context["table"]["rows"]]
    assert [name for name in by_name if name in names] == [name for name in wanted[::-1] if name != below.name]


@pytest.mark.parametrize(("kind", "count"), [("department", 2), ("party_advisory", 2), ("school", 0), ("", 4)])
def test_by_kind(office, enter, kind, count):
    page = enter(office.clerk).get(f"/co-quan/?kind={kind}")
    assert len(page.context["table"]["rows"]) == count
    labels = [chip["label"] for chip in page.context["table"]["filters"][0]["chips"]]
    assert labels == ["Tất cả", "cơ quan tham mưu của Đảng", "sở, phòng"]


def test_people_are_counted_once_and_only_while_they_hold_a_post(office, enter):
    clerk = office.who("clerk", office.science)
    client = enter(clerk)
    make.post("officer", body=office.science, who=clerk)
    gone = make.post("clerk", body=office.science)
    Post.objects.filter(pk=gone.pk).update(ends=make.days(-1))
    last = make.post("clerk", body=office.science)
    Post.objects.filter(pk=last.pk).update(ends=make.days(0))
    coming = make.post("clerk", body=office.science)
    Post.objects.filter(pk=coming.pk).update(starts=make.days(1))
    assert people(client, office.science) == 2


def test_a_body(office, world, enter):
    sent = world.sent(LATE)
    reports.confirm(report=sent, seen_round=1, by=office.chief, at=make.NOW)
    page = enter(office.chief).get(f"/co-quan/{office.science.pk}/")
    shown = words(page)
    assert "mã T.KHCN" in shown
    assert "Hoàn thành trên số việc đến hạn 1/1" in shown
    assert "Sở Khoa học và Công nghệ (tên chính thức)" in shown
    assert page.context["table"]["rows"][0].task.position == LATE


def test_every_number_of_a_body_opens_the_list_that_it_counts(office, world, enter):
    world.sent(STANDING)
    reports.confirm(report=world.sent(LATE), seen_round=1, by=office.chief, at=make.NOW)
    client, there = enter(office.chief), f"/co-quan/{office.science.pk}/"
    figures = client.get(there).context["figures"]
    for figure in figures:
        rows = client.get(figure["url"] if figure["url"].startswith("/") else there + figure["url"]).context["table"][
            "rows"
        ]
        assert len(rows) == figure.get("count", figure.get("whole"))
        assert {getattr(row, "organisation", None) or row.body for row in rows} <= {office.science}
    assert [figure.get("count", figure.get("whole")) for figure in figures][:3] == [1, 2, 0]


def test_a_body_shows_its_work_only_to_those_who_may_see_it(office, world, enter):
    page = enter(office.who("clerk", office.health)).get(f"/co-quan/{office.science.pk}/")
    assert page.context["table"]["rows"] == []
    assert page.context["figures"][1]["count"] == 0
    page = enter(office.who("administrator")).get(f"/co-quan/{office.science.pk}/")
    assert "figures" not in page.context
    assert "Hoàn thành" not in words(page)


def test_sorted_by_people(office, enter):
    make.post("clerk", body=office.health)
    page = enter(office.clerk).get("/co-quan/?sort=-people")
    counts = [row.people for row in page.context["table"]["rows"]]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == 2


def test_an_old_body_is_still_found(office, enter):
    Organisation.objects.filter(pk=office.health.pk).update(ends=dt.date(2025, 6, 30))
    assert enter(office.clerk).get(f"/co-quan/{office.health.pk}/").status_code == 200


def test_people_of_a_past_day_are_those_who_held_a_post_then(office, enter):
    clerk = office.who("clerk", office.science)
    Post.objects.filter(user=clerk).update(ends=days(-2))
    client = enter(office.clerk)

    def on(query):
        rows = client.get(f"/co-quan/{query}").context["table"]["rows"]
        return next(row.people for row in rows if row == office.science)

    assert (on(""), on(f"?khi={days(-1)}"), on(f"?khi={days(-2)}")) == (0, 0, 1)
    file = client.get(f"/co-quan/?khi={days(-2)}&tep=csv")
    assert f"co-quan-{days(-2):%Y%m%d}.csv" in file.headers["Content-Disposition"]
